"""Messages that need no model: undo, what was assumed, where something comes from.

Only a message that says nothing else is one of these; all others are requests to the model.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Intent(StrEnum):
    UNDO = "undo"
    ASSUMPTIONS = "assumptions"
    ORIGIN = "origin"


@dataclass(frozen=True)
class Asked:
    """What is asked, and the whole message, in which an object may be named."""

    intent: Intent
    text: str


_POLITE = (
    r"(?:(?:please|pls|ok|okay|no|hmm|oh|wait|stop|sorry|can you|could you|would you|let's|and|then"
    r"|now|never ?mind|just)(?:[,.!] | ))*"
)
_WHICH = r"(?:last|latest|previous)"
_DEED = r"(?:change|step|edit|request|message|one|thing)"
_THAT = rf"(?:that|this|it|all that|(?:the|my|your) {_WHICH} {_DEED}|what you (?:just )?did)"
_STATE = r"(?:previous|last|earlier) (?:version|state|model)"
_UNDO = (
    rf"(?:undo|revert|roll ?back|take back)(?: {_THAT})?",
    rf"take {_THAT} back",
    rf"(?:(?:go|roll|step|switch|turn) )?back (?:to the {_STATE}|one (?:step|version))",
    rf"(?:restore|return to|bring back|use) the {_STATE}",
    r"go back",
)
_ASSUMED = (
    r"(?:so )?what (?:did|do|have) you assumed?(?: (?:here|so far|for .+|about .+|in .+))?",
    r"(?:what|which) (?:are|were) (?:your|the) assumptions(?: .+)?",
    r"(?:which|what) assumptions (?:did|do|have) you (?:make|made|have)(?: .+)?",
    r"(?:list|show|tell me|give me)(?: me)? (?:all )?(?:your |the )?assumptions",
    r"(?:what|which things) (?:was|is|were|are) assumed(?: .+)?",
    r"what (?:did|have) you (?:guess|guessed)",
)
_CAME = r"(?:added|created|introduced|put|set|made|changed|get here|come in|get in)"
_ORIGIN = (
    r"why (?!don'?t|not|can'?t we)\S.*",
    r"where (?:does|do|did) .+ come from",
    rf"(?:who|what) {_CAME} .+",
    rf"(?:when|how) (?:was|were|did) .+ {_CAME}(?: .*)?",
    r"what is .+ (?:for|doing here|good for)",
)
_WISH = r"(?:请|麻烦|帮我|好|不对|不)*[，,]?"
_LATELY = r"(?:上一步|这一步|刚才的?|上次的?|最近的?|上一个|这次的?|这个|它)?"
_UNDO_CHINESE = (
    rf"{_WISH}(?:撤销|撤消|撤回|回退|还原)(?:一下|掉)?{_LATELY}(?:操作|修改|更改|改动|变更)?(?:吧|了)?",
    r"(?:请)?(?:回到|恢复到?|退回到?|返回)(?:上一个?|前一个?|之前的?)(?:版本|状态|步)(?:吧)?",
)
_MADE = r"(?:做了|作了|做出了|有|用了)"
_ASSUMED_CHINESE = (
    rf"(?:请)?(?:你|模型)?(?:都)?{_MADE}?(?:哪些|什么)(?:的)?假设",
    r"(?:请)?(?:你|模型)?(?:都)?假设了(?:什么|哪些.*)",
    r"(?:请)?(?:列出|说明|给出)(?:你的|所有|全部)?(?:的)?假设",
    r"(?:你的)?假设(?:是什么|有哪些)",
)
_ORIGIN_CHINESE = (
    r"(?:为什么|为何|怎么会?有)(?!不).+",
    r".+(?:为什么|为何)(?!不).+",
    r".+(?:是)?(?:从)?(?:哪里|哪儿|哪)来的",
    r".*(?:是)?谁(?:加|添加|创建|设置|改|写)的?.*",
)


def _compiled(*forms: str, polite: str = _POLITE) -> re.Pattern[str]:
    tail = r"(?:[, ]+(?:please|pls|again|thanks|thank you))?"
    return re.compile(rf"{polite}(?:{'|'.join(forms)}){tail}", re.IGNORECASE)


_FORMS = (
    (Intent.UNDO, _compiled(*_UNDO)),
    (Intent.ASSUMPTIONS, _compiled(*_ASSUMED)),
    (Intent.ORIGIN, _compiled(*_ORIGIN)),
    (Intent.UNDO, _compiled(*_UNDO_CHINESE, polite="")),
    (Intent.ASSUMPTIONS, _compiled(*_ASSUMED_CHINESE, polite="")),
    (Intent.ORIGIN, _compiled(*_ORIGIN_CHINESE, polite="")),
)


def intent_of(text: str) -> Asked | None:
    """What a message asks that needs no model; None where it is a request."""
    plain = " ".join(text.replace("’", "'").split()).strip(" .!?。！？…")
    said = re.sub(r"\d\.\d", "", re.sub(_POLITE, "", plain, count=1, flags=re.IGNORECASE))
    if len(plain) > 200 or re.search(r"[.;!?。！？；]\s*\S", said):
        return None
    for intent, form in _FORMS:
        if form.fullmatch(plain):
            return Asked(intent, text)
    return None
