"""`roster who --team` and `tickets assign --suggest`: whom the roster suggests, and giving them a ticket."""

from __future__ import annotations

from app.cli.env import Env
from app.models.entities.errors import NotFound
from app.models.entities.ids import TeamId
from app.models.entities.suggesting import Candidate, Suggestion
from app.services.base.names import named
from app.services.people import queries as people
from app.services.tickets import queries
from app.services.tickets.assigning_commands import assign_by_roster
from app.services.tickets.page_queries import desk_terms
from app.services.tickets.suggesting_queries import suggested_for


def who_of_team(code: str, env: Env) -> int:
    """Print who of a team could take a ticket now, the best first; 1 where nobody is there.

    Raises:
        NotFound: `people.team_not_found`.
    """
    found = suggested_for(env.ctx, _team(code, env))
    env.answer(found, lambda: _text(found, env))
    return 0 if found.best is not None else 1


def assign(number: str, env: Env, *, team: str | None) -> int:
    """Give a ticket to whom the roster suggests; 1 where nobody is there and it stays in the queue."""
    ticket_id = queries.ticket_id_of(env.ctx, desk_terms(env.ctx).numbers.number_of(number))
    ticket = queries.ticket_detail(env.ctx, ticket_id).ticket
    team_id = _team(team, env) if team else None
    assign_by_roster(env.ctx, ticket.id, version=ticket.version, team_id=team_id)
    given = queries.ticket_detail(env.ctx, ticket.id).ticket.assignee_id
    name = "" if given is None else named(people.staff_directory(env.ctx)[given], env.texts.language)
    said = name or env.texts.gettext("Nobody is on duty: it stays in the queue.")
    env.answer({"number": ticket.number, "assignee_id": given, "name": name}, said)
    return 0 if given is not None else 1


def _team(code: str, env: Env) -> TeamId:
    wanted = code.strip().casefold()
    for team in people.teams(env.ctx):
        if team.is_active and team.details.code.casefold() == wanted:
            return team.id
    raise NotFound("people.team_not_found", id=code)


def _text(found: Suggestion, env: Env) -> str:
    lines = [_line(one, env) for one in found.candidates]
    if not lines:
        lines = [env.texts.gettext("Nobody is on duty then.")]
        if found.next_at is not None:
            lines.append(f"{found.next_at.astimezone(env.zone):%Y-%m-%d %H:%M}")
    if not found.is_rostered:
        lines.append(env.texts.gettext("by load alone: the team has no roster"))
    return "\n".join(lines)


def _line(one: Candidate, env: Env) -> str:
    texts = env.texts
    said = texts.ngettext("{count} open", "{count} open", one.open_tickets).format(count=one.open_tickets)
    parts = [one.name, said]
    if one.level is not None:
        parts.append(one.level.value)
    if one.stands_in_for:
        parts.append(texts.gettext("stands in for {name}").format(name=one.stands_in_for))
    if one.is_away:
        parts.append(texts.gettext("not at the desk"))
    return "  ".join(parts)
