"""What is to mend before publishing: how much, the first few with a link to their cells, and all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.models.entities.roster import BrokenRule, Severity, Violation
from app.views.base.i18n import _, ngettext, pgettext
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.chips import Pill
from app.views.base.widgets.labels import ElidedLabel, PlainLabel, rule
from app.views.base.widgets.painted import IconSpot
from app.views.base.widgets.popups import Popup
from app.views.roster.roster_words import FixItem

_SHOWN = 3
_LIST_SIZE = (560, 460)
_MOST_LISTED = 50
_LIST_HEAD, _LIST_ROW = 96, 48


class FixRow(QWidget):
    """One thing to mend: where, why, and a button that goes there."""

    asked = Signal(object)  # FixItem

    def __init__(self, item: FixItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        is_light = item.is_gap or item.severity is Severity.WARN
        icon = IconSpot("users" if item.is_gap else "triangle-alert", "warn" if is_light else "bad")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(item.title, "strong"))
        words.addWidget(ElidedLabel(item.sentence, "muted"))
        self.go = Button(pgettext("roster", "Show"), small=True)
        self.go.setAccessibleName(_("Show {what}").format(what=item.title))
        self.go.clicked.connect(lambda: self.asked.emit(item))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addWidget(icon)
        row.addLayout(words, 1)
        row.addWidget(self.go)


class FixCard(Card):
    """The foot of the roster page. `compact` leaves only its heading, for low windows."""

    asked = Signal(object)  # FixItem
    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.heading = PlainLabel("", "section")
        self.broken = Pill("", "bad")
        self.warnings = Pill("", "warn")
        self.gaps = Pill("", "warn")
        self.fine = Pill(_("Nothing to fix"), "ok", icon="circle-check")
        self.all = Button(_("Show all"), ButtonKind.LINK, small=True)
        self.all.clicked.connect(self.all_asked)
        self.body.addLayout(
            row_of(self.heading, self.broken, self.warnings, self.gaps, self.fine, None, self.all)
        )
        self.rows: list[FixRow] = []
        self._items: tuple[FixItem, ...] = ()
        self._counts = (0, 0, 0)
        self._compact = False
        self._published = False
        self._place = QWidget()
        self._line = QHBoxLayout(self._place)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(Space.L)
        self.body.addWidget(self._place)
        self._show((), (0, 0, 0), published=False)

    def show_problems(
        self, problems: Sequence[Violation], item_of: Callable[[Violation], FixItem], *, published: bool
    ) -> None:
        """Show what is wrong: how much of each kind, and the first few in words."""
        shown = [item_of(each) for each in problems[:_SHOWN]]
        gaps = sum(each.rule is BrokenRule.GAP for each in problems)
        warnings = sum(
            each.severity is Severity.WARN and each.rule is not BrokenRule.GAP for each in problems
        )
        self._show(shown, (len(problems) - gaps - warnings, warnings, gaps), published=published)

    def _show(self, shown: Sequence[FixItem], counts: tuple[int, int, int], *, published: bool) -> None:
        broken, warnings, gaps = self._counts = counts
        self._items, self._published = tuple(shown), published
        self.heading.setText(_("To fix") if published else _("To fix before publishing"))
        self.broken.say(ngettext("{n} rule broken", "{n} rules broken", broken).format(n=broken), "bad")
        self.warnings.say(ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings), "warn")
        self.gaps.say(ngettext("{n} coverage gap", "{n} coverage gaps", gaps).format(n=gaps), "warn")
        self.broken.setVisible(bool(broken))
        self.warnings.setVisible(bool(warnings))
        self.gaps.setVisible(bool(gaps))
        self.fine.setVisible(not shown)
        self.all.setVisible(sum(counts) > (0 if self._compact else _SHOWN))
        if [row.item for row in self.rows] != list(shown):
            self._fill(shown)
        self._place.setVisible(bool(shown) and not self._compact)

    def set_compact(self, compact: bool) -> None:
        """Leave out the rows, or show them again."""
        if compact != self._compact:
            self._compact = compact
            self._show(self._items, self._counts, published=self._published)

    def _fill(self, items: Sequence[FixItem]) -> None:
        while (taken := self._line.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = [FixRow(item) for item in items]
        for number, row in enumerate(self.rows):
            if number:
                self._line.addWidget(rule(down=True))
            row.asked.connect(self.asked)
            self._line.addWidget(row, 1)
        for _missing in range(_SHOWN - len(self.rows)):
            self._line.addStretch(1)


class FixList(Popup):
    """All there is to mend, one below the other."""

    asked = Signal(object)  # FixItem

    def __init__(self, window: QWidget, items: Sequence[FixItem], title: str) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("to_fix")
        width, height = _LIST_SIZE
        needed = _LIST_HEAD + _LIST_ROW * len(items)
        self.setFixedSize(
            min(width, window.width() - 2 * Space.XL), min(height, needed, window.height() - 2 * Space.XL)
        )
        close = IconButton("x", _("Close"), key="Esc")
        close.clicked.connect(self.close_now)
        self.closed.connect(self.deleteLater)
        self.body.addLayout(row_of(PlainLabel(title, "record"), None, close))
        inside = QWidget()
        inside.setProperty("scrolled", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, Space.M, 0)
        column.setSpacing(Space.S)
        for item in items[:_MOST_LISTED]:
            row = FixRow(item)
            row.asked.connect(self._go)
            column.addWidget(row)
        if len(items) > _MOST_LISTED:
            left = _("and {n} more").format(n=len(items) - _MOST_LISTED)
            column.addWidget(PlainLabel(left, "muted"))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.body.addWidget(area, 1)

    def _go(self, item: FixItem) -> None:
        self.close_now()
        self.asked.emit(item)
