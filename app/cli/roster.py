"""`roster`: who is on duty, what a month's rules say, publishing and its versions, a workbook, fairness."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from app.cli import roster_export, roster_ics, roster_settings
from app.cli.env import Env, table
from app.models.entities.errors import BadInput
from app.models.entities.ids import PersonId
from app.models.entities.roster import CoverageCount, Violation
from app.models.entities.roster_plan import Fairness, PublishCheck, RosterPlan
from app.services.base.names import name_in, named
from app.services.roster import month_queries, words
from app.services.roster.commands import publish_month
from app.services.roster.fairness_queries import fairness
from app.services.roster.plan_queries import plan
from app.services.roster.planned import month_dates
from app.services.roster.queries import on_duty_at

_ELSEWHERE = {
    "ics": roster_ics.run,
    "export": roster_export.run,
    **dict.fromkeys(roster_settings.QUESTIONS, roster_settings.run),
}


def register(commands: Any) -> None:
    """Add `roster`."""
    parser = commands.add_parser("roster", help="ask and publish the roster")
    kinds = parser.add_subparsers(dest="question", required=True, metavar="QUESTION")
    who = kinds.add_parser("who", help="who is on duty")
    who.add_argument("--at", help="2026-11-21T03:00 in the site's zone, or with an offset; default: now")
    check = kinds.add_parser("check", help="which rules a month breaks, and what it lacks")
    publish = kinds.add_parser("publish", help="publish a month as its next version")
    versions = kinds.add_parser("versions", help="the published versions of a month")
    for each in (check, publish, versions):
        each.add_argument("month", metavar="MONTH", help="such as 2026-04")
    publish.add_argument("--note", default="", help="a word about it, kept with the version")
    fair = kinds.add_parser("fairness", help="nights, weekends, holidays and hours by person")
    roster_ics.register(kinds)
    roster_export.register(kinds)
    roster_settings.register(kinds)
    fair.add_argument("--until", help="2026-11-21, itself not counted; default: today")
    fair.add_argument("--months", type=int, default=12, help="how many months before (12)")


def run(args: argparse.Namespace, env: Env) -> int:
    """Answer one question; 1 when nobody is on duty, or a month has something to mend."""
    if args.question in _ELSEWHERE:
        return _ELSEWHERE[args.question](args, env)
    if args.question == "who":
        return _who(args, env)
    if args.question == "check":
        return _check(args.month, env)
    if args.question == "publish":
        return _publish(args, env)
    if args.question == "versions":
        return _versions(args.month, env)
    return _fairness(args, env)


def _who(args: argparse.Namespace, env: Env) -> int:
    """Print one line per person on duty, the duty supervisor first."""
    people = on_duty_at(env.ctx, _instant(args.at, env))
    lines = [
        f"{'*' if one.is_supervisor else ' '} {one.template_code}  {one.person_name}  {one.team_name}"
        f"  {one.mobile or one.phone}".rstrip()
        for one in people
    ]
    env.answer(people, "\n".join(lines) if lines else env.texts.gettext("Nobody is on duty then."))
    return 0 if people else 1


def _check(month: str, env: Env) -> int:
    first, last = month_dates(month)
    found = month_queries.publish_check(env.ctx, month)
    env.answer(found, lambda: _check_text(found, plan(env.ctx, first, last), env))
    return 1 if found.forbidden or found.gaps else 0


def _check_text(found: PublishCheck, of: RosterPlan, env: Env) -> str:
    people = {person.id: named(person, env.texts.language) for person in of.people}
    broken = [*found.forbidden, *found.warnings]
    parts = [table([_line(one, of, people, env) for one in broken])] if broken else []
    parts += _gap_lines(env.texts.gettext("Gaps in the next 30 days:"), found.gaps_ahead, of, env)
    if found.without_shift:
        names = ", ".join(people[one] for one in found.without_shift)
        parts.append(env.texts.gettext("Without any shift: {names}").format(names=names))
    if found.open_leaves or found.open_swaps:
        parts.append(
            env.texts.gettext("Not answered: {leaves} requests for leave, {swaps} for swaps").format(
                leaves=found.open_leaves, swaps=found.open_swaps
            )
        )
    return "\n".join(parts) if parts else env.texts.gettext("Nothing to mend.")


def _line(
    one: Violation, of: RosterPlan, people: Mapping[PersonId, str], env: Env
) -> tuple[str, str, str, str, str]:
    shift = next((each.code for each in of.templates if each.id == one.template_id), "")
    team = next((person for person in of.people if person.team_id == one.team_id), None)
    who = people.get(one.person_id, "") if one.person_id is not None else ""
    if team is not None and one.team_id is not None:
        who = name_in(team.team_name, team.team_name_alt, env.texts.language)
    return (
        one.on_date.isoformat(),
        env.texts.gettext(words.SEVERITIES[one.severity]),
        f"{shift} {who}".strip(),
        words.title(env.texts, one),
        words.figures(env.texts, one),
    )


def _gap_lines(head: str, gaps: Iterable[CoverageCount], of: RosterPlan, env: Env) -> list[str]:
    codes = {each.id: each.code for each in of.templates}
    teams = {
        person.team_id: name_in(person.team_name, person.team_name_alt, env.texts.language)
        for person in of.people
    }
    lines = [
        f"  {gap.on_date.isoformat()}  {codes[gap.rule.template_id]}"
        f" {teams.get(gap.rule.team_id, '')}  {gap.planned}/{gap.needed}"
        for gap in gaps
    ]
    return [head, *lines] if lines else []


def _publish(args: argparse.Namespace, env: Env) -> int:
    done = publish_month(env.ctx, args.month, note=args.note)
    said = env.texts.gettext("{month} is published as version {number}.")
    env.answer(
        {"month": args.month, "id": done.id, "number": done.version},
        said.format(month=args.month, number=done.version),
    )
    return 0


def _versions(month: str, env: Env) -> int:
    state, found = month_queries.month_state(env.ctx, month), month_queries.versions(env.ctx, month)
    rows = [
        (str(one.number), f"{one.at.astimezone(env.zone):%Y-%m-%d %H:%M}", one.by, one.note) for one in found
    ]
    is_published = (
        env.texts.pgettext("month", "published")
        if state.is_published
        else env.texts.pgettext("month", "draft")
    )
    head = env.texts.ngettext(
        "{month}: {state}, {count} change since",
        "{month}: {state}, {count} changes since",
        len(state.changes),
    ).format(month=month, state=is_published, count=len(state.changes))
    env.answer(
        {"is_published": state.is_published, "changes": state.changes, "versions": found},
        "\n".join([head, table(rows)]).rstrip(),
    )
    return 0


def _fairness(args: argparse.Namespace, env: Env) -> int:
    until = _date(args.until, env)
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


def _date(text: str | None, env: Env) -> date:
    return _instant(f"{text}T00:00" if text else None, env).astimezone(env.zone).date()


def _instant(text: str | None, env: Env) -> datetime:
    if not text:
        return env.clock.now()
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput("cli.bad_date", text=text[:40]) from None
    return instant if instant.tzinfo else instant.replace(tzinfo=env.zone)
