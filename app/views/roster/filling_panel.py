"""Auto-fill beside the grid: options, progress, and a proposal sketched over it until it is accepted."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.models.entities.events import RosterChanged
from app.models.entities.roster import PaintedCell
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import IconButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup
from app.views.roster.filling_overlay import FillingOverlay
from app.views.roster.filling_parts import ChoosingPart, ProposalPart, RunningPart
from app.views.roster.filling_presenter import FillingPresenter, FillOptions, FillStage
from app.views.roster.filling_reasons import NothingPart
from app.views.roster.filling_says import FillingSays, ListLine
from app.views.roster.grid import RosterGrid
from app.views.roster.roster_presenter import RosterPresenter

_WIDTH, _HEIGHT = 460, 600
_LEAST_HEIGHT = 320
_TICK = 500  # milliseconds between two looks at the clock of a search


class FillingPanel(Popup):
    """The panel at the right of the grid. Ctrl+Enter starts or takes over, S stops, Esc goes a step back."""

    def __init__(
        self, window: QWidget, ctx: Context, env: PageEnv, roster: RosterPresenter, grid: RosterGrid
    ) -> None:
        super().__init__(window)
        self.setObjectName("filling")
        self._env = env
        self._roster = roster
        self._grid = grid
        self._title = roster.title
        self.presenter = FillingPresenter(ctx, env.tasks, roster.stretch, self)
        self.says = FillingSays(roster.words)
        self.overlay = FillingOverlay(grid)
        self.title = PlainLabel(_("Auto-fill"), "section")
        self.about = PlainLabel(self._title, "muted")
        self.choosing = ChoosingPart(FillOptions())
        self.running = RunningPart()
        self.proposal = ProposalPart()
        self.nothing = NothingPart()
        self.fold = IconButton("minimize-2", _("Fold, or show again"), key="Ctrl+H", small=True)
        self.stack = QStackedWidget()
        self._full_height = _HEIGHT
        self._ticking = QTimer(self)
        self._ticking.setInterval(_TICK)
        self._build()
        self._connect()

    def show_panel(self, right: int, top: int) -> None:
        """Open with its upper right corner there, with the focus on the first choice."""
        height = min(_HEIGHT, self._window.height() - top - Space.L)
        self._full_height = max(height, _LEAST_HEIGHT)
        self.setFixedSize(_WIDTH, self._full_height)
        self.open_at(right - _WIDTH, top)
        self._focus()

    def close_now(self) -> None:
        """End the search, take the sketch away, and go."""
        self.presenter.cancel()
        self._grid.set_editable(self._roster.may_edit)
        self.overlay.deleteLater()
        super().close_now()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, stage = event.key(), self.presenter.stage
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and is_control:
            self._go_on()
        elif key == Qt.Key.Key_H and is_control:
            self._fold()
        elif key == Qt.Key.Key_Escape and stage is not FillStage.CHOOSING:
            self.presenter.cancel()
        elif key == Qt.Key.Key_S and not is_control and stage is FillStage.RUNNING:
            self.presenter.stop()
        else:
            super().keyPressEvent(event)

    # -- inside --------------------------------------------------------------------------------------

    def _build(self) -> None:
        close = IconButton("x", _("Close"), small=True)
        close.clicked.connect(self.close_now)
        self.setAccessibleName(_("Auto-fill"))
        self.body.addLayout(row_of(self.title, self.about, None, self.fold, close))
        self._parts = {
            FillStage.CHOOSING: self.choosing,
            FillStage.RUNNING: self.running,
            FillStage.PROPOSED: self.proposal,
            FillStage.NOTHING: self.nothing,
        }
        for part in self._parts.values():
            self.stack.addWidget(part)
        self.body.addWidget(self.stack, 1)

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.changed.connect(self._show)
        presenter.progressed.connect(self._show_progress)
        presenter.proposed.connect(self._sketch)
        presenter.accepted.connect(self._accepted)
        presenter.failed.connect(self._env.shell.failed)
        self._ticking.timeout.connect(self._show_progress)
        self.fold.clicked.connect(self._fold)
        self.choosing.start.clicked.connect(self._go_on)
        self.running.stop.clicked.connect(presenter.stop)
        for button in (self.running.cancel, self.proposal.reject, self.nothing.options):
            button.clicked.connect(presenter.cancel)
        self.proposal.accept.clicked.connect(presenter.accept)
        self.proposal.again.clicked.connect(presenter.again)
        self.proposal.order.chosen.connect(lambda _key: self._show_changes())
        self.nothing.fill.clicked.connect(presenter.start_with_exceptions)
        self.nothing.soft.clicked.connect(self._fill_softly)
        for each in (self.proposal.changes, self.proposal.broken, self.nothing.reasons, self.nothing.relax):
            each.asked.connect(self._jump)
        self._roster.board_changed.connect(self._board_changed)
        self._env.bridge.listen(RosterChanged, self, lambda _event: presenter.roster_changed())

    def _go_on(self) -> None:
        """Do what the main button of the face shown does."""
        stage = self.presenter.stage
        if stage is FillStage.CHOOSING:
            self.presenter.start(self.choosing.options)
        elif stage is FillStage.PROPOSED:
            self.presenter.accept()
        elif stage is FillStage.NOTHING and self.nothing.fill.isEnabled():
            self.presenter.start_with_exceptions()

    def _fill_softly(self) -> None:
        self.choosing.strict.setChecked(False)
        self.presenter.start(self.choosing.options)

    def _show(self) -> None:
        stage = self.presenter.stage
        part = self._parts[stage]
        is_new = self.stack.currentWidget() is not part
        self.stack.setCurrentWidget(part)
        if stage is FillStage.RUNNING:
            self._ticking.start()
            self._show_progress()
        else:
            self._ticking.stop()
        if stage is FillStage.PROPOSED:
            self._show_proposal()
        elif stage is FillStage.NOTHING:
            self._show_nothing()
        if is_new and self.isVisible():
            self._focus()

    def _focus(self) -> None:
        stage = self.presenter.stage
        wanted: QWidget = self.choosing.start
        if stage is FillStage.RUNNING:
            wanted = self.running.stop
        elif stage is FillStage.PROPOSED:
            wanted = self.proposal.changes
        elif stage is FillStage.NOTHING:
            wanted = self.nothing.reasons
        wanted.setFocus(Qt.FocusReason.PopupFocusReason)

    def _show_progress(self) -> None:
        progress, limit = self.presenter.progress, self.presenter.options.seconds
        part = self.running
        part.line.show_share(progress.elapsed / limit)
        part.time.setText(self.says.seconds(progress, limit))
        part.cost.setText(self.says.costs(progress))
        part.edited.setVisible(self.presenter.is_edited)
        waits = _("There is no roster to keep yet.") if not progress.solutions else ""
        part.stop.wait_for(_("It is stopping.") if self.presenter.is_stopping else waits)

    # -- the proposal --------------------------------------------------------------------------------

    def _show_proposal(self) -> None:
        board, result, review = self._roster.board, self.presenter.result, self.presenter.review
        if board is None or result is None or review is None:
            return
        part = self.proposal
        count = self.says.of(board).changed(len(self.presenter.strokes))
        part.ended.setText(f"{self.says.ended(board, result)} {count}.")
        part.edited.setVisible(self.presenter.is_edited)
        part.edited.say(self._edited_words(), tone="bad" if review.clashes else "warn")
        part.pages.set_count("changes", len(self.presenter.strokes))
        part.pages.set_count("broken", len(review.broken_after))
        part.show_worth([*self.says.measures(result, review), *self.says.wishes(board, review)])
        part.broken.show_lines(
            self.says.broken(board, review.broken_after) or [ListLine(_("No rule stays broken."))]
        )
        part.accept.wait_for(self._why_not())
        self._show_changes()

    def _edited_words(self) -> str:
        board, review = self._roster.board, self.presenter.review
        if board is not None and review is not None and review.clashes:
            return _("Somebody painted meanwhile: {cells}. Nothing can be taken over; fill again.").format(
                cells=self.says.clashes(board, review)
            )
        if self.presenter.is_refused:
            return _("Somebody painted one of these cells meanwhile. Nothing was changed; fill again.")
        return _("Somebody changed the roster meanwhile, but none of these cells. Look at the rules left.")

    def _why_not(self) -> str:
        if self.presenter.can_accept:
            return ""
        if not self.presenter.strokes:
            return _("The roster is as good as it can be: there is nothing to change.")
        return self._edited_words()

    def _show_changes(self) -> None:
        board, asked = self._roster.board, self.presenter.asked
        if board is not None and asked is not None:
            by_date = self.proposal.order.key == "date"
            self.proposal.changes.show_lines(
                self.says.changes(board, self.presenter.strokes, asked.cells, by_date=by_date)
            )

    def _show_nothing(self) -> None:
        board, result = self._roster.board, self.presenter.result
        if board is not None and result is not None:
            self.nothing.ended.setText(self.says.ended(board, result))
            self.nothing.show_result(result, self.says.of(board), is_strict=self.presenter.options.is_strict)

    def _jump(self, line: ListLine) -> None:
        board = self._roster.board
        if line.key is not None:
            self._grid.go_to(line.key)
        elif line.violation is not None and board is not None:
            one = line.violation
            self._grid.spot_of(one.on_date, one.person_id, one.template_id, one.team_id)
        self._make_way()

    def _make_way(self) -> None:
        """Move to the other side of the grid where the cell gone to lies below the panel."""
        grid, key = self._grid, self._grid.current_key
        if key is None:
            return
        begin = grid.mapTo(self._window, grid.rect().topLeft()).x()
        place = grid.cell_rect(key).translated(grid.viewport().mapTo(self._window, QPoint(0, 0)))
        if self.geometry().intersects(place):
            left = begin + grid.places.name_width
            right = begin + grid.width() - self.width()
            self.move(left if abs(self.x() - right) < abs(self.x() - left) else right, self.y())

    def _fold(self) -> None:
        """Leave only the heading, so that the whole grid is seen, or show everything again."""
        is_folded = not self.stack.isHidden()
        self.stack.setHidden(is_folded)
        self.fold.setFocus()
        low = self.body.minimumSize().height()
        self.setFixedHeight(low if is_folded else self._full_height)

    def _sketch(self, strokes: tuple[PaintedCell, ...]) -> None:
        """Show the proposal in the grid, where nobody may paint until it is decided."""
        board = self._roster.board
        self.overlay.show_strokes(strokes)
        self._grid.set_editable(self._roster.may_edit and not strokes)
        if board is not None:
            if strokes:
                board.sketch(self._known(strokes))
            else:
                board.drop_sketch()
            self._grid.show_touched()

    def _known(self, strokes: tuple[PaintedCell, ...]) -> tuple[PaintedCell, ...]:
        board = self._roster.board
        return tuple(
            cell
            for cell in strokes
            if board is not None and board.place_of((cell.person_id, cell.on_date)) is not None
        )

    def _board_changed(self) -> None:
        """Sketch again on a board that was read anew; other days than those filled end the proposal."""
        if self._roster.stretch != self.presenter.stretch:
            self.close_now()
        elif self.presenter.strokes:
            self._sketch(self.presenter.strokes)

    def _accepted(self, outcome: Outcome) -> None:
        self._env.shell.did(outcome)
        self.close_now()
