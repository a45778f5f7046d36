"""One call in the form: what is typed reaches the presenter, what it finds reaches the screen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.entities.ids import PersonId
from app.models.entities.knowledge import Article
from app.models.entities.people import PersonFact, PersonRow
from app.models.entities.settings import Situation
from app.models.entities.ticket_pages import PromisePreview
from app.services.base.context import Context
from app.services.base.names import name_in, named
from app.services.base.undo import Outcome
from app.services.tickets.form_choices import Caller, FormChoices
from app.services.tickets.submissions import PickedFile, Submission
from app.views.base.i18n import _, current
from app.views.base.widgets.labels import set_tip
from app.views.tickets.form_presenter import FormPresenter
from app.views.tickets.form_state import CallForm, Held
from app.views.tickets.form_values import (
    Ending,
    FormValues,
    is_desk_solvable,
    missing_for,
    refusal,
    second_line_team,
    submission_of,
    usual_minutes,
)
from app.views.tickets.form_view import NewTicketView
from app.views.tickets.form_words import MISSING, waiting_for
from app.views.tickets.solution_text import solution_text


class FormCall(QObject):
    """Keeps form, view and presenter in step. It neither saves nor keeps drafts."""

    ready = Signal()  # the choices have come
    caller_added = Signal(object)  # Outcome

    def __init__(self, ctx: Context, view: NewTicketView, presenter: FormPresenter) -> None:
        super().__init__(view)
        self._ctx = ctx
        self._view = view
        self._presenter = presenter
        self._proposed: list[int] | None = None
        self._proposed_place = ""
        self.is_solving = False
        self.requester = Held("", self)
        self.files = Held([], self)
        self.links = Held([], self)
        self.article = Held(None, self)
        self.form = CallForm(self)
        self._bind()
        self._connect_form()
        self._connect_presenter()

    @property
    def values(self) -> FormValues:
        """Everything the form says now."""
        return self.form.call

    @property
    def caller_title(self) -> str:
        """Who it is and what it is about, for the list of drafts."""
        caller = self._presenter.caller
        details = caller.card.person.details if caller is not None else None
        name = name_in(details.name, details.name_alt, current.code) if details is not None else ""
        return " · ".join(part for part in (name, self.values.subject) if part)

    def begin(self, opened_at: datetime) -> None:
        """Empty the form for a call that came at `opened_at`."""
        self._proposed = None
        self._proposed_place = ""
        self.show_solving(is_shown=False)
        self.form.reset()
        self._presenter.begin(opened_at)
        self._view.helpers.begin()
        self.follow()

    def follow(self) -> None:
        """Let everything follow what the form says now."""
        values = self.values
        self._presenter.look(values)
        if values.solution or values.cause:
            self.show_solving(is_shown=True)
        view, choices = self._view, self._presenter.choices
        view.fields.show_refusal(refusal(values, choices, current.code))
        view.fields.show_usual(usual_minutes(values, choices))
        view.helpers.similar.show_links(values.links)
        view.helpers.knowledge.mark_used(values.article)
        self._show_needed(values)
        self._tell_script(values)

    def missing(self, ending: Ending) -> tuple[str, ...]:
        """Return what an ending still waits for."""
        return self._missing(self.values, ending)

    def submission(self, ending: Ending) -> Submission | None:
        """Return what is to be saved, or show what is missing and return None."""
        choices = self._presenter.choices
        if ending is Ending.SOLVE and not self.is_solving:
            self.show_solving(is_shown=True)
            self._view.fields.solve.solution.setFocus()
            self._show_needed(self.values)
            return None
        if names := self.missing(ending):
            self.show_missing(names)
            return None
        if choices is None:
            return None
        return submission_of(
            self.values,
            ending,
            choices,
            me=self._ctx.actor.person_id,
            opened_at=self._presenter.opened_at,
            now=self._ctx.clock.now(),
            told=refusal(self.values, choices, current.code),
        )

    def show_missing(self, names: tuple[str, ...]) -> None:
        """Say beside each field what is missing and put the cursor into the first."""
        errors = {name: str(MISSING[name][1]) for name in names}
        view = self._view
        self.form.show_errors({name: text for name, text in errors.items() if name != "article"})
        view.caller.field.set_error(errors.get("requester", ""))
        view.fields.solve.article_field.set_error(errors.get("article", ""))
        if "bearable" in errors:
            view.fields.promise.bearable.show_error(errors["bearable"])
        if "team" in errors:
            view.fields.fields["category"].set_error(errors["team"])
        if names[0] == "requester":
            view.caller.focus_first()

    def show_solving(self, *, is_shown: bool) -> None:
        """Open or close the part of the form that solves the call at once."""
        was_shown, self.is_solving = self.is_solving, is_shown
        self._view.fields.solve.setVisible(is_shown)
        if is_shown and not was_shown:
            # Where it stands is known once the layout has made room for it.
            solve = self._view.fields.solve
            QTimer.singleShot(0, solve, lambda: self._view.left.ensureWidgetVisible(solve))

    def add_file(self, file: PickedFile) -> None:
        """Add a file that is kept on this computer."""
        self.files.take([*self.files.value, _plain(file)])
        self._show_files(self.files.value)

    def toggle_link(self, ticket_id: int) -> None:
        """Link another ticket when this one is saved, or not after all."""
        links = self.links.value
        is_linked = ticket_id in links
        self.links.take([each for each in links if each != ticket_id] if is_linked else [*links, ticket_id])

    def use_article(self, article_id: int) -> None:
        """Take an article's solution, as if it had been found here."""
        self._presenter.read_article(article_id)

    def use_first_article(self) -> None:
        """Use the best article shown."""
        lines = self._view.helpers.knowledge.lines
        if lines:
            self._presenter.read_article(lines[0].article_id)

    def link_first(self) -> None:
        """Link the ticket most alike."""
        lines = self._view.helpers.similar.lines
        if lines:
            self.toggle_link(lines[0].ticket_id)

    # -- from the form -------------------------------------------------------------------------------

    def _bind(self) -> None:
        form, view = self.form, self._view
        form.hold("requester", self.requester, view.caller.set_person)
        view.fields.bind(form)
        form.hold("files", self.files, self._show_files)
        form.hold("links", self.links, view.helpers.similar.show_links)
        form.hold("article", self.article, view.fields.solve.set_article)

    def _connect_form(self) -> None:
        view = self._view
        self.form.changed.connect(self.follow)
        view.caller.asked.connect(self._presenter.find_callers)
        view.caller.taken.connect(self._on_caller_taken)
        view.caller.add_asked.connect(self._presenter.add_caller)
        view.fields.category.taken.connect(lambda _key: self._propose_cell())
        view.fields.service.taken.connect(lambda _key: self._propose_cell())
        view.fields.subject.returnPressed.connect(view.fields.category.setFocus)
        view.fields.promise.previewed.connect(lambda *cell: self._presenter.ask_promise(cell))
        view.fields.solve.closed.connect(self._stop_solving)
        view.fields.solve.changed.connect(self._on_solution_changed)
        view.fields.files.removed.connect(self._remove_file)
        view.helpers.knowledge.used.connect(self._presenter.read_article)
        view.helpers.similar.link_toggled.connect(self.toggle_link)

    def _on_caller_taken(self, person_id: str) -> None:
        self._view.caller.field.set_error("")
        self.requester.take(person_id)
        if person_id:
            self._view.fields.subject.setFocus()

    def _propose_cell(self) -> None:
        """A category, or else a service, proposes impact and urgency, as long as nobody chose a cell."""
        fields = self._view.fields
        offers = fields.offers
        chosen_by = fields.category.key, fields.service.key
        proposed = offers.proposed_cell(*chosen_by) if offers is not None else None
        promise = fields.promise
        chosen = list(promise.cell) if promise.cell is not None else None
        if proposed is not None and chosen in (None, self._proposed):
            self._proposed = list(proposed)
            promise.choose(proposed)
            promise.chosen.emit()

    def _propose_location(self, where: str) -> None:
        """A caller is where they usually are, as long as nobody typed another place."""
        location = self._view.fields.location
        if where and location.text().strip() in {"", self._proposed_place}:
            self._proposed_place = where
            location.setText(where)

    def _stop_solving(self) -> None:
        self.form.fill({"solution": "", "cause": "", "resolution": "", "no_article": False, "article": None})
        self.show_solving(is_shown=False)
        self.follow()

    def _on_solution_changed(self) -> None:
        solve = self._view.fields.solve
        solve.article_field.set_error("")
        self.article.take(solve.article_id)

    def _remove_file(self, place: int) -> None:
        self.files.take([file for at, file in enumerate(self.files.value) if at != place])
        self._show_files(self.files.value)

    def _show_files(self, files: list[dict[str, Any]]) -> None:
        self._view.fields.files.show_files([PickedFile(**each) for each in files])

    # -- from the presenter --------------------------------------------------------------------------

    def _connect_presenter(self) -> None:
        presenter, view = self._presenter, self._view
        presenter.choices_ready.connect(self._on_choices)
        presenter.callers_found.connect(self._on_callers)
        presenter.caller_known.connect(self._on_caller)
        presenter.caller_added.connect(self._on_caller_added)
        presenter.promised.connect(self._on_promised)
        presenter.suggested.connect(view.fields.show_suggested)
        presenter.articles_found.connect(view.helpers.knowledge.show_articles)
        presenter.similar_found.connect(view.helpers.similar.show_similar)
        presenter.same_service_found.connect(view.helpers.similar.show_same_service)
        presenter.article_read.connect(self._on_article)

    def _on_choices(self, choices: FormChoices) -> None:
        view = self._view
        view.fields.show_choices(choices, self._ctx.actor.person_id)
        view.caller.show_companies(choices.companies)
        view.helpers.script.show_scripts(choices.scripts)
        view.helpers.similar.set_numbers(choices.number_text)
        self.follow()
        self.ready.emit()

    def _on_callers(self, people: list[PersonRow]) -> None:
        self._view.caller.show_callers(people)

    def _on_caller(self, caller: Caller | None) -> None:
        choices = self._presenter.choices
        self._view.caller.show_caller(caller, choices.number_text if choices is not None else str)
        if caller is not None:
            person = caller.card.person
            # A mask of where somebody is must never become where a ticket is.
            self._propose_location("" if PersonFact.LOCATION in person.masked else person.details.location)
        self._tell_script(self.values)

    def _on_caller_added(self, outcome: Outcome) -> None:
        self.caller_added.emit(outcome)
        if outcome.id is not None:
            self._on_caller_taken(str(PersonId(outcome.id)))

    def _on_promised(self, preview: PromisePreview | None) -> None:
        self._view.fields.promise.show_promise(preview, self._ctx.clock.now())
        self._tell_script(self.values)

    def _on_article(self, article: Article) -> None:
        """Its text becomes the solution where nothing was written yet; it counts as knowledge used."""
        view = self._view
        solve = view.fields.solve
        solve.set_article(int(article.id), article.title)
        self.show_solving(is_shown=True)
        if not solve.solution.toPlainText().strip():
            solve.solution.setPlainText(solution_text(article.body))
        self.article.take(int(article.id))
        solve.cause.setFocus()

    # -- what follows ------------------------------------------------------------------------------

    def _missing(self, values: FormValues, ending: Ending) -> tuple[str, ...]:
        needs_caller = self._ctx.actor.may("people.edit")
        return missing_for(values, ending, self._presenter.choices, needs_caller=needs_caller)

    def _show_needed(self, values: FormValues) -> None:
        view, choices = self._view, self._presenter.choices
        ending = Ending.SOLVE if self.is_solving else Ending.CREATE
        to_create = waiting_for(self._missing(values, Ending.CREATE))
        to_solve = waiting_for(self._missing(values, Ending.SOLVE))
        footer = view.footer
        footer.create_button.wait_for(to_create)
        footer.solve.wait_for(to_solve if self.is_solving else "")
        footer.second_line.wait_for(waiting_for(self._missing(values, Ending.SECOND_LINE)))
        if footer.second_line.isEnabled() and is_desk_solvable(values, choices):
            set_tip(footer.second_line, _("The desk solves this kind itself: look at the articles first"))
        view.show_needed(waiting_for(self._missing(values, ending)))
        view.fields.refuse.wait_for(waiting_for(self._missing(values, Ending.OUT_OF_SCOPE)))

    def _tell_script(self, values: FormValues) -> None:
        script = self._view.helpers.script
        script.follow(self._situation(values), self._script_values(values))

    def _situation(self, values: FormValues) -> Situation:
        if refusal(values, self._presenter.choices, current.code):
            return Situation.REFUSE
        if self.is_solving:
            return Situation.CONFIRM
        if values.subject and not self.missing(Ending.CREATE):
            return Situation.PROMISE
        if values.subject:
            return Situation.DIAGNOSE
        return Situation.IDENTIFY if values.requester else Situation.GREETING

    def _script_values(self, values: FormValues) -> dict[str, str]:
        choices = self._presenter.choices
        team = choices.team(second_line_team(values, choices)) if choices is not None else None
        me = choices.person(self._ctx.actor.person_id) if choices is not None else None
        caller = self._presenter.caller
        details = caller.card.person.details if caller is not None else None
        return {
            "agent": named(me, current.code) if me is not None else self._ctx.actor.name,
            "caller": name_in(details.name, details.name_alt, current.code) if details is not None else "",
            "desk_phone": choices.desk_phone if choices is not None else "",
            "due": self._view.fields.promise.panel.due_text,
            "subject": values.subject,
            "team": name_in(team.details.name, team.details.name_alt, current.code) if team else "",
        }


def _plain(file: PickedFile) -> dict[str, Any]:
    return {"name": file.name, "media_type": file.media_type, "kept_as": file.kept_as, "size": file.size}
