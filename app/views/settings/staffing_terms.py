"""What the settings of staffing are called, and how they are grouped on their page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.models.entities.settings import SettingKey
from app.services.settings import declared
from app.views.base.i18n import N_, LazyText
from app.views.settings.setting_term import SettingTerm

STAFFING_TERMS: Mapping[str, SettingTerm] = {
    declared.STAFFING_LEVEL.name: SettingTerm(N_("Calls answered in time")),
    declared.STAFFING_WITHIN.name: SettingTerm(
        N_("Answered within"), N_("A call that rang no longer and was not answered is not counted as lost.")
    ),
    declared.STAFFING_ABANDONMENT.name: SettingTerm(N_("Callers who may hang up")),
    declared.STAFFING_KEEPS_HUNG_UP.name: SettingTerm(
        N_("Calls hung up in time stay among the offered"),
        N_("Otherwise abandonment is the part of the answered and abandoned calls only."),
    ),
    declared.STAFFING_PATIENCE.name: SettingTerm(
        N_("Patience of a caller"), N_("How long somebody waits on average before they hang up.")
    ),
    declared.STAFFING_SHRINKAGE.name: SettingTerm(
        N_("Shrinkage"), N_("The part of duty time not at the telephone: breaks, meetings, other work.")
    ),
    declared.STAFFING_OCCUPANCY.name: SettingTerm(
        N_("Busy at the telephone, at most"),
        N_("More people are planned where calls would keep them busier. 100: without limit."),
    ),
    declared.STAFFING_SERVICE_HOURS.name: SettingTerm(
        N_("Only service hours are planned"),
        N_("Outside the hours of the site's calendar only coverage asks for people."),
    ),
    declared.STAFFING_HANDLING.name: SettingTerm(
        N_("Handling time of a call"),
        N_("Talk and work after the call; holds where neither calls nor categories tell."),
    ),
    declared.STAFFING_WEEKS.name: SettingTerm(
        N_("Weeks looked back"), N_("The calls of like days in them are expected again.")
    ),
    declared.STAFFING_RAISES.name: SettingTerm(
        N_("Calls raise the coverage of shifts"),
        N_("Where counted calls ask for more people than the coverage rule, that many are needed."),
    ),
    declared.STAFFING_TEAMS.name: SettingTerm(
        N_("Teams that answer calls"),
        N_("Their codes, with commas between. Empty: every team of the first line but the field."),
    ),
    declared.STAFFING_USERS.name: SettingTerm(
        N_("Users looked after"), N_("Calls are also told for 100 users. 0: not known.")
    ),
    declared.STAFFING_CALLS_A_MONTH.name: SettingTerm(
        N_("Calls a month for 100 users"),
        N_("Expected where nobody counts calls yet, spread over the service hours. 0: not known."),
    ),
    declared.STAFFING_VISITS.name: SettingTerm(
        N_("Calls that need a visit"), N_("0: as many as the tickets of field teams say.")
    ),
    declared.STAFFING_VISIT_MINUTES.name: SettingTerm(
        N_("Work on site"), N_("At the user's desk, without the way there and back.")
    ),
    declared.STAFFING_TRAVEL.name: SettingTerm(N_("Way to the users"), N_("On average, there only.")),
    declared.STAFFING_LANGUAGES.name: SettingTerm(
        N_("Languages spoken to users"),
        N_("With commas between, each with its part of the calls if known: English 20 %, Japanese 5 %."),
    ),
    declared.STAFFING_OUT_OF_HOURS.name: SettingTerm(N_("Service out of hours")),
    declared.STAFFING_TIME_ZONES.name: SettingTerm(N_("Time zones of users")),
    declared.STAFFING_ON_SITE.name: SettingTerm(N_("Service on site")),
    declared.STAFFING_WORK_PATTERNS.name: SettingTerm(
        N_("Work patterns of users"), N_("When they work, and when their busy times are.")
    ),
    declared.STAFFING_TARGETS.name: SettingTerm(N_("Targets agreed on")),
}

STAFFING_GROUPS: Sequence[tuple[LazyText, Sequence[SettingKey[Any]]]] = (
    (
        N_("What callers may expect"),
        (
            declared.STAFFING_LEVEL,
            declared.STAFFING_WITHIN,
            declared.STAFFING_ABANDONMENT,
            declared.STAFFING_KEEPS_HUNG_UP,
            declared.STAFFING_PATIENCE,
        ),
    ),
    (
        N_("How people are reckoned"),
        (
            declared.STAFFING_SHRINKAGE,
            declared.STAFFING_OCCUPANCY,
            declared.STAFFING_SERVICE_HOURS,
            declared.STAFFING_HANDLING,
            declared.STAFFING_WEEKS,
            declared.STAFFING_RAISES,
            declared.STAFFING_TEAMS,
        ),
    ),
    (
        N_("Whom the desk serves"),
        (
            declared.STAFFING_USERS,
            declared.STAFFING_CALLS_A_MONTH,
            declared.STAFFING_VISITS,
            declared.STAFFING_VISIT_MINUTES,
            declared.STAFFING_TRAVEL,
            declared.STAFFING_LANGUAGES,
            declared.STAFFING_TIME_ZONES,
            declared.STAFFING_WORK_PATTERNS,
            declared.STAFFING_OUT_OF_HOURS,
            declared.STAFFING_ON_SITE,
            declared.STAFFING_TARGETS,
        ),
    ),
)
"""The cards of the page, in their order."""
