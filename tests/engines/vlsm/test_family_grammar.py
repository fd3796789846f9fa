"""The grammar constraint lets scripts through and nothing that the parser refuses."""

import pytest
import torch
from llguidance import LLMatcher
from llguidance.hf import from_tokenizer

from apps.engines.flexscript.parser import parse
from apps.engines.vlsm.family.constraint import GrammarConstraint
from apps.engines.vlsm.family.grammar import llguidance_grammar
from apps.engines.vlsm.family.language import learn_tokenizer
from apps.engines.vlsm.triplets import make_triplet

SCRIPTS = {
    "loop over an array": """
Array names = ["Source 1", "Queue \\"A\\"", 'Sink'];
int last = names.length;
for (int i = 1; i <= last; i++) {
    Object made = Object.create(names[i]); // one after the other
    made.name = concat(names[i], "_", string.fromNum(i));
    made.setLocation(5 * i, -2.5e1, 0);
    if (i > 1 && !made?.up) contextdragconnection(model().find(names[i - 1]), made, "A");
    else { continue; }
}
""",
    "functions and switch": """
double speed(treenode where, int kind) {
    switch (kind) { case 1: return 2.0; case 2: { break; } default: return kind == 3 ? .5 : 0x1F; }
    while (1) { kind %= 3; kind--; }
}
Conveyor.StraightConveyor belt = Object.create("Conveyor::StraightConveyor");
belt.setProperty("Speed", speed(belt, 2)); /* metres a second */
int rows[3] = {1, 2, 3};
""",
    "nothing": "",
}
REFUSED = ["int if = 3;", "while (", "foo(;", "a = = 3;", "if (a) else", "int x", "x ??", "x; }"]
CLOSING = ";)]}\n\"':1a"


@pytest.fixture(scope="module")
def tokenizer():
    return learn_tokenizer(SCRIPTS.values(), 420)


def walk(tokenizer, tokens):
    """How many tokens the constraint takes; all and the end: None."""
    constraint = GrammarConstraint(tokenizer, len(tokenizer))
    tokens = [*tokens, tokenizer.eos_token_id]
    for at, token in enumerate(tokens):
        scores = constraint(
            torch.tensor([tokens[:at]], dtype=torch.long), torch.zeros(1, len(tokenizer))
        )
        if not torch.isfinite(scores[0, token]):
            return at
    return None


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_pass(tokenizer, name):
    tokens = tokenizer(SCRIPTS[name])["input_ids"]

    assert parse(SCRIPTS[name]).tree is not None
    assert walk(tokenizer, tokens) is None


def test_scripts_of_the_generator_pass(tokenizer):
    engine = from_tokenizer(tokenizer, slices=[])
    grammar = LLMatcher.grammar_from_lark(llguidance_grammar())
    for number in range(12):
        script = make_triplet(3, number)[0].script
        tokens = tokenizer(script)["input_ids"]
        matcher = LLMatcher(engine, grammar)

        taken = matcher.try_consume_tokens(tokens)

        assert tokenizer.decode(tokens[:taken]) == script
        assert matcher.is_accepting()


@pytest.mark.parametrize("text", REFUSED)
def test_what_does_not_parse_is_stopped(tokenizer, text):
    assert parse(text).tree is None
    assert walk(tokenizer, tokenizer(text)["input_ids"]) is not None


@pytest.mark.parametrize("seed", range(8))
def test_whatever_passes_parses(tokenizer, seed):
    """Sixty random tokens, those of scripts likelier, then such that close what is open."""
    torch.manual_seed(seed)
    constraint = GrammarConstraint(tokenizer, len(tokenizer))
    usual = torch.zeros(len(tokenizer))
    for script in SCRIPTS.values():
        usual[tokenizer(script)["input_ids"]] += 4
    usual[tokenizer.eos_token_id] = -20
    slashes = [i for i in range(len(tokenizer)) if "/" in tokenizer.decode([i])]
    usual[slashes] = -20  # a comment may hold anything and would seldom end
    closing = usual - 30
    closing[[tokenizer(mark)["input_ids"][0] for mark in CLOSING]] = 50
    closing[tokenizer.eos_token_id] = 60
    written = torch.empty((1, 0), dtype=torch.long)
    for step in range(600):
        noise = torch.rand(len(tokenizer)) * (8 if step < 60 else 1)
        scores = constraint(written, (usual if step < 60 else closing)[None] + noise)
        token = scores.argmax(-1, keepdim=True)
        if token.item() == tokenizer.eos_token_id:
            break
        written = torch.cat([written, token], 1)
    text = tokenizer.decode(written[0])

    found = parse(text)

    assert step < 599, text
    assert step >= 60
    assert found.tree is not None, (text, found.diagnostics)


def test_interventions_are_counted(tokenizer):
    constraint = GrammarConstraint(tokenizer, len(tokenizer))
    scores = torch.zeros(2, len(tokenizer))
    scores[0, tokenizer(")")["input_ids"][0]] = 5
    scores[1, tokenizer(";")["input_ids"][0]] = 5

    constraint(torch.empty((2, 0), dtype=torch.long), scores)

    assert constraint.interventions == [1, 0]
