"""Finds out what an edit would do while it is made; applies it to open tickets where that was chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.entities.errors import FirstlineError
from app.models.entities.ids import ConfigId
from app.models.entities.settings import ConfigKind
from app.models.entities.whatif import InForce, Proposal, WhatIf
from app.services.base.context import Context
from app.services.base.progress import Cancelled, Progress
from app.services.base.undo import Outcome
from app.services.whatif.commands import apply_to_open
from app.services.whatif.queries import what_if
from app.views.base.errors import explain
from app.views.base.i18n import _
from app.views.base.lanes import Running
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane

PAUSE = 400
"""Milliseconds without another edit until counting begins: who fills a matrix presses a key a second."""

DAYS = 90


class Counting(Protocol):
    """How consequences are found; `app.services.whatif.queries.what_if` outside of tests."""

    def __call__(self, ctx: Context, proposal: Proposal, /, *, days: int, progress: Progress) -> WhatIf:
        """Return the consequences; reports how far it is, and lets Cancelled pass."""
        ...


class Applying(Protocol):
    """How open tickets get what is in force now; `app.services.whatif.commands.apply_to_open`."""

    def __call__(self, ctx: Context, expected: InForce, /, *, progress: Progress) -> Outcome:
        """Give every open ticket the promises that a ticket registered now would get."""
        ...


class WhatIfState(StrEnum):
    """What the card has to say."""

    QUIET = "quiet"  # nothing is edited
    BLOCKED = "blocked"  # the draft cannot be counted; `sentence` says why
    COUNTING = "counting"
    SHOWN = "shown"
    STOPPED = "stopped"  # the person pressed Cancel
    FAILED = "failed"  # counting was refused; `sentence` says why


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is counted: an equal one needs no second count. `basis` names what the edit starts from."""

    proposal: Proposal
    basis: object
    days: int


class WhatIfPresenter(QObject):
    """Counts what the draft last handed to `show` would do. Knows no widgets.

    An edit while counting is under way stops it and begins anew, so `result` belongs to the newest draft
    whenever `state` is SHOWN; while it is COUNTING the result before stays, for the card to show it faded.

    `is_for_open` is the person's choice to treat open tickets alike. It is off until somebody ticks it, and
    off again after any further edit: it was made looking at other figures.
    """

    changed = Signal()

    def __init__(
        self,
        ctx: Context,
        env: PageEnv,
        parent: QObject | None = None,
        *,
        counting: Counting = what_if,
        applying: Applying = apply_to_open,
    ) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self._counting = counting
        self._applying = applying
        self.state = WhatIfState.QUIET
        self.days = DAYS
        self.share: float | None = None
        self.sentence = ""
        self.result: WhatIf | None = None
        self.is_for_open = False
        self._asked: _Asked | None = None
        self._running: Running | None = None
        self._turn = 0
        self._saves_awaited = 0
        self._seen: InForce | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.count)

    # -- what the page hands over ----------------------------------------------------------------------

    def show(self, proposal: Proposal | None, *, basis: object = None, wrong: str = "") -> None:
        """Take the draft as it is now; None where nothing is edited.

        `basis` tells apart what a draft is compared with (the numbers of the versions in force): the same
        draft on another basis is counted again. `wrong` says why the draft cannot be counted.
        """
        if proposal is None or wrong:
            self._forget()
            self.result = None
            self._say(WhatIfState.BLOCKED if wrong and proposal is not None else WhatIfState.QUIET, wrong)
            return
        asked = _Asked(proposal, basis, self.days)
        if asked == self._asked:
            return
        self._forget()
        self._asked = asked
        self._pause.start()
        self._say(WhatIfState.COUNTING)

    def choose_days(self, days: int) -> None:
        """Look back on another period."""
        if days == self.days:
            return
        self.days = days
        asked = self._asked
        if asked is not None:
            self.show(asked.proposal, basis=asked.basis)
            self.count()
        else:
            self.changed.emit()

    # -- what a person does ------------------------------------------------------------------------------

    def count(self) -> None:
        """Count the draft now, from the beginning."""
        self._pause.stop()
        asked = self._asked
        if asked is None:
            return
        self._stop()
        self._turn = turn = self._turn + 1
        self._say(WhatIfState.COUNTING)
        job = partial(self._counting, self._ctx, asked.proposal, days=asked.days)
        self._running = self._env.tasks.watch(
            lambda progress: job(progress=progress),
            partial(self._on_counted, turn),
            partial(self._on_failed, turn),
            shown=partial(self._on_progress, turn),
            lane=Lane.LONG,
            owner=self,
        )

    def cancel(self) -> None:
        """Stop counting; `count` begins again."""
        self._pause.stop()
        self._stop()
        self.result = None
        self._say(WhatIfState.STOPPED)

    def choose_open(self, is_wanted: bool) -> None:
        """Decide whether open tickets are treated alike when the edit is applied."""
        can = self.state is WhatIfState.SHOWN and self.result is not None and self.result.open_changing > 0
        if self.is_for_open != (is_wanted and can):
            self.is_for_open = is_wanted and can
            self.changed.emit()

    # -- applying ------------------------------------------------------------------------------------------

    def begin_apply(self, saves: int) -> None:
        """Hear that `saves` documents are about to be saved; `saved` follows for each, or `refused`."""
        is_wanted = self.is_for_open and self.result is not None
        self._saves_awaited = saves if is_wanted else 0
        self._seen = self.result.in_force if is_wanted and self.result is not None else None

    def saved(self, kind: ConfigKind, code: str, version: ConfigId) -> None:
        """Hear that a document was saved: behind the last one come the open tickets, where chosen."""
        if self._saves_awaited == 0 or self._seen is None:
            return
        self._seen = with_version(self._seen, kind, code, version)
        self._saves_awaited -= 1
        if self._saves_awaited == 0:
            self._apply_to_open(self._seen)

    def refused(self) -> None:
        """Hear that a document was not saved: then nothing is done to open tickets either."""
        self._saves_awaited = 0

    def _apply_to_open(self, seen: InForce) -> None:
        job = partial(self._applying, self._ctx, seen)
        self._env.tasks.watch(
            lambda progress: job(progress=progress),
            self._on_applied,
            self._env.shell.failed,
            lane=Lane.LONG,
            owner=self,
        )

    def _on_applied(self, outcome: Outcome) -> None:
        self._env.shell.did(outcome, "" if outcome.undo else _("No open ticket had to change."))

    # -- answers -------------------------------------------------------------------------------------------

    def _on_counted(self, turn: int, result: WhatIf) -> None:
        if turn == self._turn:
            self._running = None
            self.result = result
            self._say(WhatIfState.SHOWN)

    def _on_failed(self, turn: int, error: Exception) -> None:
        if turn != self._turn or isinstance(error, Cancelled):
            return
        self._running = None
        self.result = None
        known = explain(error, self._env.format).happened if isinstance(error, FirstlineError) else ""
        self._say(WhatIfState.FAILED, known or _("The consequences could not be counted."))

    def _on_progress(self, turn: int, done: int, total: int) -> None:
        if turn == self._turn and self.state is WhatIfState.COUNTING:
            self.share = done / total if total else None
            self.changed.emit()

    # -- inside --------------------------------------------------------------------------------------------

    def _forget(self) -> None:
        """Nothing is asked any more: what is under way is stopped, and a choice made before is void."""
        self._pause.stop()
        self._stop()
        self._asked = None
        self.is_for_open = False

    def _stop(self) -> None:
        self._turn += 1  # an answer that is on its way belongs to nobody
        if self._running is not None:
            self._running.cancel()
            self._running.drop()
            self._running = None

    def _say(self, state: WhatIfState, sentence: str = "") -> None:
        is_news = (state, sentence) != (self.state, self.sentence) or state is not WhatIfState.QUIET
        self.state, self.sentence, self.share = state, sentence, None
        if is_news:
            self.changed.emit()


def with_version(seen: InForce, kind: ConfigKind, code: str, version: ConfigId) -> InForce:
    """Return what is in force once a document was saved as this version and nothing else happened."""
    if kind is ConfigKind.MATRIX:
        return replace(seen, matrix=version)
    if kind is ConfigKind.SLA:
        return replace(seen, sla=version)
    return replace(seen, calendars={**seen.calendars, code: version})
