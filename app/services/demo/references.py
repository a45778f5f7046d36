"""Whether everything the demo's files name does exist. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.services.demo.content import LANGUAGES, DemoContent, TicketTemplate


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
