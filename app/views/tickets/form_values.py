"""What the form of a new ticket says, as values: what is missing, and the ticket they make. No widgets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from app.models.entities.catalogue import CategoryDetails, Gate
from app.models.entities.ids import ArticleId, CategoryId, PersonId, ServiceId, TeamId, TicketId
from app.models.entities.tickets import Channel, NewTicket, Resolution, TicketType
from app.services.base.names import name_in
from app.services.catalogue.rules import nearest_refusal
from app.services.tickets.form_choices import FormChoices
from app.services.tickets.submissions import PickedFile, Submission

# Who reports by one of these is a program or the desk itself.
_WITHOUT_CALLER = frozenset({Channel.MONITORING, Channel.INTERNAL})
_TALKING = frozenset({Channel.PHONE, Channel.VIDEO})
ME = "me"
UNREADABLE = "?"
"""Begins the value of a time whose text is none; the form waits until it is one."""


class Ending(StrEnum):
    """What the person wants to become of the form."""

    CREATE = "create"
    SOLVE = "solve"
    SECOND_LINE = "second_line"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class FormValues:
    """Everything typed and chosen.

    `assign` is "", "me", "team:3" or "person:7"; `cell` is impact and urgency; records are ids as text.
    `bearable` is an instant in ISO form, or what was typed after a "?" where that is no time.
    """

    type: str = TicketType.INCIDENT.value
    channel: str = Channel.PHONE.value
    subject: str = ""
    description: str = ""
    requester: str = ""
    category: str = ""
    service: str = ""
    location: str = ""
    assign: str = ME
    cell: tuple[int, int] | None = None
    priority: int | None = None
    reason: str = ""
    bearable: str = ""
    solution: str = ""
    cause: str = ""
    resolution: str = ""
    article: int | None = None
    no_article: bool = False
    files: tuple[PickedFile, ...] = ()
    links: tuple[int, ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> FormValues:
        """Read the form's values, or a draft's; names it does not know are passed over."""
        known = {name: values[name] for name in _NAMES if name in values and values[name] is not None}
        if "cell" in known:
            impact, urgency = known["cell"]
            known["cell"] = (int(impact), int(urgency))
        known["files"] = tuple(PickedFile(**each) for each in known.get("files", ()))
        known["links"] = tuple(int(each) for each in known.get("links", ()))
        return cls(**known)

    @property
    def requester_id(self) -> PersonId | None:
        """The caller's id."""
        return PersonId(int(self.requester)) if self.requester else None

    @property
    def category_id(self) -> CategoryId | None:
        """The category's id."""
        return CategoryId(int(self.category)) if self.category else None

    @property
    def service_id(self) -> ServiceId | None:
        """The service's id."""
        return ServiceId(int(self.service)) if self.service else None

    @property
    def text(self) -> str:
        """What articles and similar tickets are looked for with."""
        return f"{self.subject}\n{self.description}".strip()


_NAMES = tuple(each.name for each in fields(FormValues))


def missing_for(
    values: FormValues, ending: Ending, choices: FormChoices | None, *, needs_caller: bool = True
) -> tuple[str, ...]:
    """Return the names of the fields an ending still waits for, in the order of the form.

    Whoever may not enter unknown callers cannot be asked for one: `needs_caller` is False for them. What the
    category demands besides comes last.
    """
    solves = ending is Ending.SOLVE
    wanted = (
        (
            "requester",
            bool(values.requester) or not needs_caller or Channel(values.channel) in _WITHOUT_CALLER,
        ),
        ("subject", bool(values.subject.strip())),
        ("category", bool(values.category) or ending is Ending.OUT_OF_SCOPE),
        ("cell", values.cell is not None or ending is Ending.OUT_OF_SCOPE),
        ("reason", values.priority is None or bool(values.reason.strip())),
        ("bearable", not values.bearable.startswith(UNREADABLE)),
        ("team", ending is not Ending.SECOND_LINE or second_line_team(values, choices) is not None),
        ("solution", not solves or bool(values.solution.strip())),
        ("cause", not solves or bool(values.cause)),
        ("article", not solves or values.article is not None or values.no_article),
    )
    missing = [name for name, is_there in wanted if not is_there]
    demanded = _demanded(values, ending, choices)
    lacking = [name for field, name in _DEMANDED.items() if field in demanded and not _has(values, name)]
    return (*missing, *(name for name in lacking if name not in missing))


# The fields a category can demand, by the names the form has for them.
_DEMANDED: Mapping[str, str] = {
    "requester_id": "requester",
    "service_id": "service",
    "assignee_id": "assign",
    "location": "location",
    "description": "description",
    "resolution_code": "resolution",
}


def _demanded(values: FormValues, ending: Ending, choices: FormChoices | None) -> frozenset[str]:
    """Return what the gates an ending passes demand of the category's tickets."""
    if choices is None or values.category_id is None or ending is Ending.OUT_OF_SCOPE:
        return frozenset()
    gates = [Gate.CREATE]
    if ending is Ending.SECOND_LINE or values.assign.startswith(("team:", "person:")):
        gates.append(Gate.ASSIGN)
    if ending is Ending.SOLVE:
        gates += [Gate.RESOLVE, Gate.CLOSE]
    demands = choices.demands.get(values.category_id, {})
    return frozenset(name for gate in gates for name in demands.get(gate, ()))


def _has(values: FormValues, name: str) -> bool:
    if name == "assign":
        return values.assign == ME or values.assign.startswith("person:")
    return bool(str(getattr(values, name)).strip())


def usual_minutes(values: FormValues, choices: FormChoices | None) -> int | None:
    """Return how long such a ticket usually takes: by its category or the nearest above, else its service."""
    if choices is None:
        return None
    for details in _line(values, choices):
        if details.handling_minutes is not None:
            return details.handling_minutes
    service = choices.service(values.service_id)
    return service.details.handling_minutes if service is not None else None


def _line(values: FormValues, choices: FormChoices) -> Iterator[CategoryDetails]:
    node = choices.category(values.category_id)
    while node is not None:
        yield node.category.details
        node = choices.category(node.category.parent_id) if node.category.parent_id is not None else None


def second_line_team(values: FormValues, choices: FormChoices | None) -> TeamId | None:
    """Return the team a category's tickets are sent to."""
    if choices is None or values.category_id is None:
        return None
    return choices.category_teams.get(values.category_id)


def is_desk_solvable(values: FormValues, choices: FormChoices | None) -> bool:
    """Tell whether the desk should try this kind itself before it sends it on (S1-15)."""
    node = choices.category(values.category_id) if choices is not None else None
    return node is not None and node.category.details.is_desk_solvable


def refusal(values: FormValues, choices: FormChoices | None, language: str) -> str:
    """Return what to tell the caller politely where service or category is none of the desk's, else ""."""
    if choices is None:
        return ""
    service = choices.service(values.service_id)
    if service is not None and not service.details.is_in_scope:
        return name_in(service.details.refusal_text, service.details.refusal_text_alt, language)
    categories = {node.category.id: node.category for node in choices.categories}
    return name_in(*nearest_refusal(categories, values.category_id), language)


def submission_of(
    values: FormValues,
    ending: Ending,
    choices: FormChoices,
    *,
    me: PersonId | None,
    opened_at: datetime,
    now: datetime,
    told: str = "",
) -> Submission:
    """Return what is saved. The form is complete: `missing_for` named nothing.

    `told` is what the caller was told about a service out of scope.
    """
    team_id, assignee_id = _assigned(values, ending, choices, me)
    channel = Channel(values.channel)
    lowest = _lowest_cell(choices)
    impact, urgency = values.cell or lowest
    talked = int(max(now - opened_at, timedelta()).total_seconds())
    new = NewTicket(
        type=TicketType(values.type),
        channel=channel,
        subject=values.subject.strip(),
        description=values.description,
        requester_id=values.requester_id,
        category_id=values.category_id,
        service_id=values.service_id,
        location=values.location.strip(),
        impact=impact,
        urgency=urgency,
        team_id=team_id,
        assignee_id=assignee_id,
        received_at=opened_at,
        priority_override=values.priority,
        override_reason=values.reason.strip(),
        is_proactive=channel is Channel.MONITORING,
        call_seconds=talked if channel in _TALKING else None,
        is_refused=ending is Ending.OUT_OF_SCOPE,
        bearable_until=datetime.fromisoformat(values.bearable) if values.bearable else None,
    )
    return Submission(
        new,
        _resolution(values) if ending is Ending.SOLVE else None,
        told if ending is Ending.OUT_OF_SCOPE else "",
        tuple(TicketId(each) for each in values.links),
        values.files,
        draft_of(values),
    )


def draft_of(values: FormValues) -> dict[str, Any]:
    """Return the values as plain JSON, as a draft keeps them."""
    return {name: value for name, value in asdict(values).items() if value not in (None, "", (), False)}


def _resolution(values: FormValues) -> Resolution:
    return Resolution(
        solution=values.solution.strip(),
        cause_code=values.cause,
        resolution_code=values.resolution,
        article_id=ArticleId(values.article) if values.article is not None else None,
        no_article_fits=values.no_article and values.article is None,
    )


def _assigned(
    values: FormValues, ending: Ending, choices: FormChoices, me: PersonId | None
) -> tuple[TeamId | None, PersonId | None]:
    if ending is Ending.SECOND_LINE:
        return second_line_team(values, choices), None
    if ending is Ending.OUT_OF_SCOPE:
        return None, None
    kind, _colon, number = values.assign.partition(":")
    if kind == "team":
        return TeamId(int(number)), None
    person_id = me if kind == ME else PersonId(int(number)) if kind == "person" else None
    person = choices.person(person_id)
    if person is None:
        return None, person_id
    wanted = second_line_team(values, choices)
    of_person = person.team_ids
    return (wanted if wanted in of_person else next(iter(of_person), None)), person_id


def _lowest_cell(choices: FormChoices) -> tuple[int, int]:
    """The least grave cell that is filled: what a report out of scope is registered under."""
    return max(choices.matrix.cells, default=(0, 0))
