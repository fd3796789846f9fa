"""Training examples: a prompt with its spans, the entities it may point to, and the pieces.

Two kinds: a new model (from prompt, sketch or both) and a refinement turn (an earlier model and a
prompt). The sketch enters as a `Scene`-like list of entities with class scores and links, with the
kinds of error that the sketch reader makes.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, replace
from random import Random

from ..factories.factory import Factory, Station
from ..factories.roles import CLASSES
from ..factories.vocabulary import tells_class
from .actions import TOKEN_ID, Grammar, Piece, check_sequence, token
from .numerals import Numeral, find_numerals
from .phrasing.edits import write_turn
from .phrasing.markup import QUOTES, Markup, Rendered, Slot, Span
from .phrasing.prompts import compose
from .phrasing.turn import FRESH, SymbolicPiece, setting_pieces
from .ranges import ranges_in


@dataclass
class Entity:
    """Something that can be an object: mentioned, drawn, in the earlier script, or fresh."""

    name: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    in_scene: bool = False
    in_base: bool = False
    fresh: bool = False
    class_scores: tuple[float, ...] = (0.0,) * len(CLASSES)
    position: tuple[float, float] = (0.0, 0.0)


@dataclass
class Inputs:
    """What the model reads. Links are (source, target, weight) between entity indices."""

    prompt: str
    entities: list[Entity]
    numerals: list[Numeral]
    scene_links: list[tuple[int, int, float]] = field(default_factory=list)
    base_links: list[tuple[int, int]] = field(default_factory=list)
    base_classes: dict[int, str] | None = None


@dataclass
class Example:
    """Inputs, target pieces, the spans to tag as names, and the truth after the turn.

    The connections of a new model are no pieces but scored pairs: `links`, between entities.
    `containers` are the entities that the text says feed a Combiner's containers.
    """

    inputs: Inputs
    pieces: list[Piece]
    name_spans: list[tuple[int, int]]
    factory: Factory
    base: Factory | None = None
    links: list[tuple[int, int]] = field(default_factory=list)
    containers: list[int] = field(default_factory=list)


def normal_name(name: str) -> str:
    """The key under which two mentions are the same name."""
    return " ".join(name.split()).casefold()


def usable_numerals(text: str, name_spans: list[tuple[int, int]]) -> list[Numeral]:
    """Numbers that are not part of a name."""
    return [
        item
        for item in find_numerals(text)
        if not any(start < item.end and item.start < end for start, end in name_spans)
    ]


def make_markup(
    names: list[str], rng: Random, refining: bool = False, generic: bool = False
) -> Markup:
    """How names are written in one prompt: quoted, plain, with articles, in lower case."""
    if generic and not refining:
        articles = rng.choice([0.6, 0.95])
        return Markup(names, rng, quote_rate=0.0, article_rate=articles, generic=True)
    quote = rng.choice([0.0, 0.0, 0.0, 1.0, 1.0, 0.5])
    short = 0.0 if refining else rng.choice([0.0, 0.0, 0.5])
    if any(not name.isascii() for name in names) and rng.random() < 0.5:
        quote = 0.0 if all(not name.isascii() for name in names) else 1.0
    mark = Markup(names, rng, quote_rate=quote, quotes=rng.choice(QUOTES), short_rate=short)
    if quote < 1.0 and rng.random() < 0.3:
        mark.article_rate = rng.choice([0.4, 0.9])
    if refining:
        mark.verbatim_from = len(names)
        mark.quote_rate = rng.choice([0.0, 0.0, 0.0, 1.0, 0.3])
        mark.lower_rate = rng.choice([0.0, 0.5, 1.0])
        mark.partial_rate = rng.choice([0.0, 0.3])
    return mark


FAINTEST = 0.08
"""Lines less likely than this are not passed on."""
UNCONNECTED = 0.12
"""Share of sketches whose lines are left out."""
NEW_MODELS = 0.6
"""Share of new models among the examples; the others are refinement turns."""


def sample_example(factory: Factory, rng: Random) -> Example:
    """A new model or a refinement turn of `factory`."""
    for _ in range(20):
        chosen = copy.deepcopy(factory)
        example = (
            _new_model(chosen, rng) if rng.random() < NEW_MODELS else turn_example(chosen, rng)
        )
        if example:
            return example
    raise ValueError("no example could be made of this factory")


def _new_model(factory: Factory, rng: Random) -> Example | None:
    scene = rng.random() < 0.55
    icons = scene and rng.random() < 0.6
    links = not scene or rng.random() < 0.35
    evident = all(tells_class(s.name, s.class_name) for s in factory.stations)
    classes = rng.random() < 0.7 if icons else not (evident and rng.random() < 0.5)
    if icons and not classes and rng.random() < 0.35:
        _forget_settings(factory, rng)
    lines = rng.random() >= UNCONNECTED
    return new_model_example(
        factory, rng, scene=scene, icons=icons, links=links, classes=classes, lines=lines
    )


def _forget_settings(factory: Factory, rng: Random) -> None:
    """A prompt that leaves (nearly) everything to the sketch and to defaults."""
    for station in factory.stations:
        if rng.random() < 0.8:
            station.settings = {}


def new_model_example(
    factory: Factory,
    rng: Random,
    *,
    scene: bool,
    icons: bool,
    links: bool,
    classes: bool,
    held_out: bool = False,
    lines: bool = True,
) -> Example | None:
    """An example whose prompt and sketch tell what the flags say; without `lines` only the words
    can say what is connected (`told.tells_way`)."""
    mark = make_markup([s.name for s in factory.stations], rng, generic=factory.generic)
    text = compose(factory, mark, links=links, classes=classes, held_out=held_out)
    rendered = _with_ranges(mark.render(text), mark)
    if rendered is None:
        return None
    order = _mention_order(factory, rendered, scene)
    if order is None:
        return None
    entities = _mentioned(factory, rendered, order)
    inputs = _inputs(rendered, entities)
    if scene:
        _add_scene(inputs, factory, order, icons, links, rng)
        if not lines:
            inputs.scene_links = []
        if classes:
            _confuse_classes(inputs, rng)
    place = {station: index for index, station in enumerate(order)}
    symbolic = _creation(factory, order)
    example = _finish(inputs, symbolic, place, mark, rendered, factory, None)
    if example is not None:
        known = links or not scene or lines
        example.links = [(place[a], place[b]) for a, b in factory.links if known]
        example.containers = sorted(place[index] for index in mark.containers)
    return example


def _with_ranges(rendered: Rendered, mark: Markup) -> Rendered | None:
    """Also the names that ranges stand for; None where the text does not tell the range."""
    places = {name: index for index, name in enumerate(mark.names)}
    spans = [(span.start, span.end) for span in rendered.names]
    meant = [
        Span(start, end, places[name])
        for name, (start, end) in ranges_in(rendered.text, spans)
        if name in places
    ]
    if not mark.unsaid <= {span.key for span in meant}:
        return None
    return replace(rendered, meant=tuple(meant))


def _mention_order(factory: Factory, rendered: Rendered, scene: bool) -> list[int] | None:
    """Stations by first mention, then those only drawn from left to right."""
    order: list[int] = []
    for span in rendered.mentions:
        if span.key not in order:
            order.append(span.key)
    unsaid = [i for i in range(len(factory.stations)) if i not in order]
    if unsaid and not scene:
        return None
    return order + sorted(unsaid, key=lambda i: (factory.stations[i].x, -factory.stations[i].y))


def _mentioned(factory: Factory, rendered: Rendered, order: list[int]) -> list[Entity]:
    entities = [Entity(factory.stations[index].name) for index in order]
    place = {station: index for index, station in enumerate(order)}
    for span in rendered.mentions:
        if span.key in place:
            entities[place[span.key]].spans.append((span.start, span.end))
    return entities


def _inputs(rendered: Rendered, entities: list[Entity]) -> Inputs:
    spans = [(span.start, span.end) for span in rendered.names]
    return Inputs(rendered.text, entities, usable_numerals(rendered.text, spans))


def _add_scene(
    inputs: Inputs, factory: Factory, order: list[int], icons: bool, links: bool, rng: Random
) -> None:
    """Mark entities as drawn, with class scores, places and links as a reader reports them."""
    place = {station: index for index, station in enumerate(order)}
    span_x = max(abs(s.x) for s in factory.stations) + 1
    span_y = max(abs(s.y) for s in factory.stations) + 1
    for index, entity in zip(order, inputs.entities, strict=True):
        station = factory.stations[index]
        entity.in_scene = True
        entity.position = (
            station.x / span_x + rng.gauss(0, 0.02),
            station.y / span_y + rng.gauss(0, 0.02),
        )
        entity.class_scores = _scores(station, icons, rng)
    told = links and rng.random() < 0.5
    for a, b in factory.links:
        # What the text tells as well may be overlooked in the sketch.
        if rng.random() >= (0.1 if told else 0.02):
            inputs.scene_links += as_seen(place[a], place[b], _seen(rng), _sense(rng))
    for _ in range(rng.choice([0, 0, 0, 0, 1, 1, 2, 3])):
        a, b = rng.randrange(len(order)), rng.randrange(len(order))
        drawn = {(s, t) for s, t, _ in inputs.scene_links}
        if a != b and not drawn & {(a, b), (b, a)}:
            seen = rng.uniform(0.15, 0.55) if rng.random() < 0.6 else rng.uniform(0.5, 1.0)
            inputs.scene_links += as_seen(a, b, seen, _sense(rng))


def _seen(rng: Random) -> float:
    """How sure a reader is of a line that is there; as measured on drawings."""
    roll = rng.random()
    if roll < 0.85:
        return rng.uniform(0.97, 1.0)
    return rng.uniform(0.6, 0.97) if roll < 0.95 else rng.uniform(0.15, 0.6)


def _sense(rng: Random) -> float:
    """How sure a reader is which way a line leads, -1 to 1; negative where it errs."""
    roll = rng.random()
    if roll < 0.85:
        return rng.uniform(0.9, 1.0)
    return rng.uniform(0.0, 0.9) if roll < 0.98 else rng.uniform(-1.0, 0.0)


def as_seen(a: int, b: int, confidence: float, directed: float) -> list[tuple[int, int, float]]:
    """A drawn line as links both ways; `directed` (-1 to 1) says how surely it goes ahead."""
    ways = ((a, b, confidence * (1 + directed) / 2), (b, a, confidence * (1 - directed) / 2))
    return [way for way in ways if way[2] >= FAINTEST]


def _confuse_classes(inputs: Inputs, rng: Random) -> None:
    """A symbol here and there is taken for another, where the prompt tells what it is."""
    for entity in inputs.entities:
        if rng.random() < 0.06:
            scores = [rng.uniform(0.0, 0.1) for _ in CLASSES]
            scores[rng.randrange(len(CLASSES))] = rng.uniform(0.3, 0.9)
            entity.class_scores = tuple(scores)


def _scores(station: Station, icons: bool, rng: Random) -> tuple[float, ...]:
    if not icons:
        flat = [rng.uniform(0.0, 0.3) for _ in CLASSES]
        return tuple(flat)
    sure = rng.uniform(0.65, 1.0)
    rest = (1 - sure) / (len(CLASSES) - 1)
    return tuple(sure if name == station.class_name else rest for name in CLASSES)


def _creation(factory: Factory, order: list[int]) -> list[SymbolicPiece]:
    out: list[SymbolicPiece] = []
    for index in order:
        station = factory.stations[index]
        out += [("token", "NEW"), ("station", index), ("token", f"CLASS:{station.class_name}")]
        for setting in sorted(station.settings.values(), key=lambda s: s.prop):
            out += setting_pieces(index, setting)
    return out


def turn_example(factory: Factory, rng: Random, held_out: bool = False) -> Example | None:
    """A request about `factory`, which is changed as asked; None where none could be written.

    `held_out` asks for phrasings that training never sees; None where the request has none.
    """
    base = copy.deepcopy(factory)
    mark = make_markup([station.name for station in factory.stations], rng, refining=True)
    template, turn = write_turn(factory, mark, held_out)
    if not turn.pieces or (held_out and not turn.novel):
        return None
    rendered = mark.render(template)
    count = len(base.stations)
    entities = base_entities(base)
    place = {index: index for index in range(count)}
    for index in range(count, len(factory.stations)):
        if index not in turn.unnamed:
            place[index] = len(entities)
            entities.append(Entity(factory.stations[index].name))
    if len(turn.unnamed) > FRESH:
        return None
    for number, index in enumerate(turn.unnamed):
        place[index] = len(entities) + number
    entities += fresh_entities()
    for span in rendered.names:
        entities[place[span.key]].spans.append((span.start, span.end))
    inputs = _inputs(rendered, entities)
    inputs.base_links = list(base.links)
    inputs.base_classes = {i: s.class_name for i, s in enumerate(base.stations)}
    return _finish(inputs, turn.pieces, place, mark, rendered, factory, base)


def base_entities(base: Factory) -> list[Entity]:
    """Objects of the earlier model as entities, in its order."""
    span_x = max((abs(s.x) for s in base.stations), default=0) + 1
    span_y = max((abs(s.y) for s in base.stations), default=0) + 1
    return [
        Entity(
            station.name,
            in_base=True,
            class_scores=tuple(float(station.class_name == name) for name in CLASSES),
            position=(station.x / span_x, station.y / span_y),
        )
        for station in base.stations
    ]


def fresh_entities() -> list[Entity]:
    return [Entity("", fresh=True) for _ in range(FRESH)]


def _finish(
    inputs: Inputs,
    symbolic: list[SymbolicPiece],
    place: dict[int, int],
    mark: Markup,
    rendered: Rendered,
    factory: Factory,
    base: Factory | None,
) -> Example | None:
    """Symbolic pieces to indices; None where a number cannot be found in the text."""
    numbers = _number_places(inputs, mark, rendered)
    pieces: list[Piece] = []
    for kind, value in symbolic:
        if kind == "token":
            pieces.append(Piece("token", TOKEN_ID[str(value)]))
        elif kind == "station":
            pieces.append(Piece("entity", place[value]))  # type: ignore[index]
        elif value in numbers:
            pieces.append(Piece("number", numbers[value]))
        else:
            return None
    pieces.append(token("<eos>"))
    grammar = Grammar(len(inputs.entities), inputs.base_classes, inputs.base_links)
    try:
        check_sequence(pieces, grammar)
    except ValueError:
        return None
    spans = [(span.start, span.end) for span in rendered.names]
    return Example(inputs, pieces, spans, factory, base)


def _number_places(inputs: Inputs, mark: Markup, rendered: Rendered) -> dict[Slot, int]:
    """Which numeral of the prompt each slot points to."""
    at = {item.start: index for index, item in enumerate(inputs.numerals)}
    places: dict[Slot, int] = {}
    for span in rendered.numbers:
        if span.start in at:
            for slot in mark.slots[span.key][0]:
                places[slot] = at[span.start]
    return places
