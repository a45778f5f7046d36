"""What somebody types about a shift, and whether it can be planned with. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.entities.calendars import DayType, Window
from app.models.entities.errors import BadInput
from app.models.entities.ids import TeamId
from app.models.entities.roster import ShiftKind
from app.models.entities.skills import SkillId, SkillLevel

LONGEST_CODE = 4
LONGEST_NAME = 60
MOST_PEOPLE = 99
TONES = ("d", "n", "m", "g", "t", "k")
"""The colours of shifts, by their names in the tokens."""


@dataclass(frozen=True, slots=True)
class Need:
    """How many people of a team (None: the whole desk) a shift needs on a type of day."""

    team_id: TeamId | None
    day_type: DayType
    minimum: int


@dataclass(frozen=True, slots=True)
class SkillWanted:
    """How many people of a skill, at `level` or above, a shift needs; `day_type` "" means every day."""

    skill_id: SkillId
    level: SkillLevel
    day_type: str
    minimum: int


@dataclass(frozen=True, slots=True)
class ShiftDetails:
    """Everything about a shift that somebody types. An absence needs nobody.

    `skills` None leaves what the shift needs of skills as it is.
    """

    code: str
    name: str
    name_alt: str = ""
    kind: ShiftKind = ShiftKind.WORK
    start_minute: int = 8 * 60
    duration_minute: int = 8 * 60
    tone: str = "d"
    needs: tuple[Need, ...] = ()
    skills: tuple[SkillWanted, ...] | None = None


def check_shift(details: ShiftDetails) -> None:
    """Refuse a shift that cannot be planned with.

    Raises:
        BadInput: `settings.code_missing`, `settings.name_missing`, `catalogue.text_too_long`,
            `calendar.window_impossible` (work without a length, or hours that no day has),
            `settings.out_of_range` (a need of nobody or of more than 99), `roster.day_type_unknown`.
    """
    if not details.code.strip():
        raise BadInput("settings.code_missing", entry=details.code)
    if not details.name.strip():
        raise BadInput("settings.name_missing", entry=details.code)
    if len(details.code.strip()) > LONGEST_CODE:
        raise BadInput("catalogue.text_too_long", longest=LONGEST_CODE)
    if max(len(details.name.strip()), len(details.name_alt.strip())) > LONGEST_NAME:
        raise BadInput("catalogue.text_too_long", longest=LONGEST_NAME)
    if details.kind is not ShiftKind.ABSENCE or details.duration_minute:
        Window(details.start_minute, details.duration_minute)
    for minimum in (
        *(need.minimum for need in details.needs),
        *(one.minimum for one in details.skills or ()),
    ):
        if not 1 <= minimum <= MOST_PEOPLE:
            raise BadInput(
                "settings.out_of_range", name=details.code, value=minimum, least=1, most=MOST_PEOPLE
            )
    for wanted in details.skills or ():
        if wanted.day_type and wanted.day_type not in set(DayType):
            raise BadInput("roster.day_type_unknown", value=wanted.day_type[:40])
