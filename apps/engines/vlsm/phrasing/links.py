"""How people say what is connected to what."""

from __future__ import annotations

from random import Random

from ...factories.factory import Factory
from ...factories.words import PRODUCTS
from .markup import Markup

_FEED = (
    "feeds",
    "sends its {items} to",
    "passes {items} to",
    "delivers to",
    "supplies",
    "goes to",
    "is connected to",
    "leads to",
    "connects to",
    "hands over to",
    "outputs to",
    "flows into",
    "is followed by",
    "moves {items} on to",
    "releases to",
)
_FEED_MANY = (
    "both feed",
    "feed",
    "send their {items} to",
    "all deliver to",
    "merge into",
    "are connected to",
    "lead to",
    "supply",
    "converge on",
    "join at",
    "both go to",
    "flow into",
)
_FED = (
    "is fed by",
    "receives {items} from",
    "gets its {items} from",
    "takes {items} from",
    "comes after",
)
_SPLIT = (
    "splits to",
    "distributes {items} to",
    "branches to",
    "alternates between",
    "can go to either",
)
_ARROWS = (" -> ", " → ", "->", " --> ", " => ", " > ")


def links_by_source(factory: Factory) -> list[tuple[int, list[int]]]:
    pairs = [(index, factory.successors(index)) for index in range(len(factory.stations))]
    return [(index, targets) for index, targets in pairs if targets]


def chains(factory: Factory, rng: Random) -> tuple[list[list[int]], list[tuple[int, int]]]:
    """Maximal runs of single links as chains, and the links left over."""
    left = factory.flow()
    out: list[list[int]] = []
    while left:
        start = next(
            (a for a, _ in left if all(t != a for _, t in left)),
            left[0][0],
        )
        chain = [start]
        while True:
            options = [link for link in left if link[0] == chain[-1]]
            if not options or (len(chain) > 1 and rng.random() < 0.08):
                break
            link = rng.choice(options)
            left.remove(link)
            chain.append(link[1])
        out.append(chain)
    return [chain for chain in out if len(chain) > 2], [
        (chain[0], chain[1]) for chain in out if len(chain) == 2
    ]


def fill(template: str, rng: Random) -> str:
    return template.replace("{items}", rng.choice(PRODUCTS))


def out_sentence(source: int, targets: list[int], mark: Markup) -> str:
    """ "A feeds B and C" or one of its many relatives."""
    rng = mark.rng
    a, many = mark.name(source), mark.names_joined(targets)
    item = rng.choice(PRODUCTS)
    if len(targets) > 1 and rng.random() < 0.4:
        return f"{a} {fill(rng.choice(_SPLIT), rng)} {mark.names_joined(targets, rng.choice(['and', 'or', 'and']))}"
    forms = [
        f"{a} {fill(rng.choice(_FEED), rng)} {many}",
        f"{a} {fill(rng.choice(_FEED), rng)} {many}",
        f"From {a}, {item} go to {many}",
        f"Connect {a} to {many}",
        f"{item.capitalize()} leaving {a} go to {many}",
        f"after {a} comes {many}" if len(targets) == 1 else f"after {a} come {many}",
        f"The output of {a} goes to {many}",
        f"Link {a} with {many}",
        f"{item.capitalize()} move from {a} to {many}",
        f"{a} has an output to {many}",
    ]
    return rng.choice(forms)


def in_sentence(target: int, sources: list[int], mark: Markup) -> str:
    """ "C is fed by A and B", "A and B both feed C"."""
    rng = mark.rng
    if len(sources) > 1 and rng.random() < 0.7:
        verb = fill(rng.choice(_FEED_MANY), rng)
        if len(sources) > 2:
            verb = verb.replace("both ", "all ")
        return f"{mark.names_joined(sources)} {verb} {mark.name(target)}"
    return f"{mark.name(target)} {fill(rng.choice(_FED), rng)} {mark.names_joined(sources)}"


def chain_sentence(chain: list[int], mark: Markup) -> str:
    """A route through several objects in one sentence or arrow line."""
    rng = mark.rng
    names = [mark.name(index) for index in chain]
    item = rng.choice(PRODUCTS)
    middle = ", ".join(names[1:-1])
    forms = [
        rng.choice(_ARROWS).join(names),
        rng.choice(_ARROWS).join(names),
        f"{item.capitalize()} go from {names[0]} to {middle} and finally {names[-1]}",
        f"{item.capitalize()} flow from {names[0]} through {middle} to {names[-1]}",
        f"Start at {names[0]}, then {', then '.join(names[1:-1])} and at the end {names[-1]}",
        f"Connect {' to '.join(names)}",
        f"The route is {', '.join(names[:-1])} and then {names[-1]}",
        f"{item.capitalize()} leave {names[0]} for {', then '.join(names[1:])}",
        f"{names[0]} feeds {', which feeds '.join(names[1:])}",
        f"{names[0]} is connected to {', which is connected to '.join(names[1:])}",
        f"From {names[0]} {item} go to {', from there to '.join(names[1:])}",
        f"{names[0]} first, then {', '.join(names[1:-1])}, and last {names[-1]}",
        f"Connect {', '.join(names[:-1])} and {names[-1]} in series",
        f"{', '.join(names)} in this order",
    ]
    return rng.choice(forms)


def link_sentences(factory: Factory, mark: Markup) -> list[str]:
    """All links of the factory, in one of several ways of telling them."""
    rng = mark.rng
    style = rng.random()
    if style < 0.3:
        runs, rest = chains(factory, rng)
        said = [chain_sentence(chain, mark) for chain in runs]
        return said + [out_sentence(a, [b], mark) for a, b in rest]
    if style < 0.62:
        return [out_sentence(source, targets, mark) for source, targets in links_by_source(factory)]
    if style < 0.72:
        arrow = rng.choice(_ARROWS)
        return [f"{mark.name(a)}{arrow}{mark.name(b)}" for a, b in factory.flow()]
    return _mixed(factory, mark)


def _mixed(factory: Factory, mark: Markup) -> list[str]:
    """Merges told from the target, the rest from the source or as single links."""
    rng = mark.rng
    left = set(factory.flow())
    said: list[str] = []
    for target in range(len(factory.stations)):
        sources = factory.predecessors(target)
        if (len(sources) > 1 and rng.random() < 0.7) or rng.random() < 0.12:
            chosen = [source for source in sources if (source, target) in left]
            if chosen:
                said.append(in_sentence(target, chosen, mark))
                left -= {(source, target) for source in chosen}
    for source, targets in links_by_source(factory):
        chosen = [target for target in targets if (source, target) in left]
        if chosen:
            said.append(out_sentence(source, chosen, mark))
    return said
