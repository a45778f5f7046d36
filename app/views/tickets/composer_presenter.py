"""What the composer does: saves notes, replies, calls and files, finds articles, keeps drafts. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.models.entities.audit import AccessSubject
from app.models.entities.ids import ArticleId, TicketId
from app.models.entities.knowledge import Article
from app.models.entities.tickets import Attachment, Channel, Resolution
from app.services.audit.handing_out import exported, hand_out
from app.services.base.drafts import Draft, DraftKey
from app.services.base.undo import Outcome
from app.services.knowledge import queries as knowledge_queries
from app.services.knowledge.queries import ArticleHit
from app.services.tickets import note_commands, queries
from app.views.base.dialogs import Question
from app.views.base.i18n import _
from app.views.base.tasks import Lane
from app.views.tickets.attachment_files import (
    EXECUTABLE,
    PickedFile,
    ending_of,
    lay_out_for_viewing,
    picture_file,
    read_file,
    save_file,
)
from app.views.tickets.detail_presenter import TicketPresenter
from app.views.tickets.detail_state import TicketState

DRAFT_FORM = "tickets.composer"
_MOST_HITS = 20


class Mode(StrEnum):
    """What the composer writes."""

    NOTE = "note"
    REPLY = "reply"
    SOLUTION = "solution"


class Way(StrEnum):
    """How a reply reached the requester; two of them are calls, with the direction."""

    EMAIL = "email"
    CALLED = "called"
    CALLED_BY_USER = "called_by_user"
    VISIT = "visit"
    WEB = "web"
    VIDEO = "video"


_CHANNELS: Mapping[Way, Channel] = {
    Way.EMAIL: Channel.EMAIL,
    Way.VISIT: Channel.VISIT,
    Way.WEB: Channel.WEB,
    Way.VIDEO: Channel.VIDEO,
}


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be saved: a text, how it was given, and files."""

    mode: Mode
    text: str
    way: Way = Way.EMAIL
    files: tuple[PickedFile, ...] = ()
    resolution: Resolution | None = None
    is_final: bool = False  # solve, confirm and close in one step


class ComposerPresenter(QObject):
    """Saves what the composer holds for the ticket its page shows."""

    sent = Signal()  # everything is saved
    not_sent = Signal()  # something was refused; the person was told, the text stays
    files_kept = Signal(object)  # the files of the message that still wait, after some were saved
    picked = Signal(object)  # PickedFile, ready to be attached

    def __init__(self, ticket: TicketPresenter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ticket = ticket
        self.env = ticket.env
        self.ctx = ticket.ctx

    @property
    def state(self) -> TicketState | None:
        """The ticket as its page shows it."""
        return self._ticket.state

    def may(self, permission: str) -> bool:
        """Tell whether the person holds a permission."""
        return self._ticket.may(permission)

    # -- sending -----------------------------------------------------------------------------------

    def send(self, message: Message) -> None:
        """Save the text, then the files one after another; what was saved is not sent twice."""
        ticket_id = self._ticket.ticket_id
        if ticket_id is None:
            return
        if message.resolution is not None:
            self._ticket.resolve(
                message.resolution,
                is_final=message.is_final,
                done=lambda _outcome: self._attach(ticket_id, message.files),
                refused=self.not_sent.emit,
            )
        elif message.text:
            job = self._text_job(ticket_id, message)
            self._run(job, lambda _outcome: self._attach(ticket_id, message.files), self._refuse)
        else:
            self._attach(ticket_id, message.files)

    def _text_job(self, ticket_id: TicketId, message: Message) -> Callable[[], Outcome]:
        ctx, text = self.ctx, message.text
        if message.mode is Mode.NOTE:
            return partial(note_commands.add_note, ctx, ticket_id, text)
        if message.way in _CHANNELS:
            return partial(note_commands.add_reply, ctx, ticket_id, text, channel=_CHANNELS[message.way])
        is_from_user = message.way is Way.CALLED_BY_USER
        return partial(note_commands.record_call, ctx, ticket_id, text, is_from_user=is_from_user)

    def _attach(self, ticket_id: TicketId, files: Sequence[PickedFile]) -> None:
        self.files_kept.emit(tuple(files))
        if not files:
            self.sent.emit()
            self._ticket.refresh()
            return
        first, rest = files[0], files[1:]
        job = partial(
            note_commands.attach_file,
            self.ctx,
            ticket_id,
            name=first.name,
            media_type=first.media_type,
            body=first.body,
        )
        self._run(job, lambda _outcome: self._attach(ticket_id, rest), self._refuse)

    def _refuse(self, error: Exception) -> None:
        self.env.shell.failed(error)
        self.not_sent.emit()
        self._ticket.refresh()

    # -- files -------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Let the person pick a file of this computer."""
        path = self.env.dialogs.open_file(_("Attach a file"), ())
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Read a file off the window thread; `picked` brings it."""
        state = self._ticket.state
        if state is not None:
            self._in_files_lane(partial(read_file, path, state.terms.attachment_limit), self.picked.emit)

    def take_picture(self, picture: QImage) -> None:
        """Take a picture from the clipboard; it becomes a PNG off the window thread."""
        stamp = self.env.format.local(self.ctx.clock.now())
        name = _("screenshot {time}.png").format(time=f"{stamp:%Y-%m-%d %H.%M.%S}")
        self._in_files_lane(partial(picture_file, picture, name), self.picked.emit)

    def view(self, file: Attachment, shown: Callable[[Path], None]) -> None:
        """Read a file's bytes and lay it out for a viewer; `shown` gets its path."""

        def laid_out(path: Path | None) -> None:
            if path is None:
                self.env.shell.say(_("This file cannot be shown; save it instead."), tone="warn")
            else:
                shown(path)

        self._body_of(
            file,
            lambda body: self._in_files_lane(partial(lay_out_for_viewing, file.name, body), laid_out),
        )

    def save(self, file: Attachment) -> None:
        """Ask where, then write the file there. What a double click would run is warned about first."""
        if ending_of(file.name) in EXECUTABLE and not self.env.dialogs.confirm(_warning(file)):
            return
        path = self.env.dialogs.save_file(_("Save the file"), file.name, ())
        if path is None:
            return

        def saved(trouble: str) -> None:
            if trouble:
                text = _("“{name}” was not saved: {why}").format(name=path.name, why=trouble)
                self.env.shell.say(text, tone="bad")
            else:
                self.env.shell.say(_("Saved “{name}”").format(name=path.name))

        state = self._ticket.state
        number = state.ticket.number if state is not None else None
        access = exported(AccessSubject.ATTACHMENT, str(file.id), path, name=file.name, ticket=number)

        def write(body: bytes) -> None:
            self._in_files_lane(partial(hand_out, self.ctx, access, partial(save_file, path, body)), saved)

        self._body_of(file, write)

    def _body_of(self, file: Attachment, then: Callable[[bytes], None]) -> None:
        self._run(partial(queries.attachment_body, self.ctx, file.id), then, self.env.shell.failed)

    # -- knowledge and drafts ----------------------------------------------------------------------

    def find_articles(self, typed: str, then: Callable[[Sequence[ArticleHit]], None]) -> None:
        """Find articles; with nothing typed, those that fit the ticket."""
        state = self._ticket.state
        if state is None:
            return
        if typed:
            job = partial(knowledge_queries.search_articles, self.ctx, typed, limit=_MOST_HITS)
        else:
            about = f"{state.ticket.subject}\n{state.ticket.description}"
            job = partial(
                knowledge_queries.suggested_articles,
                self.ctx,
                about,
                category_id=state.ticket.category_id,
                limit=_MOST_HITS,
            )
        self._run(job, then, self.env.shell.failed)

    def read_article(self, article_id: ArticleId, then: Callable[[Article], None]) -> None:
        """Read an article whole."""
        job = partial(knowledge_queries.article, self.ctx, article_id)
        self._run(job, then, self.env.shell.failed)

    def draft_key(self, ticket_id: TicketId) -> DraftKey:
        """Return under which key this person's text for a ticket is kept."""
        actor = self.ctx.actor
        user = str(actor.person_id) if actor.person_id is not None else actor.name
        return DraftKey(user, self.env.epoch, DRAFT_FORM, str(int(ticket_id)))

    def find_draft(self, key: DraftKey, then: Callable[[Draft], None]) -> None:
        """Look for what was typed here before; `then` is not called when there is nothing."""

        def found(drafts: Sequence[Draft]) -> None:
            draft = next((draft for draft in drafts if draft.key == key), None)
            if draft is not None:
                then(draft)

        self._in_files_lane(partial(self.env.drafts.offers, key.user, key.epoch), found)

    # -- inside ------------------------------------------------------------------------------------

    def _run(self, job: Callable[[], Any], done: Callable[[Any], None], failed: Any) -> None:
        self.env.tasks.run(job, done, failed, owner=self)

    def _in_files_lane(self, job: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self.env.tasks.run(job, done, self.env.shell.failed, lane=Lane.FILES, owner=self)


def _warning(file: Attachment) -> Question:
    return Question(
        _("“{name}” is a program").format(name=file.name),
        _("Whoever opens it lets it do anything on this computer. Save it only if you know who made it."),
        _("Save it all the same"),
    )
