"""The priority matrix editor: the grid itself is edited, by keyboard alone if one likes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.models.entities.priority import MatrixDefinition
from app.models.entities.settings import ConfigKind, ConfigVersion
from app.models.entities.sla import SlaTable
from app.models.entities.whatif import Proposal
from app.services.base.context import Context
from app.services.base.names import named
from app.services.priority.edits import ALL_TYPES, Side, follow_all, give_own, only_changed, set_cell
from app.services.priority.presets import MatrixPreset, matrix_presets
from app.services.priority.rules import MOST_LEVELS, OddCell, check_matrix, odd_cells
from app.views.base.i18n import _, current
from app.views.base.pages import PageEnv
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import MenuButton
from app.views.base.widgets.cards import Card
from app.views.base.widgets.labels import PlainLabel
from app.views.settings.document_pane import DocumentPane, paper_button
from app.views.settings.documents import DocumentForm
from app.views.settings.level_words import level_guidance, level_name
from app.views.settings.matrix_grid import EdgeButton, EdgedGrid, LevelGrid
from app.views.settings.matrix_levels import LevelEditing
from app.views.settings.matrix_panels import OddNotice, PromiseBasis, PromisesCard
from app.views.settings.matrix_types import MatrixTypes
from app.views.settings.matrix_words import cell_sentence, holes_words, matrix_changes, type_words
from app.views.settings.promises import calendars_of
from app.views.settings.whatif_beside import Beside
from app.views.settings.whatif_link import Consequences, levels_mark
from app.views.settings.whatif_words import WhatIfKind

_LEAST_WIDTH = 560  # of the grid with its headings

MATRIX_FORM = DocumentForm(
    kind=ConfigKind.MATRIX,
    newest=lambda levels: levels.matrix,
    read=MatrixDefinition.from_dict,
    write=MatrixDefinition.to_dict,
    check=check_matrix,
    changes=matrix_changes,
    called=lambda _matrix: _("Priority matrix"),
)


class MatrixPane(DocumentPane[MatrixDefinition]):
    """The page of the matrix: that of all types, and of each type. Apply waits while a cell is empty.

    Levels are the same for all types; a type that follows the others shows their cells and has none to set.
    Odd cells are allowed and said.
    """

    def __init__(self, ctx: Context, env: PageEnv) -> None:
        super().__init__(ctx, env, MATRIX_FORM)
        self.paper = paper_button(ctx, env, "matrix")
        self.size_text = PlainLabel("", "muted")
        caps = [PlainLabel(text, "caps") for text in (_("Impact ↓"), _("Urgency →"))]
        self.types = MatrixTypes(caps, self.size_text, may_edit=self.may_edit)
        self.grid = LevelGrid(_("Priority matrix"))
        self.add_impact = EdgeButton(_("Add a level of impact"), down=False)
        self.add_urgency = EdgeButton(_("Add a level of urgency"), down=True)
        self.edged = EdgedGrid(self.grid, self.add_impact, self.add_urgency)
        self.levels = LevelEditing(self, self._popup_place, self.grid.follow)
        self.odd = OddNotice()
        self.holes = PlainLabel("", ink="warn", wrap=True)
        self.cell_text = PlainLabel("", wrap=True)
        self.promises = PromisesCard()
        self.presets = MenuButton(_("Start from"), QMenu(self), icon="layers")
        self.what_if = Consequences(self, WhatIfKind.MATRIX)
        self._kept: set[tuple[str, OddCell]] = set()
        self._before: tuple[MatrixDefinition | None, ConfigVersion | None] = (None, None)
        self._build()
        self._connect()

    @property
    def header_buttons(self) -> tuple[QWidget, ...]:
        return (self.undo, self.redo, *self.paper, self.presets, self.versions)

    @property
    def apply_note(self) -> str:
        return self.what_if.note

    def apply(self) -> None:
        self.what_if.begin_apply()
        super().apply()

    def refresh(self) -> None:
        super().refresh()
        if self.presets.menu().isEmpty():
            self.env.tasks.run(matrix_presets, self._offer_presets, self.env.shell.failed, owner=self)

    def event(self, event: QEvent) -> bool:
        is_asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_asked and self.types.meant_by(event) is not None:  # type: ignore[arg-type]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self.types.meant_by(event) if self.editor.is_ready else None
        if step is None:
            super().keyPressEvent(event)
        else:
            step()

    def show_draft(self) -> None:
        draft = self.editor.draft
        self._go_where_it_changed(draft)
        kind = self.types.kind
        odd = odd_cells(draft, kind)
        self.types.show_matrix(draft)
        self.grid.show_matrix(
            draft.for_type(kind),
            saved=self.editor.base.for_type(kind),
            odd={(each.impact, each.urgency) for each in odd},
            name_of=level_name,
            guidance_of=level_guidance,
        )
        self.edged.arrange()
        # A type that follows the others has no cell to mend: the notice stands where the cells are.
        told = [each for each in odd if (kind, each) not in self._kept] if self._has_cells else []
        self.odd.show_odd(draft, told, may_edit=self.may_edit)
        self.size_text.setText(f"{len(draft.impacts)} × {len(draft.urgencies)}")
        holes = holes_words(draft, kind)
        self.holes.setVisible(bool(holes))
        self.holes.setText(holes)
        self._limit_edges(draft)
        self._show_promises()
        self._show_consequences()

    def _go_where_it_changed(self, draft: MatrixDefinition) -> None:
        """Show the type whose matrix alone differs from what was shown: an edit of it was taken back."""
        saved = self.editor.saved
        (before, was), self._before = self._before, (draft, saved)
        # What somebody else saved is no edit of this draft: it takes nobody to another tab.
        kind = only_changed(before, draft) if before is not None and saved is was else None
        if kind is not None:
            self.types.choose(kind)

    # -- building ------------------------------------------------------------------------------------

    def _build(self) -> None:
        card = Card()
        card.body.addWidget(self.types)
        card.body.addWidget(self.edged)
        card.body.addWidget(self.holes)
        card.body.addWidget(self.odd)
        card.body.addWidget(self.cell_text)
        self.beside = Beside([card, self.promises], self.what_if.card, least=_LEAST_WIDTH, place=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.conflict)
        column.addWidget(self.beside, 1)
        self.odd.hide()
        self.holes.hide()
        if not self.may_edit:
            self.presets.wait_for(_("Your roles may not change settings."))

    def _connect(self) -> None:
        self.types.chosen.connect(self._choose_type)
        self.types.turned.connect(self._turn_type)
        self.grid.cell_set.connect(self._set_cell)
        self.grid.cursor_moved.connect(self._show_promises)
        self.grid.rename_asked.connect(self.levels.ask)
        self.grid.level_moved.connect(self.levels.move)
        self.add_impact.clicked.connect(partial(self.levels.add, Side.IMPACT))
        self.add_urgency.clicked.connect(partial(self.levels.add, Side.URGENCY))
        self.odd.mended.connect(lambda odd: self._set_cell(odd.impact, odd.urgency, odd.neighbour_priority))
        self.odd.kept.connect(self._keep_odd)
        self.promises.rename_asked.connect(partial(self.levels.ask, Side.PRIORITY))
        self.promises.kind.currentIndexChanged.connect(lambda _at: self._show_cell())
        self.what_if.follow(self.editor)
        self.promises.edit_sla.clicked.connect(lambda: self.env.shell.open("settings", {"page": "sla"}))
        self.env.ticker.minute.connect(self._tick)

    def _offer_presets(self, presets: tuple[MatrixPreset, ...]) -> None:
        for preset in presets:
            action = QAction(named(preset, current.code), self)
            action.triggered.connect(partial(self._start_from, preset.matrix))
            self.presets.menu().addAction(action)

    # -- what a person does --------------------------------------------------------------------------

    def _set_cell(self, impact: int, urgency: int, priority: int | None) -> None:
        if self._has_cells:
            self.edit(set_cell(self.editor.draft, impact, urgency, priority, self.types.kind))
        elif self.may_edit:
            text = _("{type} follows all types. Give it its own matrix first.")
            self.env.shell.say(
                text.format(type=type_words(self.types.kind)),
                tone="info",
                action=_("Give this type its own matrix"),
                run=self._turn_type,
            )

    def _choose_type(self, kind: str) -> None:
        if kind != ALL_TYPES:
            self.promises.kind.setCurrentIndex(self.promises.kind.findData(kind))
        if self.editor.is_ready:
            self.show_draft()

    def _turn_type(self) -> None:
        """Give the shown type a matrix of its own, or take it away again: an edit like every other."""
        kind, draft = self.types.kind, self.editor.draft
        if kind != ALL_TYPES:
            self.edit(follow_all(draft, kind) if kind in draft.by_type else give_own(draft, kind))

    @property
    def _has_cells(self) -> bool:
        """Whether what is shown has cells to set, or only shows those of all types."""
        return self.types.kind == ALL_TYPES or self.types.kind in self.editor.draft.by_type

    def _start_from(self, matrix: MatrixDefinition) -> None:
        self.edit(matrix)

    def _keep_odd(self, odd: OddCell) -> None:
        self._kept.add((self.types.kind, odd))
        self.show_draft()

    def _popup_place(self, side: Side, number: int) -> QPoint:
        if side is Side.PRIORITY:
            pencil = self.promises.pencils[number]
            return pencil.mapTo(self.window(), QPoint(pencil.width() + Space.S, -Space.S))
        heading = self.grid.heading_place(side, number)
        corner = heading.bottomLeft() if side is Side.URGENCY else heading.topRight()
        return self.grid.mapTo(self.window(), corner + QPoint(Space.S, Space.XS))

    # -- what is shown -------------------------------------------------------------------------------

    def _limit_edges(self, draft: MatrixDefinition) -> None:
        full = _("There are at most {n} levels.").format(n=MOST_LEVELS)
        refused = "" if self.may_edit else _("Your roles may not change settings.")
        self.add_impact.wait_for(refused or (full if len(draft.impacts) >= MOST_LEVELS else ""))
        self.add_urgency.wait_for(refused or (full if len(draft.urgencies) >= MOST_LEVELS else ""))

    def _tick(self) -> None:
        if self.isVisible():
            self._show_promises()

    def _show_consequences(self) -> None:
        editor, levels = self.editor, self.editor.levels
        if levels is not None:
            self.what_if.show(
                lambda: Proposal(matrix=editor.draft),
                is_changed=editor.is_changed,
                basis=levels_mark(levels),
                wrong=editor.wrong,
            )

    def _show_promises(self) -> None:
        basis = self._basis()
        if basis is not None:
            self.promises.show_basis(basis, may_edit=self.may_edit)
            self._show_cell()

    def _show_cell(self) -> None:
        """Say what the cell under the cursor means for a ticket received now."""
        basis, cell = self._basis(), self.grid.cursor_cell
        if basis is None or cell is None:
            return
        self.cell_text.setText(cell_sentence(basis.matrix, cell, self.promises.lines))

    def _basis(self) -> PromiseBasis | None:
        levels = self.editor.levels
        if levels is None:
            return None
        return PromiseBasis(
            self.editor.draft.for_type(self.types.kind),
            SlaTable.from_dict(levels.sla.body),
            calendars_of(levels),
            self.ctx.clock.now(),
            self.env.format,
        )
