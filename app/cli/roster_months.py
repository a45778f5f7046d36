"""`roster check`, `publish`, `versions`: what a month lacks, letting it go out, and what went out when."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from typing import Any

from app.cli.env import Env, table
from app.models.entities.errors import RuleViolation
from app.models.entities.ids import PersonId
from app.models.entities.roster import CoverageCount, Violation
from app.models.entities.roster_plan import PublishCheck, RosterPlan
from app.services.base.names import name_in, named
from app.services.roster import month_queries, words
from app.services.roster.commands import publish_month
from app.services.roster.lack_words import lacks_said
from app.services.roster.plan_queries import plan
from app.services.roster.planned import month_dates

QUESTIONS = ("check", "publish", "versions")
_KEPT_BACK = frozenset({"roster.publish_empty", "roster.publish_refused"})


def register(kinds: Any) -> None:
    """Add the questions about a month to those of `roster`."""
    check = kinds.add_parser("check", help="which rules a month breaks, and what it lacks")
    publish = kinds.add_parser("publish", help="publish a month as its next version")
    versions = kinds.add_parser("versions", help="the published versions of a month")
    for each in (check, publish, versions):
        each.add_argument("month", metavar="MONTH", help="such as 2026-04")
    publish.add_argument("--note", default="", help="a word about it, kept with the version")
    publish.add_argument(
        "--anyway", action="store_true", help="publish it whatever it lacks; the version says what"
    )


def run(args: argparse.Namespace, env: Env) -> int:
    """Answer; 1 when a month has something to mend, or is kept back by what it lacks."""
    if args.question == "publish":
        return _publish(args, env)
    return _versions(args.month, env) if args.question == "versions" else _check(args.month, env)


def _check(month: str, env: Env) -> int:
    first, last = month_dates(month)
    found = month_queries.publish_check(env.ctx, month)
    env.answer(found, lambda: _check_text(found, plan(env.ctx, first, last), env))
    return 1 if found.lacks or found.gaps else 0


def _check_text(found: PublishCheck, of: RosterPlan, env: Env) -> str:
    people = {person.id: named(person, env.texts.language) for person in (*of.people, *of.gone)}
    broken = [*found.forbidden, *found.warnings]
    parts = [table([_line(one, of, people, env) for one in broken])] if broken else []
    if found.lacks.is_empty:
        parts.append(env.texts.gettext("Nobody has a shift in this month."))
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
    try:
        done = publish_month(env.ctx, args.month, note=args.note, anyway=args.anyway)
    except RuleViolation as refused:
        if refused.code not in _KEPT_BACK:
            raise
        return _kept_back(args.month, refused, env)
    said = env.texts.gettext("{month} is published as version {number}.")
    env.answer(
        {"month": args.month, "id": done.id, "number": done.version},
        said.format(month=args.month, number=done.version),
    )
    return 0


def _kept_back(month: str, refused: RuleViolation, env: Env) -> int:
    """Print what keeps a month back, one finding a line, and how it goes out all the same."""
    found: tuple[Violation, ...] = refused.params["violations"]  # type: ignore[assignment]

    def text() -> str:
        of = plan(env.ctx, *month_dates(month))
        people = {person.id: named(person, env.texts.language) for person in (*of.people, *of.gone)}
        rows = [table([_line(one, of, people, env) for one in found])] if found else []
        how = env.texts.gettext("Nothing was published. With --anyway it goes out as it stands.")
        return "\n".join([env.explain(refused), *rows, how])

    env.answer({"month": month, "refused": refused.code, "findings": found}, text)
    return 1


def _versions(month: str, env: Env) -> int:
    state, found = month_queries.month_state(env.ctx, month), month_queries.versions(env.ctx, month)
    rows = [
        (
            str(one.number),
            f"{one.at.astimezone(env.zone):%Y-%m-%d %H:%M}",
            one.by,
            one.note,
            lacks_said(env.texts, one.lacks),
        )
        for one in found
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
