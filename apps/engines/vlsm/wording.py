"""What the engine tells people, in English and in Chinese.

`speaking` sets the language for the time of one generation; `said` fills a sentence in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

Language = Literal["en", "zh"]
_LANGUAGE: ContextVar[Language] = ContextVar("language", default="en")

ENGLISH = {
    "no_prompt": "Write a prompt or add a sketch first.",
    "no_request": "Write what should change.",
    "no_objects": (
        "No object was found in the prompt. Name at least where items come from, where they are "
        "worked on and where they leave, for example: “Source S1 feeds machine M1, which feeds "
        "sink Out”."
    ),
    "no_change": (
        "No change was understood. Name the object and what should be different, for example "
        "“make Oven 90 s”, “add a second Mill in parallel” or “remove Buffer 2”."
    ),
    "cut_off": "The script was cut off: the model is too large.",
    "out_of_memory": "The prompt does not fit into the server's memory. Shorten it.",
    "broken_base": "The script to refine does not run ({where}). Mend it first.",
    "broken_line": "line {line}: {message}",
    "no_model": "it builds no model",
    "contradiction": (
        "The prompt says two things about “{name}”: its {what} is {first} and {second}. Which one "
        "holds?"
    ),
    "default": "“{name}” has {what} (the default).",
    "default_InterArrivalTime": "arrivals every exponential(0, 10) s",
    "default_ProcessTime": "a process time of 10 s",
    "default_MaxContent": "a capacity of 1000",
    "unsure_link": "“{name}” is taken to concern “{other}”.",
    "unsure_number": "The number {number} is taken for “{name}”.",
    "unsure_unit": "The times of “{name}” are taken to be in {unit}.",
    "unsure_class": "“{name}” is taken for a {what}.",
    "no_label": "The object drawn at {where} has no label that could be read.",
    "not_drawn": "“{name}” is named in the prompt but was not found in the sketch.",
    "faint_line": (
        "The line from “{name}” to “{other}” is faint; it is taken for a connection."
    ),
    "no_head": (
        "No arrow head seen on the line from “{name}” to “{other}”: that is the way items are "
        "taken to go."
    ),
    "line_left_out": (
        "The line from “{name}” to “{other}” seen in the sketch was left out: the prompt tells of "
        "no such way."
    ),
    "place": "the {row} {column}",
    "left": "left",
    "right": "right",
    "middle": "middle",
    "top": "top",
    "bottom": "bottom",
    "centre": "centre",
    "unused": "“{name}” was not taken for an object.",
    "no_ends": (
        "“{name}” had no output and “{other}” no input; “{name}” is taken to feed “{other}”."
    ),
    "no_input": "“{other}” had no input; “{name}” is taken to feed “{other}”.",
    "no_output": "“{name}” had no output; “{name}” is taken to feed “{other}”.",
    "no_way_in": "Nothing came to “{other}” from a source; “{name}” is taken to feed “{other}”.",
    "no_way_out": "Nothing came from “{name}” to a sink; “{name}” is taken to feed “{other}”.",
    "no_helper": "“{name}” had nobody to call; “{other}” is taken to come.",
    "nobody": "“{name}” calls for help, but nobody is there to come: that is left out.",
    "small_team": "“{name}” asks for {number} operators: its team has no more.",
    "unordered": "The limits of a time of “{name}” were told in another order and are sorted.",
}  # fmt: skip
CHINESE = {
    "no_prompt": "请先写一段说明或添加草图。",
    "no_request": "请写明要修改什么。",
    "no_objects": (
        "说明中没有找到任何对象。请至少写出物料从哪里来、在哪里加工、从哪里离开，"
        "例如：“来料 S1 送到机器 M1，再送到出口 Out”。"
    ),
    "no_change": (
        "没有看懂要修改什么。请写出对象以及要改成什么，"
        "例如“把Oven的加工时间改成90秒”、“再并联一台Mill”或“删除Buffer 2”。"
    ),
    "cut_off": "脚本被截断：模型太大。",
    "out_of_memory": "提示词超出服务器内存，请缩短。",
    "broken_base": "要修改的脚本无法运行（{where}）。请先修正它。",
    "broken_line": "第 {line} 行：{message}",
    "no_model": "它没有建立模型",
    "contradiction": "说明中对“{name}”有两种说法：{what}是 {first} 和 {second}。以哪个为准？",
    "default": "“{name}”{what}（默认值）。",
    "default_InterArrivalTime": "的到达间隔为 exponential(0, 10) 秒",
    "default_ProcessTime": "的加工时间为 10 秒",
    "default_MaxContent": "的容量为 1000",
    "unsure_link": "认为“{name}”与“{other}”相关。",
    "unsure_number": "认为数字 {number} 属于“{name}”。",
    "unsure_unit": "认为“{name}”的时间单位是 {unit}。",
    "unsure_class": "认为“{name}”是 {what}。",
    "no_label": "草图{where}的对象没有可辨认的名称。",
    "not_drawn": "说明中提到“{name}”，但草图中没有找到。",
    "faint_line": "从“{name}”到“{other}”的线很淡，当作连接处理。",
    "no_head": "从“{name}”到“{other}”的线上没有看到箭头，按此方向处理。",
    "line_left_out": "草图中从“{name}”到“{other}”的线未采用：说明中没有这样的路径。",
    "place": "{row}{column}",
    "left": "左侧",
    "right": "右侧",
    "middle": "中间",
    "top": "上方",
    "bottom": "下方",
    "centre": "中部",
    "unused": "没有把“{name}”当作对象。",
    "no_ends": "“{name}”没有输出，“{other}”没有输入，因此认为“{name}”送到“{other}”。",
    "no_input": "“{other}”没有输入，因此认为“{name}”送到“{other}”。",
    "no_output": "“{name}”没有输出，因此认为“{name}”送到“{other}”。",
    "no_way_in": "没有物料从起点到达“{other}”，因此认为“{name}”送到“{other}”。",
    "no_way_out": "“{name}”的物料到不了终点，因此认为“{name}”送到“{other}”。",
    "no_helper": "“{name}”无人可叫，因此认为由“{other}”前来。",
    "nobody": "“{name}”需要人手，但没有可用的人或车：已省略。",
    "small_team": "“{name}”只请求{number}名操作员：所属班组没有更多人。",
    "unordered": "“{name}”的时间上下限顺序颠倒，已重新排序。",
}
PROPERTIES = {
    "InterArrivalTime": "到达间隔",
    "ProcessTime": "加工时间",
    "SetupTime": "准备时间",
    "MinimumDwellTime": "最短停留时间",
    "LoadTime": "装载时间",
    "UnloadTime": "卸载时间",
    "MoveTime": "搬运时间",
    "MaxContent": "容量",
    "StackBaseZ": "堆放高度",
    "ComponentsList": "组件数量",
    "SeparateQty": "拆分数量",
    "NumProcessOperators": "操作员人数",
    "Speed": "速度",
    "MaxSpeed": "最高速度",
    "Capacity": "装载能力",
}


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Tell everything in this language within the block."""
    token = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


def property_words(prop: str) -> str:
    """ "process time" for ProcessTime."""
    if _LANGUAGE.get() == "zh":
        return PROPERTIES.get(prop, prop)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", prop).lower()


def said(key: str, **words: object) -> str:
    """A sentence in the language of the moment."""
    sentences = CHINESE if _LANGUAGE.get() == "zh" else ENGLISH
    return sentences[key].format(**words)
