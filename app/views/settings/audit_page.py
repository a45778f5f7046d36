"""Audit: the lines of the record, filtered and searched; Enter opens the ticket a line is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.entities.audit import AccessEntry, AccessKind, AccessSubject
from app.services.audit.words import about_words
from app.services.base.context import Context
from app.services.base.terms import TERMS, term
from app.views.base.columns import CellKind, Column, Mark
from app.views.base.dialogs import FileKind
from app.views.base.i18n import N_, LazyText, _, current, ngettext, pgettext
from app.views.base.pages import PageEnv
from app.views.base.table import Table
from app.views.base.table_model import RowsModel
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.fields import Choose, SearchField
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.settings.audit_presenter import AuditPresenter, Period
from app.views.settings.frame import SettingsPane
from app.views.settings.inputs import fill

_TYPING = 200  # milliseconds after the last key before a search is asked
_PERIODS: Mapping[Period, LazyText] = {
    Period.TODAY: N_("Today"),
    Period.WEEK: N_("Last 7 days"),
    Period.MONTH: N_("Last 30 days"),
    Period.YEAR: N_("Last 365 days"),
    Period.ALL: N_("All that is kept"),
}
_SIGNS: Mapping[AccessKind, Mark] = {
    AccessKind.OPENED: Mark("eye"),
    AccessKind.REVEALED: Mark("eye-off", "warn"),
    AccessKind.EXPORTED: Mark("download", "accent"),
    AccessKind.PRINTED: Mark("printer", "accent"),
}


class AuditPane(SettingsPane):
    """Only to be looked at: nothing here can be changed by anybody."""

    edit_permission = ""

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(ctx, env, parent)
        self.presenter = AuditPresenter(ctx, env, self)
        self.search = SearchField(_("Find names, PCs, files, numbers"))
        self.person, self.kind, self.subject, self.period = Choose(), Choose(), Choose(), Choose()
        self.count = PlainLabel("", "muted")
        self.export_button = Button(_("Export"), icon="download")
        self.further = Button(_("More"), ButtonKind.LINK, small=True)
        self.model: RowsModel[AccessEntry] = RowsModel(self._columns(), self)
        self.table = Table()
        self.empty = EmptyState("history", _("No lines"), _("Nothing that fits was recorded in this time."))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING)
        self._build()
        self._connect()

    # -- the SettingsPane the frame knows --------------------------------------------------------------

    @property
    def header_buttons(self) -> Sequence[QWidget]:
        """See `SettingsPane.header_buttons`."""
        return (self.export_button,)

    def refresh(self) -> None:
        """Read the newest lines."""
        self.presenter.refresh()

    def save_state(self) -> dict[str, Any]:
        """Return what is looked for."""
        wanted = self.presenter.wanted
        return {
            "words": self.search.text(),
            "person": wanted.person_id,
            "kind": wanted.kind.value if wanted.kind else "",
            "subject": wanted.subject.value if wanted.subject else "",
            "period": self.presenter.period.value,
        }

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Look for the same again; `refresh` reads it."""
        asked = self.presenter
        kind, subject, period = state.get("kind"), state.get("subject"), state.get("period")
        self.search.setText(str(state.get("words") or ""))
        for box, value in ((self.kind, kind), (self.subject, subject), (self.period, period)):
            box.setCurrentIndex(max(0, box.findData(value)))
        if isinstance(state.get("person"), int):
            self.person.addItem("", state["person"])  # its name comes with the first answer
            self.person.setCurrentIndex(self.person.count() - 1)
        asked.period = Period(self.period.currentData())
        self._ask()

    # -- what a person does ----------------------------------------------------------------------------

    def export(self) -> None:
        """Ask where, then write every line that fits to a workbook."""
        today = self.env.format.local(self.ctx.clock.now()).date()
        kinds = (FileKind(_("Excel workbook"), "*.xlsx"),)
        path = self.env.dialogs.save_file(_("Export the audit log"), f"audit-{today.isoformat()}.xlsx", kinds)
        if path is not None:
            self.presenter.export(path, lambda count: self._tell_exported(path.name, count))

    def open_line(self, row_id: int) -> None:
        """Open the ticket a line is about; other lines have nothing to open."""
        row = self.model.row_of(row_id)
        entry = self.model.row_at(row) if row is not None else None
        if entry is None or entry.subject is not AccessSubject.TICKET:
            return
        if self.ctx.actor.may("tickets.read") and entry.reference.isdecimal():
            self.env.shell.open("ticket", {"number": int(entry.reference)})

    # -- inside ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        fill(self.kind, [(_("Anything done"), ""), *_choices(AccessKind)])
        fill(self.subject, [(_("With anything"), ""), *_choices(AccessSubject)])
        fill(self.person, [(_("Everybody"), None)])
        fill(self.period, [(str(text), period.value) for period, text in _PERIODS.items()])
        for box, said in (
            (self.person, _("Who did it")),
            (self.kind, _("What was done")),
            (self.subject, _("With what")),
            (self.period, _("How far back")),
        ):
            box.setAccessibleName(said)
            box.setCurrentIndex(0)
        for box in (self.kind, self.subject, self.period):
            box.setSizeAdjustPolicy(Choose.SizeAdjustPolicy.AdjustToContents)  # their entries never change
        self.period.setCurrentIndex(self.period.findData(Period.MONTH.value))
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Audit log"))
        self.table.columns_header.setSectionsClickable(False)  # the newest line comes first, always
        self.table.set_empty_widget(self.empty)
        self.further.hide()
        head = row_of(self.search, self.person, self.kind, self.subject, self.period)
        head.setStretch(0, 1)
        head.setContentsMargins(Space.M, 0, Space.M, 0)
        foot = row_of(self.count, self.further)
        foot.setStretch(0, 1)
        foot.setContentsMargins(Space.M, 0, Space.M, 0)
        card = Card(flush=True)
        card.body.addLayout(head)
        card.body.addWidget(self.table, 1)
        card.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.setFocusProxy(self.search)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.search.returnPressed.connect(self._ask)
        self.search.step.connect(lambda _by: self.table.setFocus())
        self._pause.timeout.connect(self._ask)
        for box in (self.person, self.kind, self.subject):
            box.currentIndexChanged.connect(lambda _index: self._ask())
        self.period.currentIndexChanged.connect(self._ask_period)
        self.export_button.clicked.connect(self.export)
        self.further.clicked.connect(self.presenter.more)
        self.table.opened.connect(self.open_line)
        bar = self.table.verticalScrollBar()
        bar.valueChanged.connect(
            lambda value: self.presenter.more() if value and value >= bar.maximum() else None
        )
        self.presenter.changed.connect(self._show)
        self.presenter.people_read.connect(self._offer_people)
        self.presenter.failed.connect(self.env.shell.failed)

    def _columns(self) -> tuple[Column[AccessEntry], ...]:
        return (
            Column("at", N_("Time"), self._when, CellKind.NUMBER, width=130, align_right=False),
            Column("person", N_("Who"), _who, CellKind.PERSON, width=150),
            Column("kind", N_("Deed"), _kind, CellKind.STATUS, width=130, look=_sign),
            Column("subject", N_("Of what"), _subject, width=110),
            Column("about", N_("Which"), _about, is_stretched=True, hint=_about),
            Column("pc", N_("PC"), _pc, width=140, hint=_pc),
        )

    def _ask(self) -> None:
        self._pause.stop()
        kind, subject = self.kind.currentData(), self.subject.currentData()
        self.presenter.ask(
            words=self.search.text().strip(),
            person_id=self.person.currentData(),
            kind=AccessKind(kind) if kind else None,
            subject=AccessSubject(subject) if subject else None,
        )

    def _ask_period(self, _index: int) -> None:
        self.presenter.ask_period(Period(self.period.currentData()))

    def _offer_people(self, people: Sequence[tuple[int, str]]) -> None:
        chosen = self.person.currentData()
        entries = [(_("Everybody"), None), *((name, person_id) for person_id, name in people)]
        fill(self.person, entries)
        if chosen is None:
            self.person.blockSignals(True)
            self.person.setCurrentIndex(0)
            self.person.blockSignals(False)

    def _show(self) -> None:
        shown = self.presenter.entries
        self.model.set_rows(shown)
        is_whole = self.presenter.after is None
        number = self.env.format.number(len(shown))
        said = ngettext("{n} line", "{n} lines", len(shown)).format(n=number)
        self.count.setText(said if is_whole else _("The newest {lines}").format(lines=said))
        self.further.setVisible(not is_whole)

    def _tell_exported(self, name: str, count: int) -> None:
        said = ngettext("{n} line was written to {file}.", "{n} lines were written to {file}.", count)
        self.env.shell.say(said.format(n=self.env.format.number(count), file=name))
        self.refresh()

    def _when(self, entry: AccessEntry) -> str:
        return f"{self.env.format.local(entry.at):%Y-%m-%d %H:%M}"


def _choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    return [(term(current.texts, member), member.value) for member in TERMS[kind]]


def _who(entry: AccessEntry) -> str:
    return entry.person or pgettext("audit", "Command line")


def _kind(entry: AccessEntry) -> str:
    return term(current.texts, entry.kind)


def _sign(entry: AccessEntry) -> Mark:
    return _SIGNS[entry.kind]


def _subject(entry: AccessEntry) -> str:
    return term(current.texts, entry.subject)


def _about(entry: AccessEntry) -> str:
    return about_words(entry, current.texts)


def _pc(entry: AccessEntry) -> str:
    return entry.pc
