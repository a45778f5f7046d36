"""Who is on duty now: who, as what, which number, until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QGridLayout, QWidget

from app.models.entities.roster import OnDuty
from app.services.base.names import name_in
from app.views.base.format import Format, phone
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.avatars import Avatar
from app.views.base.widgets.buttons import IconButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.painted import IconSpot
from app.views.base.widgets.popups import Popup


class DutyPopup(Popup):
    """The people at work or on standby at this moment, the duty supervisor first."""

    def __init__(self, window: QWidget, on_duty: Sequence[OnDuty], now: datetime, fmt: Format) -> None:
        super().__init__(window)
        self.setObjectName("on_duty")
        self.closed.connect(self.deleteLater)
        close = IconButton("x", _("Close"), key="Esc", small=True)
        close.clicked.connect(self.close_now)
        title = _("On duty now, {time}").format(time=fmt.clock(now))
        self.body.addLayout(row_of(PlainLabel(title, "section"), None, close))
        if not on_duty:
            self.body.addWidget(PlainLabel(_("The roster names nobody for this hour."), "muted"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.S)
        for row, one in enumerate(on_duty):
            self._add(grid, row, one, now, fmt)
        self.body.addLayout(grid)

    def _add(self, grid: QGridLayout, row: int, one: OnDuty, now: datetime, fmt: Format) -> None:
        grid.addWidget(Avatar(one.person_name), row, 0)
        grid.addWidget(PlainLabel(one.person_name, "strong" if one.is_supervisor else ""), row, 1)
        if one.is_supervisor:
            grid.addWidget(IconSpot("crown", "warn"), row, 2)
        grid.addWidget(PlainLabel(_role(one, fmt), "muted"), row, 3)
        number = one.mobile or one.phone
        shown = number if one.is_supervisor or not one.phone else one.phone
        grid.addWidget(PlainLabel(phone(shown) or "–"), row, 4)
        until = _("until {time}").format(time=fmt.when(one.ends_at, now))
        if one.away:
            until = _("away: {reason}").format(reason=one.away)
        grid.addWidget(PlainLabel(until, "muted", ink="warn" if one.away else ""), row, 5)


def _role(one: OnDuty, fmt: Format) -> str:
    if one.is_supervisor:
        return _("Duty supervisor")
    team = name_in(one.team_name, one.team_name_alt, fmt.texts.language)
    return _("{team}, on standby").format(team=team) if one.is_standby else team
