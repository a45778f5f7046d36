"""The saved views at the left of the list: under their headings, with live counts."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.models.entities.errors import BadInput
from app.models.entities.saved_views import SavedView, ViewSection
from app.services.search.rules import FilterTerm, Operator, parse
from app.views.base.i18n import N_, LazyText, _
from app.views.base.icons import icon
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import IconButton
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.sidelist import SideItem, SideList, SideSection
from app.views.tickets.list_presenter import ListPresenter

WIDTH = 196
_HEADINGS: Mapping[ViewSection, LazyText] = {
    ViewSection.MINE: N_("My work"),
    ViewSection.DESK: N_("Service desk"),
    ViewSection.SHARED: N_("Shared views"),
}
# The first filter that says what a view is about gives it its icon.
_ICONS: Mapping[tuple[str, str], str] = {
    ("assignee", "me"): "user",
    ("owner", "me"): "headset",
    ("assignee", "none"): "user-plus",
    ("breached", "yes"): "triangle-alert",
    ("channel", "email"): "mail",
    ("channel", "phone"): "phone",
    ("vip", "yes"): "star",
    ("is", "major"): "siren",
}
_FIELD_ICONS: Mapping[str, str] = {
    "waiting": "pause",
    "team": "truck",
    "resolved": "circle-check",
    "due": "clock",
    "category": "server",
    "service": "server",
    "location": "building-2",
    "company": "building-2",
    "department": "building-2",
    "requester": "user",
    "assignee": "user",
    "priority": "flag",
    "type": "tag",
    "channel": "inbox",
}


class ViewPanel(QFrame):
    """The panel; `chosen` carries the id of a view a person chose."""

    chosen = Signal(int)
    save_asked = Signal()

    def __init__(self, presenter: ListPresenter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("views")
        self.setProperty("surface", "side")
        self.setFixedWidth(WIDTH)
        self._presenter = presenter
        self.list = SideList(_("Views"))
        self.add = IconButton("plus", _("Save as view"), small=True)
        head = QHBoxLayout()
        head.setContentsMargins(Space.S, 0, 0, 0)
        head.addWidget(PlainLabel(_("Views"), "section"), 1)
        head.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S, Space.L, Space.S, Space.S)
        column.setSpacing(Space.M)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        self.list.chosen.connect(lambda key: self.chosen.emit(int(key)))
        self.add.clicked.connect(self.save_asked)
        presenter.views_changed.connect(self.show_views)
        presenter.counts_changed.connect(self._show_counts)

    def show_views(self) -> None:
        """Show the views as they are now, the chosen one marked."""
        presenter = self._presenter
        sections = []
        for section, heading in _HEADINGS.items():
            items = [self._item(view) for view in presenter.views if view.section is section]
            if items:
                sections.append(SideSection(str(heading), items))
        self.list.set_sections(sections)
        self.list.choose(str(presenter.view.id) if presenter.view is not None else "")

    def menu(self, parent: QWidget) -> QMenu:
        """Return the same views as a menu, for windows too narrow for the panel."""
        menu = QMenu(parent)
        for section, heading in _HEADINGS.items():
            views = [view for view in self._presenter.views if view.section is section]
            if views:
                menu.addSection(str(heading))
            for view in views:
                count = self._presenter.counts.get(view.id)
                name = self._presenter.name_of(view).replace("&", "&&")
                action = menu.addAction(icon(icon_of(view), "muted"), name)
                if count is not None:
                    action.setText(f"{name}\t{count}")
                action.triggered.connect(lambda _checked=False, key=view.id: self.chosen.emit(int(key)))
        return menu

    def _item(self, view: SavedView) -> SideItem:
        count = self._presenter.counts.get(view.id)
        name = self._presenter.name_of(view)
        return SideItem(str(view.id), name, icon_of(view), count, tone_of(view) if count else "")

    def _show_counts(self) -> None:
        for view in self._presenter.views:
            count = self._presenter.counts.get(view.id)
            self.list.set_count(str(view.id), count, tone_of(view) if count else "")


def icon_of(view: SavedView) -> str:
    """Return the icon of what a view is about."""
    for each in _terms(view):
        by_value = _ICONS.get((each.field, each.values[0]))
        if by_value and each.operator is Operator.IS:
            return by_value
    by_field = (_FIELD_ICONS.get(each.field) for each in _terms(view))
    return next((name for name in by_field if name), "inbox")


def tone_of(view: SavedView) -> str:
    """Return how a count of this view is coloured while it is not zero: late is bad, soon is a warning."""
    for each in _terms(view):
        if each.field == "breached" and each.values == ("yes",):
            return "bad"
        if each.field == "is" and each.operator is Operator.IS and "major" in each.values:
            return "bad"
        if each.field == "due" and each.operator in {Operator.LESS, Operator.AT_MOST}:
            return "warn"
    return ""


def _terms(view: SavedView) -> tuple[FilterTerm, ...]:
    try:
        return parse(view.query).filters
    except BadInput:
        return ()
