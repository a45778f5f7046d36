"""One figure of the consequences of an edit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A large number and what it counts; `tone` is "", "ok", "warn" or "bad", `tip` says how it is meant."""

    number: str
    text: str
    tone: str = ""
    tip: str = ""
