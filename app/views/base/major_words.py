"""How a major incident is marked, the same in lists, on the ticket and beside it."""

from __future__ import annotations

from app.views.base.i18n import _, pgettext
from app.views.base.widgets.chips import Pill
from app.views.base.widgets.labels import set_tip

MAJOR_ICON = "siren"


def major_tag() -> str:
    """Return the one word of the mark."""
    return pgettext("incident", "Major")


def major_said() -> str:
    """Return the mark in full, as it is read aloud."""
    return _("Major incident")


def major_pill() -> Pill:
    """Return the mark for headers; it is hidden until its ticket is a major incident."""
    pill = Pill(major_tag(), "bad", icon=MAJOR_ICON)
    pill.setAccessibleName(major_said())
    set_tip(pill, major_said())
    pill.hide()
    return pill
