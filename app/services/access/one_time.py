"""Passwords for once: made by the program, told to the person, changed by them at the next sign-in."""

from __future__ import annotations

import secrets

from app.models.entities.ids import PersonId
from app.services.access.accounts import set_password
from app.services.base.context import Context

# Without what is misread when it is read out or copied by hand: 0 o, 1 l i.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"
_GROUPS = 4
_GROUP_LENGTH = 4


def one_time_password() -> str:
    """Return a password that is easy to read out: four groups of three letters and a digit, 66 bits."""
    groups = (
        "".join(secrets.choice(_LETTERS) for _ in range(_GROUP_LENGTH - 1)) + secrets.choice(_DIGITS)
        for _ in range(_GROUPS)
    )
    return "-".join(groups)


def give_one_time_password(ctx: Context, person_id: PersonId) -> str:
    """Give somebody a new password that must be changed at the next sign-in; return it, to be told once.

    A lock-out ends with it, and so does every remembered sign-in.

    Raises:
        NotAllowed, RuleViolation, NotFound: what `accounts.set_password` raises.
    """
    password = one_time_password()
    set_password(ctx, person_id, password, must_change=True)
    return password
