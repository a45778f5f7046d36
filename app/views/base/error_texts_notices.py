"""What goes wrong with notices, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from app.views.base.i18n import N_, LazyText

NOTICE_ERRORS: Mapping[str, tuple[LazyText, LazyText | None]] = {
    "notices.login_unknown": (
        N_("Nobody of the staff signs in as “{login}”."),
        N_("Look the name up with “people find”."),
    ),
}
