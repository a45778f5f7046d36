"""Which passwords are good enough, and what a remembered sign-in looks like. Pure."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from app.models.entities.errors import BadInput, RuleViolation
from app.models.entities.ids import PersonId
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.search.tokens import norm

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 500
FEWEST_DIFFERENT = 5
# What people choose first, letters only; digits and signs around them make nothing stronger.
_COMMON = frozenset(
    {
        *("password", "passwort", "passwd", "admin", "administrator", "firstline", "servicedesk", "helpdesk"),
        *("welcome", "letmein", "changeme", "qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm", "iloveyou"),
        *("woaini", "mima", "secret", "default", "test", "testtest"),
    }
)


def check_strength(password: str, names: Iterable[str]) -> None:
    """Refuse a password that is guessed soon; `names` are the person's login and names.

    Length counts, signs and capitals are not demanded.

    Raises:
        RuleViolation: `access.password_short`, `access.password_long`, `access.password_simple` (few
            different characters, or a row such as 1234567890), `access.password_common`,
            `access.password_is_name`.
    """
    folded = norm(password)
    if len(password) < SHORTEST_PASSWORD:
        raise RuleViolation("access.password_short", shortest=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        raise RuleViolation("access.password_long", longest=LONGEST_PASSWORD)
    if len(set(folded)) < FEWEST_DIFFERENT or _is_row(folded):
        raise RuleViolation("access.password_simple")
    if re.sub(r"[\W\d_]", "", folded) in _COMMON:
        raise RuleViolation("access.password_common")
    for name in names:
        known = norm(name).replace(" ", "")
        if len(known) > 2 and known in folded.replace(" ", ""):
            raise RuleViolation("access.password_is_name")


def _is_row(text: str) -> bool:
    """Tell whether nearly every character follows the one before it: abcdefghij, 9876543210."""
    steps = [ord(after) - ord(before) for before, after in pairwise(text)]
    return max(steps.count(1), steps.count(-1)) >= len(steps) - 2


def check_permissions(permissions: Iterable[str]) -> frozenset[str]:
    """Return the set as given. BadInput `access.permission_unknown` where one is none of ours."""
    wanted = frozenset(permissions)
    if unknown := sorted(wanted - ALL_PERMISSIONS):
        raise BadInput("access.permission_unknown", permission=unknown[0])
    return wanted


def check_role_name(name: str) -> str:
    """Return a role's name trimmed. BadInput `access.role_name_missing`, `access.role_name_long`."""
    kept = " ".join(name.split())
    if not kept:
        raise BadInput("access.role_name_missing")
    if len(kept) > 120:
        raise BadInput("access.role_name_long", longest=120)
    return kept


@dataclass(frozen=True, slots=True)
class RememberedSignIn:
    """What a PC keeps instead of a password: who, until when (microseconds), and a proof of both.

    The proof is made with the stored password hash, so a new password ends every remembered sign-in.
    """

    person_id: PersonId
    expires_micros: int
    proof: str

    def to_text(self) -> str:
        """Return the form that `from_text` reads."""
        return f"{self.person_id}.{self.expires_micros}.{self.proof}"

    @classmethod
    def from_text(cls, text: str) -> RememberedSignIn | None:
        """Read the form of `to_text`; None for anything else."""
        match = re.fullmatch(r"(\d{1,18})\.(\d{1,18})\.([0-9a-f]{64})", text)
        return cls(PersonId(int(match[1])), int(match[2]), match[3]) if match else None

    def is_proved_by(self, password_hash: str, epoch: str) -> bool:
        """Tell whether this database gave it to this person, and the password is still the same."""
        return hmac.compare_digest(
            self.proof, _proof(self.person_id, self.expires_micros, password_hash, epoch)
        )


def remembered(person_id: PersonId, expires_micros: int, password_hash: str, epoch: str) -> RememberedSignIn:
    """Make what a PC may keep; `epoch` is the database's identity."""
    return RememberedSignIn(
        person_id, expires_micros, _proof(person_id, expires_micros, password_hash, epoch)
    )


def _proof(person_id: PersonId, expires_micros: int, password_hash: str, epoch: str) -> str:
    message = f"{epoch}/{person_id}/{expires_micros}".encode()
    return hmac.new(password_hash.encode(), message, hashlib.sha256).hexdigest()
