"""`roster`: who is on duty, what a month's rules say, publishing and its versions, a workbook, fairness."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any

from app.cli import roster_export, roster_ics, roster_months, roster_settings, roster_suggested, roster_wishes
from app.cli.env import Env, table
from app.models.entities.errors import BadInput
from app.models.entities.roster import OnDuty
from app.models.entities.roster_plan import Fairness
from app.services.base.names import named
from app.services.base.years import read_instant, read_iso_day
from app.services.roster.fairness_queries import fairness
from app.services.roster.own_shifts import drafts_among
from app.services.roster.plan_queries import plan
from app.services.roster.queries import on_duty_at

_ELSEWHERE = {
    "ics": roster_ics.run,
    "export": roster_export.run,
    **dict.fromkeys(roster_months.QUESTIONS, roster_months.run),
    **dict.fromkeys(roster_settings.QUESTIONS, roster_settings.run),
    **dict.fromkeys(roster_wishes.QUESTIONS, roster_wishes.run),
}


def register(commands: Any) -> None:
    """Add `roster`."""
    parser = commands.add_parser("roster", help="ask and publish the roster")
    kinds = parser.add_subparsers(dest="question", required=True, metavar="QUESTION")
    who = kinds.add_parser("who", help="who is on duty")
    asked = who.add_mutually_exclusive_group()
    asked.add_argument("--at", help="2026-11-21T03:00 in the site's zone, or with an offset; default: now")
    asked.add_argument("--team", help="a team's code: whom a ticket of it would go to now, and why")
    roster_months.register(kinds)
    fair = kinds.add_parser("fairness", help="nights, weekends, holidays and hours by person")
    roster_ics.register(kinds)
    roster_export.register(kinds)
    roster_settings.register(kinds)
    roster_wishes.register(kinds)
    fair.add_argument("--until", help="2026-11-21, itself not counted; default: today")
    fair.add_argument("--months", type=int, default=12, help="how many months before (12)")


def run(args: argparse.Namespace, env: Env) -> int:
    """Answer one question; 1 when nobody is on duty, or a month has something to mend."""
    if args.question in _ELSEWHERE:
        return _ELSEWHERE[args.question](args, env)
    if args.question == "who":
        return _who(args, env)
    return _fairness(args, env)


def _who(args: argparse.Namespace, env: Env) -> int:
    """Print one line per person on duty, the duty supervisor first; of one team, who is suggested."""
    if args.team:
        return roster_suggested.who_of_team(args.team, env)
    people = on_duty_at(env.ctx, _instant(args.at, env))

    def month_of(one: OnDuty) -> str:
        return f"{one.starts_at.astimezone(env.zone):%Y-%m}"

    drafts = drafts_among(env.ctx, {month_of(one) for one in people})
    draft = env.texts.gettext("(draft)")
    no_team = env.texts.gettext("in no team")
    lines = [
        f"{'*' if one.is_supervisor else ' '} {one.template_code}  {one.person_name}"
        f"  {one.team_name or no_team}"
        f"  {one.mobile or one.phone}".rstrip()
        + (f"  {draft}" if month_of(one) in drafts else "")
        for one in people
    ]
    env.answer(people, "\n".join(lines) if lines else env.texts.gettext("Nobody is on duty then."))
    return 0 if people else 1


def _fairness(args: argparse.Namespace, env: Env) -> int:
    until = read_iso_day(args.until) if args.until else env.clock.now().astimezone(env.zone).date()
    if not 1 <= args.months <= 120:
        raise BadInput("settings.out_of_range", name="--months", value=args.months, least=1, most=120)
    found = fairness(env.ctx, until, months=args.months)
    env.answer(found, lambda: _fairness_text(found, env))
    return 0


def _fairness_text(found: Fairness, env: Env) -> str:
    people = {
        one.id: named(one, env.texts.language) for one in plan(env.ctx, found.since, found.since).people
    }
    heads = (
        env.texts.gettext("Person"),
        env.texts.pgettext("roster", "Nights"),
        env.texts.pgettext("roster", "Weekends"),
        env.texts.pgettext("roster", "Holidays"),
        env.texts.gettext("Hours"),
        env.texts.pgettext("roster", "Given"),
        env.texts.pgettext("roster", "Taken"),
    )
    rows = [
        (
            people.get(one.person_id, f"#{one.person_id}"),
            *map(str, (one.nights, one.weekends, one.holidays, round(one.minutes / 60))),
            *map(str, (one.swaps_given, one.swaps_taken)),
        )
        for one in found.shares
    ]
    if found.score is None:
        last = env.texts.gettext("There is nobody to compare.")
    else:
        last = env.texts.gettext("Fairness from {since} to {until}: {score} of 100").format(
            since=found.since.isoformat(), until=found.until.isoformat(), score=found.score
        )
    return "\n".join([table(rows, heads), last])


def _instant(text: str | None, env: Env) -> datetime:
    return read_instant(text, env.zone) if text else env.clock.now()
