"""Refinement turns of the training data: words, pieces and the factory after the turn agree."""

from __future__ import annotations

from collections import Counter
from itertools import islice, pairwise
from random import Random

import pytest

from apps.engines.factories.factory import factories
from apps.engines.factories.roles import link_kind
from apps.engines.vlsm.actions import EDITS, VOCABULARY
from apps.engines.vlsm.editing import apply_edits
from apps.engines.vlsm.evaluation_turns import turn_cases
from apps.engines.vlsm.examples import Example, turn_example
from apps.engines.vlsm.phrasing import edits, turn_chinese, turn_english_forms, turn_values
from apps.engines.vlsm.phrasing.markup import CLOSE, NAME_OPEN, NUMBER_OPEN, Markup
from apps.engines.vlsm.phrasing.turn import Turn
from apps.engines.vlsm.phrasing.turn_forms import choose, is_held_out
from apps.engines.vlsm.phrasing.turn_speech import misspelt
from apps.engines.vlsm.truth import setting_value, truth_model


def turns(seed: int, count: int, held_out: bool = False) -> list[Example]:
    rng = Random(seed)
    made = (turn_example(factory, rng, held_out) for factory in factories(seed, "train"))
    return list(islice((example for example in made if example), count))


@pytest.mark.parametrize("seed", range(4))
def test_the_pieces_make_the_factory_that_the_words_mean(seed: int) -> None:
    for example in turns(seed, 75):
        assert example.base is not None
        model = truth_model(example.base)
        list(apply_edits(model, example.inputs, example.pieces))
        flow = {(a.source.name, a.target.name) for a in model.connections}
        factory, prompt = example.factory, example.inputs.prompt
        names = [station.name for station in factory.stations]
        told = {
            (names[a], names[b])
            for a, b in factory.links
            if names[a] and names[b] and link_kind(factory.class_of(a), factory.class_of(b)) == "A"
        }
        # Who takes the name of one deleted is new, too.
        gone = {
            names[place.index] for act, place in pairwise(example.pieces) if str(act) == "DELETE"
        }
        unnamed = {item.name for item in model} - set(names) | gone
        missing = {pair for pair in told if pair not in flow}
        assert not missing, (prompt, missing)
        known = {item.name: item for item in model}
        extra = {
            (a, b)
            for a, b in flow - told
            if not {a, b} & unnamed and link_kind(known[a].class_name, known[b].class_name) == "A"
        }
        assert not extra, (prompt, extra)
        for station in factory.stations:
            if station.name in known and station.name and station.name not in gone:
                wanted = {p: setting_value(s) for p, s in station.settings.items()}
                assert known[station.name].properties == wanted, prompt


def test_no_marks_remain_and_braces_are_filled_in() -> None:
    for example in turns(11, 300):
        prompt = example.inputs.prompt
        assert not {NAME_OPEN, NUMBER_OPEN, CLOSE} & set(prompt), prompt
        assert not set("{}") & set(prompt), prompt


def test_every_number_of_the_pieces_stands_in_the_prompt() -> None:
    for example in turns(12, 200):
        places = example.inputs.numerals
        for piece in example.pieces:
            if piece.kind == "number":
                numeral = places[piece.index]
                assert example.inputs.prompt[numeral.start : numeral.end] == numeral.text


def test_all_kinds_of_edit_are_asked_for() -> None:
    seen: Counter[str] = Counter()
    for example in turns(13, 600):
        tokens = {VOCABULARY[p.index] for p in example.pieces if p.kind == "token"}
        seen.update(tokens & {"NEW", *EDITS})

    assert set(seen) == {"NEW", *EDITS}
    assert min(seen.values()) >= 5
    assert seen["NEW"] >= 80


def test_every_request_can_be_made() -> None:
    """In some factory, each writer finds something to ask."""
    found: set[str] = set()
    rng = Random(4)
    for factory in islice(factories(4, "train"), 120):
        for writer in edits.REQUESTS:
            turn = Turn(factory, Markup([s.name for s in factory.stations], rng))
            if writer.__name__ not in found and writer(turn):
                found.add(writer.__name__)
                assert turn.pieces
                break  # the factory has changed

    assert found == {writer.__name__ for writer in edits.REQUESTS}


def test_held_out_phrasings_are_never_trained() -> None:
    rng = Random(1)
    for forms in [
        *turn_english_forms.FORMS.values(),
        turn_values.ANY,
        *turn_chinese.FORMS.values(),
    ]:
        if any(not is_held_out(form) for form in forms):
            assert not any(is_held_out(choose(forms, rng, False)) for _ in range(30))
        if any(map(is_held_out, forms)):
            assert all(is_held_out(choose(forms, rng, True)) for _ in range(30))


def test_about_a_tenth_of_the_phrasings_is_held_out() -> None:
    forms = {form for forms in turn_english_forms.FORMS.values() for form in forms}
    forms |= {form for forms in turn_chinese.FORMS.values() for form in forms}
    forms |= {*turn_values.ANY, *turn_values.TAKES, *turn_chinese.SET}

    assert 0.06 < sum(map(is_held_out, forms)) / len(forms) < 0.14


def test_every_set_of_phrasings_has_something_to_train_on() -> None:
    languages = (turn_english_forms.FORMS, turn_chinese.FORMS)
    for forms in (forms for language in languages for forms in language.values()):
        assert any(not is_held_out(form) for form in forms)


def test_both_languages_can_say_the_same() -> None:
    assert turn_english_forms.FORMS.keys() == turn_chinese.FORMS.keys()


def test_every_other_case_of_the_evaluation_is_held_out() -> None:
    cases = list(turn_cases(12))

    assert [case.held_out for case in cases] == [False, True] * 6
    assert all(case.held_out for case in turn_cases(4, held_out=True))


def test_held_out_turns_speak_in_held_out_phrasings() -> None:
    usual = {example.inputs.prompt for example in turns(5, 40)}
    novel = {example.inputs.prompt for example in turns(5, 40, held_out=True)}

    assert not usual & novel


def test_some_turns_are_chinese() -> None:
    prompts = [example.inputs.prompt for example in turns(21, 200)]

    chinese = [text for text in prompts if any(sign in text for sign in "把的在请加由")]
    assert 10 < len(chinese) < 80


def test_slips_spare_names_and_numbers() -> None:
    text = f"increase the capacity of {NAME_OPEN}3{CLOSE} to {NUMBER_OPEN}0{CLOSE} pieces"
    slipped = {misspelt(text, Random(seed)) for seed in range(40)}

    assert len(slipped) > 10
    assert all(f"{NAME_OPEN}3{CLOSE}" in item for item in slipped)
    assert all(f"{NUMBER_OPEN}0{CLOSE}" in item for item in slipped)


def test_nobody_removes_what_was_just_connected() -> None:
    for example in turns(31, 300):
        linked: set[int] = set()
        head = ""
        for piece in example.pieces:
            if piece.kind == "token":
                head = VOCABULARY[piece.index]
            elif head == "LINK":
                linked.add(piece.index)
            elif head == "DELETE":
                assert piece.index not in linked, example.inputs.prompt
