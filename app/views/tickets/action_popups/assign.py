"""The popup that hands a ticket to a team or to a person: who is on duty stands first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.models.entities.catalogue import CategoryNode
from app.models.entities.ids import CategoryId, PersonId, TeamId
from app.models.entities.people import Team
from app.models.entities.roster import OnDuty
from app.models.entities.suggesting import Suggestion
from app.services.search.tokens import norm
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.fields import Choose, Field, SearchField
from app.views.base.widgets.sidelist import SideItem, SideList, SideSection
from app.views.tickets.action_popups.base import ActionPopup
from app.views.tickets.action_popups.meant import Meant, told
from app.views.tickets.desk_names import DeskNames
from app.views.tickets.suggested_words import suggested_words

_WIDTH = 560
_LIST_HEIGHT = 248
_WHOLE_TEAM, _BY_ROSTER = "team", "roster"


class AssignPopup(ActionPopup):
    """Teams at the left, people of the chosen team at the right, those on duty first.

    Letters typed narrow both lists, arrows move through the people, Enter assigns. Where the ticket has
    no category yet, it is asked here: assigning demands one. For one ticket the roster's own choice is
    offered first, asked for by `team_shown` and told by `show_suggested`; Alt+Enter takes it at once.
    """

    team_shown = Signal(object)  # TeamId

    def __init__(self, window: QWidget, names: DeskNames) -> None:
        super().__init__(window, _("Assign"), width=_WIDTH)
        self.setObjectName("assign_popup")
        self._names = names
        self._on_duty: dict[PersonId, OnDuty] = {}
        self._suggested: dict[TeamId, tuple[Suggestion, str]] = {}
        self.meant: Sequence[Meant] = ()
        self._default: TeamId | None = None
        self.search = SearchField(_("Team or colleague"))
        self.teams = SideList(_("Teams"))
        self.people = SideList(_("Colleagues"))
        self.teams.setFixedSize(216, _LIST_HEIGHT)
        self.people.setFixedHeight(_LIST_HEIGHT)
        self.category = Choose()
        self.category_field = Field(_("Category"), self.category, required=True)
        self.take = Button(
            _("Take the suggestion"), ButtonKind.LINK, icon="wand-sparkles", small=True, key="Alt+Enter"
        )
        self.take.clicked.connect(self._take_suggested)
        self.remark = QLineEdit()
        self.remark_field = Field(_("Note for the team"), self.remark, hint=_("may be empty"))
        lists = QHBoxLayout()
        lists.setSpacing(Space.M)
        lists.addWidget(self.teams)
        lists.addWidget(self.people, 1)
        self.content.addWidget(self.search)
        self.content.addWidget(self.category_field)
        self.content.addLayout(lists)
        self.content.addLayout(row_of(None, self.take))
        self.content.addWidget(self.remark_field)
        self.search.textChanged.connect(self._show)
        self.search.step.connect(self._step)
        self.teams.selectionModel().currentChanged.connect(lambda *_places: self._show_people())
        self.category.currentIndexChanged.connect(self._category_chosen)

    def ask(self, meant: Sequence[Meant]) -> None:
        """Ask for whom these tickets are; the category's own team is chosen beforehand."""
        self.meant = meant
        self._on_duty, self._suggested = {}, {}
        only = meant[0] if len(meant) == 1 else None
        self.say(_("Assign {tickets}").format(tickets=told(meant)), only.subject if only else "")
        self.search.clear()
        self.remark.clear()
        self.remark_field.setVisible(only is not None)
        self.category_field.setVisible(only is not None and only.category_id is None)
        self._fill_categories()
        self._default = self._names.default_team(only.category_id) if only else None
        first = (only.team_id if only else None) or self._default
        self._show()
        if first is not None:
            self.teams.choose(str(first))
            self._show_people(only.assignee_id if only else None)
        self.open_on(self.search)

    def show_on_duty(self, people: Collection[OnDuty]) -> None:
        """Put those who are on duty now first, and say so."""
        self._on_duty = {one.person_id: one for one in people}
        self._show_people(self.person_id)

    def show_suggested(self, team_id: TeamId, found: Suggestion, nobody: str) -> None:
        """Offer whom the roster suggests of a team, or say in the words of `nobody` that it suggests none."""
        self._suggested[team_id] = found, nobody
        if team_id == self.team_id:
            is_chosen, kept = self.by_roster, self.person_id
            self._show_people(kept)
            if is_chosen:
                self.people.choose(_BY_ROSTER)

    @property
    def by_roster(self) -> bool:
        """Whether the roster shall choose, at the moment of the deed."""
        return self.people.key == _BY_ROSTER

    @property
    def team_id(self) -> TeamId | None:
        """The chosen team."""
        return TeamId(int(self.teams.key)) if self.teams.key else None

    @property
    def person_id(self) -> PersonId | None:
        """The chosen colleague; None for the whole team."""
        key = self.people.key
        return PersonId(int(key)) if key and key not in {_WHOLE_TEAM, _BY_ROSTER} else None

    @property
    def category_id(self) -> CategoryId | None:
        """The category chosen here, where the ticket had none."""
        chosen = self.category.currentData()
        return CategoryId(chosen) if self.category_field.isVisibleTo(self) and chosen is not None else None

    @property
    def text(self) -> str:
        """The note for the team."""
        return self.remark.text().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the search or in a list assigns; Alt+Enter gives it to whom the roster suggests."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._take_suggested()
            return
        if is_enter and self.act.isEnabled() and not self.category.hasFocus():
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)

    def _take_suggested(self) -> None:
        found = self._suggested.get(self.team_id) if self.team_id is not None else None
        if found is not None and found[0].best is not None and self.act.isEnabled():
            self.search.clear()  # letters may have narrowed the list to other people
            self.people.choose(_BY_ROSTER)
            self.confirmed.emit()

    def _show(self) -> None:
        kept, words = self.teams.key, norm(self.search.text().strip())
        teams = [team for team in self._names.teams if team.is_active and self._team_fits(team, words)]
        own = [self._team_item(team) for team in teams if team.id == self._default]
        others = [self._team_item(team) for team in teams if team.id != self._default]
        sections = [SideSection(_("By category"), own), SideSection(_("Other teams"), others)]
        self.teams.set_sections(
            [each for each in sections if each.items] if own else [SideSection("", others)]
        )
        keys = [item.key for item in (*own, *others)]
        self.teams.choose(kept if kept in keys else next(iter(keys), ""))
        self._show_people(self.person_id)

    def _team_fits(self, team: Team, words: str) -> bool:
        if not words:
            return True
        texts = [team.details.code, team.details.name, team.details.name_alt]
        return self._has(texts, words) or any(
            self._has([entry.name, entry.name_alt, entry.login], words)
            for entry in self._names.members(team.id)
        )

    @staticmethod
    def _has(texts: Collection[str], words: str) -> bool:
        return any(words in norm(text) for text in texts)

    def _team_item(self, team: Team) -> SideItem:
        icon = "truck" if team.details.is_field else "users"
        return SideItem(str(team.id), self._names.name_of_team(team), icon)

    def _show_people(self, kept: PersonId | None = None) -> None:
        team_id = self.team_id
        self.take.hide()
        if team_id is None:
            self.people.set_sections([])
            self._wait()
            return
        words = norm(self.search.text().strip())
        entries = self._names.members(team_id)
        named = [one for one in entries if words and self._has([one.name, one.name_alt, one.login], words)]
        shown = named or entries
        on_duty = [self._person_item(one.id) for one in shown if one.id in self._on_duty]
        others = [self._person_item(one.id) for one in shown if one.id not in self._on_duty]
        whole = SideItem(_WHOLE_TEAM, _("The whole team"), "users")
        sections = [SideSection("", [*self._by_roster_item(team_id), whole])] if not named else []
        ranked = self._suggested[team_id][0].candidates if team_id in self._suggested else ()
        places = {one.person_id: place for place, one in enumerate(ranked)}
        on_duty.sort(key=lambda item: places.get(PersonId(int(item.key)), len(places)))
        if on_duty:
            sections.append(SideSection(_("On duty now"), on_duty))
        if others:
            sections.append(SideSection(_("Not on duty") if on_duty else _("Colleagues"), others))
        self.people.set_sections(sections)
        keys = [item.key for section in sections for item in section.items]
        wanted = str(kept) if kept is not None else ""
        first = _WHOLE_TEAM if _WHOLE_TEAM in keys else next(iter(keys), "")
        self.people.choose(wanted if wanted in keys else first)
        self._wait()

    def _by_roster_item(self, team_id: TeamId) -> list[SideItem]:
        """Return the offer of whom the roster suggests now, or that nobody is there; for one ticket only."""
        if team_id not in self._suggested and len(self.meant) == 1:
            self.team_shown.emit(team_id)  # the answer may be here at once
        if team_id not in self._suggested:
            return []
        found, nobody = self._suggested[team_id]
        if found.best is None:
            return [SideItem(_BY_ROSTER, nobody, "moon")]
        self.take.show()
        words = suggested_words(self._names.person(found.best.person_id), found)
        return [SideItem(_BY_ROSTER, words, "wand-sparkles")]

    def _person_item(self, person_id: PersonId) -> SideItem:
        duty = self._on_duty.get(person_id)
        name = self._names.person(person_id)
        if duty is not None and duty.is_supervisor:
            name = _("{name}, duty supervisor").format(name=name)
        elif duty is not None and duty.is_standby:
            name = _("{name}, standby").format(name=name)
        if duty is not None and duty.away:
            name = _("{name}, {state}").format(name=name, state=_("away: {reason}").format(reason=duty.away))
        return SideItem(str(person_id), name, "user-check" if duty is not None else "user")

    def _step(self, by: int) -> None:
        """Move through the people with the arrows while the cursor stays in the search."""
        model = self.people.model()
        row = self.people.currentIndex().row() + by
        while 0 <= row < model.rowCount():
            index = model.index(row, 0)
            if index.flags() & Qt.ItemFlag.ItemIsSelectable:
                self.people.setCurrentIndex(index)
                return
            row += by

    def _fill_categories(self) -> None:
        self.category.blockSignals(True)
        self.category.clear()
        self.category.addItem(_("Choose a category"), None)
        for node in self._names.categories:
            self.category.addItem(self._indented(node), int(node.category.id))
        self.category.blockSignals(False)

    def _indented(self, node: CategoryNode) -> str:
        return "    " * node.depth + self._names.path(node)[-1]

    def _category_chosen(self) -> None:
        self._default = self._names.default_team(self.category_id)
        if self._default is not None:
            self.teams.choose(str(self._default))
        self._show()

    def _wait(self) -> None:
        lacks_category = self.category_field.isVisibleTo(self) and self.category.currentData() is None
        if lacks_category:
            self.act.wait_for(_("Choose a category first: it decides which team is right."))
        else:
            self.act.wait_for("" if self.team_id is not None else _("Choose a team first."))
