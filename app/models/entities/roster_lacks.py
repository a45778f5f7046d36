"""What a month lacks when it goes out, and what its version keeps of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.models.entities.roster import BrokenRule, Severity, Violation

UNLED = frozenset({BrokenRule.NO_SUPERVISOR, BrokenRule.TWO_SUPERVISORS})


@dataclass(frozen=True, slots=True)
class LackCounts:
    """What a version went out with, in figures; nothing at all for a month that lacked nothing."""

    is_empty: bool = False  # nobody had a shift
    unled: int = 0  # shifts without exactly one duty supervisor
    gaps: int = 0  # shifts with too few people
    forbidden: int = 0  # whatever else a rule forbids

    def __bool__(self) -> bool:
        return self.is_empty or self.total > 0

    @property
    def total(self) -> int:
        """How many findings there are, whichever kind."""
        return self.unled + self.gaps + self.forbidden

    def to_dict(self) -> dict[str, Any]:
        """Return the form that `from_dict` reads; {} where nothing is lacking."""
        given = {"empty": self.is_empty, "unled": self.unled, "gaps": self.gaps, "forbidden": self.forbidden}
        return {key: value for key, value in given.items() if value}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> LackCounts:
        """Read the form of `to_dict`; versions from before it was kept say nothing."""
        return cls(
            bool(data.get("empty", False)),
            int(data.get("unled", 0)),
            int(data.get("gaps", 0)),
            int(data.get("forbidden", 0)),
        )


NO_LACKS = LackCounts()
"""Of a version that went out complete."""


@dataclass(frozen=True, slots=True)
class Lacks:
    """What has to be said before a month goes out all the same, by date; `is_empty`: nobody has a shift."""

    findings: tuple[Violation, ...] = ()
    is_empty: bool = False

    def __bool__(self) -> bool:
        return self.is_empty or bool(self.findings)

    @property
    def counts(self) -> LackCounts:
        """The figures; a finding counts once, leadership and gaps before what is forbidden besides."""
        unled = sum(one.rule in UNLED for one in self.findings)
        gaps = sum(one.rule is BrokenRule.GAP for one in self.findings)
        return LackCounts(self.is_empty, unled, gaps, len(self.findings) - unled - gaps)


NOTHING_LACKS = Lacks()
"""Of a month that goes out without a word."""


def needs_a_word(one: Violation) -> bool:
    """Tell whether a finding keeps a month back until somebody says "publish all the same"."""
    return one.severity is Severity.FORBID or one.rule in UNLED or one.rule is BrokenRule.GAP
