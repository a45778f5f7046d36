"""What the type-ahead lines of the form offer and how a chosen record is called. No widgets."""

from __future__ import annotations

from app.models.entities.ids import CategoryId, TeamId
from app.models.entities.people import Team
from app.models.entities.suggesting import Suggestion
from app.services.base.names import name_in, named
from app.services.catalogue.rules import (
    match_grade,
    nearest_refusal,
    suggest_categories,
    suggest_services,
)
from app.services.tickets.form_choices import FormChoices, StaffChoice
from app.views.base.i18n import _, current, pgettext
from app.views.tickets.detail_names import PATH_SIGN
from app.views.tickets.form_typeahead import Offer
from app.views.tickets.form_values import ME
from app.views.tickets.suggested_words import why

MOST_OFFERS = 12
_NO_MATCH = 9


class FormOffers:
    """Answers in the reader's language; `me` is the agent's own id, None for a program."""

    def __init__(self, choices: FormChoices, me: int | None) -> None:
        self.choices = choices
        self._me = me
        self.suggested: tuple[TeamId, Suggestion, str] | None = None

    def categories(self, typed: str) -> list[Offer]:
        """Return the categories meant, each with its path; those out of scope say so."""
        categories = {node.category.id: node.category for node in self.choices.categories}
        offers = []
        for one in suggest_categories(self.choices.categories, typed, MOST_OFFERS):
            words = self.category_words(str(one.id))
            is_refused = nearest_refusal(categories, CategoryId(one.id)) != ("", "")
            offers.append(
                Offer(str(one.id), words, _("Out of scope"), "ban")
                if is_refused
                else Offer(str(one.id), words, icon="tag")
            )
        return offers

    def services(self, typed: str) -> list[Offer]:
        """Return the services meant; those out of scope say so, for they must be recognised."""
        offers = []
        for one in suggest_services(self.choices.services, typed, MOST_OFFERS):
            service = self.choices.service(one.id)
            if service is None or service.details.is_in_scope:
                offers.append(Offer(str(one.id), named(one, current.code), icon="server"))
            else:
                offers.append(Offer(str(one.id), named(one, current.code), _("Out of scope"), "ban"))
        return offers

    def assignees(self, typed: str, category: str) -> list[Offer]:
        """Return whom the roster suggests, me, the teams (the category's first), people, on duty first."""
        offers = [*self._teams(typed, number_of(category)), *self._people(typed)]
        if match_grade(typed, ME, self.assign_words(ME), _("me")) < _NO_MATCH:
            offers.insert(0, Offer(ME, self.assign_words(ME), _("keeps it with me"), "user-check"))
        one = self._suggested(category)
        if one is not None and match_grade(typed, "", one.text, "") < _NO_MATCH:
            offers = [one, *(offer for offer in offers if offer.key != one.key)]
        return offers[: 2 * MOST_OFFERS]

    def category_words(self, key: str) -> str:
        """Return "Business apps › ERP › Login"."""
        node = self.choices.category(number_of(key))
        if node is None:
            return ""
        return PATH_SIGN.join(node.path_alt if current.code.startswith("zh") else node.path)

    def service_words(self, key: str) -> str:
        """Return a service's name."""
        service = self.choices.service(number_of(key))
        if service is None:
            return ""
        return name_in(service.details.name, service.details.name_alt, current.code)

    def assign_words(self, key: str) -> str:
        """Return who a ticket goes to: a team, a person, or the agent with the team."""
        kind, _colon, number = key.partition(":")
        if kind == ME:
            return self._me_words()
        if kind == "team":
            return self.team_words(number_of(number))
        person = self.choices.person(number_of(number))
        return name_in(person.name, person.name_alt, current.code) if person is not None else ""

    def team_words(self, team_id: int | None) -> str:
        """Return a team's name."""
        team = self.choices.team(team_id)
        return name_in(team.details.name, team.details.name_alt, current.code) if team is not None else ""

    def calendar_words(self, code: str) -> str:
        """Return a calendar's name, its code where it has none."""
        name, name_alt = self.choices.calendar_names.get(code, ("", ""))
        return name_in(name, name_alt, current.code) or code

    def proposed_cell(self, category: str, service: str = "") -> tuple[int, int] | None:
        """Return the impact and urgency a category proposes, or else a service; None where neither does."""
        node, served = self.choices.category(number_of(category)), self.choices.service(number_of(service))
        for details in (
            node.category.details if node is not None else None,
            served.details if served is not None else None,
        ):
            cell = (details.default_impact, details.default_urgency) if details is not None else (None, None)
            if cell in self.choices.matrix.cells:
                return cell  # type: ignore[return-value]  # a cell of the matrix has both levels
        return None

    def _me_words(self) -> str:
        me = self.choices.person(self._me)
        if me is None:
            return _("me")
        team = self.team_words(next(iter(me.team_ids), None))
        name = _("{name} (me)").format(name=name_in(me.name, me.name_alt, current.code))
        return f"{team} · {name}" if team else name

    def _suggested(self, category: str) -> Offer | None:
        """Return whom the roster suggests for a category's tickets, with why."""
        if self.suggested is None:
            return None
        team_id, found, _nobody = self.suggested
        of_category = self.choices.category_teams.get(CategoryId(number_of(category) or 0))
        if found.best is None or of_category != team_id:
            return None
        key = ME if found.best.person_id == self._me else f"person:{found.best.person_id}"
        said = pgettext("assignee", "suggested")
        return Offer(
            key, self.assign_words(key), " · ".join((said, *why(found.best, found))), "wand-sparkles"
        )

    def _team_detail(self, team: Team, *, is_proposed: bool) -> str:
        said = _("team of this category") if is_proposed else _("line {line}").format(line=team.details.line)
        nobody = self.suggested[2] if self.suggested is not None and self.suggested[0] == team.id else ""
        return nobody or said

    def _teams(self, typed: str, category_id: int | None) -> list[Offer]:
        proposed = next(
            (team for each, team in self.choices.category_teams.items() if each == category_id), None
        )
        found = [
            team
            for team in self.choices.teams
            if match_grade(typed, team.details.code, team.name, team.details.name_alt) < _NO_MATCH
        ]
        found.sort(key=lambda team: team.id != proposed)
        return [
            Offer(
                f"team:{team.id}",
                self.team_words(team.id),
                self._team_detail(team, is_proposed=team.id == proposed),
                "users",
            )
            for team in found
        ]

    def _people(self, typed: str) -> list[Offer]:
        found = [
            person
            for person in self.choices.staff
            if person.id != self._me and match_grade(typed, "", person.name, person.name_alt) < _NO_MATCH
        ]
        found.sort(key=lambda person: not person.is_on_duty)
        return [
            Offer(f"person:{person.id}", self.assign_words(f"person:{person.id}"), self._duty(person), "user")
            for person in found[:MOST_OFFERS]
        ]

    def _duty(self, person: StaffChoice) -> str:
        team = self.team_words(next(iter(person.team_ids), None))
        duty = _("on duty") if person.is_on_duty else _("not on duty")
        return f"{team} · {duty}" if team else duty


def number_of(key: str) -> int | None:
    """Return an id written as text; None for anything else."""
    return int(key) if key.isdigit() else None
