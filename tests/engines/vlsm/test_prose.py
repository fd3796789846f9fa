"""Free prose: everything told, nothing left over, phrasings of training and test kept apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import islice, pairwise, product
from random import Random

import pytest

from apps.engines.factories.factory import Factory, Quantity, Setting, Station, factories
from apps.engines.vlsm import examples
from apps.engines.vlsm.encoding import MAX_TOKENS
from apps.engines.vlsm.examples import make_markup, usable_numerals
from apps.engines.vlsm.metrics import compare
from apps.engines.vlsm.phrasing.markup import Markup, Rendered
from apps.engines.vlsm.phrasing.prose import (
    STYLES,
    compose_chinese,
    compose_prose,
    insertion,
    is_held_out,
)
from apps.engines.vlsm.phrasing.prose import facts as facts_module
from apps.engines.vlsm.phrasing.prose.facts import Teller
from apps.engines.vlsm.phrasing.prose.flow import Run, by_source, by_target, runs
from apps.engines.vlsm.phrasing.prose.forms import Forms
from apps.engines.vlsm.phrasing.service import inferred
from apps.engines.vlsm.pretrained import load_tokenizer
from apps.engines.vlsm.ranges import ranges_in
from apps.engines.vlsm.truth import truth_model
from apps.engines.vlsm.writer import build_model, connect

FLAGS = ("UseProcessOperators", "UseTransport")


def prose(factory: Factory, seed: int, **options: object) -> tuple[Markup, Rendered]:
    mark = make_markup([s.name for s in factory.stations], Random(seed), generic=factory.generic)
    told = {"links": True, "classes": True} | options
    return mark, mark.render(compose_prose(factory, mark, **told))  # type: ignore[arg-type]


@cache
def samples(seed: int, count: int) -> list[Factory]:
    return list(islice(factories(seed, "train"), count))


@pytest.mark.parametrize("style", STYLES)
def test_every_style_names_all_and_tells_all_numbers(style: str) -> None:
    for seed, factory in enumerate(samples(11, 6)):
        mark, rendered = prose(factory, seed, style=style)

        named = {span.key for span in rendered.names} | mark.unsaid
        assert named == set(range(len(factory.stations)))
        assert not re.search("[\ue000-\ue002{}\0]", re.sub("[{}]", "", rendered.text))
        told = {slot for span in rendered.numbers for slot in mark.slots[span.key][0]}
        assert told == wanted(factory)


def wanted(factory: Factory) -> set[tuple[int, str, int]]:
    """The numbers of all settings; options are told in words."""
    options = (*FLAGS, "LIFO", "ItemPlacement", "CombineMode", "SeparateMode")
    return {
        (index, item.prop, rank)
        for index, station in enumerate(factory.stations)
        for item in station.settings.values()
        if item.prop not in options
        for rank in range(len(item.args))
    }


@pytest.mark.parametrize("style", STYLES)
def test_no_placeholder_is_left(style: str) -> None:
    keys = "items|item|box|boxes|pieces|t|x|n|u|U|a|b|c|o|pace|done|name|names|verbs|shorts|s|z|is"
    for seed, factory in enumerate(samples(13, 4)):
        _, rendered = prose(factory, seed, style=style, held_out=seed % 2 == 0)

        assert not re.search(r"\{(" + keys + r")\}", rendered.text)


def test_numbers_are_found_where_they_were_written() -> None:
    for seed, factory in enumerate(samples(17, 60)):
        mark, rendered = prose(factory, seed)
        spans = [(span.start, span.end) for span in rendered.names]
        found = {item.start: item.value for item in usable_numerals(rendered.text, spans)}

        for span in rendered.numbers:
            assert found[span.start] == float(mark.slots[span.key][1].text)


@pytest.mark.parametrize("split", [runs, by_source, by_target])
def test_runs_tell_each_link_once(split: Callable[[facts_module.Teller], list[Run]]) -> None:
    for seed, factory in enumerate(samples(19, 50)):
        mark = make_markup([s.name for s in factory.stations], Random(seed))
        forms = facts_module.Forms(mark.rng, held_out=False)
        found = split(facts_module.Teller(factory, mark, forms, links=True, classes=True))
        told = [
            (a, b)
            for run in found
            for front, following in pairwise(run)
            for a, b in product(front, following)
        ]

        assert sorted(told) == sorted(factory.flow())


def test_edges_in_the_text_are_the_links() -> None:
    """Read the links back from prompts in the style of a graph drawing tool."""
    for seed, factory in enumerate(samples(20, 30)):
        _, rendered = prose(factory, seed, style="nodes and edges")
        told: set[tuple[int, int]] = set()
        spans = sorted(rendered.names, key=lambda span: span.start)
        source: int | None = None
        for before, after in pairwise(spans):
            between = rendered.text[before.end : after.start]
            if " -> " in between:
                source = before.key
            elif not re.fullmatch(r"[\"'»”`]* [|/&] [\"'«“`]*|, ", between):
                source = None
            if source is not None:
                told.add((source, after.key))
        assert told >= set(factory.flow())


def test_service_names_stations_and_resources() -> None:
    for seed, factory in enumerate(samples(21, 60)):
        _, rendered = prose(factory, seed, style="report")
        for a, b in factory.service():
            places = {
                key: [span.start for span in rendered.names if span.key == key] for key in (a, b)
            }
            assert places[a]
            assert len(places[b]) > 1 or factory.class_of(b) != "Dispatcher"


def test_without_links_settings_and_flags_are_still_told() -> None:
    for seed, factory in enumerate(samples(23, 40)):
        mark, rendered = prose(factory, seed, links=False)
        told = {slot for span in rendered.numbers for slot in mark.slots[span.key][0]}

        assert told == wanted(factory)


def test_flags_are_left_out_only_where_links_tell_them() -> None:
    for seed, factory in enumerate(samples(29, 50)):
        mark = make_markup([s.name for s in factory.stations], Random(seed))
        teller = facts_module.Teller(factory, mark, None, links=False, classes=True)  # type: ignore[arg-type]
        for index, station in enumerate(factory.stations):
            for flag in FLAGS:
                if flag in station.settings and not inferred(factory, index, flag):
                    assert flag not in teller.unsaid[index]


def test_containers_are_told_from_the_right_predecessor() -> None:
    for seed, factory in enumerate(samples(31, 60)):
        mark, _ = prose(factory, seed)
        feeders = {
            factory.container_feeder(i)
            for i, station in enumerate(factory.stations)
            if station.class_name == "Combiner"
        }
        assert mark.containers <= feeders


def test_training_never_draws_a_held_out_phrasing(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: dict[bool, set[str]] = {False: set(), True: set()}
    pick = facts_module.Forms.pick

    def recorded(self: facts_module.Forms, forms: tuple[str, ...]) -> str:
        form = pick(self, forms)
        drawn[self.held_out].add(form)
        return form

    monkeypatch.setattr(facts_module.Forms, "pick", recorded)
    for seed, factory in enumerate(samples(37, 50)):
        prose(factory, seed, held_out=False)
        prose(factory, seed, held_out=True)

    assert not any(is_held_out(form) for form in drawn[False])
    fresh = {form for form in drawn[True] if is_held_out(form)}
    assert len(fresh) > 30
    assert not fresh & drawn[False]


def test_same_seed_gives_the_same_prompt() -> None:
    factory = samples(41, 1)[0]

    assert prose(factory, 5)[1] == prose(factory, 5)[1]
    assert len({prose(factory, seed)[1].text for seed in range(60)}) == 60


def test_prompts_mostly_fit_the_encoder() -> None:
    tokenizer = load_tokenizer()
    texts = [prose(factory, seed)[1].text for seed, factory in enumerate(samples(43, 50))]
    lengths = [len(ids) for ids in tokenizer(texts, add_special_tokens=False)["input_ids"]]

    assert sum(length <= MAX_TOKENS - 2 for length in lengths) >= 0.97 * len(lengths)


@pytest.mark.parametrize("links", [True, False])
def test_chinese_names_all_and_tells_all_numbers(links: bool) -> None:
    for seed, factory in enumerate(samples(47, 40)):
        mark = make_markup([s.name for s in factory.stations], Random(seed))
        template = compose_chinese(factory, mark, links=links, classes=True, held_out=seed % 5 == 0)
        rendered = mark.render(template)
        spans = [(span.start, span.end) for span in rendered.names]
        found = {item.start: item.value for item in usable_numerals(rendered.text, spans)}

        named = {span.key for span in rendered.names} | mark.unsaid
        assert named == set(range(len(factory.stations)))
        assert {slot for span in rendered.numbers for slot in mark.slots[span.key][0]} == wanted(
            factory
        )
        assert all(
            found[span.start] == float(mark.slots[span.key][1].text) for span in rendered.numbers
        )
        assert not re.search(r"[\ue000-\ue002]|\{[a-z]+\d?\}", rendered.text)


def test_a_rate_and_a_time_are_told_in_their_units() -> None:
    factory = Factory(
        "bottling",
        [
            Station(
                "入口1",
                "Source",
                settings={"InterArrivalTime": setting("InterArrivalTime", "120", "/h")},
            ),
            Station(
                "铣床", "Processor", settings={"ProcessTime": setting("ProcessTime", "4", "min")}
            ),
            Station("出口1", "Sink"),
        ],
        [(0, 1), (1, 2)],
    )
    for seed in range(30):
        mark = make_markup([s.name for s in factory.stations], Random(seed))
        text = mark.render(compose_chinese(factory, mark, links=True, classes=True)).text
        assert re.search(r"小时[^\d，。]{0,4}120", text)
        assert re.search(r"4 ?(分|min)", text)
        _, rendered = prose(factory, seed)
        assert re.search(
            r"120( of them|( new)? \w+)?( done)?(/h| per hour| an hour| every hour| each hour)",
            rendered.text,
        )


def setting(prop: str, text: str, unit: str) -> Setting:
    return Setting(prop, "constant", (Quantity(text, unit),))


@pytest.mark.parametrize("seed", range(20))
def test_targets_made_of_prose_rebuild_the_factory(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = compose_chinese if seed % 4 == 0 else compose_prose
    monkeypatch.setattr(examples, "compose", write)
    factory = samples(53, 20)[seed]

    example = examples.new_model_example(
        factory, Random(seed), scene=False, icons=False, links=True, classes=True
    )

    assert example is not None
    model, made = build_model(example.inputs, example.pieces)
    for source, target in example.links:
        connect(model, made[source], made[target])
    assert compare(truth_model(factory), model).exact


def test_ranges_are_meant_only_where_said() -> None:
    """ "Mill 1 to Mill 3" between names that count up would mean Mill 2 as well."""
    stations = [Station("Hall 1", "Source"), Station("Hall 9", "Queue"), Station("Hall 4", "Sink")]
    factory = Factory("machining", stations, [(0, 1), (1, 2)])
    for seed in range(150):
        write = compose_chinese if seed % 3 == 0 else compose_prose
        mark = make_markup([s.name for s in stations], Random(seed))
        rendered = mark.render(write(factory, mark, links=True, classes=True))
        spans = [(span.start, span.end) for span in rendered.names]
        assert not list(ranges_in(rendered.text, spans))


def test_what_is_told_afterwards_stands_where_the_flow_was_told_past_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(insertion, "CHANCE", 1.0)
    stations = [Station("Coil", "Source"), Station("Mill", "Processor"), Station("Rack", "Queue"),
                Station("Saw", "Processor"), Station("Gate", "Sink")]  # fmt: skip
    factory = Factory("machining", stations, [(0, 1), (1, 2), (2, 3), (3, 4)])
    mark = make_markup([s.name for s in stations], Random(1))
    teller = Teller(factory, mark, Forms(mark.rng, held_out=False), links=True, classes=True)

    with insertion.told_without(teller, [2]):
        past = list(teller.factory.links)
    said = [mark.render(text).text for text in insertion.insertions(teller, [2])]

    assert past == [(0, 1), (1, 3), (3, 4)]
    assert teller.factory.links == factory.links
    assert "Rack" in said[-1]
    assert "Saw" in said[-1] or "Mill" in said[-1]
