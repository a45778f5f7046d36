"""The sheet of a shift: both signatures, lines by section, the chosen line beside them."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.models.entities.handover import HandoverState, Side
from app.models.entities.roster import ShiftAt
from app.services.base.names import name_in
from app.services.handover.rules import DRAFT_LEAD, LONGEST_NOTE
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card, Notice
from app.views.base.widgets.states import EmptyState, Skeleton
from app.views.handover.handover_presenter import HandoverPresenter
from app.views.handover.line_pane import LinePane
from app.views.handover.line_words import list_rows
from app.views.handover.row_list import RowList
from app.views.handover.signatures import SignatureBox

_PANE = 380


class SheetView(QWidget):
    """Everything of one shift's sheet. It decides nothing: the presenter does."""

    sign_asked = Signal(object)  # Side
    again_asked = Signal()

    def __init__(self, presenter: HandoverPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        words = presenter.words
        self.notice = Notice("", tone="bad")
        self.out_box = SignatureBox(Side.OUT, words, "Alt+O")
        self.in_box = SignatureBox(Side.IN, words, "Alt+I")
        self.lines = RowList(_("Lines of the handover"))
        self.pane = LinePane(words, may_write=presenter.may_write)
        self.remarks = QLineEdit()
        self.remarks.setMaxLength(LONGEST_NOTE)
        self.remarks.setPlaceholderText(_("Remarks of the outgoing leader to the whole"))
        self.remarks.setAccessibleName(_("Remarks of the outgoing leader to the whole"))
        self.nothing = EmptyState(
            "circle-check", _("Nothing to hand over"), _("New facts come by themselves."), tone="ok"
        )
        self.stack = QStackedWidget()
        self._instead: QWidget | None = None
        self._build()
        self.lines.chosen.connect(lambda _key: self._show_line())
        self.out_box.sign_asked.connect(self.sign_asked)
        self.in_box.sign_asked.connect(self.sign_asked)
        self.out_box.back_asked.connect(presenter.take_back)
        self.remarks.editingFinished.connect(lambda: presenter.write_remarks(self.remarks.text()))

    def show_sheet(self, now: datetime) -> None:
        """Show what the presenter knows."""
        presenter = self._presenter
        if presenter.sheet is None:
            return
        self._show_standing()
        handover = presenter.handover
        if handover is None:
            self._show_missing(now)
            return
        self.stack.setCurrentWidget(self._sheet)
        self._show_signatures()
        is_draft = handover.state is HandoverState.DRAFT
        if not self.remarks.hasFocus():
            self.remarks.setText(handover.remarks)
        self.remarks.setReadOnly(not (is_draft and presenter.may_write))
        self.remarks.setVisible(bool(handover.remarks) or (is_draft and presenter.may_write))
        rows = list_rows(presenter.words, presenter.sections())
        self.lines.show_rows(rows)
        self.lines.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._show_line()

    def show_failure(self, sentence: str) -> None:
        """Say that the sheet could not be read, where nothing is shown yet."""
        if self._presenter.sheet is not None:
            return
        again = Button(_("Try again"), icon="refresh-cw")
        again.clicked.connect(self.again_asked)
        self._show_instead(
            EmptyState("triangle-alert", _("The handover could not be read"), sentence, again, tone="bad")
        )

    # --- inside -------------------------------------------------------------------------------------

    def _build(self) -> None:
        boxes = QHBoxLayout()
        boxes.setSpacing(Space.M)
        boxes.addWidget(self.out_box, 1)
        boxes.addWidget(self.in_box, 1)
        left = Card(flush=True)
        left.body.addWidget(self.lines, 1)
        left.body.addWidget(self.nothing, 1)
        self.pane.setFixedWidth(_PANE)
        panes = QHBoxLayout()
        panes.setSpacing(Space.M)
        panes.addWidget(left, 1)
        panes.addWidget(self.pane)
        self._sheet = QWidget()
        sheet = QVBoxLayout(self._sheet)
        sheet.setContentsMargins(0, 0, 0, 0)
        sheet.setSpacing(Space.M)
        sheet.addLayout(boxes)
        sheet.addWidget(self.remarks)
        sheet.addLayout(panes, 1)
        waiting = QWidget()
        rows = QVBoxLayout(waiting)
        rows.addWidget(Skeleton(8, (0.05, 0.5, 0.3), said=_("The handover is being read")))
        rows.addStretch(1)
        self.stack.addWidget(waiting)
        self.stack.addWidget(self._sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.notice)
        column.addWidget(self.stack, 1)
        self.notice.hide()

    def _show_standing(self) -> None:
        sheet = self._presenter.sheet
        if sheet is None:
            return
        standing, words = sheet.standing, self._presenter.words
        if standing.unsigned is not None:
            shift = standing.unsigned.template
            name = name_in(shift.name, shift.name_alt, current.code)
            text = _("The shift “{shift}” ended {time} and is not handed over: both signatures are needed.")
            self.notice.say(text.format(shift=name, time=words.when(standing.unsigned.ends_at)), tone="bad")
        elif standing.is_unled:
            self.notice.say(_("The shift that runs now has no duty supervisor on the roster."), tone="warn")
        self.notice.setVisible(standing.unsigned is not None or standing.is_unled)

    def _show_signatures(self) -> None:
        presenter, handover = self._presenter, self._presenter.handover
        if handover is None:
            return
        for box, signed, shift in (
            (self.out_box, handover.out, handover.shift),
            (self.in_box, handover.taken, handover.next_shift),
        ):
            name = name_in(shift.template.name, shift.template.name_alt, current.code) if shift else ""
            box.show_side(
                name,
                presenter.leaders(box.side),
                signed,
                why_not=presenter.why_not(box.side),
                mine=presenter.side is box.side,
            )
            box.sign.setVisible(box.sign.isVisibleTo(box) and presenter.may_write)
        is_signed_out = handover.state is HandoverState.SIGNED_OUT
        self.out_box.offer_back(is_signed_out and presenter.may_write)

    def _show_line(self) -> None:
        presenter = self._presenter
        self.pane.show_line(presenter.line(self.lines.key), presenter.handover, presenter.side)

    def _show_missing(self, now: datetime) -> None:
        presenter = self._presenter
        shift = presenter.shift
        if shift is None:
            self._show_instead(
                EmptyState(
                    "calendar-off",
                    _("No shift runs now"),
                    _("A handover belongs to a shift. Shifts are set up in the settings."),
                )
            )
            return
        if self._instead is not None and self._instead.objectName() == "not_written":
            self.stack.setCurrentWidget(self._instead)
        else:
            self._show_instead(self._not_written(shift, now))

    def _not_written(self, shift: ShiftAt, now: datetime) -> EmptyState:
        write = Button(_("Write it now"), ButtonKind.PRIMARY, icon="pencil")
        write.clicked.connect(self._presenter.open_now)
        may = self._presenter.may_write and now >= shift.starts_at
        text = _("It writes itself {time}, {minutes} minutes before the end.")
        state = EmptyState(
            "clipboard-list",
            _("The sheet of this shift is not written yet"),
            text.format(
                time=self._presenter.words.when(shift.ends_at - DRAFT_LEAD),
                minutes=DRAFT_LEAD // timedelta(minutes=1),
            ),
            *((write,) if may else ()),
            tone="accent",
        )
        state.setObjectName("not_written")
        return state

    def _show_instead(self, state: QWidget) -> None:
        if self._instead is not None:
            self.stack.removeWidget(self._instead)
            self._instead.deleteLater()
        self._instead = state
        self.stack.addWidget(state)
        self.stack.setCurrentWidget(state)
