"""Signing with a PIN or the password: wrong tries are counted in the database, as at sign-in."""

from __future__ import annotations

from datetime import timedelta

from app.models.entities.errors import RuleViolation
from app.models.entities.ids import PersonId
from app.models.entities.instants import from_micros, to_micros
from app.models.transactions import Reader, Transaction
from app.services.access import passwords
from app.services.access.queries import permissions_of
from app.services.access.signing_in import Account, account_of, prove
from app.services.base.command import command, query
from app.services.base.context import Actor, Context
from app.services.base.permissions import ANYBODY
from app.services.base.undo import Outcome
from app.services.handover import rules
from app.services.settings import declared
from app.services.settings.queries import load_settings


def prove_signer(ctx: Context, person_id: PersonId, secret: str) -> Context:
    """Return the context of somebody who proved by password or PIN to be that person.

    Both leaders may sign on one PC, so it need not be whoever is signed in. What is short and all digits is
    a PIN; no password is that short.

    Raises:
        RuleViolation: `handover.no_account`, `handover.no_pin`, `handover.pin_wrong`, `handover.pin_locked`
            with `until`; `access.sign_in_refused`, `access.locked`.
    """
    account = account_of(ctx, person_id)
    if account is None:
        raise RuleViolation("handover.no_account")
    if rules.is_pin(secret):
        _prove_pin(ctx, account, secret)
    else:
        prove(ctx, account, secret)
    permissions = _permissions(ctx, person_id)
    actor = Actor(person_id, account.name, permissions, ctx.actor.client, account.name_alt)
    return ctx.acting_as(actor)


def set_pin(ctx: Context, password: str, pin: str) -> Outcome:
    """Let the actor choose a PIN to sign with; the password proves who it is and ends a PIN's lock-out.

    Raises:
        BadInput: what `rules.check_pin` raises.
        RuleViolation: `handover.no_account`, `access.sign_in_refused`, `access.locked`.
    """
    rules.check_pin(pin)
    _prove_self(ctx, password)
    return _store_pin(ctx, pin_hash=passwords.hash_password(pin))


def remove_pin(ctx: Context, password: str) -> Outcome:
    """Take the actor's PIN away: from now on only the password signs. Raises as `set_pin`."""
    _prove_self(ctx, password)
    return _store_pin(ctx, pin_hash=None)


@query(permission=ANYBODY)
def has_pin(ctx: Context, read: Reader) -> bool:
    """Tell whether the actor has a PIN to sign with."""
    return (
        read.value("SELECT 1 FROM signing_pin WHERE person_id = ?", (ctx.actor.person_id or 0,)) is not None
    )


def _prove_self(ctx: Context, password: str) -> None:
    account = None if ctx.actor.person_id is None else account_of(ctx, ctx.actor.person_id)
    if account is None:
        raise RuleViolation("handover.no_account")
    prove(ctx, account, password)


def _prove_pin(ctx: Context, account: Account, pin: str) -> None:
    """Refuse a wrong PIN. The try is counted first, so that guessing at once gains nothing."""
    stored = _pin_hash(ctx, account.person_id)
    if stored is None:
        raise RuleViolation("handover.no_pin")
    _take_try(ctx, account.person_id)
    if not passwords.is_right(stored, pin):
        raise RuleViolation("handover.pin_wrong")
    _forget_tries(ctx, account.person_id)


@query(permission=ANYBODY)
def _permissions(_ctx: Context, read: Reader, person_id: PersonId) -> frozenset[str]:
    return permissions_of(read, person_id)


@query(permission=ANYBODY)
def _pin_hash(_ctx: Context, read: Reader, person_id: PersonId) -> str | None:
    found: str | None = read.value("SELECT pin_hash FROM signing_pin WHERE person_id = ?", (person_id,))
    return found


@command(permission=ANYBODY)
def _take_try(_ctx: Context, tx: Transaction, person_id: PersonId) -> Outcome:
    settings = load_settings(tx)
    until = tx.now + timedelta(minutes=settings[declared.LOCK_OUT_MINUTES])
    changed = tx.execute(
        "UPDATE signing_pin SET"
        " failed_count = CASE WHEN locked_until IS NULL THEN failed_count + 1 ELSE 1 END,"
        " locked_until = CASE WHEN locked_until IS NULL AND failed_count + 1 >= ? THEN ? ELSE NULL END"
        " WHERE person_id = ? AND (locked_until IS NULL OR locked_until <= ?)",
        (settings[declared.LOCK_OUT_TRIES], to_micros(until), person_id, tx.now_micros),
    )
    if changed != 1:
        locked = tx.value("SELECT locked_until FROM signing_pin WHERE person_id = ?", (person_id,))
        raise RuleViolation("handover.pin_locked", until=from_micros(locked or tx.now_micros))
    return Outcome(person_id)


@command(permission=ANYBODY)
def _forget_tries(_ctx: Context, tx: Transaction, person_id: PersonId) -> Outcome:
    tx.execute(
        "UPDATE signing_pin SET failed_count = 0, locked_until = NULL WHERE person_id = ?", (person_id,)
    )
    return Outcome(person_id)


@command(permission=ANYBODY)
def _store_pin(ctx: Context, tx: Transaction, *, pin_hash: str | None) -> Outcome:
    person_id = ctx.actor.person_id
    if pin_hash is None:
        tx.execute("DELETE FROM signing_pin WHERE person_id = ?", (person_id,))
        return Outcome(person_id)
    tx.execute(
        "INSERT INTO signing_pin (person_id, pin_hash, changed_at) VALUES (?, ?, ?)"
        " ON CONFLICT (person_id) DO UPDATE SET pin_hash = excluded.pin_hash, failed_count = 0,"
        " locked_until = NULL, changed_at = excluded.changed_at",
        (person_id, pin_hash, tx.now_micros),
    )
    return Outcome(person_id)
