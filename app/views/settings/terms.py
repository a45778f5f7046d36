"""What the site's settings are called, what their numbers count, and how they are grouped on their page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.models.entities.settings import SettingKey
from app.services.settings import declared
from app.views.base.i18n import N_, LazyText
from app.views.settings.confidentiality_terms import (
    CONFIDENTIALITY_CHOICES,
    CONFIDENTIALITY_GROUPS,
    CONFIDENTIALITY_TERMS,
)
from app.views.settings.setting_term import SettingTerm
from app.views.settings.staffing_terms import STAFFING_GROUPS, STAFFING_TERMS

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
    declared.TOLD_WARNING_MINUTES.name: SettingTerm(
        N_("Warning before a time told to the user"), N_("Whoever works on the ticket hears of it.")
    ),
    declared.CURRENCY.name: SettingTerm(N_("Currency"), N_("Stands behind estimated costs, such as CNY.")),
    declared.ATTACHMENT_LIMIT.name: SettingTerm(N_("Largest attachment")),
    declared.BY_ROSTER_TEAMS.name: SettingTerm(
        N_("Teams whose tickets the roster gives out"),
        N_(
            "Codes of teams, with commas between. A ticket given to one of them goes to whoever is on duty"
            " and has least to do; with nobody there it stays in the queue."
        ),
    ),
    declared.LOCK_OUT_TRIES.name: SettingTerm(N_("Wrong passwords before a lock-out")),
    declared.LOCK_OUT_MINUTES.name: SettingTerm(N_("Length of a lock-out")),
    declared.REMEMBER_DAYS.name: SettingTerm(
        N_("Staying signed in"), N_("For whoever asks this PC to remember the sign-in.")
    ),
    declared.SWAP_APPROVAL.name: SettingTerm(
        N_("Swaps need approval"), N_("Otherwise a swap is made when the colleague accepts it.")
    ),
    declared.SWAP_HOURS.name: SettingTerm(
        N_("Offers of shifts stand"), N_("An offer nobody accepted lapses then, or when its shift begins.")
    ),
    declared.TAKE_BACK_HOURS.name: SettingTerm(
        N_("Giving a shift back"),
        N_("Whoever took a shift over at once may undo it themselves for so long. 0: only who decides."),
    ),
    declared.TRAINING_NOTICE_DAYS.name: SettingTerm(
        N_("Reminder of training before a new system"),
        N_("So long before its day whoever lacks the training is told, and the duty supervisors."),
    ),
    declared.SHIFT_REMINDER_MINUTES.name: SettingTerm(
        N_("Reminder before a shift"), N_("Everybody who works it hears of it so long before. 0: nobody.")
    ),
    declared.GAP_WARNING_DAYS.name: SettingTerm(
        N_("Warning of gaps in the roster"),
        N_("So far ahead; whoever publishes hears of shifts without people or supervisor. 0: never."),
    ),
    declared.WISHES_A_MONTH.name: SettingTerm(
        N_("Wishes of a person in a month"),
        N_("So that everybody's wishes count alike. They close when the month is published. 0: any number."),
    ),
    declared.AWAY_PERMISSION_MINUTES.name: SettingTerm(
        N_("Being away longer needs permission"),
        N_("The duty supervisor is asked, and answers on the duty board. 0: nobody is asked."),
    ),
    **STAFFING_TERMS,
    **CONFIDENTIALITY_TERMS,
}
"""Every declared setting; a test walks them."""

UNIT_TERMS: Mapping[str, LazyText] = {
    "digits": N_("digits"),
    "working_days": N_("working days"),
    "megabytes": N_("MB"),
    "tries": N_("tries"),
    "minutes": N_("minutes"),
    "days": N_("days"),
    "percent": N_("%"),
    "seconds": N_("seconds"),
    "weeks": N_("weeks"),
    "people": N_("people"),
    "calls": N_("calls"),
    "hours": N_("hours"),
    "wishes": N_("wishes"),
    "months": N_("months"),
}

CHOICE_TERMS: Mapping[str, str | LazyText] = {
    "en": "English",
    "zh_CN": "简体中文",
    **CONFIDENTIALITY_CHOICES,
}
"""Languages are named in themselves."""

SITE_GROUPS: Sequence[tuple[LazyText, Sequence[SettingKey[Any]]]] = (
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
            declared.TOLD_WARNING_MINUTES,
            declared.CURRENCY,
            declared.BY_ROSTER_TEAMS,
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
    (
        N_("Changing places"),
        (declared.SWAP_APPROVAL, declared.SWAP_HOURS, declared.TAKE_BACK_HOURS),
    ),
    (N_("Announcements"), (declared.TRAINING_NOTICE_DAYS,)),
    (N_("Wishes"), (declared.WISHES_A_MONTH,)),
    (N_("Away from the desk"), (declared.AWAY_PERMISSION_MINUTES,)),
    (N_("Before a shift"), (declared.SHIFT_REMINDER_MINUTES, declared.GAP_WARNING_DAYS)),
    (N_("Signing in"), (declared.LOCK_OUT_TRIES, declared.LOCK_OUT_MINUTES, declared.REMEMBER_DAYS)),
)
"""The cards of the page of the site, in their order."""

SETTING_GROUPS: Sequence[tuple[LazyText, Sequence[SettingKey[Any]]]] = (
    *SITE_GROUPS,
    *STAFFING_GROUPS,
    *CONFIDENTIALITY_GROUPS,
)
"""The cards of all pages of settings; a test finds every declared setting in one of them."""
