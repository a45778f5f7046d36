"""The page of a new ticket: call timer, drafts, files and keys around the form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.entities.events import (
    AnnouncementsChanged,
    CatalogueChanged,
    PeopleChanged,
    RosterChanged,
    SettingsChanged,
)
from app.models.entities.tickets import Channel
from app.services.base.context import Context
from app.services.base.drafts import Draft
from app.services.base.journal import Journal, journal_folder
from app.services.base.kept_files import KeptFiles, kept_files_folder
from app.services.base.undo import Outcome
from app.services.tickets.submissions import Submission
from app.views.base.actions import Action, ActionSet
from app.views.base.bridge import RefreshMark
from app.views.base.i18n import N_, _
from app.views.base.pages import Page, PageEnv, Target
from app.views.base.tasks import Lane
from app.views.tickets.form_announced import AnnouncedLine
from app.views.tickets.form_announced_notice import LINK_KEY
from app.views.tickets.form_attachments import local_files
from app.views.tickets.form_call import FormCall
from app.views.tickets.form_draft_list import DraftList
from app.views.tickets.form_drafts import DraftShelf
from app.views.tickets.form_files import FilePicking
from app.views.tickets.form_outbox import Outbox
from app.views.tickets.form_presenter import FormPresenter
from app.views.tickets.form_saving import FormSaving
from app.views.tickets.form_typeahead import TypeAhead
from app.views.tickets.form_values import Ending
from app.views.tickets.form_view import NewTicketView

SECOND = 1_000
_KEPT_FILES_FOR = timedelta(days=30)


class NewTicketPage(Page):
    """Targets: `caller` (a person's id), `draft` (a draft's id), `subject`. Without one, the form as it is.

    Opening the empty page begins a call: its timer, and the clock of its promise, run from then.
    """

    def __init__(
        self,
        ctx: Context,
        env: PageEnv,
        parent: QWidget | None = None,
        *,
        journal: Journal | None = None,
        kept: KeptFiles | None = None,
    ) -> None:
        super().__init__(ctx, env, parent)
        self._kept = kept or KeptFiles(kept_files_folder())
        actor = ctx.actor
        user = actor.key
        self.view = NewTicketView(
            env.format,
            ctx.clock.now,
            may_override=actor.may("priority.override"),
            may_add_people=actor.may("people.edit"),
        )
        self.presenter = FormPresenter(ctx, env.tasks, self)
        self.call = FormCall(ctx, self.view, self.presenter)
        notice = self.view.fields.announced
        self.announced = AnnouncedLine(self.call, self.presenter, notice, env.format, ctx.clock.now)
        self.shelf = DraftShelf(
            self,
            self.call.form,
            files=env.drafts,
            tasks=env.tasks,
            clock=ctx.clock,
            user=user,
            epoch=env.epoch,
            title=lambda: self.call.caller_title,
        )
        outbox = Outbox(
            ctx,
            env.tasks,
            journal=journal or Journal(journal_folder()),
            kept=self._kept,
            user=user,
            epoch=env.epoch,
        )
        self.saving = FormSaving(ctx, env.shell, outbox, env.format, self)
        self.files = FilePicking(env, self._kept, self.call, self.presenter)
        self.draft_list = DraftList(self.view, self.shelf, env.format, ctx.clock)
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND)
        self._timer.timeout.connect(self._show_timer)
        self._build()
        self._connect()
        self.begin_call()
        outbox.load()
        old = partial(self._kept.drop_older_than, ctx.clock.now() - _KEPT_FILES_FOR)
        env.tasks.run(old, lane=Lane.FILES)

    # -- what the window calls -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Read what the form offers and which drafts wait; send what is queued."""
        self.presenter.read_choices()
        self.shelf.load()
        self.saving.send_again()

    def show_target(self, target: Target) -> None:
        """Begin with a caller, a subject or an article that solves it, or go on with a draft."""
        if target.get("draft"):
            self.draft_list.resume_named(str(target["draft"]))
            return
        given: dict[str, Any] = {}
        if target.get("caller"):
            given["requester"] = str(target["caller"])
        if target.get("subject"):
            given["subject"] = str(target["subject"])
        if given:
            self.call.form.fill(given)
        if isinstance(target.get("article"), int):
            self.call.use_article(target["article"])

    def save_state(self) -> dict[str, Any]:
        """The draft in the form comes back; an empty form is nothing."""
        return {"draft": self.shelf.current_id} if self.call.form.is_dirty else {}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Go on with the draft, unless something is typed already."""
        if state.get("draft") and not self.call.form.is_dirty:
            self.draft_list.resume_named(str(state["draft"]))

    def focus_search(self) -> None:
        """Look for a caller."""
        self.view.caller.change_caller()

    def cycle_panes(self) -> None:
        """From the form to the helpers and back; through the tabs where they are folded."""
        if self.view.helpers.is_folded:
            self.view.helpers.next_tab()
        elif self.view.helpers.isAncestorOf(self.focusWidget() or self):
            self.view.fields.subject.setFocus()
        else:
            self.view.helpers.script.choice.setFocus()

    def leave(self) -> None:
        """Keep what is typed."""
        if not self.saving.is_busy:
            self.shelf.save_now()
        self.presenter.rest()
        self._timer.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.call.form.is_dirty and not self.saving.is_busy:
            self.begin_call()
            self.view.caller.focus_first()
        else:
            self.call.follow()
        if self.presenter.choices is None:
            self.refresh()
        self._timer.start()
        self._show_timer()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.files.add_files(local_files(event.mimeData()))
        event.acceptProposedAction()

    # -- calls and drafts ----------------------------------------------------------------------------

    def begin_call(self, opened_at: datetime | None = None) -> None:
        """Empty the form; the call begins now, or when its draft was opened."""
        begun = opened_at or self.ctx.clock.now()
        self.call.begin(begun)
        self.shelf.begin(begun)
        self.view.header.draft.setText("")
        self._show_timer()

    def hold(self) -> None:
        """Put this call aside and take the next one."""
        if not self.call.form.is_dirty or self.saving.is_busy:
            return
        number = self.shelf.number
        self.shelf.park()
        self.begin_call()
        self.view.caller.focus_first()
        self.env.shell.say(_("Draft {number} is on hold").format(number=number), tone="info")

    def cancel(self) -> None:
        """Throw away what is typed; it can be taken back."""
        if self.saving.is_busy:
            return
        if not self.call.form.is_dirty:
            self.env.shell.back()
            return
        values, opened_at = self.call.form.changed_values, self.presenter.opened_at
        self.shelf.forget()
        self.begin_call()
        self.env.shell.say(
            _("The draft was discarded"),
            tone="info",
            action=_("Undo"),
            run=lambda: self._take_back(values, opened_at),
        )
        self.env.shell.back()

    def resume(self, draft: Draft) -> None:
        """Go on with another draft; what is typed now is put aside."""
        if self.saving.is_busy:
            return
        if self.call.form.is_dirty:
            self.shelf.park()
        self.begin_call()
        opened_at = self.shelf.resume(draft)
        self.presenter.opened_at = opened_at
        self.call.follow()
        self._show_timer()
        self.view.fields.subject.setFocus()

    def save(self, ending: Ending) -> None:
        """Save the form, or show what is missing."""
        if self.saving.is_busy:
            return
        if self.presenter.choices is None:
            self.env.shell.say(
                _("The lists of the form have not come yet. What you typed is kept."), tone="warn"
            )
            return
        for line in self.view.findChildren(TypeAhead):
            line.settle()
        submission = self.call.submission(ending)
        if submission is not None:
            self.shelf.save_now()
            self.saving.send(submission)

    # -- inside ------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setAcceptDrops(True)
        may = self.ctx.actor.may
        footer = self.view.footer
        footer.solve.setVisible(may("tickets.close"))
        self.view.fields.refuse.setVisible(may("tickets.cancel"))
        self.action_set = ActionSet(self, self._actions(), may)
        self.setFocusProxy(self.view.caller.search)

    def _actions(self) -> tuple[Action, ...]:
        view = self.view
        return (
            Action(
                "new.create",
                N_("Create"),
                partial(self.save, Ending.CREATE),
                "check",
                "Ctrl+Return",
                "tickets.create",
            ),
            Action(
                "new.solve",
                N_("Solve now"),
                partial(self.save, Ending.SOLVE),
                "zap",
                "Ctrl+Shift+Return",
                "tickets.close",
            ),
            Action(
                "new.second_line",
                N_("To second line"),
                partial(self.save, Ending.SECOND_LINE),
                "arrow-right",
                "Ctrl+Shift+2",
                "tickets.create",
            ),
            Action(
                "new.out_of_scope",
                N_("Register as out of scope"),
                self._refuse,
                "ban",
                "Ctrl+Shift+O",
                "tickets.cancel",
            ),
            Action("new.hold", N_("Hold this call"), self.hold, "pause", "F8"),
            Action("new.caller", N_("Go to the caller"), view.caller.focus_first, "user", "Alt+C"),
            Action("new.subject", N_("Go to the subject"), view.fields.subject.setFocus, "pencil", "Alt+S"),
            Action("new.category", N_("Go to the category"), view.fields.category.setFocus, "tag", "Alt+G"),
            Action(
                "new.matrix", N_("Go to the matrix"), view.fields.promise.grid.setFocus, "grid-3x3", "Alt+M"
            ),
            Action(
                "new.use_article",
                N_("Use the first article"),
                self.call.use_first_article,
                "book-open",
                "Ctrl+Shift+U",
            ),
            Action(
                "new.link_announced",
                N_("Link what is announced, or use its article"),
                self.announced.link,
                "megaphone",
                LINK_KEY,
            ),
            Action(
                "new.link", N_("Link the first similar ticket"), self.call.link_first, "link", "Ctrl+Shift+L"
            ),
            Action(
                "new.attach",
                N_("Attach file"),
                self.files.pick,
                "paperclip",
                "Ctrl+Shift+A",
                "tickets.attach",
            ),
        )

    def _connect(self) -> None:
        view, shell = self.view, self.env.shell
        view.header.hold.clicked.connect(self.hold)
        view.header.cancel.clicked.connect(self.cancel)
        view.footer.create_button.clicked.connect(lambda: self.save(Ending.CREATE))
        view.footer.solve.clicked.connect(lambda: self.save(Ending.SOLVE))
        view.footer.second_line.clicked.connect(lambda: self.save(Ending.SECOND_LINE))
        view.footer.attach.clicked.connect(self.files.pick)
        view.footer.picture.clicked.connect(self.files.paste_picture)
        view.fields.refusal_asked.connect(self._refuse)
        view.fields.description.picture_given.connect(self.files.add_picture)
        view.fields.description.files_given.connect(self.files.add_files)
        view.caller.ticket_asked.connect(lambda ticket: shell.open("ticket", {"id": ticket}))
        view.caller.history_asked.connect(self._open_history)
        view.helpers.similar.opened.connect(lambda ticket: shell.open("ticket", {"id": ticket}))
        view.helpers.knowledge.opened.connect(lambda article: shell.open("knowledge", {"id": article}))
        view.resumed.connect(self.resume)
        self.draft_list.resumed.connect(self.resume)
        view.discarded.connect(self.shelf.discard)
        view.send_now.clicked.connect(self.saving.send_again)
        self.presenter.failed.connect(shell.failed)
        self.presenter.choices_ready.connect(self.saving.know)
        self.call.caller_added.connect(self._tell_added)
        self.shelf.failed.connect(shell.failed)
        self.saving.busy_changed.connect(self._show_busy)
        self.saving.secured.connect(self.shelf.forget)
        self.saving.finished.connect(self._on_saved)
        self.saving.returned.connect(self._on_returned)
        self.saving.sent_back.connect(self._keep_aside)
        self.saving.waiting_changed.connect(view.show_queued)
        RefreshMark(self, self.presenter.read_announced).on(self.env.bridge, AnnouncementsChanged)
        self.env.ticker.minute.connect(self._minute)
        for event in (CatalogueChanged, PeopleChanged, RosterChanged, SettingsChanged):
            self.refresh_on(event)

    def _refuse(self) -> None:
        if not self.view.fields.refusal.isHidden():
            self.save(Ending.OUT_OF_SCOPE)

    def _on_saved(self) -> None:
        self.shelf.forget()
        self.begin_call()
        self.env.shell.back()

    def _on_returned(self) -> None:
        self.shelf.save_now()
        self.view.fields.subject.setFocus()

    def _show_busy(self, is_busy: bool) -> None:
        self.view.fields.setEnabled(not is_busy)
        self.view.caller.setEnabled(not is_busy)
        footer = self.view.footer
        for button in (footer.create_button, footer.solve, footer.second_line):
            if is_busy:
                button.wait_for(_("Saving…"))
        if is_busy:
            self.view.show_needed(_("Saving…"))
        else:
            self.call.follow()

    def _take_back(self, values: dict[str, Any], opened_at: datetime) -> None:
        self.env.shell.open("new_ticket")
        self.presenter.opened_at = opened_at
        self.call.form.fill(values)
        self._show_timer()

    def _keep_aside(self, op_id: str, submission: Submission) -> None:
        title = submission.new.subject
        received_at = submission.new.received_at or self.ctx.clock.now()
        values = {**submission.draft, "opened_at": received_at.isoformat()}
        self.shelf.keep_aside(op_id, title, values)

    def _tell_added(self, outcome: Outcome) -> None:
        self.env.shell.did(outcome)

    def _open_history(self, person_id: int) -> None:
        caller = self.presenter.caller
        if caller is not None and caller.card.person.id == person_id:
            name = caller.card.person.details.name
            self.env.shell.open("tickets", {"query": f'requester:"{name}"'})

    def _minute(self) -> None:
        """Announcements begin and end without anybody's doing."""
        if self.isVisible():
            self.presenter.read_announced()

    def _show_timer(self) -> None:
        talked = max(self.ctx.clock.now() - self.presenter.opened_at, timedelta())
        minutes, seconds = divmod(int(talked.total_seconds()), 60)
        is_call = self.call.values.channel == Channel.PHONE
        words = _("In call {time}") if is_call else _("Open for {time}")
        said = words.format(time=f"{minutes:02d}:{seconds:02d}")
        self.view.header.call.say(said, "ok" if is_call else "", "phone" if is_call else "clock")
