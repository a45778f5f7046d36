"""Signing in by name and password, or by what this PC remembers; wrong tries are counted in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from app.models.entities.errors import RuleViolation
from app.models.entities.ids import PersonId
from app.models.entities.instants import from_micros, to_micros
from app.models.transactions import Reader, Transaction
from app.services.access import passwords, rules
from app.services.access.keyrings import KeyringBackend
from app.services.access.queries import must_change_password, permissions_of
from app.services.base.command import command, query
from app.services.base.context import Actor, Context, pc_name
from app.services.base.permissions import ANYBODY
from app.services.base.undo import Outcome
from app.services.search.tokens import norm
from app.services.settings import declared
from app.services.settings.queries import load_settings


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in: staff in service, with a login and a password."""

    person_id: PersonId
    name: str
    password_hash: str
    locked_until_micros: int | None
    name_alt: str = ""


def sign_in(ctx: Context, name: str, password: str) -> Actor:
    """Return the actor behind a name and password; upper and lower case of the name do not matter.

    The try is counted before the password is looked at, in one statement, so however many programs guess
    at once, no more than the site's number of tries get an answer. A right password clears the count.

    Raises:
        RuleViolation: `access.sign_in_refused` (unknown name or wrong password; it does not tell which),
            `access.locked` with `until`.
    """
    account = _account_named(ctx, norm(name).strip())
    if account is None:
        passwords.spend_the_time(password)
        raise RuleViolation("access.sign_in_refused")
    prove(ctx, account, password)
    return _actor(ctx, account)


def sign_in_here(
    ctx: Context, name: str, password: str, keyring: KeyringBackend | None
) -> tuple[Actor, bool]:
    """Sign in as `sign_in`, and let this PC remember it where a keyring is given.

    Tells too whether the password was valid for once only, so that another must be chosen.
    """
    actor = sign_in(ctx, name, password)
    mine = ctx.acting_as(actor)
    if keyring is not None:
        remember(mine, keyring)
    return actor, must_change_password(mine)


def prove(ctx: Context, account: Account, password: str) -> None:
    """Refuse a wrong password, counting the try; see `sign_in`."""
    _take_try(ctx, account.person_id)
    if not passwords.is_right(account.password_hash, password):
        raise RuleViolation("access.sign_in_refused")
    new_hash = None
    if passwords.is_outdated(account.password_hash):
        new_hash = passwords.hash_password(password)
    _forget_tries(ctx, account.person_id, new_hash)


def remember(ctx: Context, keyring: KeyringBackend) -> bool:
    """Let this PC sign the present actor in by itself until the site's number of days is over.

    False where this PC keeps no secrets, or the actor is no person.
    """
    account = None if ctx.actor.person_id is None else account_of(ctx, ctx.actor.person_id)
    if account is None:
        return False
    expires = ctx.clock.now() + timedelta(days=_remember_days(ctx))
    epoch = ctx.store.epoch()
    kept = rules.remembered(account.person_id, to_micros(expires), account.password_hash, epoch)
    return keyring.write(epoch, kept.to_text())


def sign_in_remembered(ctx: Context, keyring: KeyringBackend) -> Actor | None:
    """Return the actor whom this PC remembers for this database.

    None where it remembers nobody, the time is over, the password was changed, or the person is locked out
    or retired; what is of no use any more is forgotten.
    """
    epoch = ctx.store.epoch()
    text = keyring.read(epoch)
    if text is None:
        return None
    kept = rules.RememberedSignIn.from_text(text)
    account = account_of(ctx, kept.person_id) if kept else None
    now = to_micros(ctx.clock.now())
    if kept is None or account is None or now >= kept.expires_micros:
        keyring.erase(epoch)
        return None
    if not kept.is_proved_by(account.password_hash, epoch):
        keyring.erase(epoch)
        return None
    return None if (account.locked_until_micros or 0) > now else _actor(ctx, account)


def forget(ctx: Context, keyring: KeyringBackend) -> None:
    """Make this PC ask for the password again at the next start."""
    keyring.erase(ctx.store.epoch())


# --- the database's part -----------------------------------------------------------------------------

_ACCOUNT = (
    "SELECT person.id, person.name, credential.password_hash, credential.locked_until,"
    " person.name_alt FROM person"
    " JOIN credential ON credential.person_id = person.id"
    " WHERE person.is_active = true AND person.is_staff = true AND person.login IS NOT NULL"
)


@query(permission=ANYBODY)
def _account_named(_ctx: Context, read: Reader, login: str) -> Account | None:
    row = read.one(_ACCOUNT + " AND person.login = ?", (login,))
    return Account(*row) if row else None


@query(permission=ANYBODY)
def account_of(_ctx: Context, read: Reader, person_id: PersonId) -> Account | None:
    """Return a person's account; None for somebody who cannot sign in."""
    row = read.one(_ACCOUNT + " AND person.id = ?", (person_id,))
    return Account(*row) if row else None


@query(permission=ANYBODY)
def _remember_days(_ctx: Context, read: Reader) -> int:
    return load_settings(read)[declared.REMEMBER_DAYS]


@query(permission=ANYBODY)
def _actor(_ctx: Context, read: Reader, account: Account) -> Actor:
    permissions = permissions_of(read, account.person_id)
    return Actor(account.person_id, account.name, permissions, pc_name()[:64], account.name_alt)


@command(permission=ANYBODY)
def _take_try(_ctx: Context, tx: Transaction, person_id: PersonId) -> Outcome:
    settings = load_settings(tx)
    until = tx.now + timedelta(minutes=settings[declared.LOCK_OUT_MINUTES])
    changed = tx.execute(
        "UPDATE credential SET"
        " failed_count = CASE WHEN locked_until IS NULL THEN failed_count + 1 ELSE 1 END,"
        " locked_until = CASE WHEN locked_until IS NULL AND failed_count + 1 >= ? THEN ? ELSE NULL END"
        " WHERE person_id = ? AND (locked_until IS NULL OR locked_until <= ?)",
        (settings[declared.LOCK_OUT_TRIES], to_micros(until), person_id, tx.now_micros),
    )
    if changed != 1:
        locked_until = tx.value("SELECT locked_until FROM credential WHERE person_id = ?", (person_id,))
        raise RuleViolation("access.locked", until=from_micros(locked_until or tx.now_micros))
    return Outcome(person_id)


@command(permission=ANYBODY)
def _forget_tries(_ctx: Context, tx: Transaction, person_id: PersonId, new_hash: str | None) -> Outcome:
    tx.execute(
        "UPDATE credential SET failed_count = 0, locked_until = NULL,"
        " password_hash = COALESCE(?, password_hash) WHERE person_id = ?",
        (new_hash, person_id),
    )
    return Outcome(person_id)
