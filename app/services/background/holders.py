"""What a program that does background work is called in the lease."""

from __future__ import annotations

import os
import uuid

from app.services.base.context import pc_name

_LONGEST_PC = 40
# Programs of one PC differ by process; should the system give a number again, by this.
_INSTANCE = uuid.uuid4().hex[:6]


def holder_of_this_process() -> str:
    """Return this program's name in the lease: the PC, and what tells its programs apart."""
    return f"{pc_name()[:_LONGEST_PC]}#{os.getpid()}.{_INSTANCE}"


def pc_of(holder: str) -> str:
    """Return the PC's name, as people know it."""
    return holder.rpartition("#")[0] or holder
