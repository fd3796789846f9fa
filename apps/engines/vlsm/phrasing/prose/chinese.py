"""Prompts in Chinese: sentences, flows, lists, arrows."""

from __future__ import annotations

from collections.abc import Callable

from ....factories.factory import Factory
from ....factories.roles import EXECUTERS
from ..markup import NAME_OPEN, Markup
from ..objects import CLASS_NOUNS as ENGLISH
from ..values import Numbers
from . import chinese_words as words
from .amounts import fill_numbers, is_simple
from .crew import packs, resources, served_by
from .describe import groups
from .facts import Fact, Teller
from .flow import by_source, runs
from .forms import Forms


def compose_chinese(
    factory: Factory, mark: Markup, *, links: bool, classes: bool, held_out: bool = False
) -> str:
    """A Chinese template under the contract of `compose_prose`."""
    mark.article_rate = mark.word_rate = 0.0
    writer = _Writer(Teller(factory, mark, Forms(mark.rng, held_out), links, classes))
    return writer.prompt()


class _Writer:
    """Tells one factory in Chinese."""

    def __init__(self, teller: Teller) -> None:
        self.teller, self.rng, self.factory = teller, teller.rng, teller.factory
        self.pick, self.mark = teller.forms.pick, teller.mark
        self.product, self.measure = teller.rng.choice(words.PRODUCTS)

    def prompt(self) -> str:
        styles: list[Callable[[], str]] = [self.report, self.report, self.listing, self.arrows]
        if self.teller.links:
            styles += [self.journey, self.journey, self.journey, self.rows]
        parts = [self.rng.choice(styles)()]
        if self.rng.random() < 0.4:
            parts.insert(0, self.pick(words.OPENINGS))
        if not self.teller.links and self.rng.random() < 0.75:
            parts.append(self.pick(words.SKETCHES))
        if self.rng.random() < 0.2:
            parts.append(self.pick(words.ASIDES).replace("{k}", str(self.rng.randint(20, 90))))
        ended = all(part.endswith(("。", "：", "！", "？")) for part in parts[:-1])
        return self.rng.choice(["", "\n"] if ended else ["\n"]).join(parts)

    def fill(self, form: str) -> str:
        return form.replace("{w}", self.product).replace("{m}", self.measure)

    def names(self, indices: list[int], last: str = "和") -> str:
        said = [self.mark.name(index) for index in indices]
        return "、".join(said[:-1]) + (last if len(said) > 1 else "") + said[-1]

    def noun(self, index: int) -> str:
        cls = self.teller.cls(index)
        # Words, no phrasings: as in English none is held out.
        return self.rng.choice(words.CLASSES[cls]) if self.rng.random() < 0.95 else ENGLISH[cls][1]

    def fact(self, fact: Fact, owners: list[int]) -> str:
        n = Numbers(self.mark, fact.setting, owners)
        forms = words.FACTS[fact.kind]
        if not is_simple(n):
            forms = tuple(
                form for form in forms if "{t}" not in form or "时间" in form or "间隔" in form
            )
        form = self.fill(self.pick(forms))
        unit = fact.setting.args[0].unit
        n.unit = self.rng.choice(words.UNITS[unit]) if unit in words.UNITS else ""
        if "{t}" in form:
            form = form.replace("{t}", fill_numbers(self.pick(words.TIMES[n.setting.function]), n))
        if "{per}" in form:
            form = form.replace("{per}", self.rng.choice(words.RATES[unit]))
        return (
            form.replace("{u}", n.u(0))
            if "{u}" in form
            else form.replace("{n}", n[0])
            if "{n}" in form
            else form
        )

    def facts(self, group: list[int], joint: str = "，") -> str:
        return joint.join(self.fact(fact, group) for fact in self.teller.facts(group[0]))

    def about(self, group: list[int]) -> str:
        """What one object is, or several alike; "" where nothing is to be told."""
        self.teller.known |= set(group)
        facts, many = self.facts(group), len(group) > 1
        if not facts and not self.teller.classes:
            return ""
        forms: tuple[str, ...]
        if not self.teller.classes:
            forms = words.MANY_PLAIN if many else words.PLAIN
        elif facts:
            forms = words.MANY if many else words.OBJECT
        else:
            forms = words.MANY_BARE if many else words.OBJECT_BARE
        form = self.pick(forms).replace("{name}", self.names(group)).replace("{facts}", facts)
        noun = self.noun(group[0])
        if noun.isascii():
            form = form.replace("{noun}" + NAME_OPEN, f"{noun} {NAME_OPEN}")
        return form.replace("{noun}", noun)

    def stations(self) -> list[int]:
        away = resources(self.teller)
        return [i for i in range(len(self.factory.stations)) if i not in away]

    def objects(self, indices: list[int]) -> list[str]:
        return [text for group in groups(self.teller, indices) if (text := self.about(group))]

    def link(self, a: list[int], b: list[int]) -> str:
        form = self.fill(self.pick(words.FLOW))
        last = self.rng.choice(["和", "或"])
        return form.replace("{a}", self.names(a)).replace("{b}", self.names(b, last))

    def flow(self) -> list[str]:
        if not self.teller.links:
            return []
        if self.rng.random() < 0.4:
            return [self.arrow(run) for run in runs(self.teller)]
        return [self.link(a, b) for a, b in by_source(self.teller)]

    def arrow(self, run: list[list[int]]) -> str:
        sign = self.rng.choice(["→", " -> ", "->", "—>", " → "])
        joint = self.rng.choice(["/", "、"])
        return sign.join(joint.join(self.mark.name(i) for i in front) for front in run)

    def crew(self) -> list[str]:
        """Resources, and whom they serve where links are told."""
        said = self.objects(resources(self.teller))
        if not self.teller.links:
            return said
        for index in resources(self.teller):
            alone = self.teller.cls(index) in EXECUTERS
            tables = {
                "team": words.TEAM,
                "operate": words.RUN if alone else words.RUN_TEAM,
                "carry": words.CARRY if alone else words.CARRY_TEAM,
                "linked": words.CALLS,
            }
            for how, others in served_by(self.teller, index).items():
                form = self.fill(self.pick(tables[how]))
                said.append(
                    form.replace("{a}", self.mark.name(index)).replace("{b}", self.names(others))
                )
        return said + self.containers()

    def containers(self) -> list[str]:
        said: list[str] = []
        for index in self.stations():
            feeder = self.factory.container_feeder(index)
            if packs(self.factory.stations[index]) and feeder is not None:
                if self.rng.random() < 0.5:
                    continue
                self.mark.containers.add(feeder)
                form = self.pick(words.CONTAINERS).replace("{a}", self.mark.name(index))
                said.append(form.replace("{b}", self.mark.name(feeder)))
        return said

    def report(self) -> str:
        objects, flow = self.objects(self.stations()), self.flow()
        said = flow + objects if self.rng.random() < 0.3 else objects + flow
        return self.rng.choice(["。", "。", "。\n", "；"]).join(said + self.crew()) + "。"

    def listing(self) -> str:
        """A line per object."""
        bullet = self.rng.choice(["- ", "", "* ", "· "])
        said = [self.about([i]) for i in self.stations()]
        lines = [bullet + text for text in [*said, *self.flow(), *self.crew()] if text]
        return "\n".join(lines)

    def rows(self) -> str:
        """A table: name, kind, data, next."""
        bar = self.rng.choice([" | ", " / ", "\t", "；"])
        lines = [bar.join(("名称", "类型", "参数", "下一站"))]
        for index in self.stations():
            after = self.factory.successors(index)
            facts = self.facts([index], " ") or "-"
            row = [
                self.mark.name(index),
                self.noun(index),
                facts,
                self.names(after) if after else "-",
            ]
            lines.append(bar.join(row))
        return "\n".join(lines + self.crew())

    def arrows(self) -> str:
        """Arrows with remarks in brackets where an object is first named."""
        if not self.teller.links:
            return self.report()
        sign = self.rng.choice(["→", " -> ", " → ", "=>", " ——> "])
        lines = [
            sign.join("/".join(self.node(i) for i in front) for front in run)
            for run in runs(self.teller)
        ]
        return "\n".join(lines + self.crew())

    def node(self, index: int) -> str:
        name = self.mark.name(index)
        if index in self.teller.known:
            return name
        self.teller.known.add(index)
        inside = [self.noun(index)] if self.teller.classes else []
        inside += [facts] if (facts := self.facts([index])) else []
        return f"{name}（{'，'.join(inside)}）" if inside else name

    def journey(self) -> str:
        """Follows the items."""
        said: list[str] = []
        for run in runs(self.teller):
            text = self.begin(run[0])
            for front in run[1:]:
                text += ("，" if text.endswith("后") else self.pick(words.NEXT)) + self.step(front)
            said.append(text)
        return "。".join(said + self.crew()) + "。"

    def begin(self, front: list[int]) -> str:
        fresh = [i for i in front if i not in self.teller.known]
        if fresh == front and self.teller.cls(front[0]) == "Source" and self.teller.alike(front):
            self.teller.known |= set(front)
            if len(front) == 1 and (timed := self.timed(front[0], words.ARRIVE_EVERY)):
                return timed
            facts = self.facts(front)
            each = "，均为" if len(front) > 1 else "，"
            said = self.fill(self.pick(words.ARRIVE)).replace("{a}", self.names(front))
            return said + (each + facts if facts else "")
        before = "".join(text + "。" for i in fresh if (text := self.about([i])))
        return f"{before}{self.fill('{w}')}离开{self.names(front)}后"

    def step(self, front: list[int]) -> str:
        """What items do next; objects are introduced in brackets."""
        kinds = list(dict.fromkeys(self.teller.cls(i) for i in front))
        parts = []
        for kind in kinds:
            mine = [i for i in front if self.teller.cls(i) == kind]
            if kind == "Processor" and len(mine) == 1 and (timed := self.first_timed(mine[0])):
                parts.append(timed)
                continue
            told = [self.mark.name(i) + self.aside(i) for i in mine]
            last = self.rng.choice(["或", "或者"])
            many = "、".join(told[:-1]) + (last if len(told) > 1 else "") + told[-1]
            parts.append(self.fill(self.pick(words.GO[kind])).replace("{b}", many))
        return "或者".join(parts)

    def first_timed(self, index: int) -> str:
        """The first mention of a machine with its time in the verb, or ""."""
        said = "" if index in self.teller.known else self.timed(index, words.GO_TIMED)
        self.teller.known |= {index} if said else set()
        return said

    def timed(self, index: int, forms: tuple[str, ...]) -> str:
        """What happens to items there with its time in the verb; "" where that is not constant."""
        facts = list(self.teller.facts(index))
        main = next((fact for fact in facts if fact.kind in ("process", "arrival:constant")), None)
        if main is None or main.setting.function != "constant" or self.rng.random() < 0.4:
            return ""
        n = Numbers(self.mark, main.setting, [index])
        n.unit = self.rng.choice(words.UNITS[main.setting.args[0].unit])
        rest = "，".join(self.fact(fact, [index]) for fact in facts if fact is not main)
        name = self.mark.name(index) + (f"（{rest}）" if rest else "")
        form = self.fill(self.pick(forms)).replace("{u}", n.u(0))
        return form.replace("{a}", name).replace("{b}", name)

    def aside(self, index: int) -> str:
        if index in self.teller.known:
            return ""
        self.teller.known.add(index)
        facts = self.facts([index])
        return f"（{facts}）" if facts else ""
