"""Reading the cells of a row: each kind of value, and what is said about one that is none. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from app.models.entities.catalogue import DEMANDABLE, Gate
from app.models.entities.errors import BadInput
from app.models.entities.ids import ArticleId, TeamId

YES, NO = "yes", "no"
_YES = frozenset({YES, "y", "true", "1", "是"})
_NO = frozenset({NO, "n", "false", "0", "否"})
# A gate that states "nothing" is another thing than one that states nothing.
NOTHING = "none"
FIELD_WORDS: Mapping[str, str] = {
    name: name.removesuffix("_id") for names in DEMANDABLE.values() for name in names
}
T = TypeVar("T")
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Lookups:
    """What stands for ids in a sheet: codes of teams, numbers of articles; of entries, their own codes."""

    teams: Mapping[str, TeamId]
    articles: Mapping[int, ArticleId]
    parents: Mapping[int, str]

    def team_code(self, team_id: int | None) -> str:
        """Return a team's code, "" for none."""
        return next((code for code, each in self.teams.items() if each == team_id), "")

    def article_number(self, article_id: ArticleId) -> int:
        """Return an article's number. StopIteration where there is no such article."""
        return next(number for number, each in self.articles.items() if each == article_id)


@dataclass(frozen=True, slots=True)
class Cells:
    """Reads cells; each method returns `kept` where the file has no such column."""

    cells: Mapping[str, str]

    def text(self, column: str, kept: str) -> str:
        """Return a text, without the blanks around it."""
        return self._read(column, kept, lambda text: text)

    def number(self, column: str, kept: int | None) -> int | None:
        """Return a whole number, None for an empty cell. BadInput `catalogue.cell_number`."""

        def read(text: str) -> int | None:
            if not text:
                return None
            if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
                raise BadInput("catalogue.cell_number", column=column, value=text)
            return int(text)

        return self._read(column, kept, read)

    def flag(self, column: str, kept: bool, *, empty: bool = False) -> bool:
        """Return what yes or no means, `empty` for an empty cell. BadInput `catalogue.cell_flag`."""

        def read(text: str) -> bool:
            word = text.casefold()
            if word and word not in _YES | _NO:
                raise BadInput("catalogue.cell_flag", column=column, value=text)
            return word in _YES if word else empty

        return self._read(column, kept, read)

    def team(self, column: str, kept: TeamId | None, lookups: Lookups) -> TeamId | None:
        """Return the team with this code, None for an empty cell. BadInput `catalogue.cell_team`."""

        def read(text: str) -> TeamId | None:
            if not text:
                return None
            if text not in lookups.teams:
                raise BadInput("catalogue.cell_team", column=column, value=text)
            return lookups.teams[text]

        return self._read(column, kept, read)

    def articles(self, column: str, kept: tuple[ArticleId, ...], lookups: Lookups) -> tuple[ArticleId, ...]:
        """Return the articles with these numbers, each once. BadInput `catalogue.cell_article`."""

        def read(text: str) -> tuple[ArticleId, ...]:
            found: list[ArticleId] = []
            for word in _words(text):
                digits = word.upper().removeprefix("KB-")
                is_number = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
                if not is_number or int(digits) not in lookups.articles:
                    raise BadInput("catalogue.cell_article", column=column, value=word)
                found.append(lookups.articles[int(digits)])
            return tuple(dict.fromkeys(found))

        return self._read(column, kept, read)

    def demanded(self, column: str, gate: Gate, kept: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """Return the fields named; None for an empty cell, () for "none". BadInput `catalogue.cell_field`."""

        def read(text: str) -> tuple[str, ...] | None:
            if not text:
                return None
            if text.casefold() == NOTHING:
                return ()
            known = {FIELD_WORDS[name]: name for name in DEMANDABLE[gate]}
            words = [word.casefold().removesuffix("_id") for word in _words(text)]
            for word in words:
                if word not in known:
                    raise BadInput("catalogue.cell_field", column=column, value=word, known=sorted(known))
            return tuple(name for word, name in known.items() if word in words)

        return self._read(column, kept, read)

    def _read(self, column: str, kept: T, read: Callable[[str], T]) -> T:
        return read(self.cells[column].strip()) if column in self.cells else kept


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.replace("；", ";").replace(",", ";").split(";") if word.strip()]
