"""`tickets show NUMBER`: what the page of one ticket says about it, without its timeline."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.cli.env import Env, table
from app.models.entities.ticket_pages import TicketDetail
from app.services.base.terms import term
from app.services.sla.durations import duration_text
from app.services.tickets import queries
from app.services.tickets.forecast_queries import Outlook, ticket_outlook
from app.services.tickets.page_queries import DeskTerms, desk_terms


def show(number: str, env: Env) -> None:
    """Print a ticket by the number people know it by."""
    terms = desk_terms(env.ctx)
    ticket_id = queries.ticket_id_of(env.ctx, terms.numbers.number_of(number))
    detail = queries.ticket_detail(env.ctx, ticket_id)
    outlook = ticket_outlook(env.ctx, ticket_id)
    answer = {"ticket": detail.ticket, "outlook": outlook}
    env.answer(answer, lambda: table(_lines(env, detail, outlook, terms)))


def _lines(env: Env, detail: TicketDetail, outlook: Outlook, terms: DeskTerms) -> list[tuple[str, str]]:
    ticket, pgettext = detail.ticket, env.texts.pgettext
    team = next((one.name for one in terms.teams if one.id == ticket.team_id), "")
    return [
        (pgettext("cli", "number"), terms.numbers.text_of(ticket.number)),
        (pgettext("cli", "subject"), ticket.subject),
        (pgettext("cli", "status"), term(env.texts, ticket.status)),
        (pgettext("cli", "priority"), f"P{ticket.priority_now}"),
        (pgettext("cli", "team"), team),
        (pgettext("cli", "received"), _at(env, ticket.received_at)),
        (pgettext("cli", "due"), _at(env, ticket.resolution_due_at)),
        (pgettext("cli", "user can wait until"), _at(env, ticket.bearable_until)),
        (pgettext("cli", "told the user"), _at(env, ticket.promised_at)),
        (pgettext("cli", "service works again"), _at(env, ticket.restored_at)),
        (pgettext("cli", "resolved"), _at(env, ticket.resolved_at)),
        (pgettext("cli", "estimate"), _estimate(env, detail, terms)),
        (pgettext("cli", "expected"), _expected(env, outlook)),
    ]


def _estimate(env: Env, detail: TicketDetail, terms: DeskTerms) -> str:
    ticket, parts = detail.ticket, []
    if ticket.estimate_minutes is not None:
        parts.append(duration_text(timedelta(minutes=ticket.estimate_minutes), env.texts.language))
    if (people := ticket.estimate_people) is not None:
        parts.append(env.texts.ngettext("{count} person", "{count} people", people).format(count=people))
    if ticket.estimate_cost is not None:
        parts.append(f"{env.texts.number(ticket.estimate_cost)} {terms.currency}".strip())
    return " · ".join(parts)


def _expected(env: Env, outlook: Outlook) -> str:
    if outlook.forecast is None:
        return ""
    said = (
        env.texts.gettext("done {time}: not in time")
        if outlook.forecast.is_late
        else env.texts.gettext("done {time}: in time")
    )
    return said.format(time=_at(env, outlook.forecast.ready_at))


def _at(env: Env, instant: datetime | None) -> str:
    return "" if instant is None else f"{instant.astimezone(env.zone):%Y-%m-%d %H:%M}"
