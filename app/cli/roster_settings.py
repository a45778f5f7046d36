"""`roster rules` and `roster crews`: what the roster is checked against, and who works together."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.env import Env, table
from app.models.entities.roster_rules import LIMITS, RuleName
from app.services.base.names import named
from app.services.roster import words
from app.services.roster.crew_queries import crews, patterns
from app.services.roster.plan_queries import planned_people, rules_in_force
from app.services.roster.rules_queries import suppose_rules

QUESTIONS = ("rules", "crews")


def register(kinds: Any) -> None:
    """Add both questions."""
    kinds.add_parser("rules", help="the rules of the roster, and how often each is broken now")
    kinds.add_parser("crews", help="crews with their people, and the patterns")


def run(args: argparse.Namespace, env: Env) -> int:
    """Answer one of them."""
    return _rules(env) if args.question == "rules" else _crews(env)


def _rules(env: Env) -> int:
    held = rules_in_force(env.ctx)
    found = suppose_rules(env.ctx, held.rules).now
    heads = tuple(env.texts.gettext(each) for each in ("Rule", "Weight", "Limit", "This month and next"))
    rows = [
        (
            env.texts.gettext(words.RULES[name]),
            env.texts.gettext(words.SEVERITIES[held.rules.severity(name)]),
            str(held.rules.limit(name)) if name in LIMITS else "–",
            str(found.by_rule.get(name, 0)),
        )
        for name in RuleName
    ]
    body = {"version": held.number, **held.rules.to_dict(), "found": found.by_rule}
    env.answer(body, table(rows, heads))
    return 0


def _crews(env: Env) -> int:
    people, held, repeated = planned_people(env.ctx), crews(env.ctx), patterns(env.ctx)
    language = env.texts.language
    rows = [
        (
            crew.code,
            named(crew, language),
            ", ".join(named(one, language) for one in people if one.crew_id == crew.id),
        )
        for crew in held
    ]
    rows += [
        (one.code, named(one, language), " ".join(cell or "–" for cell in one.cells)) for one in repeated
    ]
    members = {crew.code: [one.id for one in people if one.crew_id == crew.id] for crew in held}
    env.answer({"crews": held, "members": members, "patterns": repeated}, table(rows))
    return 0
