"""`announcements`: what the desk announces; list, show, add, withdraw."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.cli.env import Env, table
from app.models.entities.announcements import (
    Announcement,
    AnnouncementChannel,
    AnnouncementDetails,
    AnnouncementKind,
    AnnouncementState,
    Link,
    Preparation,
    Reading,
)
from app.models.entities.errors import BadInput, NotFound
from app.models.entities.ids import AnnouncementId, ArticleId, ServiceId, TicketId
from app.services.announcements import commands, queries
from app.services.base.context import Context
from app.services.base.terms import term
from app.services.base.undo import Outcome
from app.services.catalogue.queries import services
from app.services.leave.typed_dates import read_day
from app.services.tickets.typed_values import read_minutes, read_moment


def register(commands_: Any) -> None:
    """Add `announcements`."""
    parser = commands_.add_parser("announcements", help="what the desk announces: list, show, add, withdraw")
    acts = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listed = acts.add_parser("list", help="all announcements, those in force first")
    listed.add_argument("--state", choices=[state.value for state in AnnouncementState], default="")
    show = acts.add_parser("show", help="one announcement, who has read it and who is trained")
    show.add_argument("id", type=int, metavar="ID")
    add = acts.add_parser("add", help="announce something")
    add.add_argument("kind", metavar="KIND", help="new_system, change, fault, maintenance or news")
    add.add_argument("title", metavar="TITLE")
    add.add_argument("--text", default="", help="more about it, in the markup of articles")
    add.add_argument("--service", metavar="CODE", default="")
    add.add_argument("--article", metavar="NUMBER", type=int, default=0)
    add.add_argument("--ticket", metavar="NUMBER", type=int, default=0)
    add.add_argument("--live-on", metavar="DAY", default="", help="24, 12-24, 2026-12-24, tomorrow or +3")
    add.add_argument("--training", metavar="MINUTES", default="", help="wanted before a new system, 90")
    add.add_argument("--must-read", action="store_true")
    add.add_argument("--told", metavar="WAYS", default="", help="board,email,phone,intranet,site_visit")
    add.add_argument("--from", dest="begin", metavar="TIME", default="", help='16:00, "2 h"; default: now')
    add.add_argument("--until", dest="end", metavar="TIME", default="", help="default: without end")
    withdraw = acts.add_parser("withdraw", help="take one back; it stays on record")
    withdraw.add_argument("id", type=int, metavar="ID")


def run(args: argparse.Namespace, env: Env) -> int:
    """Do one action; see `register`. `list` ends with 1 while a fault is announced."""
    if args.action == "list":
        state = AnnouncementState(args.state) if args.state else None
        found = queries.announcements(_reader(env), state=state)
        env.answer(found, lambda: table([_row(one, env) for one in found]))
        return 1 if any(_is_running_fault(one) for one in found) else 0
    if args.action == "show":
        return _show(AnnouncementId(args.id), env)
    if args.action == "withdraw":
        found_one = queries.announcement(env.ctx, AnnouncementId(args.id))
        return _done(commands.withdraw_announcement(env.ctx, found_one.id, version=found_one.version), env)
    return _done(commands.write_announcement(env.ctx, _details(args, env)), env)


def _details(args: argparse.Namespace, env: Env) -> AnnouncementDetails:
    now = env.clock.now()
    kinds = {kind.value: kind for kind in AnnouncementKind}
    if args.kind not in kinds:
        raise BadInput("announcements.kind_unknown", text=args.kind[:40])
    begin = read_moment(args.begin, now, env.zone)
    return AnnouncementDetails(
        kinds[args.kind],
        args.title,
        args.text,
        service_id=_service(args.service, env),
        article_id=_article(args.article, env),
        ticket_id=_ticket(args.ticket, env),
        live_on=_day(args.live_on, now.astimezone(env.zone).date()),
        training_minutes=read_minutes(args.training),
        must_read=args.must_read,
        channels=_channels(args.told),
        shown_from=begin,
        shown_until=read_moment(args.end, begin or now, env.zone),
    )


def _service(code: str, env: Env) -> ServiceId | None:
    if not code:
        return None
    found = next((one.id for one in services(env.ctx) if one.details.code == code), None)
    if found is None:
        raise NotFound("catalogue.service_missing", id=code[:40])
    return found


def _article(number: int, env: Env) -> ArticleId | None:
    if not number:
        return None
    found = queries.linked(env.ctx, Link.ARTICLE, number)
    if found is None:
        raise NotFound("knowledge.not_found", id=number)
    return ArticleId(found[0])


def _ticket(number: int, env: Env) -> TicketId | None:
    if not number:
        return None
    found = queries.linked(env.ctx, Link.TICKET, number)
    if found is None:
        raise NotFound("tickets.number_not_found", number=number)
    return TicketId(found[0])


def _day(text: str, today: date) -> date | None:
    if not text:
        return None
    try:
        return read_day(text, today)
    except BadInput:
        raise BadInput("announcements.day_unread", text=text.strip()[:40]) from None


def _channels(text: str) -> tuple[AnnouncementChannel, ...]:
    known = {channel.value: channel for channel in AnnouncementChannel}
    given = [part.strip() for part in text.split(",") if part.strip()]
    for part in given:
        if part not in known:
            raise BadInput("announcements.channel_unknown", text=part[:40])
    return tuple(known[part] for part in given)


def _show(announcement_id: AnnouncementId, env: Env) -> int:
    reader = _reader(env)
    found = queries.announcement(reader, announcement_id)
    read = queries.readings(reader, announcement_id)
    wants = found.details.training_minutes is not None
    trained = queries.preparations(reader, announcement_id) if wants else []
    answer = {"announcement": found, "readings": read, "preparations": trained}
    env.answer(answer, lambda: _text(found, read, trained, env))
    return 0


def _text(found: Announcement, read: list[Reading], trained: list[Preparation], env: Env) -> str:
    _ = env.texts.gettext
    heads = [" ".join(part for part in _row(found, env) if part)]
    if found.details.text:
        heads.append(found.details.text)
    if found.details.must_read:
        heads.append(table([(one.name, _when(one.at, env)) for one in read]))
    if trained:
        rows = [(one.name, f"{one.minutes}/{found.details.training_minutes} min") for one in trained]
        heads.append(table(rows))
    return "\n\n".join(heads)


def _row(one: Announcement, env: Env) -> tuple[str, ...]:
    return (
        str(one.id),
        term(env.texts, one.state),
        term(env.texts, one.details.kind),
        " ".join(one.details.title.split())[:70],
        _when(one.shown_from, env),
        _when(one.shown_until, env),
    )


def _when(at: datetime | None, env: Env) -> str:
    return "" if at is None else f"{at.astimezone(env.zone):%Y-%m-%d %H:%M}"


def _is_running_fault(one: Announcement) -> bool:
    return one.state is AnnouncementState.SHOWN and one.details.kind is AnnouncementKind.FAULT


def _reader(env: Env) -> Context:
    return replace(env.ctx, language=env.texts.language)


def _done(outcome: Outcome, env: Env) -> int:
    env.answer({"id": outcome.id, "version": outcome.version}, str(outcome.id))
    return 0
