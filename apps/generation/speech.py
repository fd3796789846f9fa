"""The language in which a person is answered."""

import re

CHINESE = "zh-hans"
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|`[^`]*`")
_SIGN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[A-Za-z]{2,}")


def answer_language(text: str, preferred: str) -> str:
    """Chinese for a Chinese message, else the language that the person prefers.

    Names may be of another alphabet than the sentence: a message is Chinese where it has more
    Chinese signs than words in Latin letters, what is quoted left aside.
    """
    plain = _QUOTED.sub("", text)
    signs, words = len(_SIGN.findall(plain)), len(_WORD.findall(plain))
    return CHINESE if signs > words else preferred
