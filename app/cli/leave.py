"""`leave` and `swap`: who asks to be away or to change places, deciding on it, and what it would do."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.cli.env import Env, table
from app.models.entities.errors import BadInput, NotFound
from app.models.entities.ids import PersonId
from app.models.entities.leave import (
    LeaveDetails,
    LeaveId,
    LeaveRequest,
    LeaveState,
    ShiftSwap,
    SwapDetails,
    SwapEffect,
    SwapId,
)
from app.models.entities.roster import ShiftKind, ShiftTemplate, Violation
from app.services.base.context import Context
from app.services.base.names import named
from app.services.base.undo import Outcome
from app.services.leave import commands, queries, swap_commands, swap_queries, taking_commands
from app.services.leave.typed_dates import read_day
from app.services.people.queries import staff_directory
from app.services.roster import words


def register(commands_: Any) -> None:
    """Add `leave` and `swap`."""
    leave = commands_.add_parser("leave", help="requests to be away: list, ask, decide")
    acts = leave.add_subparsers(dest="action", required=True, metavar="ACTION")
    acts.add_parser("list", help="all requests, open ones first")
    for name, what in (("ask", "ask for somebody"), ("record", "enter an absence that holds at once")):
        each = acts.add_parser(name, help=what)
        each.add_argument("person", metavar="LOGIN")
        each.add_argument("shift", metavar="CODE", help="code of the absence, such as V")
        each.add_argument("first", metavar="DAY", help="24, 12-24, 2026-12-24, tomorrow or +3")
        each.add_argument("last", metavar="DAY", nargs="?", default="", help="default: the first day")
        each.add_argument("--reason", required=True)
        each.add_argument("--substitute", metavar="LOGIN", default="")
    _deciding(acts)
    swap = commands_.add_parser("swap", help="swaps of shifts: list, offer, decide, take at once")
    acts = swap.add_subparsers(dest="action", required=True, metavar="ACTION")
    acts.add_parser("list", help="all swaps, open ones first")
    for name, what in (
        ("ask", "offer a shift to a colleague or to anybody"),
        ("effect", "what a swap would do"),
        ("take", "take a shift over at once"),
    ):
        each = acts.add_parser(name, help=what)
        each.add_argument("person", metavar="LOGIN", help="whose shift it is")
        each.add_argument("day", metavar="DAY")
        each.add_argument("--to", metavar="LOGIN", default="", help="who gets it; default: anybody")
        each.add_argument("--for", metavar="DAY", default="", dest="back", help="for which of their shifts")
        each.add_argument("--reason", default="")
    _deciding(acts)
    for name, what in (("accept", "accept one that is offered"), ("decline", "decline one")):
        answer = acts.add_parser(name, help=what)
        answer.add_argument("id", type=int, metavar="ID")
    acts.choices["approve"].add_argument(
        "--anyway", action="store_true", help="also where nobody leads a shift afterwards"
    )
    back = acts.add_parser("take-back", help="put both shifts back")
    back.add_argument("id", type=int, metavar="ID")


def _deciding(acts: Any) -> None:
    approve = acts.add_parser("approve", help="approve one")
    refuse = acts.add_parser("refuse", help="refuse one; needs --reason")
    withdraw = acts.add_parser("withdraw", help="withdraw one")
    for each in (approve, refuse, withdraw):
        each.add_argument("id", type=int, metavar="ID")
    approve.add_argument("--reason", default="", help="for a swap: why it is approved against the rules")
    refuse.add_argument("--reason", required=True)


def run(args: argparse.Namespace, env: Env) -> int:
    """Do one action; see `register`. `list` ends with 1 while something waits, `effect` where forbidden."""
    if args.command == "leave":
        return _leave(args, env)
    return _swap(args, env)


# -- absences -------------------------------------------------------------------------------------------


def _leave(args: argparse.Namespace, env: Env) -> int:
    if args.action == "list":
        found = queries.leave_requests(_reader(env))
        shifts = queries.all_shifts(env.ctx)
        env.answer(found, lambda: table([_leave_row(one, shifts) for one in found]))
        return 1 if any(one.state is LeaveState.ASKED for one in found) else 0
    if args.action in {"ask", "record"}:
        run_ = commands.ask_leave if args.action == "ask" else commands.record_absence
        return _done(run_(env.ctx, _leave_details(args, env)), env)
    request = _request(args.id, env)
    if args.action == "withdraw":
        return _done(commands.withdraw_leave(env.ctx, request.id, version=request.version), env)
    approved = args.action == "approve"
    outcome = commands.decide_leave(
        env.ctx, request.id, version=request.version, is_approved=approved, note=args.reason
    )
    return _done(outcome, env)


def _leave_row(one: LeaveRequest, shifts: Mapping[Any, ShiftTemplate]) -> tuple[str, ...]:
    code = shifts[one.template_id].code if one.template_id in shifts else ""
    span = f"{one.first.isoformat()}..{one.last.isoformat()}"
    return (str(one.id), one.state.value, one.person_name, code, span, _one_line(one.reason))


def _leave_details(args: argparse.Namespace, env: Env) -> LeaveDetails:
    today = _today(env)
    first = read_day(args.first, today)
    last = read_day(args.last, first, base=first) if args.last else first
    shifts = queries.all_shifts(env.ctx).values()
    kind = next(
        (
            one
            for one in shifts
            if one.code == args.shift and one.kind is ShiftKind.ABSENCE and one.holds_on(first)
        ),
        None,
    )
    if kind is None:
        raise BadInput("leave.not_an_absence", shift=args.shift[:40])
    substitute = _person(args.substitute, env) if args.substitute else None
    return LeaveDetails(_person(args.person, env), kind.id, first, last, args.reason, substitute)


def _request(request_id: int, env: Env) -> LeaveRequest:
    found = (one for one in queries.leave_requests(env.ctx) if one.id == request_id)
    request = next(found, None)
    if request is None:
        raise NotFound("leave.not_found", id=LeaveId(request_id))
    return request


# -- swaps ----------------------------------------------------------------------------------------------


def _swap(args: argparse.Namespace, env: Env) -> int:
    if args.action == "list":
        found = swap_queries.swaps(_reader(env))
        shifts = queries.all_shifts(env.ctx)
        env.answer(found, lambda: table([_swap_row(one, shifts) for one in found]))
        return 1 if any(one.state.value in {"asked", "accepted"} for one in found) else 0
    if args.action == "effect":
        return _effect(swap_queries.swap_effect(_reader(env), _swap_details(args, env)), env)
    if args.action == "ask":
        return _done(swap_commands.ask_swap(env.ctx, _swap_details(args, env)), env)
    if args.action == "take":
        return _done(taking_commands.take_shift(env.ctx, _swap_details(args, env)), env)
    return _done(_decided(args, env), env)


def _decided(args: argparse.Namespace, env: Env) -> Outcome:
    found = (one for one in swap_queries.swaps(env.ctx) if one.id == args.id)
    swap = next(found, None)
    if swap is None:
        raise NotFound("swap.not_found", id=SwapId(args.id))
    if args.action == "withdraw":
        return swap_commands.withdraw_swap(env.ctx, swap.id, version=swap.version)
    if args.action in {"accept", "decline"}:
        is_accepted = args.action == "accept"
        return swap_commands.answer_swap(env.ctx, swap.id, version=swap.version, is_accepted=is_accepted)
    if args.action == "take-back":
        return taking_commands.take_back_swap(env.ctx, swap.id, version=swap.version)
    return swap_commands.decide_swap(
        env.ctx,
        swap.id,
        version=swap.version,
        is_approved=args.action == "approve",
        note=args.reason,
        despite_rules=args.action == "approve" and bool(args.reason),
        is_unled=args.action == "approve" and args.anyway,
    )


def _swap_details(args: argparse.Namespace, env: Env) -> SwapDetails:
    today = _today(env)
    return SwapDetails(
        _person(args.person, env),
        read_day(args.day, today),
        _person(args.to, env) if args.to else None,
        read_day(args.back, today) if args.back else None,
        args.reason,
    )


def _swap_row(one: ShiftSwap, shifts: Mapping[Any, ShiftTemplate]) -> tuple[str, ...]:
    def given(on: date | None, template_id: Any) -> str:
        code = shifts[template_id].code if template_id in shifts else ""
        return f"{on.isoformat()} {code}".strip() if on is not None else ""

    return (
        str(one.id),
        one.state.value,
        one.asker_name,
        given(one.on_date, one.template_id),
        one.other_name or "*",
        given(one.other_date, one.other_template_id),
        _one_line(one.reason),
    )


def _effect(effect: SwapEffect, env: Env) -> int:
    env.answer(effect, lambda: _effect_text(effect, env))
    return 1 if effect.forbidden else 0


def _effect_text(effect: SwapEffect, env: Env) -> str:
    _ = env.texts.gettext
    heads = ("", _("Hours worked"), _("Nights"), _("Weekend days"), _("Shortest rest"))
    rows = [
        (
            one.name,
            f"{one.minutes_before / 60:g} -> {one.minutes_after / 60:g}",
            f"{one.nights_before} -> {one.nights_after}",
            f"{one.weekends_before} -> {one.weekends_after}",
            "" if one.rest is None else f"{one.rest / 60:g} h",
        )
        for one in effect.people
    ]
    names = {one.person_id: one.name for one in effect.people}
    shifts = queries.all_shifts(env.ctx)
    broken = [
        (
            _(words.SEVERITIES[one.severity]),
            one.on_date.isoformat(),
            _concerned(one, names, shifts, env),
            words.title(env.texts, one),
            words.figures(env.texts, one),
        )
        for one in effect.added
    ]
    said = _("Fairness {before} → {after} of 100")
    fair = said.format(before=effect.fairness_before, after=effect.fairness_after)
    unled = [
        _("Nobody will lead {shift} on {day}.").format(
            shift=_concerned(one, names, shifts, env), day=one.on_date.isoformat()
        )
        for one in effect.unled
    ]
    fair = "\n".join([*unled, fair])
    return "\n".join(part for part in (table(rows, heads), table(broken), fair) if part)


def _concerned(
    one: Violation, names: Mapping[PersonId, str], shifts: Mapping[Any, ShiftTemplate], env: Env
) -> str:
    """Return who a broken rule is about, with the shift; what is wrong with a shift is about it alone."""
    who = names.get(one.person_id, "") if one.person_id is not None else ""
    shift = named(shifts[one.template_id], env.texts.language) if one.template_id in shifts else ""
    return ", ".join(part for part in (who, shift) if part)


# -- shared ---------------------------------------------------------------------------------------------


def _done(outcome: Outcome, env: Env) -> int:
    env.answer({"id": outcome.id, "version": outcome.version}, str(outcome.id))
    return 0


def _reader(env: Env) -> Context:
    return replace(env.ctx, language=env.texts.language)


def _today(env: Env) -> date:
    return env.clock.now().astimezone(env.zone).date()


def _person(login: str, env: Env) -> PersonId:
    """Return whose login, or whose full name, it is."""
    meant = login.strip().casefold()
    staff = staff_directory(env.ctx).values()
    found = [one.id for one in staff if meant in {one.login.casefold(), one.name.casefold(), one.name_alt}]
    if len(found) != 1:
        raise NotFound("duty.person_unknown", login=login[:40])
    return found[0]


def _one_line(text: str) -> str:
    return " ".join(text.split())[:60]
