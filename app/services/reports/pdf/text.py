"""Text as people typed it made printable, measured and broken into lines.

Every word of a report passes through here and is then drawn as plain characters. reportlab's Paragraph is
avoided on purpose: it parses its text as markup (a `<b>` without end fails the whole report, `<img>` opens
files), and its breaker lets a line begin with the second of two closing marks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from app.services.reports.pdf.fonts import advances, has_glyph

MISSING = "□"
"""Stands for a character the fonts cannot draw."""

ELLIPSIS = "…"

CANNOT_START_LINE = frozenset("，。、；：！？）》〉」』】〕〗’”…—～·％‰℃,.;:!?)]}%")
"""Punctuation that stays with the word before it."""

CANNOT_END_LINE = frozenset("（《〈「『【〔〖‘“￥＄([{")
"""Punctuation that stays with the word after it."""

_TAB = "    "
# Direction marks reorder what a reader sees ("exe.txt" for "txt.exe"), so they are shown, not obeyed.
_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_VARIATION_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
_IDEOGRAPHS = ((0x2E80, 0x2FDF), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
# Around these a line may be broken without a space: CJK, kana, hangul, full-width forms, brackets.
_WIDE = ((0x2E80, 0x9FFF), (0xAC00, 0xD7AF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF))


def printable(text: str) -> str:
    """Return `text` with every character that cannot be drawn replaced by something that can.

    A rare ideograph becomes its code ("[U+20BB7]"), because names depend on it; so do direction marks.
    Emoji, other scripts and control characters become "□". Line ends stay, as "\\n"; a tab becomes spaces;
    invisible joiners vanish.
    """
    if text.isascii() and text.isprintable():
        return text
    unified = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join([_substitute(character) for character in unified])


@lru_cache(maxsize=8192)
def _substitute(character: str) -> str:
    code = ord(character)
    category = unicodedata.category(character)
    if character in "\n\u2028\u2029\u0085\v\f":
        shown = "\n"
    elif character == "\t":
        shown = _TAB
    elif category == "Zs":
        shown = character if has_glyph(character) else " "
    elif character in _DIRECTION_MARKS:
        shown = f"[U+{code:04X}]"
    elif category == "Cf" or _is_in(code, _VARIATION_SELECTORS):
        shown = ""
    elif has_glyph(character) and category not in ("Cc", "Cs", "Co"):
        shown = character
    else:
        shown = f"[U+{code:04X}]" if _is_in(code, _IDEOGRAPHS) else MISSING
    return shown


def width(text: str, font: str, size: float) -> float:
    """Return the width in points of printable text on one line."""
    known, default = advances(font)
    return sum([known.get(ord(character), default) for character in text]) * size / 1000


def lines(text: str, font: str, size: float, room: float) -> list[str]:
    """Break `text` into printable lines no wider than `room` points; at least one line, maybe empty.

    Breaks at spaces and between Chinese characters, never before closing or after opening punctuation.
    A word wider than the room is cut; a single character wider than the room stands alone.
    """
    broken: list[str] = []
    for paragraph in printable(text).split("\n"):
        broken.extend(_break(paragraph.rstrip(), font, size, room))
    while len(broken) > 1 and not broken[-1]:
        broken.pop()
    return broken


def fitted(text: str, font: str, size: float, room: float) -> str:
    """Return `text` on one line, cut with an ellipsis where it is wider than `room` points."""
    shown = " ".join(printable(text).split())
    if width(shown, font, size) <= room:
        return shown
    room -= width(ELLIPSIS, font, size)
    known, default = advances(font)
    used = 0.0
    for position, character in enumerate(shown):
        used += known.get(ord(character), default) * size / 1000
        if used > room:
            return shown[:position].rstrip() + ELLIPSIS
    return shown


def _break(paragraph: str, font: str, size: float, room: float) -> Iterator[str]:
    if width(paragraph, font, size) <= room:
        yield paragraph
        return
    line, used = "", 0.0
    for word in _words(paragraph):
        length = width(word, font, size)
        # Spaces at the end of a line may hang over its edge: nobody sees them.
        if line and used + width(word.rstrip(), font, size) > room:
            yield line.rstrip()
            line, used = "", 0.0
        if not line and length > room:
            *full, word = _cut(word, font, size, room)  # noqa: PLW2901 - the rest goes on as the word
            yield from full
            length = width(word, font, size)
        line, used = line + word, used + length
    yield line.rstrip()


def _words(paragraph: str) -> Iterator[str]:
    """Yield pieces between which a line may be broken; spaces stay at the end of their piece."""
    start = 0
    for position in range(1, len(paragraph)):
        if _may_break(paragraph[position - 1], paragraph[position]):
            yield paragraph[start:position]
            start = position
    yield paragraph[start:]


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in CANNOT_START_LINE or before in CANNOT_END_LINE:
        return False
    return before == " " or _is_in(ord(before), _WIDE) or _is_in(ord(after), _WIDE)


def _cut(word: str, font: str, size: float, room: float) -> list[str]:
    """Cut a word without break points into pieces that fit, at any character that may begin a line."""
    known, default = advances(font)
    pieces: list[str] = []
    start, used = 0, 0.0
    for position, character in enumerate(word):
        length = known.get(ord(character), default) * size / 1000
        if used + length > room and position > start:
            end = _back_to_a_line_start(word, start, position)
            used = width(word[end:position], font, size)
            if used + length > room:  # so narrow that moving characters down gains nothing
                end, used = position, 0.0
            pieces.append(word[start:end])
            start = end
        used += length
    pieces.append(word[start:])
    return pieces


def _back_to_a_line_start(word: str, start: int, position: int) -> int:
    """Return the last place up to `position` where a line may begin; `position` where none is near."""
    for end in range(position, max(start, position - 4), -1):
        if word[end] not in CANNOT_START_LINE and word[end - 1] not in CANNOT_END_LINE:
            return end
    return position


def _is_in(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)
