"""The staffing of a day, over the roster: who is needed, who is there, and what it costs callers."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.models.entities.events import CallsCounted, RosterChanged, SettingsChanged
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.views.base.bridge import RefreshMark
from app.views.base.dialogs import FileKind
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup
from app.views.base.widgets.states import EmptyState
from app.views.roster import staffing_words as words
from app.views.roster.staffing_chart import StaffingChart
from app.views.roster.staffing_facts_words import skill_lines
from app.views.roster.staffing_import import CallImportPopup
from app.views.roster.staffing_legend import StaffingLegend
from app.views.roster.staffing_presenter import StaffingPresenter

_SIZE = (1060, 640)
_LIST = 96
_DAY_KEYS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class StaffingPanel(Popup):
    """A day by the hour. Arrows choose an hour, Page keys a day, T today; Ctrl+O imports calls."""

    def __init__(self, window: QWidget, ctx: Context, env: PageEnv, day: date) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("staffing")
        self._env = env
        self.presenter = StaffingPresenter(ctx, env.tasks, env.format, day, self)
        self.importing: CallImportPopup | None = None
        self.title = PlainLabel("", "section")
        self.previous = IconButton("chevron-left", _("Earlier day"), ButtonKind.DEFAULT, key="PgUp")
        self.next = IconButton("chevron-right", _("Later day"), ButtonKind.DEFAULT, key="PgDown")
        self.today = Button(_("Today"), key="T")
        self.take = Button(_("Import calls…"), icon="upload", key="Ctrl+O")
        self.total = PlainLabel("", "strong", wrap=True)
        self.chart = StaffingChart(env.format)
        self.hour = PlainLabel("", wrap=True)
        self.short = PlainLabel("", wrap=True)
        self.skills = PlainLabel("", wrap=True)
        self.origin = PlainLabel("", "small", wrap=True)
        self.trouble = EmptyState("triangle-alert", _("The staffing could not be read"), "", tone="bad")
        self._build()
        self._connect()
        self.closed.connect(self.deleteLater)
        self.presenter.refresh()

    def show_panel(self) -> None:
        """Open in the middle of the window, with the focus in the picture."""
        self.setFixedSize(
            min(_SIZE[0], self._window.width() - 2 * Space.L),
            min(_SIZE[1], self._window.height() - 2 * Space.L),
        )
        self.open_centred()
        self.chart.setFocus(Qt.FocusReason.PopupFocusReason)

    def ask_which_file(self) -> None:
        """Ask for a file of calls, then show what importing it would do."""
        kinds = (FileKind(_("Tables and Excel workbooks"), "*.csv *.txt *.xlsx"),)
        path = self._env.dialogs.open_file(_("Import calls"), kinds)
        if path is not None:
            self.presenter.look_at(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers, key = event.modifiers(), event.key()
        is_control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if not is_control and key in _DAY_KEYS:
            self.presenter.move(_DAY_KEYS[Qt.Key(key)])
        elif not is_control and key == Qt.Key.Key_T:
            self._show_today()
        elif is_control and key == Qt.Key.Key_O and self.presenter.may_import:
            self.ask_which_file()
        else:
            super().keyPressEvent(event)

    # -- inside ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        close = IconButton("x", _("Close"), key="Esc", small=True)
        close.clicked.connect(self.close_now)
        self.take.setVisible(self.presenter.may_import)
        self.setAccessibleName(_("Staffing"))
        heading = PlainLabel(_("Staffing"), "page")
        self.body.addLayout(
            row_of(heading, self.previous, self.title, self.next, self.today, None, self.take, close)
        )
        self.body.addWidget(self.total)
        hint = PlainLabel(_("← → hour · PgUp PgDn day"), "small")
        self.body.addLayout(row_of(StaffingLegend(), None, hint))
        self.body.addWidget(self.chart, 1)
        self.body.addWidget(self.trouble, 1)
        self.trouble.hide()
        self.body.addWidget(self.hour)
        inside = QWidget()
        inside.setProperty("scrolled", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.short)
        column.addStretch(1)
        self.list = QScrollArea()
        self.list.setWidgetResizable(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMaximumHeight(_LIST)
        self.list.setAccessibleName(_("Hours in which people are missing"))
        self.list.setWidget(inside)
        self.short.set_ink("bad")
        self.body.addWidget(self.list)
        self.body.addWidget(self.skills)
        self.body.addWidget(self.origin)

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.changed.connect(self._show)
        presenter.previewed.connect(self._ask)
        presenter.done.connect(self._did)
        presenter.failed.connect(self._failed)
        self.previous.clicked.connect(lambda: presenter.move(-1))
        self.next.clicked.connect(lambda: presenter.move(1))
        self.today.clicked.connect(self._show_today)
        self.take.clicked.connect(self.ask_which_file)
        self.chart.hour_chosen.connect(self._show_hour)
        mark = RefreshMark(self, presenter.refresh)
        for event in (RosterChanged, SettingsChanged, CallsCounted):
            mark.on(self._env.bridge, event)

    def _show(self) -> None:
        day, fmt = self.presenter.staffing, self._env.format
        if day is None:
            return
        self.trouble.hide()
        self.chart.show()
        self.title.setText(fmt.day(day.on, "full"))
        self.total.setText(words.total(day, self.presenter.users, fmt))
        sentences = [words.stretch(each, fmt) for each in words.short_stretches(day)]
        self.short.setText("\n".join(sentences))
        self.list.setVisible(bool(sentences))
        hints = skill_lines(day, fmt)
        self.skills.setText("\n".join(line for line, _is_short in hints))
        self.skills.set_ink("warn" if any(is_short for _line, is_short in hints) else "muted")
        self.skills.setVisible(bool(hints))
        self.origin.setText(words.origin(day, fmt))
        self.chart.show_day(day, self.presenter.hour_now)

    def _show_hour(self, at: int) -> None:
        day = self.presenter.staffing
        if day is not None:
            self.hour.setText(words.hour_in_words(day.hours[at], self._env.format))

    def _show_today(self) -> None:
        self.presenter.show_day(self.presenter.today)

    def _ask(self) -> None:
        preview = self.presenter.preview
        if preview is None:
            return
        name = self.presenter.file_name
        self.importing = CallImportPopup(self._window, name, preview, self._env.format)
        self.importing.confirmed.connect(self.presenter.take_in)
        self.importing.closed.connect(self.importing.deleteLater)
        self.importing.ask()

    def _did(self, outcome: Outcome) -> None:
        self._env.shell.did(outcome)

    def _failed(self, error: Exception) -> None:
        self._env.shell.failed(error)
        if self.presenter.staffing is None:
            self.chart.hide()
            self.trouble.show()
