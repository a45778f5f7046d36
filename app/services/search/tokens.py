"""Text to search tokens, the same for both databases. Pure.

Chinese has no spaces, so a run of hanzi becomes overlapping pairs plus its last character; letters and
digits stay whole. Both databases store and are asked for exactly these tokens, never their own splitting.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from app.services.search.pinyin_data import HANZI_BY_INITIAL, OTHER_READINGS
from app.services.search.t2s_data import SIMPLIFIED, TRADITIONAL

# A tsvector holds 16,383 positions and 1 MB; what a person writes by hand stays far below.
MOST_TOKENS = 16_000
MOST_CHARACTERS = 100_000
LONGEST_TOKEN = 64

_CJK = (
    "\u3005\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUNS = re.compile(rf"(?P<cjk>[{_CJK}]+)|[^\W_{_CJK}]+")
_CJK_ONLY = re.compile(rf"[{_CJK}]+")
# Text of this kind (hanzi, ASCII, full-width forms, Chinese punctuation) needs lower case and one table
# only: nearly everything people write takes this short road.
_PLAIN = re.compile(
    r"[\x00-\x7f\u00b7\u2013\u2014\u2018-\u201d\u2026\u3000-\u3002\u3008-\u3011\u4e00-\u9fff\uff01-\uff5e]*"
)
# Accents of Latin, Greek and Cyrillic, variation selectors, joiners and soft hyphens. Marks of other
# scripts carry meaning (Japanese voicing, Indic vowels) and stay.
_MARKS = re.compile(
    "[\u00ad\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u2060\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]"
)

_TO_SIMPLIFIED = str.maketrans(TRADITIONAL, SIMPLIFIED)
_WIDE = "".join(map(chr, range(0xFF01, 0xFF5F))) + "\u3000\u2026"
_TO_PLAIN = _TO_SIMPLIFIED | {ord(wide): unicodedata.normalize("NFKC", wide).lower() for wide in _WIDE}
_FOLDED_BY_TABLE = re.compile(f"[{_WIDE}{TRADITIONAL}]")
_FIRST_LETTERS = {hanzi: letter for letter, group in HANZI_BY_INITIAL.items() for hanzi in group}


def norm(text: str) -> str:
    """Return `text` as search compares it: width, case, accents and traditional forms folded away.

    Running it twice changes nothing. The length may differ from that of `text`.
    """
    if _PLAIN.fullmatch(text):
        return text.lower().translate(_TO_PLAIN) if _FOLDED_BY_TABLE.search(text) else text.lower()
    folded = _fold(text)
    while (again := _fold(folded)) != folded:  # a few ligatures and Greek marks need a second round
        folded = again
    return folded


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _MARKS.sub("", decomposed)).translate(_TO_SIMPLIFIED)


def runs(text: str) -> Iterator[str]:
    """Split already normalised text where the script changes: runs of hanzi and runs of letters or digits."""
    return (match.group() for match in _RUNS.finditer(text))


def is_hanzi(run: str) -> bool:
    """Whether a run from `runs` is Chinese (or Japanese, Korean) rather than letters and digits."""
    return _CJK_ONLY.fullmatch(run) is not None


def bigrams(run: str) -> list[str]:
    """Return the overlapping pairs of a run of hanzi; a single character stands alone."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


def index_tokens(text: str) -> list[str]:
    """Return what is stored for `text`, in order; a token's place in the list is its position.

    Very long texts are cut at MOST_CHARACTERS and MOST_TOKENS, so that both databases can hold them.
    """
    tokens: list[str] = []
    for match in _RUNS.finditer(norm(text)[:MOST_CHARACTERS]):
        run = match.group()
        if match.lastgroup is None:
            tokens.append(run[:LONGEST_TOKEN])
            continue
        tokens.extend([run[at : at + 2] for at in range(len(run) - 1)])
        tokens.append(run[-1])
    return tokens[:MOST_TOKENS]


def initials(text: str) -> str:
    """Return the first pinyin letter of each hanzi, letters and digits as they are: 打印机 -> dyj.

    Rare hanzi without an entry and all punctuation are left out.
    """
    return "".join(
        _FIRST_LETTERS.get(character, character if character.isascii() else "")
        for run in runs(norm(text))
        for character in run
    )


def matches_initials(name: str, typed: str) -> bool:
    """Whether `typed` letters are the pinyin initials of a stretch of `name`, in any everyday reading.

    重启 is found by cq and by zq. Nothing typed matches everything; typed hanzi match nothing here.
    """
    wanted = norm(typed).replace(" ", "")
    readings = [
        OTHER_READINGS.get(character) or _FIRST_LETTERS.get(character, character)
        for run in runs(norm(name))
        for character in run
    ]
    return any(
        all(letter in reading for letter, reading in zip(wanted, readings[start:], strict=False))
        for start in range(len(readings) - len(wanted) + 1)
    )
