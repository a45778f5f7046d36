"""What is alike: any word in common counts, as somebody types, in English and Chinese. Pure."""

from __future__ import annotations

from app.services.search.matching import Match, TokenGroup
from app.services.search.rules import Query, Word
from app.services.search.tokens import bigrams, is_hanzi, norm, runs

_SHORTEST_WORD = 2
_MOST_WORDS = 24
# Words that stand in every second report and tell nothing.
_EMPTY_ENGLISH = "the and for with not can cannot does from has have was are when after this that all its"
_EMPTY_CHINESE = "一个 我们 你好 请问 现在 今天 没有 不能 无法 可以 已经 这个 那个 什么 怎么"
_EMPTY_WORDS = frozenset(f"{_EMPTY_ENGLISH} {_EMPTY_CHINESE}".split())


def alike(text: str) -> tuple[Query, Match] | None:
    """Return the words of `text` to score by, and a match of any of them; None when nothing is left.

    Chinese counts by pairs of characters, so that "ERP 登录不上" is like "ERP 登录失败".
    """
    words = list(dict.fromkeys(word for word in _words(text) if word not in _EMPTY_WORDS))[:_MOST_WORDS]
    if not words:
        return None
    groups = tuple((TokenGroup((word,), is_prefix=False),) for word in words)
    return Query(tuple(Word(word) for word in words)), Match(all_of=(groups,))


def _words(text: str) -> list[str]:
    found: list[str] = []
    for run in runs(norm(text)):
        if is_hanzi(run):
            found.extend(pair for pair in bigrams(run) if len(pair) == _SHORTEST_WORD)
        elif len(run) >= _SHORTEST_WORD:
            found.append(run)
    return found
