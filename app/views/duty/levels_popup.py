"""The service levels in force and the service catalogue, to look up and to remind colleagues of (S1-24)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.models.entities.catalogue import Service
from app.models.entities.duty import ReminderLink
from app.models.entities.errors import BadInput
from app.models.entities.settings import ConfigVersion
from app.models.entities.sla import ClockKind, SlaPolicy, SlaTable
from app.services.base.names import name_in
from app.services.base.terms import priority_title
from app.services.sla.durations import allowance_text
from app.views.base.i18n import _, current
from app.views.base.tokens import Size, Space
from app.views.base.widgets.buttons import Button, IconButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.chips import Pill
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup
from app.views.base.widgets.switches import Choice, Segment

_WIDTH, _HEIGHT = 620, 460


class LevelsPopup(Popup):
    """Two lists, one at a time. Who may remind colleagues finds the button here; papers are a step away."""

    remind_asked = Signal(object)  # ReminderLink
    paper_asked = Signal()

    def __init__(self, window: QWidget, *, may_remind: bool, may_print: bool) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("levels_popup")
        self.setFixedWidth(_WIDTH)
        self.parts = Segment(
            [
                Choice(ReminderLink.SLA, _("Service levels")),
                Choice(ReminderLink.SERVICES, _("Service catalogue")),
            ],
            said=_("What to look up"),
        )
        close = IconButton("x", _("Close"), key="Esc", small=True)
        close.clicked.connect(self.close_now)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFixedHeight(_HEIGHT)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.remind = Button(_("Remind colleagues of it"), icon="bell")
        self.remind.setVisible(may_remind)
        self.print = Button(_("SLA table as a paper"), icon="printer")
        self.print.setVisible(may_print)
        self.body.addLayout(row_of(self.parts, None, close))
        self.body.addWidget(self.area)
        self.body.addLayout(row_of(None, self.print, self.remind))
        self._table: ConfigVersion | None = None
        self._services: Sequence[Service] = ()
        self._calendars: Mapping[str, str] = {}
        self.parts.chosen.connect(lambda _key: self._show())
        self.remind.clicked.connect(lambda: self.remind_asked.emit(ReminderLink(self.parts.key)))
        self.print.clicked.connect(self.paper_asked)

    def ask(self, part: ReminderLink) -> None:
        """Open on one of the lists."""
        self.parts.choose(part)
        self._show()
        self.open_centred()
        self.area.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_levels(
        self,
        found: Sequence[ConfigVersion],
        services: Sequence[Service],
        calendars: Sequence[ConfigVersion] = (),
    ) -> None:
        """Show what was read; without the calendars, their codes stand for them."""
        self._table = found[0] if found else None
        self._services = services
        self._calendars = {each.code: _calendar_name(each) for each in calendars}
        self._show()

    def _show(self) -> None:
        is_levels = self.parts.key == ReminderLink.SLA
        inner = QWidget()
        inner.setProperty("scrolled", True)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, Space.M, 0)
        column.setSpacing(Space.S)
        if is_levels:
            self._add_levels(column)
        else:
            self._add_services(column)
        column.addStretch(1)
        self.area.setWidget(inner)
        self.area.setAccessibleName(_("Service levels") if is_levels else _("Service catalogue"))

    def _add_levels(self, column: QVBoxLayout) -> None:
        policies = _policies(self._table)
        if not policies:
            column.addWidget(PlainLabel(_("No service levels are set up."), "muted"))
            return
        # One grid for all policies: their columns stand below each other.
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.XL)
        grid.setVerticalSpacing(Space.XS)
        heads = (_("Priority"), _("Response"), _("Resolution"), _("Calendar"))
        for at, head in enumerate(heads):
            grid.addWidget(PlainLabel(head, "faint"), 0, at)
        for policy in policies:
            self._add_policy(grid, policy)
        for at in range(len(heads)):
            grid.setColumnStretch(at, 1)
        column.addLayout(grid)

    def _add_policy(self, grid: QGridLayout, policy: SlaPolicy) -> None:
        name = PlainLabel(name_in(policy.name, policy.name_alt, current.code) or policy.code, "strong")
        row = grid.rowCount()
        grid.setRowMinimumHeight(row, Size.ROW)
        grid.addWidget(name, row, 0, 1, -1, Qt.AlignmentFlag.AlignBottom)
        for target in policy.targets:
            row += 1
            texts = [priority_title(current.texts, target.priority)]
            for kind in (ClockKind.RESPONSE, ClockKind.RESOLUTION):
                allowed = target.allowances.get(kind)
                texts.append("–" if allowed is None else allowance_text(allowed, current.code))
            for at, text in enumerate((*texts, self._calendars.get(target.calendar, target.calendar))):
                grid.addWidget(PlainLabel(text), row, at)

    def _add_services(self, column: QVBoxLayout) -> None:
        if not self._services:
            column.addWidget(PlainLabel(_("No service is set up."), "muted"))
        for service in self._services:
            details = service.details
            name = PlainLabel(name_in(details.name, details.name_alt, current.code))
            row = row_of(name, None)
            if not details.is_in_scope:
                row.addWidget(Pill(_("out of scope"), "warn"))
            column.addLayout(row)
            refusal = name_in(details.refusal_text, details.refusal_text_alt, current.code)
            if not details.is_in_scope and refusal:
                column.addWidget(PlainLabel(refusal, "muted", wrap=True))


def _calendar_name(calendar: ConfigVersion) -> str:
    name, name_alt = (str(calendar.body.get(key, "")) for key in ("name", "name_alt"))
    return name_in(name, name_alt, current.code) or calendar.code


def _policies(found: ConfigVersion | None) -> Sequence[SlaPolicy]:
    if found is None:
        return ()
    try:
        return SlaTable.from_dict(found.body).policies
    except BadInput:  # a newer program's table; this one shows none rather than a wrong one
        return ()
