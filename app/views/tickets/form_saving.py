"""From the pressed key to the ticket: what is saved, what is said about it, and what becomes of the form."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.models.entities.errors import FirstlineError
from app.services.base.context import Context
from app.services.tickets.form_choices import FormChoices
from app.services.tickets.submissions import Submission, Submitted
from app.views.base.format import Format
from app.views.base.i18n import _, ngettext
from app.views.base.pages import Shell
from app.views.tickets.form_outbox import Outbox

_SUBJECT_SHOWN = 40


class FormSaving(QObject):
    """Sends one submission of the form at a time and tells what happened to this and to earlier ones."""

    busy_changed = Signal(bool)
    secured = Signal()  # the journal of this PC has it: a draft would only be offered a second time
    finished = Signal()  # the form's text is safe: saved, or in the journal of this PC
    returned = Signal()  # refused: the text is in the form alone again
    sent_back = Signal(str, object)  # an id and the Submission that goes back into a draft
    waiting_changed = Signal(str)  # what is not saved yet, in a sentence, or ""

    def __init__(self, ctx: Context, shell: Shell, outbox: Outbox, fmt: Format, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._shell = shell
        self._outbox = outbox
        self._format = fmt
        self._current = ""
        self._number_text: Callable[[int], str] = str
        outbox.setParent(self)
        outbox.journalled.connect(self._on_journalled)
        outbox.delivered.connect(self._on_delivered)
        outbox.queued.connect(self._on_queued)
        outbox.refused.connect(self._on_refused)

    @property
    def is_busy(self) -> bool:
        """Whether the form waits for an answer."""
        return bool(self._current)

    def know(self, choices: FormChoices) -> None:
        """How a ticket's number is written at this site."""
        self._number_text = choices.number_text

    def send(self, submission: Submission) -> None:
        """Save what the form says."""
        self._current = uuid.uuid4().hex
        self.busy_changed.emit(True)
        self._outbox.send(self._current, submission)

    def send_again(self) -> None:
        """Try what is queued at once."""
        self._outbox.send_again()

    def _on_journalled(self, op_id: str) -> None:
        if op_id == self._current:
            self.secured.emit()

    def _on_delivered(self, op_id: str, submitted: Submitted) -> None:
        self._say(submitted)
        self._tell_waiting()
        if op_id == self._current:
            self._finish()

    def _on_queued(self, op_id: str) -> None:
        self._tell_waiting()
        if op_id == self._current:
            self._shell.say(_("Queued on this PC, not yet saved"), tone="warn")
            self._finish()

    def _on_refused(self, op_id: str, submission: Submission, error: Exception | None) -> None:
        self._tell_waiting()
        if op_id == self._current:
            self._current = ""
            self.busy_changed.emit(False)
            self.returned.emit()
        else:
            subject = submission.new.subject[:_SUBJECT_SHOWN]
            self._shell.say(_("“{subject}” is a draft again").format(subject=subject), tone="warn")
            self.sent_back.emit(op_id, submission)
        if error is not None:
            self._shell.failed(error)

    def _finish(self) -> None:
        self._current = ""
        self.busy_changed.emit(False)
        self.finished.emit()

    def _tell_waiting(self) -> None:
        count = self._outbox.count
        sentence = ngettext(
            "{count} ticket is queued on this PC, not yet saved. It is sent when the database answers.",
            "{count} tickets are queued on this PC, not yet saved. They are sent when the database answers.",
            count,
        ).format(count=count)
        self.waiting_changed.emit(sentence if count else "")

    def _say(self, submitted: Submitted) -> None:
        row = submitted.row
        if row is None:
            return
        number = self._number_text(row.number)
        words = {"number": number, "priority": f"P{row.priority}"}
        if submitted.outcome.undo is not None:
            self._shell.did(submitted.outcome, _("{number} solved and closed").format(**words))
        else:
            due = self._format.when(row.due_at, self._ctx.clock.now()) if row.due_at is not None else ""
            text = (
                _("{number} registered, {priority}, due {due}")
                if due
                else _("{number} registered, {priority}")
            )
            self._shell.say(
                text.format(due=due, **words),
                action=_("Open"),
                run=lambda: self._shell.open("ticket", {"id": int(row.id)}),
            )
        for error in submitted.left_out:
            self._tell_left_out(error)

    def _tell_left_out(self, error: FirstlineError) -> None:
        self._shell.failed(error)
