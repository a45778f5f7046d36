"""How open tickets stand to what is in force, where nothing is edited; and applying it to them by choice."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.models.entities.whatif import InForce, OpenStanding
from app.services.base.context import Context
from app.services.base.progress import Cancelled, Progress
from app.services.base.undo import Outcome
from app.services.whatif.commands import apply_to_open
from app.services.whatif.standing_queries import open_standing
from app.views.base.i18n import _
from app.views.base.lanes import Running
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.labels import ElidedLabel, PlainLabel, rule
from app.views.settings import whatif_standing_words as words
from app.views.settings.whatif_list import OpenChangesPopup

_LINES = 5  # older versions told one by one; the rest are summed up


class Looking(Protocol):
    """How the standing is found; `app.services.whatif.standing_queries.open_standing` outside of tests."""

    def __call__(self, ctx: Context, /, *, progress: Progress) -> OpenStanding:
        """Return how open tickets stand; reports how far it is."""
        ...


class Applying(Protocol):
    """How open tickets get what is in force; `app.services.whatif.commands.apply_to_open`."""

    def __call__(self, ctx: Context, expected: InForce, /, *, progress: Progress) -> Outcome:
        """Give every open ticket the promises that a ticket registered now would get."""
        ...


class StandingPresenter(QObject):
    """Reads how open tickets stand, in the background, and applies what is in force. Knows no widgets."""

    changed = Signal()

    def __init__(
        self,
        ctx: Context,
        env: PageEnv,
        parent: QObject | None = None,
        *,
        looking: Looking = open_standing,
        applying: Applying = apply_to_open,
    ) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self._looking = looking
        self._applying = applying
        self._running: Running | None = None
        self._turn = 0
        self._basis: object = None
        self.standing: OpenStanding | None = None
        self.is_applying = False

    @property
    def may_apply(self) -> bool:
        """Whether there is anything to apply, and this person may."""
        has_any = self.standing is not None and self.standing.result.open_changing > 0
        return has_any and not self.is_applying and self._ctx.actor.may("settings.edit")

    def look_at(self, basis: object) -> None:
        """Look unless it was done for the same versions in force (`basis`) already."""
        if basis != self._basis:
            self._basis = basis
            self.look()

    def look(self) -> None:
        """Look anew; an answer that is still on its way is dropped."""
        self.stop()
        self._turn = turn = self._turn + 1
        self._running = self._env.tasks.watch(
            lambda progress: self._looking(self._ctx, progress=progress),
            partial(self._take, turn),
            partial(self._on_failed, turn),
            lane=Lane.LONG,
            owner=self,
        )

    def stop(self) -> None:
        """Look no longer: something is edited now, and that is asked about instead."""
        self._turn += 1
        if self._running is not None:
            self._running.cancel()
            self._running.drop()
            self._running = None

    def forget(self) -> None:
        """Stop, and look anew once nothing is edited any more."""
        self.stop()
        self._basis = None

    def apply(self) -> None:
        """Give open tickets what is in force, as it was when they were looked at."""
        expected = self.standing.result.in_force if self.standing is not None else None
        if not self.may_apply or expected is None:
            return
        self.is_applying = True
        self.changed.emit()
        self._env.tasks.watch(
            lambda progress: self._applying(self._ctx, expected, progress=progress),
            self._on_applied,
            self._on_refused,
            lane=Lane.LONG,
            owner=self,
        )

    def _take(self, turn: int, standing: OpenStanding) -> None:
        if turn == self._turn:
            self._running, self.standing = None, standing
            self.changed.emit()

    def _on_failed(self, turn: int, error: Exception) -> None:
        """Say nothing at all rather than something old; what cannot be read is told where it is edited."""
        if turn == self._turn and not isinstance(error, Cancelled):
            self._running = self.standing = None
            self.changed.emit()

    def _on_applied(self, outcome: Outcome) -> None:
        self.is_applying = False
        self._env.shell.did(outcome, "" if outcome.undo else _("No open ticket had to change."))
        self.look()

    def _on_refused(self, error: Exception) -> None:
        self.is_applying = False
        self._env.shell.failed(error)
        self.look()


class StandingPanel(QWidget):
    """What a card of consequences says while nothing is edited: older versions held, and what may be done."""

    def __init__(
        self, ctx: Context, env: PageEnv, presenter: StandingPresenter, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self.presenter = presenter
        self.summary = PlainLabel("", wrap=True)
        self.lines = [(ElidedLabel(), PlainLabel("", "muted")) for _line in range(_LINES)]
        self.change = PlainLabel("", "muted", wrap=True)
        self.apply = Button(_("Apply what is in force…"), icon="check", small=True)
        self.popup: OpenChangesPopup | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(rule())
        column.addWidget(PlainLabel(_("Open tickets"), "strong"))
        column.addWidget(self.summary)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.XS)
        grid.setColumnStretch(0, 1)
        for line, (name, count) in enumerate(self.lines):
            grid.addWidget(name, line, 0)
            grid.addWidget(count, line, 1, Qt.AlignmentFlag.AlignRight)
        column.addLayout(grid)
        column.addWidget(self.change)
        column.addLayout(row_of(self.apply, None))
        presenter.changed.connect(self._show)
        self.apply.clicked.connect(self.ask)
        self._show()

    def ask(self) -> None:
        """Show the tickets that would change; applying is a button there."""
        standing = self.presenter.standing
        if standing is None or not self.presenter.may_apply:
            return
        fmt = self._env.format
        self.popup = OpenChangesPopup(
            self.window(), standing.result, self._ctx.clock.now(), fmt, choice=words.apply(standing, fmt)
        )
        self.popup.opened.connect(lambda ticket_id: self._env.shell.open("ticket", {"id": ticket_id}))
        self.popup.chosen.connect(self.presenter.apply)
        self.popup.open_centred()

    def _show(self) -> None:
        standing, fmt = self.presenter.standing, self._env.format
        self.setVisible(standing is not None)
        if standing is None:
            return
        self.summary.setText(words.summary(standing, fmt))
        told = standing.older[:_LINES]
        for line, (name, count) in enumerate(self.lines):
            held = told[line] if line < len(told) else None
            name.setText(words.version(held) if held else "")
            count.setText(fmt.number(held.tickets) if held else "")
            name.setVisible(held is not None)
            count.setVisible(held is not None)
        self.change.setText(words.change(standing, fmt))
        self.change.setVisible(standing.behind > 0 or standing.result.open_changing > 0)
        self.apply.setVisible(self.presenter.may_apply or self.presenter.is_applying)
        self.apply.setEnabled(self.presenter.may_apply)
