"""Where one writes on a ticket's page: internal note, reply or solution, with files and texts to insert."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.ids import ArticleId, TicketId
from app.models.entities.knowledge import Article
from app.models.entities.tickets import OPEN_STATUSES, Move, Resolution
from app.services.tickets.rules import GateFacts, missing_for
from app.views.base.forms import Binding, Form
from app.views.base.i18n import _, ngettext
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import Card
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import PlainLabel, set_tip
from app.views.base.widgets.switches import Choice, Segment
from app.views.tickets.attachment_files import PickedFile
from app.views.tickets.composer_draft import ComposerDraft
from app.views.tickets.composer_parts import (
    IDLE_HEIGHT,
    LOW_HEIGHT,
    USUAL_HEIGHT,
    ComposerText,
    SolutionFields,
    WaitingFiles,
)
from app.views.tickets.composer_presenter import ComposerPresenter, Message, Mode, Way
from app.views.tickets.detail_names import article_number
from app.views.tickets.detail_state import TicketState
from app.views.tickets.inserting import Inserting
from app.views.tickets.solution_text import lacking_to_resolve, solution_text, waits_for


class Composer(Card):
    """The card at the foot of the page. What is typed is kept as a draft of its ticket until it is sent."""

    def __init__(self, presenter: ComposerPresenter, inserting: Inserting, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.setObjectName("composer")
        self._presenter = presenter
        self._inserting = inserting
        self._state: TicketState | None = None
        self._ticket_id: TicketId | None = None
        self._draft: ComposerDraft | None = None
        self._is_sending = False
        self._is_compact = False
        self.form = Form(self)
        self.mode = Segment(
            [
                Choice(Mode.NOTE, _("Internal note")),
                Choice(Mode.REPLY, _("Reply")),
                Choice(Mode.SOLUTION, _("Solution")),
            ],
            said=_("What to write"),
        )
        self.text = ComposerText()
        self.way = Choose()
        self.files = WaitingFiles(presenter.env.format)
        self.template = Button(_("Template"), ButtonKind.GHOST, icon="file-text", small=True)
        self.article = Button(_("Article"), ButtonKind.GHOST, icon="book-open", small=True)
        self.attach = IconButton("paperclip", _("Attach a file"), small=True)
        self.draft_note = PlainLabel("", "small")
        self.final = Button(_("Solve now"), icon="check-check")
        self.send = Button("", ButtonKind.PRIMARY, key="Ctrl+Enter")
        self._build()
        self._connect()
        self._show_mode()

    # -- for the page ------------------------------------------------------------------------------

    def show_state(self, state: TicketState) -> None:
        """Follow the ticket; another one than before brings its own draft."""
        self._state = state
        self.solution.fill(state.terms.causes, state.terms.resolutions)
        if state.ticket.id != self._ticket_id:
            self._start(state)
        self._wait()

    def begin(self, mode: Mode) -> None:
        """Put the cursor into the text, ready to write this."""
        self.mode.choose(mode)
        self._show_mode()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()

    def take_article(self, article_id: ArticleId) -> None:
        """Insert an article's steps as if it had been looked up here, and note it as knowledge used."""
        self._presenter.read_article(article_id, self._take_article)

    def save_draft(self) -> None:
        """Write what is typed to the disk now: the page is left."""
        if self._draft is not None:
            self._draft.save_now()

    def attach_paths(self, paths: list[Path]) -> None:
        """Read files that were dropped; they wait until the message is sent."""
        for path in paths:
            self._presenter.read(path)

    def set_compact(self, *, is_compact: bool) -> None:
        """In a low window be one line as long as nobody writes, so that more of the timeline is seen."""
        self._is_compact = is_compact
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter sends from every field, not from the text alone."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.send.click()
        else:
            super().keyPressEvent(event)

    # -- building ----------------------------------------------------------------------------------

    def _build(self) -> None:
        self.text.setPlaceholderText(_("Write here. Files can be dropped, screenshots pasted."))
        for way, words in (
            (Way.EMAIL, _("by e-mail")),
            (Way.CALLED, _("by telephone, we called")),
            (Way.CALLED_BY_USER, _("by telephone, they called")),
            (Way.VISIT, _("in person")),
            (Way.WEB, _("on the web")),
            (Way.VIDEO, _("by video")),
        ):
            self.way.addItem(words, str(way))
        self.way.setAccessibleName(_("How the reply was given"))
        self.solution = SolutionFields(self.form)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self.mode)
        head.addWidget(self.way)
        head.addStretch(1)
        for button in (self.template, self.article, self.attach):
            head.addWidget(button)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(Space.S)
        foot.addWidget(self.files)
        foot.addStretch(1)
        foot.addWidget(self.draft_note)
        foot.addWidget(self.final)
        foot.addWidget(self.send)
        field = Field(_("Text"), self.text)
        field.label.hide()
        field.hint.hide()
        whole = QVBoxLayout()
        whole.setSpacing(Space.S)
        whole.addLayout(head)
        whole.addWidget(self.form.add("text", field))
        whole.addWidget(self.solution)
        whole.addWidget(self._foot)
        self.body.addLayout(whole)
        self._bind_choices()

    def _bind_choices(self) -> None:
        """Let tab and channel come back with a draft; without a text they are not worth keeping."""

        def with_text(value: str, otherwise: str) -> str:
            return value if self.text.toPlainText().strip() else otherwise

        mode = Binding(lambda: with_text(self.mode.key, Mode.NOTE), self.mode.choose, self.mode.chosen)
        way = Binding(
            lambda: with_text(str(self.way.currentData()), Way.EMAIL),
            lambda value: self.way.setCurrentIndex(max(0, self.way.findData(value))),
            self.way.currentIndexChanged,
        )
        for name, label, binding in (("mode", _("What to write"), mode), ("way", _("Channel"), way)):
            unseen = Field(label, QWidget(), parent=self)
            unseen.hide()
            self.form.add(name, unseen, binding)

    def _connect(self) -> None:
        self.mode.chosen.connect(lambda _key: self._show_mode())
        self.form.changed.connect(self._on_typed)
        self.files.changed.connect(self._wait)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        self.text.send_asked.connect(self.send.click)
        self.text.files_dropped.connect(self.attach_paths)
        self.text.picture_pasted.connect(self._take_picture)
        self.send.clicked.connect(partial(self._send, is_final=False))
        self.final.clicked.connect(partial(self._send, is_final=True))
        self.attach.clicked.connect(self._presenter.choose_file)
        self.template.clicked.connect(self._insert_template)
        self.article.clicked.connect(self._insert_article)
        self._presenter.picked.connect(self._take_file)
        self._presenter.files_kept.connect(self.files.show_files)
        self._presenter.sent.connect(self._on_sent)
        self._presenter.not_sent.connect(self._on_not_sent)

    # -- drafts ------------------------------------------------------------------------------------

    def _start(self, state: TicketState) -> None:
        """Put away what belongs to the ticket before, and begin this one's."""
        if self._draft is not None:
            self._draft.end()
        self._ticket_id = state.ticket.id
        self.mode.choose(Mode.NOTE)
        self.form.load({"text": "", "way": str(Way.EMAIL), **_known_of(state)})
        self.files.show_files(())
        self._draft = ComposerDraft(self, self.form, self._presenter, state)
        self._draft.restored.connect(self._show_mode)
        self._draft.told.connect(self.draft_note.setText)
        self.draft_note.setText("")
        self._show_mode()
        self._draft.look_for()

    # -- writing -----------------------------------------------------------------------------------

    def _on_typed(self) -> None:
        self.draft_note.setText("")
        self._wait()

    def _show_mode(self) -> None:
        mode = Mode(self.mode.key)
        self.way.setVisible(mode is Mode.REPLY)
        self.solution.setVisible(mode is Mode.SOLUTION)
        self.final.setVisible(mode is Mode.SOLUTION and self._presenter.may("tickets.close"))
        said = {
            Mode.NOTE: _("Internal note"),
            Mode.REPLY: _("Reply"),
            Mode.SOLUTION: _("Solution"),
        }[mode]
        self.text.setAccessibleName(said)
        self._wait()

    def _on_focus(self, _before: QWidget | None, _now: QWidget | None) -> None:
        if self._is_compact:
            self._fit()

    def _fit(self) -> None:
        focus = self.window().focusWidget()
        is_used = (
            self.isAncestorOf(focus or self)
            or bool(self.text.toPlainText().strip() or self.files.files)
            or self.mode.key != Mode.NOTE
        )
        is_idle = self._is_compact and not is_used
        self._foot.setVisible(not is_idle)
        self.text.set_height(IDLE_HEIGHT if is_idle else LOW_HEIGHT if self._is_compact else USUAL_HEIGHT)

    def _wait(self) -> None:
        """Say on the buttons what they do and what they still wait for."""
        self._fit()
        mode = Mode(self.mode.key)
        files = len(self.files.files)
        only_files = bool(files) and not self.form.values["text"] and mode is not Mode.SOLUTION
        words = {Mode.NOTE: _("Add note"), Mode.REPLY: _("Record reply"), Mode.SOLUTION: _("Resolve")}[mode]
        if only_files:
            words = ngettext("Attach {count} file", "Attach {count} files", files).format(count=files)
        self.send.say(words)
        reason = self._reason(mode, only_files=only_files)
        self.send.wait_for(reason)
        self.final.wait_for(reason)
        if not reason:
            set_tip(self.final, _("Resolve, record “confirmed by telephone, now”, and close in one step"))

    def _reason(self, mode: Mode, *, only_files: bool) -> str:
        if self._is_sending:
            return _("It is being saved.")
        if mode is not Mode.SOLUTION:
            has_something = only_files or bool(self.form.values["text"])
            return "" if has_something else _("Type something first.")
        if not self._presenter.may("tickets.resolve"):
            return _("You lack the right to do this.")
        if self._state is not None and self._state.ticket.status not in OPEN_STATUSES:
            return _("This ticket is not open. Reopen it first.")
        missing = missing_for(Move.RESOLVE, self._facts())
        return waits_for(missing[0]) if missing else ""

    def _facts(self) -> GateFacts:
        said = self._resolution()
        detail = self._state.detail if self._state is not None else None
        return GateFacts(
            solution=said.solution,
            cause_code=said.cause_code,
            resolved_line=said.resolved_line,
            article_id=said.article_id,
            no_article_fits=said.no_article_fits,
            lacking=lacking_to_resolve(detail.ticket, detail.demands, said) if detail is not None else (),
        )

    def _resolution(self) -> Resolution:
        values = self.form.values
        return Resolution(
            solution=values["text"],
            cause_code=str(values["cause"] or ""),
            resolution_code=str(values["code"] or ""),
            resolved_line=values["line"],
            article_id=self.solution.article.article_id,
            no_article_fits=values["article"] == [],
        )

    def _send(self, *, is_final: bool) -> None:
        mode = Mode(self.mode.key)
        self._is_sending = True
        self._wait()
        self._presenter.send(
            Message(
                mode,
                self.form.values["text"],
                Way(self.form.values["way"]),
                tuple(self.files.files),
                self._resolution() if mode is Mode.SOLUTION else None,
                is_final,
            )
        )

    def _on_sent(self) -> None:
        self._is_sending = False
        if self._draft is not None:
            self._draft.forget()
        mode = Mode(self.mode.key)
        # An article that was inserted stays named: the solution will ask for it.
        done_with = {"cause": "", "code": "", "article": None} if mode is Mode.SOLUTION else {}
        self.form.load({"text": "", **done_with})
        self.mode.choose(Mode.NOTE if mode is Mode.SOLUTION else mode)
        self.draft_note.setText("")
        self._show_mode()

    def _on_not_sent(self) -> None:
        self._is_sending = False
        self._wait()

    # -- files and inserting -----------------------------------------------------------------------

    def _take_picture(self, picture: QImage) -> None:
        self._presenter.take_picture(picture)

    def _take_file(self, file: PickedFile) -> None:
        self.files.add(file)

    def _insert_template(self) -> None:
        if self._state is not None:
            is_reply = self.mode.key == Mode.REPLY
            self._inserting.template(self._state, self._insert, is_reply=is_reply)

    def _insert_article(self) -> None:
        self._inserting.article(self._take_article)

    def _take_article(self, article: Article) -> None:
        self._insert(solution_text(article.body))
        title = f"{article_number(article.number)} {article.title}"
        self.solution.article.take(article.id, title)

    def _insert(self, text: str) -> None:
        """Put a text where the cursor is, on a line of its own."""
        cursor = self.text.textCursor()
        before = "\n" if cursor.positionInBlock() else ""
        cursor.insertText(before + text.strip())
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)


def _known_of(state: TicketState) -> dict[str, object]:
    """Return what a ticket that was solved before says already, and the line it is with."""
    ticket = state.ticket
    team = next((team for team in state.terms.teams if team.id == ticket.team_id), None)
    title = state.names.article(ticket.article_id)
    article: list[object] | None = [] if ticket.no_article_fits else None
    if ticket.article_id is not None and title:
        article = [int(ticket.article_id), title]
    return {
        "cause": ticket.cause_code,
        "code": ticket.resolution_code,
        "line": ticket.resolved_line or (team.details.line if team else 1),
        "article": article,
    }
