"""`roster wish`: what people wish for the days to come: list, set, clear."""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from typing import Any

from app.cli.env import Env, table
from app.models.entities.errors import BadInput, NotFound
from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.roster_plan import CellKey
from app.models.entities.wishes import Wished
from app.services.base.names import named
from app.services.base.undo import Outcome
from app.services.leave.typed_dates import read_day
from app.services.people.queries import staff_directory
from app.services.roster.plan_queries import planned_people, wishes
from app.services.roster.planned import month_dates
from app.services.roster.queries import shift_templates
from app.services.roster.wish_commands import put_wishes

QUESTIONS = ("wish",)
_OFF = "off"
_LONGEST = 31  # days of one wish


def register(kinds: Any) -> None:
    """Add `wish`."""
    wish = kinds.add_parser("wish", help="what people wish for: list, set, clear")
    acts = wish.add_subparsers(dest="action", required=True, metavar="ACTION")
    shown = acts.add_parser("list", help="the wishes of a month")
    shown.add_argument(
        "month", metavar="MONTH", nargs="?", default="", help="such as 2026-04; default: this one"
    )
    noted = acts.add_parser("set", help="note a wish of somebody")
    cleared = acts.add_parser("clear", help="take a wish back")
    for each in (noted, cleared):
        each.add_argument("person", metavar="LOGIN")
        each.add_argument("first", metavar="DAY", help="24, 12-24, 2026-12-24, tomorrow or +3")
    noted.add_argument("wish", metavar="WISH", help="code of a shift, or off")
    noted.add_argument("--text", default="", help="a word about it")
    for each in (noted, cleared):
        each.add_argument("--last", metavar="DAY", default="", help="up to this day; default: the first")


def run(args: argparse.Namespace, env: Env) -> int:
    """Do one action; see `register`."""
    if args.action == "list":
        return _list(args.month, env)
    keys = _keys(args, env)
    wished = Wished(_shift(args.wish, env), args.text) if args.action == "set" else None
    return _done(put_wishes(env.ctx, dict.fromkeys(keys, wished)), len(keys), env)


def _list(month: str, env: Env) -> int:
    first, last = month_dates(month or f"{_today(env):%Y-%m}")
    found = wishes(env.ctx, first, last)
    people = {one.id: named(one, env.texts.language) for one in planned_people(env.ctx)}
    codes = {one.id: one.code for one in shift_templates(env.ctx)}
    rows = [
        (
            one.on_date.isoformat(),
            people.get(one.person_id, f"#{one.person_id}"),
            _OFF if one.template_id is None else codes.get(one.template_id, f"#{one.template_id}"),
            " ".join(one.text.split()),
        )
        for one in found
    ]
    env.answer(found, table(rows) if rows else env.texts.gettext("Nobody wishes for anything."))
    return 0


def _keys(args: argparse.Namespace, env: Env) -> list[CellKey]:
    person_id, first = _person(args.person, env), read_day(args.first, _today(env))
    last = read_day(args.last, first, base=first) if args.last else first
    days = (last - first).days + 1
    if not 1 <= days <= _LONGEST:
        raise BadInput("settings.out_of_range", name="--last", value=days, least=1, most=_LONGEST)
    return [(person_id, first + timedelta(days=count)) for count in range(days)]


def _shift(text: str, env: Env) -> TemplateId | None:
    if text.strip().lower() == _OFF:
        return None
    found = next((one for one in shift_templates(env.ctx) if one.code == text.strip()), None)
    if found is None:
        raise NotFound("roster.shift_not_found", id=text[:40])
    return found.id


def _person(login: str, env: Env) -> PersonId:
    meant = login.strip().casefold()
    staff = staff_directory(env.ctx).values()
    found = [one.id for one in staff if meant in {one.login.casefold(), one.name.casefold(), one.name_alt}]
    if len(found) != 1:
        raise NotFound("duty.person_unknown", login=login[:40])
    return PersonId(found[0])


def _today(env: Env) -> date:
    return env.clock.now().astimezone(env.zone).date()


def _done(outcome: Outcome, days: int, env: Env) -> int:
    """Say for how many days it holds; nothing was to do where it stood so already."""
    changed = 0 if outcome.undo is None else days
    said = env.texts.ngettext(
        "{count} wish noted or taken back", "{count} wishes noted or taken back", changed
    )
    env.answer({"changed": changed}, said.format(count=changed))
    return 0
