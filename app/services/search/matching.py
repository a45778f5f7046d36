"""What each full-text index is asked for a query: FTS5 match strings and PostgreSQL tsqueries. Pure.

Both are built from the same token groups, so both databases find the same records. Every text is safe:
tokens hold letters, digits and hanzi only, and are quoted all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.services.search.rules import Query, Word
from app.services.search.tokens import LONGEST_TOKEN, bigrams, is_hanzi, norm, runs

_MOST_GROUPS_A_WORD = 32  # a pasted paragraph is searched by its first runs


@dataclass(frozen=True, slots=True)
class TokenGroup:
    """Tokens that must follow each other; the last one may go on if `is_prefix`."""

    tokens: tuple[str, ...]
    is_prefix: bool


Alternative = tuple[TokenGroup, ...]  # all of these groups
Synonyms = Callable[[str], Iterable[str]]  # a folded word -> other words for the same thing


@dataclass(frozen=True, slots=True)
class Match:
    """What the index must contain: of each entry of `all_of` one alternative, and nothing of `none_of`."""

    all_of: tuple[tuple[Alternative, ...], ...] = ()
    none_of: tuple[Alternative, ...] = ()


def no_synonyms(_word: str) -> Iterable[str]:
    """The synonym source of a desk that has none."""
    return ()


def match_for(query: Query, synonyms: Synonyms = no_synonyms) -> Match:
    """Return the index part of a query: its words, each with its synonyms. Filters are not in it.

    Phrases and words that must be absent are taken as typed, without synonyms.
    """
    all_of: list[tuple[Alternative, ...]] = []
    none_of: list[Alternative] = []
    for word in query.words:
        groups = groups_of(word)
        if word.is_negated:
            none_of.append(groups)
        elif word.is_phrase:
            all_of.append((groups,))
        else:
            others = (groups_of(Word(other)) for other in synonyms(norm(word.text)))
            all_of.append((groups, *filter(None, others)))
    return Match(tuple(filter(any, all_of)), tuple(filter(None, none_of)))


def groups_of(word: Word) -> Alternative:
    """Return the token groups of one word: a phrase is one group, a free word one group per run.

    Two or more hanzi must follow each other; a single hanzi and a Latin word match as beginnings.
    """
    found = list(runs(norm(word.text)))[:_MOST_GROUPS_A_WORD]
    if not word.is_phrase:
        return tuple(_group_of_run(run) for run in found)
    if not found:
        return ()
    tokens: list[str] = []
    for run in found[:-1]:
        # An indexed run of hanzi ends with its last character as a token of its own.
        tokens += [*_pairs(run), run[-1]] if is_hanzi(run) else [run[:LONGEST_TOKEN]]
    last = found[-1]
    tokens += bigrams(last) if is_hanzi(last) else [last[:LONGEST_TOKEN]]
    return (TokenGroup(tuple(tokens), is_prefix=is_hanzi(last) and len(last) == 1),)


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _group_of_run(run: str) -> TokenGroup:
    if is_hanzi(run):
        return TokenGroup(tuple(bigrams(run)), is_prefix=len(run) == 1)
    return TokenGroup((run[:LONGEST_TOKEN],), is_prefix=True)


def to_sqlite_match(match: Match) -> str:
    """Return the FTS5 string of everything that must be there, or "" if nothing must.

    What must be absent is a string of its own, `to_sqlite_none`: FTS5 has no NOT without a left side, so a
    reader takes the ids that match this one and not that one.
    """
    return " AND ".join(
        _either(alternatives, _sqlite_group, " AND ", " OR ") for alternatives in match.all_of
    )


def to_sqlite_none(match: Match) -> str:
    """Return the FTS5 string of records to leave out, or "" if none are."""
    return _either(match.none_of, _sqlite_group, " AND ", " OR ")


def to_pg_tsquery(match: Match) -> str:
    """Return the whole match, absences included, as a tsquery literal, or "" if everything matches."""
    wanted = [_either(alternatives, _pg_group, " & ", " | ") for alternatives in match.all_of]
    refused = [f"!({_either((groups,), _pg_group, ' & ', ' | ')})" for groups in match.none_of]
    return " & ".join(wanted + refused)


def _either(
    alternatives: Sequence[Alternative], write: Callable[[TokenGroup], str], both: str, either: str
) -> str:
    texts = [both.join(map(write, groups)) for groups in alternatives]
    return either.join(f"({text})" for text in texts)


def _sqlite_group(group: TokenGroup) -> str:
    quoted = " ".join(group.tokens).replace('"', '""')
    return f'"{quoted}"' + ("*" if group.is_prefix else "")


def _pg_group(group: TokenGroup) -> str:
    lexemes = [_pg_lexeme(token) for token in group.tokens]
    if group.is_prefix:
        lexemes[-1] += ":*"
    return "(" + " <-> ".join(lexemes) + ")"


def _pg_lexeme(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def to_tsvector_literal(tokens: Sequence[str]) -> str:
    """Return the tsvector literal of `tokens.index_tokens(text)`: each token with its position, from 1."""
    return " ".join(f"{_pg_lexeme(token)}:{position}" for position, token in enumerate(tokens, 1))


def to_fts5_text(tokens: Sequence[str]) -> str:
    """Return what the FTS5 table stores for the tokens of one text."""
    return " ".join(tokens)
