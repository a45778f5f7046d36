"""What an edit would do, in figures, beside the edit itself; and the choice to treat open tickets alike."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QGraphicsOpacityEffect,
    QGridLayout,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.models.entities.whatif import WhatIf
from app.services.base.context import Context
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.base.theme import tok
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton, MenuButton
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.labels import ElidedLabel, PlainLabel, rule, set_tip
from app.views.base.widgets.painted import IconSpot, Painted
from app.views.base.widgets.states import ProgressLine
from app.views.base.widgets.whatif import WhatIfBars, WhatIfScale
from app.views.settings import whatif_words as words
from app.views.settings.whatif_figure import Figure
from app.views.settings.whatif_list import OpenChangesPopup
from app.views.settings.whatif_presenter import WhatIfPresenter, WhatIfState
from app.views.settings.whatif_words import WhatIfKind

_FADED = 0.45
_FELT_LINES = 4
_LOW = 800  # pixels of a window in which a card that lies would leave too little of the edit
_FIGURE_WIDTH = 44


class WhatIfCard(Card):
    """Shows one `WhatIfPresenter`. Stands as a column beside the edit, or lies below it (`lay_down`).

    Lying in a low window it folds to a sentence; `fold` opens it, and keeps it as the person left it.
    `quiet` is what it says besides while nothing is edited.
    """

    became_low = Signal()  # `is_low` says something else now

    def __init__(
        self,
        ctx: Context,
        env: PageEnv,
        kind: WhatIfKind,
        presenter: WhatIfPresenter,
        parent: QWidget | None = None,
        *,
        quiet: QWidget | None = None,
    ) -> None:
        super().__init__(_("What if?"), icon="sparkles", parent=parent)
        self._ctx = ctx
        self._env = env
        self._kind = kind
        self.presenter = presenter
        self._quiet = quiet
        self.is_low = False  # there is little to say: no place need be kept for figures
        self._is_lying = False
        self._wants_folded: bool | None = None  # what the person chose; None follows the window
        self.setAccessibleName(_("What if?"))
        self.period = MenuButton("", QMenu(self), ButtonKind.LINK, small=True)
        self._periods: dict[int, QAction] = {}
        self.fold = IconButton("chevron-up", "", small=True)
        self.lead = PlainLabel("", "muted", wrap=True)
        self.trouble = PlainLabel("", ink="warn", wrap=True)
        self.counting = PlainLabel("", "muted")
        self.progress = ProgressLine(said=_("Counting"))
        self.stop = Button(_("Cancel"), small=True)
        self.again = Button(_("Count"), icon="refresh-cw", small=True)
        self.bars = WhatIfBars(kind.scale, said=_("What if?"))
        self.figures = (_FigureLine(), _FigureLine(), _FigureLine())
        self.unknown = PlainLabel("", "small", wrap=True)
        self.open = _FigureLine()
        self.list = Button(_("List"), small=True)
        self.list.setAccessibleName(_("List of the open tickets that would change"))
        self.for_open = QCheckBox()
        self.for_open_note = PlainLabel("", "small", wrap=True)
        self.felt = [(ElidedLabel(), PlainLabel("", "muted")) for _line in range(_FELT_LINES)]
        self.popup: OpenChangesPopup | None = None
        self._build()
        self._connect()
        self._show()

    # -- shape -----------------------------------------------------------------------------------------------

    def lay_down(self, *, is_lying: bool) -> None:
        """Put the parts side by side, for a wide and low place; or one below the other."""
        if is_lying == self._is_lying:
            return
        self._is_lying = is_lying
        way = QBoxLayout.Direction
        self._parts.setDirection(way.LeftToRight if is_lying else way.TopToBottom)
        self._parts.setSpacing(Space.XL if is_lying else Space.M)
        self._show()

    @property
    def is_folded(self) -> bool:
        """Whether only a sentence is shown in the figures' place."""
        if self._wants_folded is not None:
            return self._wants_folded and self._is_lying
        return self._is_lying and self.window().height() < _LOW

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._area.isVisible() == self.is_folded:
            self._show()
        else:
            self._fit()

    def _turn(self) -> None:
        self._wants_folded = not self.is_folded
        self._show()

    def _fit(self) -> None:
        """Lying, be as high as the figures; standing, take what there is and let the rest be scrolled to."""
        inside = self._results.layout()
        if inside is None:
            return
        width = max(1, self._area.viewport().width())
        needed = inside.heightForWidth(width) if inside.hasHeightForWidth() else inside.sizeHint().height()
        self._area.setMinimumHeight(needed if self._is_lying else 0)

    # -- building --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        icon = self.findChild(IconSpot)
        if icon is not None:
            icon.show_icon("sparkles", "accent")
        self.head.addWidget(self.period)
        self.head.addWidget(self.fold)
        self._fill_periods()
        self._working = QWidget()
        working = QVBoxLayout(self._working)
        working.setContentsMargins(0, 0, 0, 0)
        working.setSpacing(Space.XS)
        working.addLayout(row_of(self.counting, None, self.stop))
        working.addWidget(self.progress)
        self.body.addWidget(self.lead)
        self.body.addWidget(self._working)
        self.body.addWidget(self.trouble)
        self.body.addLayout(row_of(self.again, None))
        if self._quiet is not None:
            self._quiet_place = QWidget()  # hides the panel whatever the panel thinks of itself
            place = QVBoxLayout(self._quiet_place)
            place.setContentsMargins(0, 0, 0, 0)
            place.addWidget(self._quiet)
            self.body.addWidget(self._quiet_place)
        self._results = QWidget()
        self._results.setProperty("scrolled", True)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._results)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(Space.M)
        self._rules = (rule(), rule())
        self._parts.addLayout(self._drawn(), 5)
        self._parts.addWidget(self._rules[0])
        self._parts.addLayout(self._counted(), 5)
        self._parts.addWidget(self._rules[1])
        self._parts.addWidget(self._where(), 4)
        self._faded = QGraphicsOpacityEffect(self._results)
        self._faded.setOpacity(_FADED)
        self._faded.setEnabled(False)
        self._results.setGraphicsEffect(self._faded)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._results)
        self.body.addWidget(self._area, 1)
        self.body.addStretch(0)

    def _drawn(self) -> QVBoxLayout:
        shares = self._kind.scale is WhatIfScale.SHARES
        marks = (
            LegendMark("text" if shares else "edge", is_line=shares),
            PlainLabel(_("before"), "small"),
            LegendMark("ok" if shares else "accent"),
            PlainLabel(_("with your changes"), "small"),
        )
        column = QVBoxLayout()
        column.setSpacing(Space.XS)
        column.addLayout(row_of(*marks, None, spacing=6))
        column.addWidget(self.bars)
        column.addStretch(1)
        return column

    def _counted(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(Space.S)
        for line in self.figures:
            column.addWidget(line)
        column.addWidget(self.unknown)
        column.addLayout(row_of(self.open, self.list))
        choice = QVBoxLayout()
        choice.setSpacing(2)
        choice.addWidget(self.for_open)
        choice.addWidget(self.for_open_note)
        column.addLayout(choice)
        column.addStretch(1)
        return column

    def _where(self) -> QWidget:
        self._where_box = QWidget()
        column = QVBoxLayout(self._where_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(PlainLabel(_("Where it is felt"), "strong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnStretch(0, 1)
        for line, (name, count) in enumerate(self.felt):
            grid.addWidget(name, line, 0)
            grid.addWidget(count, line, 1, Qt.AlignmentFlag.AlignRight)
        column.addLayout(grid)
        column.addStretch(1)
        return self._where_box

    def _fill_periods(self) -> None:
        group = QActionGroup(self)
        for days in words.PERIODS:
            action = QAction(words.period(days), self)
            action.setCheckable(True)
            action.triggered.connect(lambda _on=False, days=days: self.presenter.choose_days(days))
            group.addAction(action)
            self.period.menu().addAction(action)
            self._periods[days] = action

    def _connect(self) -> None:
        self.presenter.changed.connect(self._show)
        self.stop.clicked.connect(self.presenter.cancel)
        self.fold.clicked.connect(self._turn)
        self.again.clicked.connect(self.presenter.count)
        self.list.clicked.connect(self.show_list)
        self.for_open.clicked.connect(self.presenter.choose_open)

    # -- what is shown --------------------------------------------------------------------------------------

    def show_list(self) -> None:
        """Open the list of open tickets that would change."""
        result = self.presenter.result
        if result is None or not result.open_changes:
            return
        self.popup = OpenChangesPopup(self.window(), result, self._ctx.clock.now(), self._env.format)
        self.popup.opened.connect(lambda ticket_id: self._env.shell.open("ticket", {"id": ticket_id}))
        self.popup.open_centred()

    def _show(self) -> None:
        state, result = self.presenter.state, self.presenter.result
        self._show_fold(has_figures=result is not None)
        self.period.say(words.period(self.presenter.days))
        self.period.setAccessibleName(_("Period: {period}").format(period=words.period(self.presenter.days)))
        if self.presenter.days in self._periods:
            self._periods[self.presenter.days].setChecked(True)
        is_counting = state is WhatIfState.COUNTING
        self._working.setVisible(is_counting)
        self._show_share()
        self.trouble.setText(self.presenter.sentence)
        self.trouble.setVisible(bool(self.presenter.sentence))
        self.again.setVisible(state in {WhatIfState.STOPPED, WhatIfState.FAILED})
        self._show_lead(result)
        has_figures = result is not None and result.tickets > 0
        if result is not None:
            self._show_figures(result)
        self._drawn_and_counted(has_figures, has_open=result is not None and result.open_changing > 0)
        has_any = has_figures or (result is not None and result.open_changing > 0)
        self._area.setVisible(has_any and not self.is_folded)
        if self._quiet is not None:
            self._quiet_place.setVisible(state is WhatIfState.QUIET)
        self._show_low(state is WhatIfState.QUIET)
        self._results.setEnabled(state is WhatIfState.SHOWN)
        self._faded.setEnabled(is_counting)
        self._fit()

    def _show_low(self, is_low: bool) -> None:
        if is_low != self.is_low:
            self.is_low = is_low
            self.became_low.emit()

    def _show_fold(self, *, has_figures: bool) -> None:
        folded = self.is_folded
        self.fold.setVisible(self._is_lying and has_figures)
        self.fold.say("", "chevron-down" if folded else "chevron-up")
        name = _("Show the figures") if folded else _("Hide the figures")
        self.fold.setAccessibleName(name)
        set_tip(self.fold, name)

    def _show_share(self) -> None:
        share = self.presenter.share
        self.progress.show_share(share or 0.0)
        if share is None:
            self.counting.setText(_("Counting…"))
        else:
            self.counting.setText(_("Counting… {share}").format(share=self._env.format.percent(share)))

    def _show_lead(self, result: WhatIf | None) -> None:
        state = self.presenter.state
        if result is not None and self.is_folded and result.tickets:
            self.lead.setText(words.in_short(self._kind, result, self._env.format))
        elif result is not None:
            self.lead.setText(words.heading(self._kind, result, self._env.format))
        elif state is WhatIfState.STOPPED:
            self.lead.setText(_("Not counted. The changes can be applied all the same."))
        else:
            self.lead.setText(words.promise_to_tell(self._kind))
        is_said = state in {WhatIfState.QUIET, WhatIfState.STOPPED} or result is not None
        self.lead.setVisible(is_said)

    def _show_figures(self, result: WhatIf) -> None:
        fmt = self._env.format
        self.bars.set_rows(words.rows(self._kind, result, fmt))
        told = words.figures(self._kind, result, fmt)
        for line, figure in zip(self.figures, [*told, None, None, None], strict=False):
            line.say(figure)
        self.unknown.setText(words.unknown(result, fmt))
        self.unknown.setVisible(bool(result.unknown))
        self.open.say(words.open_figure(result, fmt))
        felt = words.felt(self._kind, result, fmt)
        self._where_box.setVisible(bool(felt))
        for (name, count), pair in zip(self.felt, [*felt, *[("", "")] * _FELT_LINES], strict=False):
            name.setText(pair[0])
            count.setText(pair[1])
            name.setVisible(bool(pair[0]))
            count.setVisible(bool(pair[0]))
        self._rules[1].setVisible(bool(felt) and not self._is_lying)
        self._show_choice(result)

    def _show_choice(self, result: WhatIf) -> None:
        fmt, has_any, is_wanted = self._env.format, result.open_changing > 0, self.presenter.is_for_open
        self.list.setVisible(has_any)
        self.for_open.setVisible(has_any and self._kind.is_promised)
        self.for_open_note.setVisible(has_any)
        self.for_open.setText(words.choice(result, fmt))
        self.for_open.setChecked(is_wanted)
        note = words.about_choice(self._kind, result, fmt, is_wanted=is_wanted)
        self.for_open_note.setText(note)
        self.for_open_note.set_ink("warn" if is_wanted and result.open_becoming_overdue else "")
        self.for_open.setAccessibleDescription(note)

    def _drawn_and_counted(self, has_figures: bool, *, has_open: bool) -> None:
        """Without history only open tickets are left to speak of."""
        self.bars.setVisible(has_figures)
        for line in self.findChildren(LegendMark):
            line.setVisible(has_figures)
        self._rules[0].setVisible(has_figures and not self._is_lying)
        self.open.setVisible(has_open or has_figures)


class _FigureLine(QWidget):
    """A large number with what it counts beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.number = PlainLabel("", "figure")
        self.number.setMinimumWidth(_FIGURE_WIDTH)
        self.text = PlainLabel("", "muted", wrap=True)
        row = row_of(self.number, self.text, spacing=Space.M)
        row.setStretch(1, 1)
        self.setLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def say(self, figure: Figure | None) -> None:
        """Show a figure; None hides the line."""
        self.setVisible(figure is not None)
        if figure is not None:
            self.number.setText(figure.number)
            self.number.set_ink(figure.tone)
            self.text.setText(figure.text)
            self.setAccessibleDescription(figure.tip)
            set_tip(self, figure.tip)


class LegendMark(Painted):
    """A dot in a token's colour, or the upright mark that stands on a bar. Its meaning stands beside it."""

    def __init__(self, token: str, *, is_line: bool = False) -> None:
        super().__init__()
        self._token = token
        self._is_line = is_line

    def sizeHint(self) -> QSize:
        return QSize(8, 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_line:
            painter.fillRect(QRectF(3, 1, 2, 14), tok(self._token))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok(self._token))
        painter.drawEllipse(QRectF(0, 4, 8, 8))
