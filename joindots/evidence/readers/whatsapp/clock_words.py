"""The words that phones write for the two halves of the day, and the digits of the world's scripts."""

from __future__ import annotations

import re
from typing import Final

MORNING: Final = (
    "AM", "am", "Am", "a.m.", "A.M.", "a. m.", "a.m", "A. M.", "a m",
    "ص", "صباحًا", "صباحا", "ق.ظ.", "ق.ظ", "قبل‌ازظهر", "قبل از ظهر", "قبل دوپہر", "لפנה״צ", 'לפנה"צ', "לפנה״צ",
    "上午", "凌晨", "早上", "清晨", "午夜", "午前", "오전", "पूर्वाह्न", "म.पू.", "পূর্বাহ্ণ", "পূর্বাহ্ন", "এএম",
    "પૂર્વ મધ્યાહ્ન", "ਪੂ.ਦੁ.", "ਪੂਰਵ ਦੁਪਹਿਰ", "முற்பகல்", "పూర్వాహ్నం", "ಪೂರ್ವಾಹ್ನ", "പൂർവ്വാഹ്നം", "පෙ.ව.",
    "SA", "ÖÖ", "öö", "ö.ö.", "π.μ.", "e paradites", "de.", "ap.", "fm", "f.m.", "dop.", "PG", "пр.об.",
    "пр. об.", "претпл.", "priešpiet", "priekšpusdienā", "ጥዋት", "vorm.", "in the morning", "ก่อนเที่ยง",
    "ព្រឹក", "နံနက်", "дп",
)  # fmt: skip
"""Words before noon."""

AFTERNOON: Final = (
    "PM", "pm", "Pm", "p.m.", "P.M.", "p. m.", "p.m", "P. M.", "p m",
    "م", "مساءً", "مساء", "ب.ظ.", "ب.ظ", "بعدازظهر", "بعد از ظهر", "بعد دوپہر", "אחה״צ", 'אחה"צ',
    "下午", "中午", "傍晚", "晚上", "午後", "오후", "अपराह्न", "म.उ.", "অপরাহ্ণ", "অপরাহ্ন", "পিএম",
    "ઉત્તર મધ્યાહ્ન", "ਬਾ.ਦੁ.", "ਬਾਅਦ ਦੁਪਹਿਰ", "பிற்பகல்", "అపరాహ్నం", "ಅಪರಾಹ್ನ", "അപരാഹ്നം", "ප.ව.",
    "CH", "ÖS", "ös", "ö.s.", "μ.μ.", "e pasdites", "du.", "ip.", "em", "e.m.", "odp.", "PTG", "сл.об.",
    "сл. об.", "попл.", "popiet", "pēcpusdienā", "ከሰዓት", "nachm.", "in the afternoon", "หลังเที่ยง",
    "ល្ងាច", "ညနေ", "пп",
)  # fmt: skip
"""Words from noon on. 中午 (noon) counts here: 12 stays 12 and 1 becomes 13."""

SPACES: Final = " \u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
"""Spaces seen in exports: the ordinary one, no-break, thin and narrow no-break ones."""

MARKS: Final = "\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Invisible marks of direction and joining, and the byte order mark."""

ZEROS: Final = "0٠۰०০੦૦୦௦౦೦൦๐໐༠၀០０"
"""Digit nought in each script that a phone may write dates in."""

YEAR_FIRST_WORDS: Final = frozenset(
    "上午 下午 凌晨 早上 清晨 中午 午夜 傍晚 晚上 午前 午後 오전 오후 de. du. a.m. p.m. a.\u00a0m. p.\u00a0m.".split(
        " "
    )
)
"""Words of places that write the year first, so that `24-03-12` may be 2024 there."""

_BARE = str.maketrans("", "", MARKS + SPACES + ".")


def bare(word: str) -> str:
    """A word of the day's half without spaces, dots, marks or capitals, for comparing."""
    return word.translate(_BARE).casefold()


_MORNING = frozenset(map(bare, MORNING))
_AFTERNOON = frozenset(map(bare, AFTERNOON))


def half(word: str) -> int | None:
    """0 for a word of the morning, 1 for the afternoon, None for neither."""
    key = bare(word)
    return 1 if key in _AFTERNOON else 0 if key in _MORNING else None


def _pattern(word: str) -> str:
    return "".join(f"[{SPACES}]?" if c in SPACES else re.escape(c) for c in word)


WORD: Final = "(?:" + "|".join(map(_pattern, sorted({*MORNING, *AFTERNOON}, key=len, reverse=True))) + ")"
"""A pattern for any of the words, the longest first."""
