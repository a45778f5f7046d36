"""Sends what was saved: journal first, then the database; kept and sent again while it does not answer."""

from __future__ import annotations

import logging
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.entities.errors import StoreUnavailable
from app.services.base.context import Context
from app.services.base.journal import KEPT_FOR, Entry, Journal, journal_folder
from app.services.base.kept_files import KeptFiles
from app.services.tickets.submissions import KIND, Submission, Submitted, submit
from app.views.base.tasks import Lane, Tasks

_FIRST_PAUSE = 2_000
_LONGEST_PAUSE = 30_000
# After this long without an answer the agent is told and goes on with the next call.
_PATIENCE = 2_500

_log = logging.getLogger("firstline.tickets")


def has_queued(user: str, epoch: str) -> bool:
    """Tell whether an earlier run of the program left something to send. Reads the disk."""
    return any(entry.kind == KIND for entry in Journal(journal_folder()).pending(user, epoch))


class Outbox(QObject):
    """One per program and person. An operation is in the journal from the press of the key until it is done.

    What the rules refuse leaves the journal: `refused` hands it back, whoever listens puts it into a form.
    """

    journalled = Signal(str)  # it is on this PC's disk: the draft has done its work
    delivered = Signal(str, object)  # the operation's id, Submitted
    queued = Signal(str)  # it is on this computer; the database has not answered yet
    refused = Signal(str, object, object)  # the operation's id, Submission, the error

    def __init__(
        self, ctx: Context, tasks: Tasks, *, journal: Journal, kept: KeptFiles, user: str, epoch: str
    ) -> None:
        super().__init__()
        self._ctx = ctx
        self._tasks = tasks
        self._journal = journal
        self._kept = kept
        self._user = user
        self._epoch = epoch
        self._waiting: dict[str, Submission] = {}
        self._on_their_way: set[str] = set()
        self._pause = _FIRST_PAUSE
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.send_again)

    @property
    def count(self) -> int:
        """How many operations no answer has come for."""
        return len(self._waiting)

    def load(self) -> None:
        """Take up what an earlier run of the program left in the journal, and send it."""
        self._tasks.run(
            partial(self._journal.pending, self._user, self._epoch),
            self._on_loaded,
            lane=Lane.FILES,
            owner=self,
        )

    def send(self, op_id: str, submission: Submission) -> None:
        """Save a submission under an id of 32 hex digits; one of the signals follows, perhaps at once."""
        self._waiting[op_id] = submission
        entry = Entry(op_id, self._ctx.clock.now(), self._user, self._epoch, KIND, submission.to_dict())
        self._tasks.run(
            partial(self._add, entry), partial(self._on_added, op_id), lane=Lane.FILES, owner=self
        )
        if op_id in self._waiting:
            QTimer.singleShot(_PATIENCE, self, lambda: self._lose_patience(op_id))

    def send_again(self) -> None:
        """Try at once what no answer has come for."""
        self._timer.stop()
        for op_id in list(self._waiting):
            self._deliver(op_id)

    def _add(self, entry: Entry) -> bool:
        try:
            self._journal.add(entry)
        except OSError as trouble:  # a full disk must not keep a reachable database from being told
            _log.info("the journal was not written: %s", trouble)
            return False
        return True

    def _on_added(self, op_id: str, is_on_disk: bool) -> None:
        if is_on_disk:
            self.journalled.emit(op_id)
        self._deliver(op_id)

    def _deliver(self, op_id: str) -> None:
        submission = self._waiting.get(op_id)
        if submission is None or op_id in self._on_their_way:
            return
        self._on_their_way.add(op_id)
        self._tasks.run(
            partial(submit, self._ctx, submission, op_id, self._kept.read),
            partial(self._on_done, op_id),
            partial(self._on_failed, op_id),
            owner=self,
        )

    def _on_done(self, op_id: str, submitted: Submitted) -> None:
        self._pause = _FIRST_PAUSE
        self._forget(op_id)
        self.delivered.emit(op_id, submitted)

    def _on_failed(self, op_id: str, error: Exception) -> None:
        self._on_their_way.discard(op_id)
        if isinstance(error, StoreUnavailable):
            self.queued.emit(op_id)
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)
            self._timer.start(self._pause)
            return
        submission = self._waiting[op_id]
        self._forget(op_id)
        self.refused.emit(op_id, submission, error)

    def _lose_patience(self, op_id: str) -> None:
        if op_id in self._waiting:
            self.queued.emit(op_id)

    def _forget(self, op_id: str) -> None:
        self._on_their_way.discard(op_id)
        del self._waiting[op_id]
        self._tasks.run(partial(self._mark_done, op_id), lane=Lane.FILES)

    def _mark_done(self, op_id: str) -> None:
        now = self._ctx.clock.now()
        try:
            self._journal.mark_done(op_id, now)
            self._journal.drop_old(now)
        except OSError as trouble:  # it is sent once more, and found done
            _log.info("the journal was not written: %s", trouble)

    def _on_loaded(self, entries: list[Entry]) -> None:
        for entry in entries:
            submission = _submission_of(entry)
            if submission is None or entry.op_id in self._waiting:
                continue
            if entry.at < self._ctx.clock.now() - KEPT_FOR:
                # The database no longer remembers operations that old: a person decides.
                self._tasks.run(partial(self._mark_done, entry.op_id), lane=Lane.FILES)
                self.refused.emit(entry.op_id, submission, None)
                continue
            self._waiting[entry.op_id] = submission
            self._deliver(entry.op_id)


def _submission_of(entry: Entry) -> Submission | None:
    if entry.kind != KIND:
        return None
    try:
        return Submission.from_dict(entry.payload)
    except (KeyError, TypeError, ValueError) as trouble:
        _log.info("an entry of the journal cannot be read: %s", trouble)
        return None
