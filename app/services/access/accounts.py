"""Whole actions around a password: judged and hashed first, then written in one short transaction."""

from __future__ import annotations

from app.models.entities.errors import RuleViolation
from app.models.entities.ids import PersonId
from app.services.access import commands, passwords, rules
from app.services.access.signing_in import account_of, prove
from app.services.base.command import require
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.people import queries as people


def set_password(ctx: Context, person_id: PersonId, password: str, *, must_change: bool = True) -> Outcome:
    """Give somebody a password, which they must change at the next sign-in unless told otherwise.

    A lock-out ends with it, and so does every remembered sign-in.

    Raises:
        NotAllowed: the actor lacks `access.manage`.
        RuleViolation: what `rules.check_strength` raises, `access.no_login`.
        NotFound: `people.not_found`.
    """
    require(ctx, "access.manage")
    details = people.person(ctx, person_id).details
    rules.check_strength(password, (details.login, details.name, details.name_alt))
    password_hash = passwords.hash_password(password)
    return commands.store_password(ctx, person_id, password_hash=password_hash, must_change=must_change)


def change_own_password(ctx: Context, old: str, new: str) -> Outcome:
    """Let the actor choose a new password; a wrong old one counts as a wrong try.

    Raises:
        RuleViolation: `access.sign_in_refused`, `access.locked`, `access.password_same`, or what
            `rules.check_strength` raises.
    """
    account = None if ctx.actor.person_id is None else account_of(ctx, ctx.actor.person_id)
    if account is None:
        raise RuleViolation("access.sign_in_refused")
    prove(ctx, account, old)
    if old == new:
        raise RuleViolation("access.password_same")
    rules.check_strength(new, (account.name,))
    return commands.store_own_password(ctx, password_hash=passwords.hash_password(new))


def add_admin(ctx: Context, *, name: str, login: str, password: str) -> Outcome:
    """Add somebody with the role administrator and a password of their own; the first one above all.

    Raises:
        NotAllowed: the actor lacks `access.manage`.
        RuleViolation: what `rules.check_strength` raises, `access.not_set_up` (no such role yet).
        BadInput: what adding a person raises.
    """
    require(ctx, "access.manage")
    rules.check_strength(password, (login, name))
    password_hash = passwords.hash_password(password)
    return commands.add_administrator(ctx, name=name, login=login, password_hash=password_hash)
