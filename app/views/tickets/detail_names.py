"""From ids and codes to what the reader calls them, on the page of one ticket."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from app.models.entities.ids import PersonId
from app.models.entities.priority import Level
from app.models.entities.settings import CodeItem
from app.models.entities.tickets import Channel, Confirmation, PrioritySource, TicketStatus, TicketType
from app.services.base.names import name_in
from app.services.base.terms import priority_title, term
from app.services.tickets.page_queries import DeskTerms
from app.views.base.errors import FIELD_NAMES
from app.views.base.format import Format
from app.views.base.i18n import _, current

NOTHING = "–"
PATH_SIGN = " › "
_INSTANTS = frozenset({"restored_at", "bearable_until", "promised_at"})
_ENUMS: Mapping[str, type[StrEnum]] = {
    "type": TicketType,
    "status": TicketStatus,
    "channel": Channel,
    "priority_source": PrioritySource,
    "confirmation": Confirmation,
}


def in_reader_language(name: str, name_alt: str) -> str:
    """Return a set-up name as the reader says it."""
    return name_in(name, name_alt, current.code)


@dataclass(frozen=True)
class Names:
    """Says ids in words. An id nobody knows any more is shown as a dash, never as a number.

    `people` are names by id, of everybody the ticket mentions; staff is known anyway. `articles` hold number
    and title by id.
    """

    terms: DeskTerms
    format: Format
    people: Mapping[int, str] = field(default_factory=dict)
    articles: Mapping[int, tuple[int, str]] = field(default_factory=dict)

    def person(self, person_id: int | None) -> str:
        """Return a person's name; "" for nobody."""
        if person_id is None:
            return ""
        known = self.terms.staff.get(PersonId(person_id))
        if known is not None:
            return in_reader_language(known.name, known.name_alt)
        return self.people.get(person_id, NOTHING)

    def actor(self, person_id: int | None) -> str:
        """Return who did something; the program itself where it was nobody."""
        return self.person(person_id) or _("System")

    def team(self, team_id: int | None) -> str:
        """Return a team's name; "" for none."""
        found = next((team for team in self.terms.teams if team.id == team_id), None)
        return in_reader_language(found.name, found.details.name_alt) if found else ""

    def company(self, name: str) -> str:
        """Return a company's name as the reader says it; the main name where it is not set up."""
        return in_reader_language(name, self.terms.companies.get(name, ""))

    def category(self, category_id: int | None) -> str:
        """Return a category with all above it, "Hardware › Printer"; "" for none."""
        found = next((node for node in self.terms.categories if node.category.id == category_id), None)
        if found is None:
            return ""
        return PATH_SIGN.join(map(in_reader_language, found.path, found.path_alt))

    def service(self, service_id: int | None) -> str:
        """Return a service's name; "" for none."""
        found = next((service for service in self.terms.services if service.id == service_id), None)
        return in_reader_language(found.name, found.details.name_alt) if found else ""

    def reason(self, reason_id: int | None) -> str:
        """Return a waiting reason's name; "" for none."""
        found = next((reason for reason in self.terms.reasons if reason.id == reason_id), None)
        return in_reader_language(found.details.name, found.details.name_alt) if found else ""

    def cause(self, code: str) -> str:
        """Return a cause's name; the code itself where the list does not have it."""
        return _item(self.terms.causes, code)

    def resolution(self, code: str) -> str:
        """Return a resolution code's name; the code itself where the list does not have it."""
        return _item(self.terms.resolutions, code)

    def calendar(self, code: str) -> str:
        """Return a calendar's name; the code itself where there is none."""
        return in_reader_language(*self.terms.calendars.get(code, (code, "")))

    def level(self, level: Level) -> str:
        """Return the name of a step of impact or urgency."""
        return in_reader_language(level.name, level.name_alt)

    def impact(self, number: int) -> str:
        """Return "1 · Whole site"."""
        return self._step(self.terms.matrix.impacts, number)

    def urgency(self, number: int) -> str:
        """Return "2 · Badly impeded"."""
        return self._step(self.terms.matrix.urgencies, number)

    def priority(self, level: int) -> str:
        """Return "P1 Critical"."""
        return priority_title(self.format.texts, level)

    def article(self, article_id: int | None) -> str:
        """Return "KB-0231 Restart the licence service"; "" for none."""
        if article_id is None or article_id not in self.articles:
            return ""
        number, title = self.articles[article_id]
        return f"{article_number(number)} {title}"

    def number(self, number: int) -> str:
        """Return a ticket's number as people see it, "#10482"."""
        return self.terms.numbers.text_of(number)

    def line(self, number: int | None) -> str:
        """Return "First line", by number; "" for none."""
        return {1: _("First line"), 2: _("Second line"), 3: _("Third line")}.get(number or 0, "")

    def minutes(self, count: int | None) -> str:
        """Return a length of work, "1 h 30 min"; "" for none."""
        return "" if count is None else self.format.duration(timedelta(minutes=count))

    def money(self, amount: int | None) -> str:
        """Return an amount in the site's currency, "1,200 CNY"; "" for none."""
        return "" if amount is None else f"{self.format.number(amount)} {self.terms.currency}".strip()

    def word(self, member: StrEnum) -> str:
        """Return the desk's word for a state or kind."""
        return term(self.format.texts, member)

    def field(self, name: str) -> str:
        """Return what people call a field of a ticket."""
        return str(FIELD_NAMES.get(name, name))

    def value(self, name: str, text: str | None) -> str:
        """Return a field's logged value as a person reads it; a dash for nothing."""
        if text in (None, ""):
            return NOTHING
        return self._value(name, str(text)) or NOTHING

    def _value(self, name: str, text: str) -> str:
        if name in _ENUMS:
            return self.word(_ENUMS[name](text)) if text in set(_ENUMS[name]) else text
        by_number: Mapping[str, Callable[[int], str]] = {
            "team_id": self.team,
            "assignee_id": self.person,
            "owner_id": self.person,
            "requester_id": self.person,
            "category_id": self.category,
            "service_id": self.service,
            "waiting_reason_id": self.reason,
            "article_id": self.article,
            "impact": self.impact,
            "urgency": self.urgency,
            "resolved_line": self.line,
            "priority": lambda level: f"P{level}",
            "estimate_minutes": self.minutes,
            "estimate_people": self.format.number,
            "estimate_cost": self.money,
        }
        if name in by_number:
            return by_number[name](int(text)) if text.isdigit() else text
        if name in _INSTANTS:
            return self.format.exact(datetime.fromisoformat(text))
        by_code: Mapping[str, Callable[[str], str]] = {
            "cause_code": self.cause,
            "resolution_code": self.resolution,
        }
        if name in by_code:
            return by_code[name](text)
        return {"yes": _("yes"), "no": _("no")}.get(text, text) if name.startswith("is_") else text

    def _step(self, levels: tuple[Level, ...], number: int) -> str:
        found = next((level for level in levels if level.number == number), None)
        return f"{number} · {self.level(found)}" if found else str(number)


def article_number(number: int) -> str:
    """Return an article's number as people see it, "KB-0231"."""
    return f"KB-{number:04d}"


def _item(items: tuple[CodeItem, ...], code: str) -> str:
    found = next((item for item in items if item.code == code), None)
    return in_reader_language(found.name, found.name_alt) if found else code
