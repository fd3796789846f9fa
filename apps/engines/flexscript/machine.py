"""The LALR automaton: a stack of states with their values, driven token by token."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from .diagnostics import START, Span
from .lexer import Token
from .table import END, Rule, table
from .tree_builder import TreeBuilder

_chains: dict[tuple[int, int, str], int] = {}
"""Where a chain of rules with one child ends (`name` is a `_primary` is a `_postfix` is …), by the
state below, the state above and the next terminal: a dozen steps become one.
"""


@cache
def _makers() -> list[Any]:
    """The method that makes a node, for each rule; None where the rule makes none."""
    return [getattr(TreeBuilder, rule.origin, None) for rule in table().rules]


@cache
def recovery_states() -> frozenset[int]:
    """States in which a statement or a case of a switch may begin."""
    return frozenset(
        number
        for number, row in enumerate(table().actions)
        if row.get("WHILE", -1) >= 0 or row.get("CASE", -1) >= 0
    )


class Machine:
    """Each entry of the stack has a state, a value, and its first and last token."""

    def __init__(self) -> None:
        self.builder = TreeBuilder()
        self.states = [0]
        self.values: list[Any] = [None]
        self.firsts: list[Token | None] = [None]
        self.lasts: list[Token | None] = [None]
        found = table()
        self._actions, self._rules, self._end = found.actions, found.rules, found.end
        self._makers = _makers()

    @property
    def allowed(self) -> dict[str, int]:
        """The terminals that may come next, among other symbols."""
        return self._actions[self.states[-1]]

    def feed(self, token: Token) -> bool:
        """Take the next token; False where it cannot stand here."""
        to = self._reduced(token.type)
        if to is None:
            return False
        if token.type != END:
            self.states.append(to)
            self.values.append(token)
            self.firsts.append(token)
            self.lasts.append(token)
        return True

    def _reduced(self, kind: str) -> int | None:
        """Reduce as far as the next terminal says; the state it leads to, None for an error."""
        states, actions = self.states, self._actions
        while True:
            state = states[-1]
            if kind == END and state == self._end:
                return state
            to = actions[state].get(kind)
            if to is None or to >= 0:
                return to
            rule = self._rules[~to]
            if rule.unit:
                states[-1] = self._chained(states[-2], state, kind)
            else:
                self._reduce(~to, rule)

    def _chained(self, below: int, state: int, kind: str) -> int:
        key = (below, state, kind)
        end = _chains.get(key)
        if end is None:
            end = _chains[key] = self._follow(below, state, kind)
        return end

    def _follow(self, below: int, state: int, kind: str) -> int:
        while True:
            to = self._actions[state].get(kind)
            rule = self._rules[~to] if to is not None and to < 0 else None
            if rule is None or not rule.unit:
                return state
            state = self._actions[below][rule.origin]

    def _reduce(self, number: int, rule: Rule) -> None:
        size, states = rule.size, self.states
        if size:
            children = self.values[-size:]
            first, last = self.firsts[-size], self.lasts[-1]
            del self.values[-size:], self.firsts[-size:], self.lasts[-size:], states[-size:]
        else:
            children, first, last = [], None, None
        states.append(self._actions[states[-1]][rule.origin])
        self.firsts.append(first)
        self.lasts.append(last)
        if rule.single is not None:
            self.values.append(children[rule.single])
            return
        kept, maker = _kept(rule.keep, children), self._makers[number]
        if maker is None:
            self.values.append(kept)
            return
        span = START
        if first is not None and last is not None:
            span = Span(first.line, first.column, last.end_line, last.end_column)
        self.values.append(maker(self.builder, span, kept))

    # What the repair of errors needs

    def accepts(self, kinds: Iterable[str]) -> bool:
        """Whether these terminals could come next, one after the other."""
        return self._before_last(kinds) is not None

    def settle(self) -> None:
        """Reduce a statement that is complete, which shows only with what follows it."""
        if self._before_last(["SEMICOLON"]) in recovery_states():
            self._reduced("SEMICOLON")

    def _before_last(self, kinds: Iterable[str]) -> int | None:
        """The state in which the last of these terminals would be taken; None where one cannot."""
        state, depth = self.states[-1], len(self.states)
        above: list[int] = []  # the stack is states[:depth] and then `above`
        for kind in kinds:
            while True:
                state = above[-1] if above else self.states[depth - 1]
                to = self._actions[state].get(kind)
                if to is None:
                    return None
                if to >= 0:
                    above.append(to)
                    break
                rule = self._rules[~to]
                taken = min(rule.size, len(above))
                del above[len(above) - taken :]
                depth -= rule.size - taken
                below = above[-1] if above else self.states[depth - 1]
                above.append(self._actions[below][rule.origin])
        return state

    def _statement(self) -> int:
        """How much of the stack is outside of the innermost statement."""
        size = len(self.states)
        while size > 1 and self.states[size - 1] not in recovery_states():
            size -= 1
        return size

    def first_of_statement(self) -> Token | None:
        """The first token of the innermost statement, None where it has none yet."""
        size = self._statement()
        return self.firsts[size] if size < len(self.states) else None

    def drop_statement(self) -> None:
        """Forget what has been read of the innermost statement."""
        size = self._statement()
        del self.states[size:], self.values[size:], self.firsts[size:], self.lasts[size:]


def _kept(keep: tuple[int | None, ...], children: list[Any]) -> list[Any]:
    """What goes into the tree; a list grows in place, as repetitions are read."""
    if keep and keep[0] == -1:
        kept: list[Any] = children[0]
        keep = keep[1:]
    else:
        kept = []
    for place in keep:
        if place is None:
            kept.append(None)
        elif place >= 0:
            kept.append(children[place])
        else:
            kept.extend(children[~place])
    return kept
