"""What the forms of several pages offer to choose from: teams and levels of the matrix, with their read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from app.models.entities.errors import FirstlineError
from app.models.entities.people import Team
from app.models.entities.priority import Level, MatrixDefinition
from app.models.entities.settings import ConfigVersion
from app.services.base.names import name_in, named
from app.views.base.i18n import _, current

Pairs = list[tuple[str, Any]]


def reading_together(*jobs: Callable[[], Any]) -> Callable[[], tuple[Any, ...]]:
    """Return one job that runs these one after another and answers with all their answers."""
    return partial(_run_all, jobs)


def _run_all(jobs: Sequence[Callable[[], Any]]) -> tuple[Any, ...]:
    return tuple(job() for job in jobs)


def shown_name(name: str, name_alt: str) -> str:
    """Return the reader's one of two names."""
    return name_in(name, name_alt, current.code)


def team_name(team: Team) -> str:
    """Return a team's name in the reader's language."""
    return shown_name(team.details.name, team.details.name_alt)


def team_choices(teams: Iterable[Team], *, kept: int | None = None) -> Pairs:
    """Return "none" and the teams in use; `kept` is one that stays on offer although it was retired."""
    offered = [team for team in teams if team.is_active or team.id == kept]
    return [(_("None"), None), *((team_name(team), int(team.id)) for team in offered)]


def level_choices(levels: Iterable[Level]) -> Pairs:
    """Return "none" and the levels, gravest first: "1 Whole company"."""
    return [
        (_("None"), None),
        *((f"{each.number}  {named(each, current.code)}", each.number) for each in levels),
    ]


def matrix_of(versions: Sequence[ConfigVersion]) -> MatrixDefinition:
    """Return the site's matrix; one without levels where there is none that can be read."""
    for version in versions:
        try:
            return MatrixDefinition.from_dict(version.body)
        except FirstlineError:
            continue
    return MatrixDefinition((), (), {})
