"""What the site's settings are called, what their numbers count, and how they are grouped on their page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.models.entities.settings import SettingKey
from app.services.settings import declared
from app.views.base.i18n import N_, LazyText


@dataclass(frozen=True, slots=True)
class SettingTerm:
    """The label of a setting, and a sentence where the label alone leaves something open."""

    label: LazyText
    hint: LazyText | None = None


SETTING_TERMS: Mapping[str, SettingTerm] = {
    declared.SITE_NAME.name: SettingTerm(N_("Name in English")),
    declared.SITE_NAME_ALT.name: SettingTerm(N_("Name in Chinese")),
    declared.DESK_PHONE.name: SettingTerm(
        N_("Desk telephone"), N_("Shown at the top of the window and named in the scripts.")
    ),
    declared.TIMEZONE.name: SettingTerm(
        N_("Time zone"),
        N_("All times are shown in it, from the next sign-in on. Calendars have a zone of their own."),
    ),
    declared.COUNTRY.name: SettingTerm(
        N_("Country"), N_("Two letters, such as CN; for the public holidays. Empty for none.")
    ),
    declared.LANGUAGE.name: SettingTerm(N_("Language"), N_("Of reports and of whoever has chosen none.")),
    declared.DEFAULT_CALENDAR.name: SettingTerm(
        N_("Calendar"), N_("Counts the working days below and tells the roster's day types.")
    ),
    declared.NUMBER_PREFIX.name: SettingTerm(N_("Prefix of ticket numbers")),
    declared.NUMBER_WIDTH.name: SettingTerm(
        N_("Digits of ticket numbers"), N_("Shorter numbers are filled up with zeros.")
    ),
    declared.REOPEN_DAYS.name: SettingTerm(
        N_("Reopening after closing"), N_("Later a linked new ticket is made. 0: never.")
    ),
    declared.AUTO_CLOSE_DAYS.name: SettingTerm(N_("Closing without an answer")),
    declared.CONFIRM_REMINDER_DAYS.name: SettingTerm(
        N_("Reminder to confirm"), N_("Before a ticket closes without an answer. 0: none.")
    ),
    declared.ATTACHMENT_LIMIT.name: SettingTerm(N_("Largest attachment")),
    declared.LOCK_OUT_TRIES.name: SettingTerm(N_("Wrong passwords before a lock-out")),
    declared.LOCK_OUT_MINUTES.name: SettingTerm(N_("Length of a lock-out")),
    declared.REMEMBER_DAYS.name: SettingTerm(
        N_("Staying signed in"), N_("For whoever asks this PC to remember the sign-in.")
    ),
}
"""Every declared setting; a test walks them."""

UNIT_TERMS: Mapping[str, LazyText] = {
    "digits": N_("digits"),
    "working_days": N_("working days"),
    "megabytes": N_("MB"),
    "tries": N_("tries"),
    "minutes": N_("minutes"),
    "days": N_("days"),
}

CHOICE_TERMS: Mapping[str, str] = {"en": "English", "zh_CN": "简体中文"}
"""Languages are named in themselves."""

SETTING_GROUPS: Sequence[tuple[LazyText, Sequence[SettingKey[Any]]]] = (
    (
        N_("The desk"),
        (
            declared.SITE_NAME,
            declared.SITE_NAME_ALT,
            declared.DESK_PHONE,
            declared.LANGUAGE,
        ),
    ),
    (N_("Place and time"), (declared.TIMEZONE, declared.COUNTRY, declared.DEFAULT_CALENDAR)),
    (
        N_("Tickets"),
        (
            declared.NUMBER_PREFIX,
            declared.NUMBER_WIDTH,
            declared.ATTACHMENT_LIMIT,
        ),
    ),
    (
        N_("Waiting for the user's word"),
        (
            declared.CONFIRM_REMINDER_DAYS,
            declared.AUTO_CLOSE_DAYS,
            declared.REOPEN_DAYS,
        ),
    ),
    (N_("Signing in"), (declared.LOCK_OUT_TRIES, declared.LOCK_OUT_MINUTES, declared.REMEMBER_DAYS)),
)
"""The cards of the page, in their order; what is declared and not named here stands in the last one."""
