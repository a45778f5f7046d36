"""The roster's header: which days, week or month, draft or published, and what can be done with the month."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from app.views.base.actions import ActionSet
from app.views.base.i18n import _, pgettext
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton, MenuButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.chips import Pill
from app.views.base.widgets.labels import PlainLabel, set_tip
from app.views.base.widgets.paint import width_of
from app.views.base.widgets.switches import Choice, Segment
from app.views.roster.roster_presenter import RosterPresenter
from app.views.roster.stretch import RosterView

_LEAST_STATE = 112


class StatePill(Pill):
    """How far the month is; a click shows its versions, as a key does."""

    clicked = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent=parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()


class RosterHeader(QWidget):
    """One line above the grid; everything in it acts through the presenter or an action."""

    def __init__(self, presenter: RosterPresenter, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.title = PlainLabel("", "section")
        self.previous = IconButton("chevron-left", _("Earlier"), ButtonKind.DEFAULT, key="Ctrl+PgUp")
        self.next = IconButton("chevron-right", _("Later"), ButtonKind.DEFAULT, key="Ctrl+PgDown")
        self.today = Button(_("Today"))
        self.state = StatePill("")
        # With a long name in it the state gives way before anything else does.
        self.state.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.state.setMinimumWidth(_LEAST_STATE)
        self.view = Segment(
            (
                Choice(RosterView.DAY, pgettext("roster view", "Day")),
                Choice(RosterView.WEEK, _("Week")),
                Choice(RosterView.MONTH, _("Month")),
            ),
            presenter.stretch.view,
            said=_("How many days are shown"),
        )
        self.duty = Button("0", icon="users")
        self.staffing = IconButton(
            "chart-column", _("Staffing by the hour"), ButtonKind.DEFAULT, key="Ctrl+Shift+H"
        )
        self.fill = Button(_("Auto-fill"), icon="wand-sparkles")
        self.print = MenuButton("", self._print_menu(actions), icon="printer")
        self.print.setAccessibleName(_("Print"))
        set_tip(self.print, _("Print"), "Ctrl+P")
        self.publish = Button(_("Publish"), ButtonKind.PRIMARY, icon="send")
        self.withdraw = IconButton("pencil", _("Back to draft"), ButtonKind.DEFAULT)
        self._build()
        self.fill.setVisible(presenter.may_edit)  # only now: without a parent it would be a window of its own
        self._connect(actions)
        self._show_stretch()

    def _build(self) -> None:
        row = row_of(
            PlainLabel(_("Roster"), "page"),
            self.previous,
            self.title,
            self.next,
            self.today,
            self.state,
            None,
            self.view,
            self.duty,
            self.staffing,
            self.fill,
            self.print,
            self.withdraw,
            self.publish,
        )
        row.insertSpacing(1, Space.S)
        self.setLayout(row)

    def _connect(self, actions: ActionSet) -> None:
        presenter = self._presenter
        self.previous.clicked.connect(lambda: presenter.move(-1))
        self.next.clicked.connect(lambda: presenter.move(1))
        self.today.clicked.connect(presenter.show_today)
        self.view.chosen.connect(lambda key: presenter.show_view(RosterView(key)))
        self.duty.clicked.connect(lambda: actions.run("roster.duty"))
        self.staffing.clicked.connect(lambda: actions.run("roster.staffing"))
        self.publish.clicked.connect(lambda: actions.run("roster.publish"))
        self.fill.clicked.connect(lambda: actions.run("roster.fill"))
        self.state.clicked.connect(lambda: actions.run("roster.versions"))
        self.withdraw.clicked.connect(presenter.withdraw)
        presenter.stretch_changed.connect(self._show_stretch)
        presenter.board_changed.connect(self._show_state)
        presenter.duty_changed.connect(self._show_duty)

    def _print_menu(self, actions: ActionSet) -> QMenu:
        menu = QMenu(self)
        for name in ("roster.print", "roster.paper_a3", "roster.save_pdf", "roster.save_sheet"):
            action = actions.qt_action(name)
            if action is not None:
                menu.addAction(action)
        return menu

    def _show_stretch(self) -> None:
        self.title.setText(self._presenter.title)
        # The arrows stay where they are while one clicks through the months, or through the weeks.
        is_same_view = self.view.key == self._presenter.stretch.view
        before = self.title.minimumWidth() if is_same_view else 0
        self.title.setMinimumWidth(max(before, width_of(self.title.text(), 15, strong=True) + 6))
        self.view.choose(self._presenter.stretch.view)
        self._show_state()

    def _show_state(self) -> None:
        text, meaning, tone = self._presenter.standing
        published = self._presenter.is_published
        self.state.setVisible(bool(text))
        self.state.say(text, tone, "check" if tone == "ok" else "pencil")
        set_tip(self.state, f"{text}. {meaning}" if meaning else text, "Ctrl+Shift+V")
        is_read = self._presenter.board is not None
        is_week = self._presenter.stretch.view is not RosterView.MONTH
        # A week is no unit one publishes: say which month goes out.
        month = self._presenter.month_name()
        has_changes = published and tone != "ok"
        words = _("Publish {month}").format(month=month) if is_week else _("Publish")
        self.publish.say(_("Publish changes") if has_changes else words)
        self.publish.setVisible(self._presenter.may_publish and (has_changes or not published))
        board = self._presenter.board
        why_not = _("Nobody to plan yet") if board is not None and not board.people else ""
        self.publish.wait_for(why_not if is_read else _("The roster is being read"))
        self.withdraw.setVisible(self._presenter.may_publish and published and not has_changes)

    def _show_duty(self) -> None:
        count = len(self._presenter.on_duty)
        self.duty.say(str(count))
        self.duty.setAccessibleName(_("On duty now: {n}").format(n=count))
        set_tip(self.duty, _("On duty now: {n}").format(n=count), "Ctrl+Shift+D")
