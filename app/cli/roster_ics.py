"""`roster ics`: a person's shifts of a month as a calendar file."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.cli.env import Env
from app.models.entities.audit import AccessSubject
from app.models.entities.errors import NotFound
from app.services.audit.commands import record_access
from app.services.audit.handing_out import exported, hand_out_file
from app.services.people.queries import staff_directory
from app.services.roster.calendar_file import calendar_file
from app.services.roster.own_shifts import shifts_of
from app.services.roster.planned import month_dates


def register(kinds: Any) -> None:
    """Add `ics` to the questions of `roster`."""
    parser = kinds.add_parser("ics", help="a person's shifts of a month as a calendar file")
    parser.add_argument("person", metavar="LOGIN", help="login or full name")
    parser.add_argument("month", metavar="MONTH", help="such as 2026-04")
    parser.add_argument("--out", default="", help="the file to write; default: print it")


def run(args: argparse.Namespace, env: Env) -> int:
    """Print or write the file; 1 where the month has no shift of that person."""
    meant = args.person.strip().casefold()
    staff = staff_directory(env.ctx).values()
    found = [one for one in staff if meant in {one.login.casefold(), one.name.casefold(), one.name_alt}]
    if len(found) != 1:
        raise NotFound("duty.person_unknown", login=args.person[:40])
    person = found[0].id
    first, last = month_dates(args.month)
    shifts = shifts_of(replace(env.ctx, language=env.texts.language), person, first, last)
    content = calendar_file(
        shifts,
        person_key=str(person),
        site_key=env.ctx.store.epoch(),
        texts=env.texts,
        stamp=env.clock.now(),
    )
    access = exported(AccessSubject.ROSTER, args.month, Path(args.out), rows=len(shifts), of=str(person))
    if args.out:
        hand_out_file(env.ctx, access, Path(args.out), content)
    else:
        record_access(env.ctx, access)
    env.answer({"shifts": len(shifts), "file": args.out}, args.out or content.decode())
    return 0 if shifts else 1
