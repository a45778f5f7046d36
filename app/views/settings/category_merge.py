"""Merging a category into another: what would go over is told before anything is moved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.catalogue import Category, CategoryNode
from app.models.entities.errors import FirstlineError
from app.models.entities.ids import CategoryId
from app.models.entities.merging import MergePreview
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.catalogue.merging import refusal_of
from app.services.catalogue.rules import PATH_SIGN
from app.services.tickets.category_merging import merge_category, merge_preview
from app.views.base.errors import explain
from app.views.base.format import Format
from app.views.base.i18n import _, current, ngettext, pgettext
from app.views.base.pages import PageEnv
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup
from app.views.settings.inputs import fill

_WIDTH = 520
_MOST_NAMED = 4
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


def preview_words(preview: MergePreview, source: str, target: str, fmt: Format) -> list[str]:
    """Return what a merge does, a sentence for each thing; the last one says that it can be taken back."""
    told = [_tickets(preview, fmt)]
    between = pgettext("between things", ", ")
    if preview.subcategories:
        count = len(preview.subcategories)
        names = between.join(preview.subcategories[:_MOST_NAMED]) + ("…" if count > _MOST_NAMED else "")
        text = ngettext("Moves {n} subcategory: {names}", "Moves {n} subcategories: {names}", count)
        told.append(text.format(n=count, names=names))
    if preview.articles:
        text = ngettext("Moves {n} article", "Moves {n} articles", preview.articles)
        told.append(text.format(n=preview.articles))
    if preview.linked:
        text = ngettext("Links {n} more article", "Links {n} more articles", preview.linked)
        told.append(text.format(n=preview.linked))
    if preview.lines:
        lines = between.join(str(line) for line in preview.lines)
        told.append(_("“{target}” takes over the team of line {lines}").format(target=target, lines=lines))
    told += [
        _("The SLA policy “{policy}” names “{target}” from then on, for new tickets").format(
            policy=policy, target=target
        )
        for policy in preview.policies
    ]
    told.append(_("“{source}” is retired and says where it went").format(source=source))
    return told


def _tickets(preview: MergePreview, fmt: Format) -> str:
    if not preview.tickets:
        return _("No ticket uses it")
    text = ngettext(
        "Moves {n} ticket, {open} of them open", "Moves {n} tickets, {open} of them open", preview.tickets
    )
    return text.format(n=fmt.number(preview.tickets), open=fmt.number(preview.open_tickets))


class MergePopup(Popup):
    """Asks into which category; Ctrl+Enter merges, Esc goes back."""

    target_chosen = Signal(int)
    confirmed = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("merge_popup")
        self.setFixedWidth(_WIDTH)
        self.title = PlainLabel("", "section", wrap=True)
        cross = IconButton("x", _("Close"), small=True, key="Esc")
        cross.clicked.connect(self.close_now)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
        self.target = Choose()
        self.field = Field(_("Into"), self.target, required=True)
        self._told = QWidget()
        self.lines = QVBoxLayout(self._told)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(Space.XS)
        self.undoable = PlainLabel(
            _("All of it can be taken back with Undo. Tickets keep what they were promised."),
            "muted",
            wrap=True,
        )
        self.cancel = Button(_("Cancel"))
        self.act = Button(_("Merge"), ButtonKind.PRIMARY, key="Ctrl+Enter")
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.act)
        self.body.addLayout(head)
        self.body.addWidget(self.field)
        self.body.addWidget(self._told)
        self.body.addWidget(self.undoable)
        self.body.addLayout(foot)
        self.cancel.clicked.connect(self.close_now)
        self.act.clicked.connect(self._confirm)
        self.target.currentIndexChanged.connect(self._on_target)

    def ask(self, name: str, targets: Sequence[tuple[str, int]]) -> None:
        """Ask into which of these categories `name` is merged; nothing is chosen beforehand."""
        title = _("Merge “{name}”").format(name=name)
        self.title.setText(title)
        self.setAccessibleName(title)
        self.target.blockSignals(True)
        self.target.clear()
        fill(self.target, targets)
        self.target.setCurrentIndex(-1)
        self.target.blockSignals(False)
        self.show_lines((), _("Choose a category first."))
        self.open_centred()
        self.target.setFocus(Qt.FocusReason.PopupFocusReason)

    def show_lines(self, lines: Sequence[str], blocked: str = "") -> None:
        """Tell what would happen, and why it cannot yet."""
        while (item := self.lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            self.lines.addWidget(PlainLabel(f"·  {line}", wrap=True))
        self._told.setVisible(bool(lines))
        self.undoable.setVisible(bool(lines))
        self.act.wait_for(blocked)
        self.body.activate()
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_control and event.key() in _ENTER:
            self._confirm()
        else:
            super().keyPressEvent(event)

    def _on_target(self) -> None:
        chosen = self.target.currentData()
        if chosen is not None:
            self.show_lines((), _("It is being counted."))
            self.target_chosen.emit(int(chosen))

    def _confirm(self) -> None:
        chosen = self.target.currentData()
        if chosen is not None and self.act.isEnabled():
            self.confirmed.emit(int(chosen))


class MergeAsker(QObject):
    """Asks into what a category is merged, counts, and hands the command on."""

    def __init__(
        self, ctx: Context, env: PageEnv, page: QWidget, run: Callable[[Callable[[], Outcome]], None]
    ) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._env = env
        self._page = page
        self._run = run
        self._source: Category | None = None
        self._names: dict[int, str] = {}
        self.popup: MergePopup | None = None

    def ask(self, source: Category, nodes: Sequence[CategoryNode]) -> None:
        """Ask for one of the categories that could take `source` over."""
        if self.popup is None:
            self.popup = MergePopup(self._page.window())
            self.popup.target_chosen.connect(self._count)
            self.popup.confirmed.connect(self._merge)
        self._source = source
        is_alt = current.code.startswith("zh")
        paths = {
            int(node.category.id): PATH_SIGN.join(node.path_alt if is_alt else node.path) for node in nodes
        }
        self._names = paths
        categories = {node.category.id: node.category for node in nodes}
        targets = [
            (paths[int(each)], int(each))
            for each in categories
            if refusal_of(categories, source.id, each) is None
        ]
        self.popup.ask(paths[int(source.id)], targets)

    def _count(self, target: int) -> None:
        if self._source is None:
            return
        job = partial(merge_preview, self._ctx, self._source.id, CategoryId(target))
        self._env.tasks.run(job, partial(self._tell, target), self._refuse, owner=self)

    def _tell(self, target: int, preview: MergePreview) -> None:
        popup, source = self.popup, self._source
        if popup is not None and source is not None and popup.target.currentData() == target:
            lines = preview_words(preview, self._names[int(source.id)], self._names[target], self._env.format)
            popup.show_lines(lines)

    def _refuse(self, error: Exception) -> None:
        if self.popup is not None and isinstance(error, FirstlineError):
            self.popup.show_lines((), explain(error, self._env.format).happened)
        else:
            self._env.shell.failed(error)

    def _merge(self, target: int) -> None:
        source = self._source
        if self.popup is None or source is None:
            return
        self.popup.close_now()
        self._run(partial(merge_category, self._ctx, source.id, CategoryId(target), version=source.version))
