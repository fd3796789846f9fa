"""The kept parse table is what lark makes of the grammar, and the driver reads as lark does."""

from lark import Lark

from apps.engines.flexscript import parse
from apps.engines.flexscript import table as tables
from apps.engines.flexscript.table_maker import as_text, made
from apps.engines.flexscript.tree import same_tree

from .test_scripts import SCRIPTS


def test_the_kept_table_is_that_of_the_grammar():
    text = tables.GRAMMAR.read_text(encoding="utf-8")

    assert as_text(made(text)) == tables.KEPT.read_text(encoding="utf-8"), (
        "run: python -m apps.engines.flexscript.table_maker"
    )


def test_a_table_that_does_not_fit_is_made_anew(monkeypatch, tmp_path):
    monkeypatch.setattr(tables, "KEPT", tmp_path / "none.json")

    made_anew = tables.table.__wrapped__()

    assert made_anew.actions == tables.table().actions


def test_tokens_are_those_of_lark():
    lark = Lark(tables.GRAMMAR.read_text(encoding="utf-8"), parser="lalr")
    for path in SCRIPTS:
        source = path.read_text(encoding="utf-8")

        theirs = [(str(x), x.start_pos, x.line, x.column, x.end_line, x.end_column)
                  for x in lark.parse_interactive(source).iter_parse()]  # fmt: skip

        ours = parse(source).tokens
        assert [(x.text, *x[2:]) for x in ours] == theirs


def test_spans_cover_what_they_name():
    script = parse("a = (b + c) * [1,\n 2][d];").tree
    assign = script.body[0].expression

    assert script.span == (1, 1, 2, 8)
    assert assign.value.span == (1, 5, 2, 7)
    assert assign.value.left.span == (1, 6, 1, 11)
    assert same_tree(parse("(b + c);").tree.body[0].expression, assign.value.left)
