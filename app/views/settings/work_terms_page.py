"""People's terms: what was agreed with people or holds for a department, edited in place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from app.models.entities.events import PeopleChanged, RosterChanged
from app.models.entities.roster_plan import WorkTerms
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.roster.terms_queries import TermsSheet, terms_sheet
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import Card, Notice, row_of
from app.views.base.widgets.chips import KeyCap
from app.views.base.widgets.fields import SearchField
from app.views.base.widgets.labels import PlainLabel
from app.views.settings.frame import SettingsPane
from app.views.settings.work_terms_model import TermsModel
from app.views.settings.work_terms_rows import TermsRow, changing, circles_of, clearing
from app.views.settings.work_terms_table import TermsTable


class WorkTermsPane(SettingsPane):
    """Every cell acts at once, with its Undo. The first cell changed of a person makes terms of their own."""

    edit_permission = "roster.edit"

    def __init__(self, ctx: Context, env: PageEnv) -> None:
        super().__init__(ctx, env)
        self._is_read = False
        self.model = TermsModel(env.format, self)
        self.model.may_edit = self.may_edit
        self.table = TermsTable(self.model, _("People's terms"))
        self.search = SearchField(_("Find a person or department"))
        self.clear = Button(_("As the department"), icon="undo-2", key="Ctrl+Del", small=True)
        self.refused = Notice("", tone="warn")
        self.refused.hide()
        self.circles = Notice("", tone="warn")
        self.circles.hide()
        self._build()
        self.search.textChanged.connect(self.model.search)
        self.search.step.connect(lambda _by: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.model.edited.connect(self._change)
        self.model.refused.connect(self._tell_refused)
        self.table.clear_asked.connect(self._clear)
        self.table.row_chosen.connect(lambda _row: self._limit())
        self.clear.clicked.connect(self._clear)
        self.refresh_on(RosterChanged)
        self.refresh_on(PeopleChanged)

    @property
    def is_ready(self) -> bool:
        return self._is_read

    def refresh(self) -> None:
        job = partial(terms_sheet, self.ctx)
        self.env.tasks.run(job, self._show, self.env.shell.failed, owner=self)

    # -- inside --------------------------------------------------------------------------------------

    def _build(self) -> None:
        card = Card(flush=True)
        keys = row_of(
            KeyCap("Space"),
            PlainLabel(_("yes or no"), "small"),
            KeyCap("Enter"),
            PlainLabel(_("type or choose"), "small"),
            KeyCap("Del"),
            PlainLabel(_("empty"), "small"),
            spacing=6,
        )
        head = row_of(self.search, keys, self.clear)
        head.setStretch(0, 1)
        head.setContentsMargins(Space.M, 0, Space.M, 0)
        card.body.addLayout(head)
        card.body.addWidget(self.refused)
        card.body.addWidget(self.table, 1)
        said = _("Grey is what the department has. Whoever has terms of their own has them as a whole.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.circles)
        column.addWidget(card, 1)
        column.addWidget(PlainLabel(said, "small", wrap=True))

    @property
    def row(self) -> TermsRow | None:
        """The line under the cursor."""
        at = self.table.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def _change(self, row: TermsRow, terms: WorkTerms) -> None:
        self.refused.hide()
        self._run(changing(self.ctx, row, terms))

    def _clear(self) -> None:
        job = clearing(self.ctx, self.row) if self.row is not None and self.may_edit else None
        if job is not None:
            self._run(job)

    def _run(self, job: Callable[[], Outcome]) -> None:
        self.env.tasks.run(job, self._on_done, self._on_refused, owner=self)

    def _on_done(self, outcome: Outcome) -> None:
        self.env.shell.did(outcome)
        self.refresh()

    def _on_refused(self, error: Exception) -> None:
        self.env.shell.failed(error)
        self.refresh()

    def _tell_refused(self, sentence: str) -> None:
        self.refused.say(sentence, tone="warn")
        self.refused.show()

    def _show(self, sheet: TermsSheet) -> None:
        self.model.show_sheet(sheet)
        self._tell_circles(sheet)
        if not self._is_read:
            self._is_read = True
            self.changed.emit()
        self._limit()

    def _tell_circles(self, sheet: TermsSheet) -> None:
        found = circles_of(sheet)
        told = _("Superiors in a circle: {people}. Leave goes up one step only; correct it if it is a slip.")
        self.circles.say(told.format(people="; ".join(found)) if found else "", tone="warn")
        self.circles.setVisible(bool(found))

    def _limit(self) -> None:
        row = self.row
        if not self.may_edit:
            self.clear.wait_for(_("Your roles may not plan the roster."))
        elif row is None or row.own is None:
            self.clear.wait_for(_("This line has no terms of its own."))
        else:
            self.clear.wait_for("")
