"""The priority matrix editor: the grid itself is edited, by keyboard alone if one likes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.models.entities.priority import Level, MatrixDefinition
from app.models.entities.settings import ConfigKind
from app.models.entities.sla import SlaTable
from app.models.entities.whatif import Proposal
from app.services.base.context import Context
from app.services.base.names import named
from app.services.priority.edits import (
    Side,
    add_level,
    change_level,
    levels_of,
    move_level,
    remove_level,
    set_cell,
)
from app.services.priority.presets import MatrixPreset, matrix_presets
from app.services.priority.rules import FEWEST_LEVELS, MOST_LEVELS, OddCell, check_matrix, odd_cells
from app.views.base.i18n import _, current
from app.views.base.pages import PageEnv
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import MenuButton
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.settings.document_pane import DocumentPane, paper_button
from app.views.settings.documents import DocumentForm
from app.views.settings.level_words import level_guidance, level_name, priority_name
from app.views.settings.matrix_grid import EdgeButton, EdgedGrid, LevelGrid
from app.views.settings.matrix_panels import LevelPopup, OddNotice, PromiseBasis, PromisesCard
from app.views.settings.matrix_words import cell_words, matrix_changes
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
    """The page of the matrix. Odd cells are allowed and said; Apply waits while a cell is empty."""

    def __init__(self, ctx: Context, env: PageEnv) -> None:
        super().__init__(ctx, env, MATRIX_FORM)
        self.paper = paper_button(ctx, env, "matrix")
        self.grid = LevelGrid(_("Priority matrix"))
        self.add_impact = EdgeButton(_("Add a level of impact"), down=False)
        self.add_urgency = EdgeButton(_("Add a level of urgency"), down=True)
        self.edged = EdgedGrid(self.grid, self.add_impact, self.add_urgency)
        self.odd = OddNotice()
        self.holes = PlainLabel("", ink="warn", wrap=True)
        self.cell_text = PlainLabel("", wrap=True)
        self.size_text = PlainLabel("", "muted")
        self.promises = PromisesCard()
        self.presets = MenuButton(_("Start from"), QMenu(self), icon="layers")
        self.what_if = Consequences(self, WhatIfKind.MATRIX)
        self._kept: set[OddCell] = set()
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

    def show_draft(self) -> None:
        draft = self.editor.draft
        odd = odd_cells(draft)
        self.grid.show_matrix(
            draft,
            saved=self.editor.base,
            odd={(each.impact, each.urgency) for each in odd},
            name_of=level_name,
            guidance_of=level_guidance,
        )
        self.edged.arrange()
        self.odd.show_odd(draft, [each for each in odd if each not in self._kept], may_edit=self.may_edit)
        self.size_text.setText(f"{len(draft.impacts)} × {len(draft.urgencies)}")
        self._show_holes(draft)
        self._limit_edges(draft)
        self._show_promises()
        self._show_consequences()

    # -- building ------------------------------------------------------------------------------------

    def _build(self) -> None:
        card = Card()
        caps = [PlainLabel(text, "caps") for text in (_("Impact ↓"), _("Urgency →"))]
        card.body.addLayout(row_of(*caps, None, self.size_text, spacing=Space.L))
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
        self.grid.cell_set.connect(self._set_cell)
        self.grid.cursor_moved.connect(self._show_promises)
        self.grid.rename_asked.connect(self._ask_words)
        self.grid.level_moved.connect(self._move)
        self.add_impact.clicked.connect(partial(self._add, Side.IMPACT))
        self.add_urgency.clicked.connect(partial(self._add, Side.URGENCY))
        self.odd.mended.connect(lambda odd: self._set_cell(odd.impact, odd.urgency, odd.neighbour_priority))
        self.odd.kept.connect(self._keep_odd)
        self.promises.rename_asked.connect(partial(self._ask_words, Side.PRIORITY))
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
        self.edit(set_cell(self.editor.draft, impact, urgency, priority))

    def _start_from(self, matrix: MatrixDefinition) -> None:
        self.edit(matrix)

    def _keep_odd(self, odd: OddCell) -> None:
        self._kept.add(odd)
        self.show_draft()

    def _add(self, side: Side) -> None:
        count = len(levels_of(self.editor.draft, side)) + 1
        self.edit(add_level(self.editor.draft, side, _("Level {number}").format(number=count)))
        self._ask_words(side, count)

    def _move(self, side: Side, number: int, by: int) -> None:
        if self.may_edit:
            self.edit(move_level(self.editor.draft, side, number, by))
            self.grid.follow(side, by)

    def _ask_words(self, side: Side, number: int) -> None:
        if not self.may_edit:
            return
        levels = levels_of(self.editor.draft, side)
        level = next((one for one in levels if one.number == number), Level(number, f"P{number}"))
        few = _("At least {n} levels are needed.").format(n=FEWEST_LEVELS)
        titles = {
            Side.IMPACT: _("Impact {number}"),
            Side.URGENCY: _("Urgency {number}"),
            Side.PRIORITY: _("Priority P{number}"),
        }
        popup = LevelPopup(
            self.window(),
            side,
            level,
            titles[side].format(number=number),
            keep=few if len(levels) <= FEWEST_LEVELS else "",
        )
        popup.accepted.connect(partial(self._take_words, side))
        popup.moved.connect(partial(self._move, side, number))
        popup.removed.connect(lambda: self.edit(remove_level(self.editor.draft, side, number)))
        place = self._popup_place(side, number)
        popup.open_beside(place.x(), place.y())

    def _take_words(self, side: Side, level: Level) -> None:
        self.edit(change_level(self.editor.draft, side, level))

    def _popup_place(self, side: Side, number: int) -> QPoint:
        if side is Side.PRIORITY:
            pencil = self.promises.pencils[number]
            return pencil.mapTo(self.window(), QPoint(pencil.width() + Space.S, -Space.S))
        heading = self.grid.heading_place(side, number)
        corner = heading.bottomLeft() if side is Side.URGENCY else heading.topRight()
        return self.grid.mapTo(self.window(), corner + QPoint(Space.S, Space.XS))

    # -- what is shown -------------------------------------------------------------------------------

    def _show_holes(self, draft: MatrixDefinition) -> None:
        holes = [
            cell_words(draft, impact.number, urgency.number)
            for impact in draft.impacts
            for urgency in draft.urgencies
            if (impact.number, urgency.number) not in draft.cells
        ]
        self.holes.setVisible(bool(holes))
        self.holes.setText(_("Still empty: {cells}").format(cells=_("; ").join(holes)))

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
        words = cell_words(basis.matrix, *cell)
        priority = basis.matrix.cells.get(cell)
        if priority is None:
            self.cell_text.setText(_("{cell}: empty. Press 1 to 5 to fill it.").format(cell=words))
            return
        sentence = _("{cell} gives P{priority} {name}. A ticket received now: {promised}.")
        self.cell_text.setText(
            sentence.format(
                cell=words,
                priority=priority,
                name=priority_name(basis.matrix, priority),
                promised=self.promises.lines[priority],
            )
        )

    def _basis(self) -> PromiseBasis | None:
        levels = self.editor.levels
        if levels is None:
            return None
        return PromiseBasis(
            self.editor.draft,
            SlaTable.from_dict(levels.sla.body),
            calendars_of(levels),
            self.ctx.clock.now(),
            self.env.format,
        )
