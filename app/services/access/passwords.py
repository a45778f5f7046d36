"""Hashing passwords with Argon2id: some 50 ms and 64 MB a call on purpose, so never in a transaction."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

# Raised when PCs get faster: whoever signs in next is hashed anew.
MEMORY_KIB = 65_536
ROUNDS = 3
LANES = 4


def hash_password(password: str) -> str:
    """Return the hash to store, with its salt and cost."""
    return _hasher().hash(_as_typed_anywhere(password))


def is_right(password_hash: str, password: str) -> bool:
    """Tell whether a password is the one behind a hash; an unreadable hash is never matched."""
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415  only at sign-in

    try:
        return _hasher().verify(password_hash, _as_typed_anywhere(password))
    except (VerificationError, InvalidHashError):
        return False


def spend_the_time(password: str) -> None:
    """Take as long as `is_right`, so that an unknown name answers no sooner than a wrong password."""
    hash_password(password)


def is_outdated(password_hash: str) -> bool:
    """Tell whether today's cost is higher than the hash's."""
    return _hasher().check_needs_rehash(password_hash)


def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # noqa: PLC0415  daily starts with a remembered sign-in need none

    return PasswordHasher(time_cost=ROUNDS, memory_cost=MEMORY_KIB, parallelism=LANES)


def _as_typed_anywhere(password: str) -> str:
    # An input method may type full-width letters or composed accents; they mean the same key.
    return unicodedata.normalize("NFKC", password)
