"""What the settings of confidentiality are called, and how they are grouped on their page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.models.entities.settings import SettingKey
from app.services.settings import declared
from app.views.base.i18n import N_, LazyText
from app.views.settings.setting_term import SettingTerm

CONFIDENTIALITY_TERMS: Mapping[str, SettingTerm] = {
    declared.MASK_PHONE.name: SettingTerm(
        N_("Mask office numbers"), N_("Work numbers, extensions and others, such as 62****34.")
    ),
    declared.MASK_MOBILE.name: SettingTerm(
        N_("Mask mobile and home numbers"), N_("Such as 138****8000; found by the whole number all the same.")
    ),
    declared.MASK_EMAIL.name: SettingTerm(N_("Mask e-mail addresses"), N_("Such as z****@example.com.")),
    declared.MASK_LOCATION.name: SettingTerm(
        N_("Mask locations"), N_("Where somebody usually is; it is no longer proposed for their new tickets.")
    ),
    declared.MASK_TITLE.name: SettingTerm(N_("Mask positions"), N_("What somebody is in their company.")),
    declared.RECORD_READS.name: SettingTerm(
        N_("Opened tickets that are recorded"), N_("One line for each person, ticket and day.")
    ),
    declared.RECORD_MONTHS.name: SettingTerm(
        N_("Lines of the record are kept"), N_("Older ones are thrown away at night.")
    ),
}

CONFIDENTIALITY_GROUPS: Sequence[tuple[LazyText, Sequence[SettingKey[Any]]]] = (
    (
        N_("What of requesters is masked"),
        (
            declared.MASK_PHONE,
            declared.MASK_MOBILE,
            declared.MASK_EMAIL,
            declared.MASK_LOCATION,
            declared.MASK_TITLE,
        ),
    ),
    (N_("What is recorded"), (declared.RECORD_READS, declared.RECORD_MONTHS)),
)

CONFIDENTIALITY_CHOICES: Mapping[str, LazyText] = {
    "nothing": N_("None"),
    "sensitive": N_("Complaints and major incidents"),
    "all": N_("All tickets"),
}
