"""The texts and names of the demo site, read from `resources/demo` and checked against the sample set-up."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from app.models.entities.errors import BadInput
from app.models.entities.knowledge import ArticleState
from app.models.entities.tickets import TicketType
from app.services.base.resources import resource_path

LANGUAGES = ("en", "zh_CN")
# The Chinese twin of English article 231 is 1231: numbers are unique in the database.
CHINESE_ARTICLES_FROM = 1000
_ARTICLE_HEAD = re.compile(r"<!-- article (\d+) \| ([A-Z-]+) \| ([a-z]+) \| (.*?) -->\n# (.+)\n")


@dataclass(frozen=True, slots=True)
class Company:
    """The company or one of its subsidiaries."""

    code: str
    name: str
    name_alt: str


@dataclass(frozen=True, slots=True)
class Department:
    """A department and where it sits."""

    code: str
    company: str
    name: str
    name_alt: str
    location: str


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody of the desk or of IT. `crew` names a rhythm of `roster.json`; "" has no shifts."""

    login: str
    name: str
    name_alt: str
    teams: tuple[str, ...]
    roles: tuple[str, ...]
    department: str
    title: str
    title_alt: str
    extension: str
    mobile: str
    email: str
    language: str
    crew: str = ""


@dataclass(frozen=True, slots=True)
class Requester:
    """Somebody who calls the desk. `key` is the name part of the mail address."""

    key: str
    name: str
    name_alt: str
    department: str
    title: str
    title_alt: str
    location: str
    extension: str
    mobile: str
    email: str
    language: str
    vip: bool = False


@dataclass(frozen=True, slots=True)
class TicketTexts:
    """What people wrote on a ticket, in one language; {placeholders} are filled from `fill`."""

    subject: str
    description: str
    solution: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TicketTemplate:
    """One kind of report the desk knows. `team` is who solves it; `article` is the English number."""

    key: str
    type: TicketType
    category: str
    service: str
    impact: int
    urgency: int
    team: str
    cause: str
    resolution: str
    texts: Mapping[str, TicketTexts]
    first_contact: bool = False
    out_of_scope: bool = False
    article: int | None = None

    def article_in(self, language: str) -> int | None:
        """Return the number of the article that solves it, in the given language."""
        if self.article is None or language == LANGUAGES[0]:
            return self.article
        return self.article + CHINESE_ARTICLES_FROM


@dataclass(frozen=True, slots=True)
class ArticleText:
    """A knowledge article as it stands; `body` is Markdown without the title line."""

    number: int
    language: str
    category: str
    state: ArticleState
    keywords: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """A ticket that must be open at the end. `remaining` is in minutes of its resolution time.

    State "waiting" has `reason` and the number of `days` it is old instead of `remaining`.
    """

    template: str
    state: str
    lang: str
    remaining: int = 0
    requester: str = ""
    assignee: str = ""
    team: str = ""
    reason: str = ""
    days: int = 0
    impact: int = 0
    urgency: int = 0
    channel: str = "phone"
    fill: Mapping[str, int] = field(default_factory=dict)
    steps: tuple[Mapping[str, Any], ...] = ()
    duplicates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterRules:
    """Rhythms by crew, exceptions by person and date, and which dates are no ordinary days."""

    crews: Mapping[str, Mapping[str, Any]]
    exceptions: tuple[tuple[str, str, date, date], ...]
    holidays: frozenset[date]
    make_up_workdays: frozenset[date]


@dataclass(frozen=True, slots=True)
class ShiftNoteText:
    """A note for the next shift, `days_ago` before the demo's last day."""

    days_ago: int
    shift: str
    author: str
    texts: Mapping[str, str]
    done: bool


@dataclass(frozen=True, slots=True)
class DemoContent:
    """Everything in `resources/demo`, and the parts of the sample set-up that the plan needs."""

    companies: tuple[Company, ...]
    departments: tuple[Department, ...]
    staff: tuple[StaffMember, ...]
    requesters: tuple[Requester, ...]
    templates: Mapping[str, TicketTemplate]
    fill: Mapping[str, Mapping[str, tuple[str, ...]]]
    callers: Mapping[str, tuple[str, ...]]
    articles: tuple[ArticleText, ...]
    open_tickets: tuple[OpenTicket, ...]
    roster: RosterRules
    notes: tuple[ShiftNoteText, ...]
    defaults: Mapping[str, Any]


def read_content(folder: Path | None = None, defaults_folder: Path | None = None) -> DemoContent:
    """Read and check the demo's files.

    Raises:
        BadInput: `demo.reference_unknown`: something names a record that does not exist; `where`, `name`.
    """
    folder = folder or resource_path("demo")
    defaults = _defaults(defaults_folder or resource_path("defaults"))
    people, tickets, roster = (_json(folder, name) for name in ("people", "tickets", "roster"))
    content = DemoContent(
        companies=tuple(Company(**row) for row in people["companies"]),
        departments=tuple(Department(**row) for row in people["departments"]),
        staff=tuple(
            StaffMember(**{**row, "teams": tuple(row["teams"]), "roles": tuple(row["roles"])})
            for row in people["staff"]
        ),
        requesters=tuple(Requester(**row) for row in people["requesters"]),
        templates={row["key"]: _template(row) for row in tickets["templates"]},
        fill={
            name: {language: tuple(values) for language, values in by_language.items()}
            for name, by_language in tickets["fill"].items()
        },
        callers={prefix: tuple(codes) for prefix, codes in tickets["callers"].items()},
        articles=tuple(article for language in LANGUAGES for article in _articles(folder, language)),
        open_tickets=tuple(
            OpenTicket(
                **{
                    **row,
                    "steps": tuple(row.get("steps", ())),
                    "duplicates": tuple(row.get("duplicates", ())),
                }
            )
            for row in _json(folder, "open_tickets")["open"]
        ),
        roster=_roster(roster),
        notes=tuple(
            ShiftNoteText(
                row["days_ago"],
                row["shift"],
                row["author"],
                {language: row[language] for language in LANGUAGES},
                row.get("done", False),
            )
            for row in roster["notes"]
        ),
        defaults=defaults,
    )
    for where, name in unknown_references(content):
        raise BadInput("demo.reference_unknown", where=where, name=name)
    return content


def _json(folder: Path, name: str) -> Any:
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def _defaults(folder: Path) -> dict[str, Any]:
    names = ("desk_4x3", "sla", "calendars", "teams", "categories", "services", "roles", "shifts", "codes")
    return {name: _json(folder, name) for name in (*names, "waiting_reasons")}


def _template(row: Mapping[str, Any]) -> TicketTemplate:
    plain = {key: value for key, value in row.items() if key not in LANGUAGES}
    texts = {language: TicketTexts(**row[language]) for language in LANGUAGES}
    return TicketTemplate(**{**plain, "type": TicketType(row["type"]), "texts": texts})


def _articles(folder: Path, language: str) -> Iterator[ArticleText]:
    text = (folder / f"articles_{language}.md").read_text(encoding="utf-8")
    heads = list(_ARTICLE_HEAD.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    for head, end in zip(heads, ends, strict=True):
        number, category, state, keywords, title = head.groups()
        body = text[head.end() : end].strip()
        yield ArticleText(int(number), language, category, ArticleState(state), keywords, title, body)


def _roster(data: Mapping[str, Any]) -> RosterRules:
    return RosterRules(
        crews=data["crews"],
        exceptions=tuple(
            (row["person"], row["code"], date.fromisoformat(row["from"]), date.fromisoformat(row["to"]))
            for row in data["exceptions"]
        ),
        holidays=frozenset(map(date.fromisoformat, data["holidays"])),
        make_up_workdays=frozenset(map(date.fromisoformat, data["make_up_workdays"])),
    )


def unknown_references(content: DemoContent) -> Iterator[tuple[str, str]]:
    """Yield (where, name) of everything that names a record that does not exist."""
    known = _known_names(content)
    for where, kind, names in _references(content):
        for name in names:
            if name not in known[kind]:
                yield where, str(name)


def _known_names(content: DemoContent) -> dict[str, set[object]]:
    defaults = content.defaults
    codes = {
        name: {row["code"] for row in defaults[file][part]}
        for name, file, part in (
            ("team", "teams", "teams"),
            ("category", "categories", "categories"),
            ("service", "services", "services"),
            ("role", "roles", "roles"),
            ("shift", "shifts", "shift_templates"),
            ("cause", "codes", "cause"),
            ("resolution", "codes", "resolution"),
            ("reason", "waiting_reasons", "waiting_reasons"),
        )
    }
    return {
        **codes,
        "company": {company.code for company in content.companies},
        "department": {department.code for department in content.departments},
        "staff": {member.login for member in content.staff},
        "requester": {requester.key for requester in content.requesters},
        "template": set(content.templates),
        "article": {article.number for article in content.articles},
        "crew": set(content.roster.crews),
        "fill": set(content.fill),
    }


def _references(content: DemoContent) -> Iterator[tuple[str, str, Iterable[object]]]:
    for department in content.departments:
        yield department.code, "company", [department.company]
    for member in content.staff:
        yield member.login, "department", [member.department]
        yield member.login, "team", member.teams
        yield member.login, "role", member.roles
        yield member.login, "crew", [member.crew] if member.crew else []
    for requester in content.requesters:
        yield requester.key, "department", [requester.department]
    for prefix, departments in content.callers.items():
        yield prefix, "category", [prefix]
        yield prefix, "department", departments
    for article in content.articles:
        yield f"article {article.number}", "category", [article.category]
    for template in content.templates.values():
        yield from _template_references(template)
    for open_ticket in content.open_tickets:
        yield open_ticket.template, "template", [open_ticket.template]
        yield (
            open_ticket.template,
            "requester",
            [*filter(None, [open_ticket.requester]), *open_ticket.duplicates],
        )
        yield open_ticket.template, "staff", [*filter(None, [open_ticket.assignee])]
        yield open_ticket.template, "team", [*filter(None, [open_ticket.team])]
        yield open_ticket.template, "reason", [*filter(None, [open_ticket.reason])]
        yield open_ticket.template, "staff", [step["actor"] for step in open_ticket.steps]
        yield open_ticket.template, "fill", open_ticket.fill
    for person, code, _, _ in content.roster.exceptions:
        yield "roster exceptions", "staff", [person]
        yield "roster exceptions", "shift", [code]
    for note in content.notes:
        yield "notes", "staff", [note.author]
        yield "notes", "shift", [note.shift]


def _template_references(template: TicketTemplate) -> Iterator[tuple[str, str, Iterable[object]]]:
    yield template.key, "category", [template.category]
    yield template.key, "service", [template.service]
    yield template.key, "team", [template.team]
    yield template.key, "cause", [template.cause]
    yield template.key, "resolution", [template.resolution]
    numbers = [template.article_in(language) for language in LANGUAGES]
    yield template.key, "article", [number for number in numbers if number is not None]
    for texts in template.texts.values():
        whole = " ".join((texts.subject, texts.description, texts.note, texts.solution))
        yield template.key, "fill", re.findall(r"\{(\w+)\}", whole)
