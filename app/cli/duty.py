"""`duty`: who is on duty now, coming and leaving, being away, the shift's checks, presence of a month."""

from __future__ import annotations

import argparse
from datetime import datetime, time, timedelta
from typing import Any

from app.cli.env import Env, table
from app.models.entities.duty import BoardPerson, CheckLine, DutyBoard, DutyGap, DutyRole
from app.models.entities.errors import BadInput, NotFound, RuleViolation
from app.models.entities.ids import PersonId
from app.services.base.context import Context
from app.services.base.names import name_in, named
from app.services.base.texts import mark
from app.services.base.undo import Outcome
from app.services.duty import check_commands, commands, correcting_commands, permission_commands, queries
from app.services.duty.typed_times import read_time
from app.services.leave.typed_dates import read_day
from app.services.people.queries import staff_directory

_ROLES = {
    DutyRole.SUPERVISOR: mark("Duty supervisor"),
    DutyRole.HOTLINE: mark("Hotline"),
    DutyRole.FIELD: mark("Field"),
    DutyRole.SECOND_LINE: mark("Second line"),
    DutyRole.STANDBY: mark("Standby"),
}
_GAPS = {
    DutyGap.NOBODY: mark("Nobody is on duty now."),
    DutyGap.ALL_AWAY: mark("Everybody on duty is away from the desk."),
    DutyGap.NO_SUPERVISOR: mark("This shift has no duty supervisor."),
    DutyGap.SUPERVISOR_AWAY: mark("The duty supervisor is away from the desk."),
    DutyGap.NO_NUMBER: mark("The duty supervisor has no telephone number: there is no emergency number."),
    DutyGap.STANDBY_SHORT: mark("Fewer people are on standby now than are needed."),
    DutyGap.NEXT_NOBODY: mark("Nobody is rostered for the next shift."),
    DutyGap.NEXT_NO_SUPERVISOR: mark("The next shift has no duty supervisor."),
}


def register(commands_: Any) -> None:
    """Add `duty`."""
    parser = commands_.add_parser("duty", help="who is on duty, coming and leaving, checks of the shift")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("now", help="who is on duty now, with numbers, and the next change")
    for name, what in (
        ("in", "say that somebody has come"),
        ("out", "say that somebody has left"),
        ("back", "say that somebody is back at the desk"),
    ):
        each = actions.add_parser(name, help=what)
        each.add_argument("--person", metavar="LOGIN", default="", help="who")
        if name != "back":
            each.add_argument("--note", default="", help="a word about it")
    away = actions.add_parser("away", help="say that somebody leaves the desk for a while")
    away.add_argument("reason", metavar="REASON")
    away.add_argument("--person", metavar="LOGIN", default="", help="who")
    away.add_argument("--until", metavar="HH:MM", default="", help="planned return, in the site's time")
    permit = actions.add_parser("permit", help="grant a longer time away that is asked for, or not")
    permit.add_argument("person", metavar="LOGIN")
    permit.add_argument("--stay", action="store_true", help="ask them to stay instead")
    correct = actions.add_parser("correct", help="enter afterwards when somebody came and left")
    correct.add_argument("person", metavar="LOGIN")
    correct.add_argument("day", metavar="DAY", help="2026-12-24, today, yesterday or -3")
    correct.add_argument("--in", metavar="HH:MM", default="", dest="came", help="none: was not there")
    correct.add_argument("--out", metavar="HH:MM", default="", dest="left", help="none: still there")
    correct.add_argument("--reason", required=True)
    checks = actions.add_parser("checks", help="the checks of the running shift; tick one")
    checks.add_argument("--good", metavar="CODE", default="", help="found good")
    checks.add_argument("--bad", metavar="CODE", default="", help="found not good; needs --note")
    checks.add_argument("--note", default="", help="what is wrong")
    month = actions.add_parser("month", help="presence of a month, by person")
    month.add_argument("month", metavar="MONTH", help="such as 2026-11")


def run(args: argparse.Namespace, env: Env) -> int:
    """Do one action; see `register`. `now` ends with 1 where something is wrong with who is on duty."""
    if args.action == "now":
        return _now(env)
    if args.action == "checks":
        return _checks(args, env)
    if args.action == "month":
        return _month(args, env)
    if args.action == "permit":
        return _permit(args, env)
    if args.action == "correct":
        return _correct(args, env)
    return _presence(args, env)


def _now(env: Env) -> int:
    board = queries.duty_board(_reader(env))
    env.answer({**_as_json(board), "gaps": board.gaps}, lambda: _board_text(board, env))
    return 1 if board.gaps else 0


def _as_json(board: DutyBoard) -> dict[str, Any]:
    return {
        "at": board.at,
        "desk_phone": board.desk_phone,
        "now": board.now,
        "after": board.after,
        "changes_in": board.changes_in,
        "people": [{"number": one.number, **_fields(one)} for one in board.people],
        "reachable": board.reachable,
    }


def _fields(one: BoardPerson) -> dict[str, Any]:
    return {
        "person_id": one.duty.person_id,
        "name": one.duty.person_name,
        "role": one.role,
        "team": one.duty.team_name,
        "until": one.duty.ends_at,
        "away": one.away,
        "attendance": one.attendance,
        "punctuality": one.punctuality,
        "open_tickets": one.open_tickets,
        "overdue": one.overdue,
    }


def _board_text(board: DutyBoard, env: Env) -> str:
    _, language = env.texts.gettext, env.texts.language
    lines = [f"! {_(_GAPS[gap])}" for gap in board.gaps]
    if board.now is not None:
        shift = board.now.shift
        head = _("{shift} until {time}, desk {phone}")
        until = f"{shift.ends_at.astimezone(env.zone):%H:%M}"
        lines.append(head.format(shift=named(shift.template, language), time=until, phone=board.desk_phone))
    rows = [
        (
            "*" if one.role is DutyRole.SUPERVISOR else " ",
            one.duty.person_name,
            _(_ROLES[one.role]),
            name_in(one.duty.team_name, one.duty.team_name_alt, language),
            one.number,
            _("away: {reason}").format(reason=one.away.reason) if one.away else "",
            str(one.open_tickets),
        )
        for one in board.people
    ]
    lines.append(table(rows))
    if board.after is not None:
        leaders = ", ".join(one.person_name for one in board.after.leaders) or _("no duty supervisor")
        said = _("Next: {shift}, {who}")
        lines.append(said.format(shift=named(board.after.shift.template, language), who=leaders))
    return "\n".join(line for line in lines if line)


def _presence(args: argparse.Namespace, env: Env) -> int:
    ctx, who = env.ctx, _person(args.person, env)
    if args.action == "in":
        outcome = commands.check_in(ctx, person_id=who, note=args.note)
    elif args.action == "out":
        outcome = commands.check_out(ctx, person_id=who, note=args.note)
    elif args.action == "back":
        outcome = commands.come_back(ctx, person_id=who)
    else:
        until = _today_at(args.until, env) if args.until else None
        outcome = commands.go_away(ctx, reason=args.reason, planned_until=until, person_id=who)
    return _done(outcome, env)


def _permit(args: argparse.Namespace, env: Env) -> int:
    who = _known(args.person, env)
    away = queries.away_people(env.ctx).get(who)
    if away is None:
        raise RuleViolation("duty.not_away")
    return _done(permission_commands.answer_away(env.ctx, away.id, is_granted=not args.stay), env)


def _correct(args: argparse.Namespace, env: Env) -> int:
    who, today = _known(args.person, env), env.clock.now().astimezone(env.zone).date()
    on = read_day(args.day, today)
    span = queries.shift_of_day(env.ctx, who, on)
    came, left = (
        read_time(text, near, env.zone) if text else None
        for text, near in zip((args.came, args.left), span, strict=True)
    )
    outcome = correcting_commands.correct_presence(
        env.ctx, person_id=who, on_date=on, in_at=came, out_at=left, note=args.reason
    )
    return _done(outcome, env)


def _known(login: str, env: Env) -> PersonId:
    found = _person(login, env)
    if found is None:
        raise NotFound("duty.person_unknown", login=login[:40])
    return found


def _checks(args: argparse.Namespace, env: Env) -> int:
    _shift, lines = queries.checks_now(_reader(env))
    if code := args.good or args.bad:
        found = next((line.check.id for line in lines if line.check.code == code), None)
        if found is None:
            raise NotFound("duty.check_unknown", check=code)
        check_commands.tick_check(env.ctx, found, is_good=bool(args.good), note=args.note)
        _shift, lines = queries.checks_now(_reader(env))
    env.answer(lines, lambda: table([_check_row(line, env) for line in lines]))
    return 1 if any(line.tick is not None and not line.tick.is_good for line in lines) else 0


def _check_row(line: CheckLine, env: Env) -> tuple[str, ...]:
    tick = line.tick
    sign = "?" if tick is None else ("+" if tick.is_good else "-")
    name = named(line.check, env.texts.language)
    return (sign, line.check.code, line.check.moment.value, name, "" if tick is None else tick.note)


def _month(args: argparse.Namespace, env: Env) -> int:
    lines = queries.presence_of_month(_reader(env), args.month)
    rows: list[tuple[str, ...]] = [
        (
            one.person_name,
            str(one.shifts),
            str(one.attended),
            str(one.missing),
            f"{one.late_times} / {one.late_minutes} min",
            f"{one.early_times} / {one.early_minutes} min",
            f"{one.away_times} / {one.away_minutes} min",
            str(one.corrected),
        )
        for one in lines
    ]
    _ = env.texts.gettext
    corrected = [
        _("{name}, {day}: corrected by {who}: {reason}").format(
            name=day.person_name,
            day=day.on_date.isoformat(),
            who=name_in(found.corrected_name, found.corrected_name_alt, env.texts.language)
            or _("the command line"),
            reason=found.note,
        )
        for day in queries.unpunctual_days(_reader(env), args.month)
        if (found := day.attendance) is not None and found.is_corrected
    ]
    heads = (
        *(_("Name"), _("Shifts"), _("Present"), _("Missing")),
        *(_("Late"), _("Left early"), _("Away"), _("Corrected")),
    )
    env.answer(lines, lambda: "\n".join([table(rows, heads), *corrected]))
    return 0


def _done(outcome: Outcome, env: Env) -> int:
    name = "" if outcome.undo is None else str(outcome.undo.params.get("name", ""))
    env.answer({"id": outcome.id, "name": name}, env.texts.gettext("Noted: {name}").format(name=name))
    return 0


def _reader(env: Env) -> Context:
    return env.ctx.reading(env.texts.language)


def _person(login: str, env: Env) -> PersonId | None:
    """Return the id behind a login; None for none, which the command refuses for the console."""
    if not login:
        return None
    staff = staff_directory(env.ctx).values()
    found = next((one for one in staff if one.login.lower() == login.lower()), None)
    if found is None:
        raise NotFound("duty.person_unknown", login=login[:40])
    return PersonId(found.id)


def _today_at(text: str, env: Env) -> datetime:
    """Return the next moment at which the site's clocks show a time."""
    try:
        hour = time.fromisoformat(text)
    except ValueError:
        raise BadInput("duty.time_bad", text=text[:40]) from None
    now = env.clock.now().astimezone(env.zone)
    found = now.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
    return found if found > now else found + timedelta(days=1)
