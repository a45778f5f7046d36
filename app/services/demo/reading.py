"""Reads `resources/demo` and the parts of the sample set-up that the demo needs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from app.models.entities.errors import BadInput
from app.models.entities.knowledge import ArticleState
from app.models.entities.tickets import TicketType
from app.services.base.resources import resource_path
from app.services.demo.content import (
    LANGUAGES,
    ArticleText,
    Company,
    DemoContent,
    Department,
    OpenTicket,
    Requester,
    RosterRules,
    ShiftNoteText,
    StaffMember,
    TicketTemplate,
    TicketTexts,
)
from app.services.demo.references import unknown_references

_ARTICLE_HEAD = re.compile(r"<!-- article (\d+) \| ([A-Z-]+) \| ([a-z]+) \| (.*?) -->\n# (.+)\n")


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
