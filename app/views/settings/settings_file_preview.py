"""What importing a settings file would do: its sections to choose from, and each entry that would change."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.models.entities.settings_file import EntryState, Section
from app.services.base.names import name_in
from app.services.base.terms import permission_term
from app.views.base.columns import Column, TextLook
from app.views.base.format import Format
from app.views.base.i18n import N_, _, current, ngettext
from app.views.base.table import Table
from app.views.base.table_model import RowsModel
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card, Notice
from app.views.base.widgets.labels import ElidedLabel, PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.settings.settings_file_presenter import SettingsFilePresenter
from app.views.settings.settings_file_words import SECTIONS, STATES, PreviewRow, counts_of, rows_of, told_of

_SIDE = 232
_INKS = {EntryState.REFUSED: "bad", EntryState.RETIRED: "warn", EntryState.UNCHANGED: "faint"}


class FilePreview(Card):
    """The file's sections at the left, each with a box; at the right what taking the ticked ones would do."""

    chosen = Signal(object, bool)  # Section, whether it is wanted

    def __init__(self, fmt: Format, parent: QWidget | None = None) -> None:
        super().__init__(_("What would change"), icon="file-up", flush=True, parent=parent)
        self._format = fmt
        self.boxes: dict[Section, QCheckBox] = {}
        self._said: dict[Section, ElidedLabel] = {}
        self._reasons: list[ElidedLabel] = []
        self.notice = Notice("", tone="warn")
        self.model: RowsModel[PreviewRow] = RowsModel(_columns(), self, id_of=lambda row: row.number)
        self.table = Table()
        self.table.set_compact(is_compact=True)
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("What would change"))
        self.table.set_empty_widget(
            EmptyState("circle-check", _("Nothing to import"), _("Everything is as it is here already."))
        )
        self.counts = PlainLabel("", "muted")
        self.cancel = Button(_("Cancel"), key="Esc")
        self.act = Button(_("Import"), ButtonKind.PRIMARY, key="Ctrl+Enter")
        self._sections = QGridLayout()
        self._build()

    def show_state(self, presenter: SettingsFilePresenter) -> None:
        """Show what the presenter holds; only while it holds a file."""
        preview, plan = presenter.preview, presenter.plan
        if preview is None:
            return
        self.set_note(presenter.path.name if presenter.path is not None else "")
        if list(self.boxes) != list(preview.document.sections):
            self._make_boxes(presenter)
        for section, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setChecked(section in presenter.chosen)
            is_counted = plan is not None and section in presenter.chosen
            shown = plan if is_counted and plan is not None else preview.plan
            self._said[section].setText(told_of(shown, self._format, section))
        if plan is not None:
            self.model.set_rows(rows_of(plan, self._format))
            self.counts.setText(counts_of(plan, self._format))
        self._show_foot(presenter)

    def focus_first(self) -> None:
        """Put the cursor where the person goes on: on Import, or on the first box."""
        boxes = [box for box in self.boxes.values() if box.isEnabled()]
        target = self.act if self.act.isEnabled() or not boxes else boxes[0]
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- inside ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._sections.setContentsMargins(Space.L, 0, Space.S, 0)
        self._sections.setVerticalSpacing(Space.XS)
        self._sections.setColumnStretch(0, 1)
        inside = QWidget()
        inside.setProperty("scrolled", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._sections)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedWidth(_SIDE)
        area.setWidget(inside)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(area)
        middle.addWidget(self.table, 1)
        warning = QHBoxLayout()
        warning.setContentsMargins(Space.L, 0, Space.L, 0)
        warning.addWidget(self.notice)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.L, 0, Space.L, Space.XS)
        foot.setSpacing(Space.S)
        foot.addWidget(self.counts, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.act)
        self.body.addLayout(warning)
        self.body.addLayout(middle, 1)
        self.body.addLayout(foot)

    def _make_boxes(self, presenter: SettingsFilePresenter) -> None:
        for widget in (*self.boxes.values(), *self._said.values(), *self._reasons):
            widget.setParent(None)
            widget.deleteLater()
        self._reasons.clear()
        self.boxes.clear()
        self._said.clear()
        locked = presenter.preview.locked if presenter.preview is not None else {}
        for row, section in enumerate(presenter.preview.document.sections if presenter.preview else ()):
            box = QCheckBox(str(SECTIONS[section]))
            said = ElidedLabel("", "small")
            box.toggled.connect(lambda is_on, section=section: self.chosen.emit(section, is_on))
            if section in locked:
                right = permission_term(self._format.texts, locked[section])
                reason = _("Needs the right: {right}").format(right=right)
                box.setEnabled(False)
                box.setAccessibleDescription(reason)
                self._reasons.append(ElidedLabel(reason, "faint"))
                self._sections.addWidget(self._reasons[-1], 3 * row + 2, 0)
            self.boxes[section] = box
            self._said[section] = said
            self._sections.addWidget(box, 3 * row, 0)
            self._sections.addWidget(said, 3 * row + 1, 0)
        if self.boxes:
            order = [*self.boxes.values(), self.table, self.cancel, self.act]
            for first, second in pairwise(order):
                QWidget.setTabOrder(first, second)

    def _show_foot(self, presenter: SettingsFilePresenter) -> None:
        plan = presenter.plan
        refused = len(plan.refused) if plan is not None else 0
        self.notice.setVisible(bool(refused))
        text = ngettext(
            "{n} entry cannot be taken. Correct the file, or leave its section out.",
            "{n} entries cannot be taken. Correct the file, or leave their sections out.",
            refused,
        )
        self.notice.say(text.format(n=self._format.number(refused)), tone="warn")
        count = presenter.count
        words = ngettext("Import {n} entry", "Import {n} entries", count)
        self.act.say(words.format(n=self._format.number(count)) if count else _("Import"))
        self.act.wait_for(presenter.blocked)


def _columns() -> tuple[Column[PreviewRow], ...]:
    def once(text: str, row: PreviewRow) -> str:
        return text if row.is_first else ""

    def section(row: PreviewRow) -> str:
        return once(str(SECTIONS[row.entry.section]), row)

    def name(row: PreviewRow) -> str:
        return once(name_in(row.entry.name, row.entry.name_alt, current.code), row)

    def state(row: PreviewRow) -> str:
        return once(str(STATES[row.entry.state]), row)

    return (
        Column("section", N_("Section"), section, width=128, look=_look),
        Column("code", N_("Code"), lambda row: once(row.entry.code, row), width=132, look=_look),
        Column("name", N_("Entry"), name, width=128, look=_look),
        Column("state", N_("What happens"), state, width=124, look=_look),
        Column("says", N_("Before → after"), lambda row: row.line, is_stretched=True, look=_look),
    )


def _look(row: PreviewRow) -> TextLook | None:
    ink = _INKS.get(row.entry.state)
    return TextLook(token=ink) if ink is not None else None
