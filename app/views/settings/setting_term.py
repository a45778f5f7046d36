"""What a setting is called on its page."""

from __future__ import annotations

from dataclasses import dataclass

from app.views.base.i18n import LazyText


@dataclass(frozen=True, slots=True)
class SettingTerm:
    """The label of a setting, and a sentence where the label alone leaves something open."""

    label: LazyText
    hint: LazyText | None = None
