"""Order and highlights of what was found, computed the same way over both databases. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from app.services.search.matching import Synonyms, no_synonyms
from app.services.search.rules import Query
from app.services.search.tokens import is_hanzi, norm, runs

Segment = tuple[str, bool]  # a stretch of text, and whether it is a hit
Field = tuple[str, float]  # a text, and what a hit in it is worth

_ELLIPSIS = "…"
_SPACES = re.compile(r"\s+")
# What a hit earns by where it stands; further hits in the same text earn a little more, up to a limit.
_WHOLE, _START, _WORD, _WITHIN = 10.0, 4.0, 3.0, 2.0
_AGAIN, _MOST_AGAIN = 0.25, 4


def score(query: Query, fields: Sequence[Field], synonyms: Synonyms = no_synonyms) -> float:
    """Return how well the fields answer the query's words; more is better, 0 without any hit.

    For ranking many hits make the scorer once with `scorer`. Ties are the caller's: newest first.
    """
    return scorer(query, synonyms)(fields)


def scorer(query: Query, synonyms: Synonyms = no_synonyms) -> Callable[[Sequence[Field]], float]:
    """Return `score` for one query, prepared to run over thousands of hits."""
    needles = _needles(query, synonyms)

    def rate(fields: Sequence[Field]) -> float:
        total = 0.0
        for text, weight in fields:
            if text:
                folded = norm(text)
                total += weight * sum(_rate_one(folded, needle) for needle in needles)
        return total

    return rate


def _needles(query: Query, synonyms: Synonyms) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for word in query.words:
        if word.is_negated:
            continue
        folded = norm(word.text)
        texts = [folded] if word.is_phrase else [folded, *map(norm, synonyms(folded))]
        found |= dict.fromkeys(run for text in texts for run in runs(text))
    return tuple(found)


def _rate_one(folded: str, needle: str) -> float:
    at = folded.find(needle)
    if at < 0:
        return 0.0
    if len(folded) == len(needle):
        return _WHOLE
    if at == 0:
        points = _START
    elif is_hanzi(needle[0]) or not folded[at - 1].isalnum() or is_hanzi(folded[at - 1]):
        points = _WORD
    else:
        points = _WITHIN
    return points + _AGAIN * min(folded.count(needle, at + len(needle)), _MOST_AGAIN)


def highlight(text: str, query: Query, synonyms: Synonyms = no_synonyms) -> list[Segment]:
    """Split the whole of `text` into hits and what lies between; the segments joined are the text."""
    return _segments(text, _hits(text, _needles(query, synonyms)), 0, len(text))


def snippet(text: str, query: Query, width: int, synonyms: Synonyms = no_synonyms) -> list[Segment]:
    """Return about `width` characters of `text` around the densest hits, with the hits marked.

    White space is folded to single blanks; "…" stands where text was left out. Without a hit it is the
    beginning of the text. A width below 8 counts as 8.
    """
    width = max(width, 8)
    flat = _SPACES.sub(" ", text).strip()
    hits = _hits(flat, _needles(query, synonyms))
    if len(flat) <= width:
        return _segments(flat, hits, 0, len(flat))
    start = _densest_start(flat, hits, width)
    end = min(start + width, len(flat))
    segments = _segments(flat, hits, start, end)
    if start:
        segments.insert(0, (_ELLIPSIS, False))
    if end < len(flat):
        segments.append((_ELLIPSIS, False))
    return segments


def _densest_start(flat: str, hits: Sequence[tuple[int, int]], width: int) -> int:
    if not hits or hits[-1][1] <= width:
        return 0
    starts = [hit[0] for hit in hits]
    lead = width // 5  # some words before the first hit, so that it can be read
    best = max(range(len(hits)), key=lambda at: (bisect_left(starts, starts[at] + width - lead) - at, -at))
    start = max(0, min(starts[best] - lead, len(flat) - width))
    blank = flat.find(" ", start, starts[best])
    return blank + 1 if 0 < start <= blank else start


def _hits(text: str, needles: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the needles stand in `text`, merged, in order, as half-open ranges of its own indexes."""
    folded, origin = _folded_with_origin(text)
    ranges = sorted(
        (origin[match.start()], origin[match.end() - 1] + 1)
        for needle in needles
        for match in re.finditer(_pattern(needle), folded)
    )
    merged: list[tuple[int, int]] = []
    for start, end in ranges:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _pattern(needle: str) -> str:
    if is_hanzi(needle[0]):
        return re.escape(needle)
    # A Latin word is found by its beginning, so a hit inside another Latin word would be a lie.
    return rf"(?<![^\W_\u3005-\ud7af]){re.escape(needle)}"


def _folded_with_origin(text: str) -> tuple[str, Sequence[int]]:
    folded = norm(text)
    characters = [norm(character) for character in text]
    if len(folded) == len(text) and all(len(character) == 1 for character in characters):
        return folded, range(len(text))
    # Some character folds to none or to several: keep for each folded character where it came from.
    origin = [at for at, character in enumerate(characters) for _ in character]
    return "".join(characters), origin


def _segments(text: str, hits: Sequence[tuple[int, int]], start: int, end: int) -> list[Segment]:
    segments: list[Segment] = []
    at = start
    for hit_start, hit_end in hits:
        first, last = max(hit_start, start), min(hit_end, end)
        if first >= last:
            continue
        if at < first:
            segments.append((text[at:first], False))
        segments.append((text[first:last], True))
        at = last
    if at < end:
        segments.append((text[at:end], False))
    return segments
