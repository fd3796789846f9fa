"""Formal styles: arrows with remarks, key=value lines, YAML, JSON, tables, DOT, node lists."""

from __future__ import annotations

from ..objects import CLASS_NOUNS, plural
from .crew import crew_sentences, resources
from .describe import class_noun, groups
from .facts import Teller
from .flow import ARROWS, arrow_line, by_source, names, runs
from .rough import sentences


def _stations(teller: Teller) -> list[int]:
    away = set(resources(teller)) if teller.links else set()
    return [i for i in range(len(teller.factory.stations)) if i not in away]


def _told(teller: Teller, indices: list[int]) -> list[int]:
    """Objects of which there is something to tell."""
    return [i for i in indices if teller.classes or teller.facts(i)]


def _with_crew(teller: Teller, text: str) -> str:
    said = crew_sentences(teller) if teller.links else []
    return text + ("\n" + sentences(said, teller.rng.choice([" ", "\n"])) if said else "")


def arrows(teller: Teller) -> str:
    """ "S1 -> Q1(20) -> P1 [exp 5]": remarks at the first mention."""
    rng = teller.rng
    arrow = teller.forms.pick(ARROWS)
    left, right = rng.choice(
        [("(", ")"), (" (", ")"), (" [", "]"), ("[", "]"), (" {", "}"), (": ", "")]
    )
    between = rng.choice([" / ", " + ", " | ", " & "]) if left != ": " else " + "
    noun = teller.classes

    def node(index: int) -> str:
        name = teller.mark.name(index)
        if index in teller.known:
            return name
        teller.known.add(index)
        words = [class_noun(teller, index)] if noun else []
        words += [teller.short(fact, [index]) for fact in teller.facts(index)]
        return f"{name}{left}{', '.join(words)}{right}" if words else name

    lines = [
        arrow.join(between.join(node(i) for i in front) for front in run) for run in runs(teller)
    ]
    lonely = [i for i in _stations(teller) if i not in teller.known]
    lines += [node(i) for i in lonely]
    return _with_crew(teller, rng.choice(["\n", "\n", "; "]).join(lines))


def _type(teller: Teller, index: int) -> str:
    return (
        CLASS_NOUNS[teller.cls(index)][0]
        if teller.rng.random() < 0.5
        else class_noun(teller, index)
    )


def _pairs(teller: Teller, index: int) -> list[tuple[str, str]]:
    """Key and value of everything about an object."""
    pairs = [("type", _type(teller, index))] if teller.classes else []
    return pairs + [teller.pair(fact, [index]) for fact in teller.facts(index)]


def _next_pairs(teller: Teller, index: int) -> list[tuple[str, str]]:
    if not teller.links or not teller.factory.successors(index):
        return []
    key = teller.pick("next", "to", "out", "feeds", "successors", "output", "then", "target", "downstream",
                      "sink_to", "exit", "exits", "goes_to", "outlet", "queue_next", "links", "destination",
                      "deliver", "buffer_out", "supplies", "onward", "connects", "receiver")  # fmt: skip
    return [(key, ", ".join(teller.mark.name(i) for i in teller.factory.successors(index)))]


def key_values(teller: Teller) -> str:
    """ "name=Saw type=processor ct=5 s next=Q1", one line per object."""
    rng = teller.rng
    sign = rng.choice(["=", "=", ": ", " = "])
    gap = "; " if sign != "=" else rng.choice(["; ", ", ", " | "])
    head = rng.choice(["", "", "name" + sign, "- ", "* "])
    lines = []
    for index in _stations(teller):
        pairs = _pairs(teller, index) + _next_pairs(teller, index)
        if pairs:
            lines.append(
                f"{head}{teller.mark.name(index)}{gap}"
                + gap.join(f"{k}{sign}{v}" for k, v in pairs)
            )
    return _with_crew(teller, "\n".join(lines))


def yaml(teller: Teller) -> str:
    """A YAML-like tree, or sections in brackets as in an INI file."""
    rng = teller.rng
    ini = rng.random() < 0.35
    lines = (
        []
        if ini or rng.random() < 0.4
        else [teller.pick("stations:", "objects:", "model:", "line:", "nodes:")]
    )
    indent = "" if ini else "  " * len(lines)
    for index in _stations(teller):
        pairs = _pairs(teller, index) + _next_pairs(teller, index)
        if not pairs:
            continue
        name = teller.mark.name(index)
        lines.append(f"[{name}]" if ini else f"{indent}{name}:")
        lines += [
            f"{key.replace(' ', '_')} = {value}"
            if ini
            else f"{indent}  {key.replace(' ', '_')}: {value}"
            for key, value in pairs
        ]
    return _with_crew(teller, "\n".join(lines))


def json(teller: Teller) -> str:
    """JSON as people type it."""
    rows = []
    for index in _stations(teller):
        pairs = _pairs(teller, index) + _next_pairs(teller, index)
        if pairs:
            inside = ", ".join(f'"{key.replace(" ", "_")}": "{value}"' for key, value in pairs)
            rows.append(f'{{"name": "{teller.mark.name(index)}", {inside}}}')
    return _with_crew(teller, "[" + ",\n".join(rows) + "]")


def table(teller: Teller) -> str:
    """A Markdown, tab-separated or spreadsheet-like table, with or without a header."""
    rng = teller.rng
    bar = rng.choice([" | ", "\t", " ; ", " || ", " / "])
    head = [teller.pick("object", "name", "station", "item"), teller.pick("kind", "type", "what", "class"),
            teller.pick("details", "parameters", "data", "settings", "values")]  # fmt: skip
    head += [teller.pick("goes to", "next", "successor", "to", "feeds")] if teller.links else []
    rows = [head] if rng.random() < 0.75 else []
    for index in _told(teller, _stations(teller)) if not teller.links else _stations(teller):
        row = [
            teller.mark.name(index),
            _type(teller, index),
            teller.shorts([index]) or rng.choice(["-", "", "n/a", "default"]),
        ]
        if teller.links:
            row.append(names(teller, teller.factory.successors(index)) or "-")
        rows.append(row)
    lines = [bar.join(row) for row in rows]
    if bar == " | ":
        lines = [f"| {line} |" for line in lines]
        if rows and rows[0] is head:
            lines.insert(1, "|" + "---|" * len(head))
    return _with_crew(teller, "\n".join(lines))


def nodes_and_edges(teller: Teller) -> str:
    """Nodes with remarks, then edges, as for a graph drawing tool."""
    rng = teller.rng
    nodes = []
    for index in _told(teller, _stations(teller)):
        words = ([_type(teller, index)] if teller.classes else []) + [
            f"{k} {v}" for k, v in (teller.pair(f, [index]) for f in teller.facts(index))
        ]
        nodes.append(f"{teller.mark.name(index)} [{', '.join(words)}]")
    if not teller.links:
        return "\n".join(nodes)
    edges = [arrow_line(teller, run, " -> ") for run in by_source(teller)]
    first, second = rng.choice(
        [("nodes:\n", "edges:\n"), ("", ""), ("Objects\n", "Links\n"), ("V:\n", "E:\n")]
    )
    joint = rng.choice(["\n", "; ", ";\n"])
    return _with_crew(teller, f"{first}{joint.join(nodes)}\n{second}{joint.join(edges)}")


def by_class(teller: Teller) -> str:
    """ "Machines: Saw (5 s), Mill (6 s). Buffers: Q1 (20)."""
    rng = teller.rng
    lines = []
    for cls in dict.fromkeys(teller.cls(i) for i in _stations(teller)):
        mine = _told(teller, [i for i in _stations(teller) if teller.cls(i) == cls])
        if not mine:
            continue
        noun = class_noun(teller, mine[0])
        noun = noun if len(mine) == 1 else plural(noun)
        parts = []
        for group in groups(teller, mine):
            facts = teller.shorts(group)
            each = " each" if len(group) > 1 and not facts.endswith("each") else ""
            parts.append(names(teller, group) + (f" ({facts}{each})" if facts else ""))
        head = noun[:1].upper() + noun[1:] if teller.classes else ""
        lines.append(f"{head}: {'; '.join(parts)}" if head else "; ".join(parts))
    flow = [arrow_line(teller, run) for run in runs(teller)] if teller.links else []
    if flow:
        lines.append(
            rng.choice(["Flow: ", "Routing: ", "Way of the parts: ", "", "Links: "])
            + "; ".join(flow)
        )
    return _with_crew(teller, rng.choice(["\n", "\n\n", ". "]).join(lines))
