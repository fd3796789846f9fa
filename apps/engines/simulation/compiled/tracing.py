"""Rows of the trace, written column by column where the reference kernel calls `trace.Trace`.

The columns are a buffer that is taken away when it is full; `rows` counts those of all tables.
"""

from __future__ import annotations

from typing import Any

from .jit import accessor, compiled
from .layout import TRACE, TRACE_TYPES

_AT = {name: accessor(f"at_{name}", kind) for name, kind in TRACE_TYPES.items()}
_state_object, _state_state, _state_start, _state_end = (_AT[f"state_{n}"] for n in TRACE["state"])
_content_object, _content_time, _content = (_AT[f"content_{n}"] for n in TRACE["content"])
_wip_time, _wip = (_AT[f"wip_{n}"] for n in TRACE["wip"])
_item, _item_object, _enter, _leave = (_AT[f"item_{n}"] for n in TRACE["item"])
_finished = _AT["finished_time"]


@compiled
def state_row(p: Any, node: int, state: int, start: float, end: float) -> None:
    row = p.state_rows
    _state_object(p, row).value, _state_state(p, row).value = node, state
    _state_start(p, row).value, _state_end(p, row).value = start, end
    p.state_rows = row + 1
    p.rows += 1


@compiled
def content_row(p: Any, node: int, content: int) -> None:
    row = p.content_rows
    _content_object(p, row).value, _content(p, row).value = node, content
    _content_time(p, row).value = p.now
    p.content_rows = row + 1
    p.rows += 1


@compiled
def wip_row(p: Any) -> None:
    row = p.wip_rows
    _wip_time(p, row).value, _wip(p, row).value = p.now, p.wip
    p.wip_rows = row + 1
    p.rows += 1


@compiled
def item_row(p: Any, item: int, node: int, enter: float) -> None:
    row = p.item_rows
    _item(p, row).value, _item_object(p, row).value = item, node
    _enter(p, row).value, _leave(p, row).value = enter, p.now
    p.item_rows = row + 1
    p.rows += 1


@compiled
def finished_row(p: Any) -> None:
    _finished(p, p.finished_rows).value = p.now
    p.finished_rows += 1
    p.rows += 1
