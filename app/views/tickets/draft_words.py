"""How a draft of a new ticket is stored and named, for the form and for the menu that offers drafts."""

from __future__ import annotations

from datetime import datetime

from app.services.base.drafts import Draft
from app.views.base.format import Format
from app.views.base.i18n import _

FORM = "tickets.new"
NUMBER = "draft_number"
OPENED_AT = "opened_at"
PARKED = "is_parked"
"""Keys of a draft's values beside what is typed. A parked draft was put aside on purpose."""

_TITLE_SHOWN = 60


def draft_words(draft: Draft, fmt: Format, now: datetime) -> str:
    """Return what a draft is called in a list: "Draft 3 · 14:02 · VPN drops"."""
    number = draft.values.get(NUMBER)
    name = _("Draft {number}").format(number=number) if number else _("Draft")
    return " · ".join(
        part for part in (name, fmt.when(draft.saved_at, now), draft.title[:_TITLE_SHOWN]) if part
    )
