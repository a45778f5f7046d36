"""Lists that people arrange keep their order, on both databases; every move can be taken back and redone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from app.models.entities.errors import NotAllowed, NotFound, StaleRecord
from app.models.entities.ids import ServiceId, TeamId, TemplateId
from app.models.entities.settings import CodeKind
from app.services.base.context import Actor, Context
from app.services.base.undo import Outcome
from app.services.catalogue.commands import move_service
from app.services.catalogue.queries import services
from app.services.people.commands import move_team
from app.services.people.queries import teams
from app.services.roster.template_commands import move_shift
from app.services.roster.template_queries import shifts
from app.services.settings.order_commands import move_entry
from app.services.settings.queries import code_items, scripts, waiting_reasons
from tests.support.settings_site import sample_site

Listed = Callable[[Context], Sequence[tuple[int, int]]]
Move = Callable[[Context, int, int, int | None], Outcome]


def pairs(records: Sequence[object]) -> Sequence[tuple[int, int]]:
    return [(int(each.id), each.version) for each in records]  # type: ignore[attr-defined]


LISTS: dict[str, tuple[Listed, Move]] = {
    "waiting reasons": (
        lambda ctx: pairs(waiting_reasons(ctx)),
        lambda ctx, one, version, before: move_entry(
            ctx, "waiting_reason", one, version=version, before_id=before
        ),
    ),
    "resolution codes": (
        lambda ctx: pairs(code_items(ctx, CodeKind.RESOLUTION)),
        lambda ctx, one, version, before: move_entry(
            ctx, "code_item", one, version=version, before_id=before
        ),
    ),
    "scripts": (
        lambda ctx: pairs(scripts(ctx)),
        lambda ctx, one, version, before: move_entry(ctx, "script", one, version=version, before_id=before),
    ),
    "services": (
        lambda ctx: pairs(services(ctx)),
        lambda ctx, one, version, before: move_service(
            ctx, ServiceId(one), version=version, before_id=before
        ),
    ),
    "teams": (
        lambda ctx: pairs(teams(ctx)),
        lambda ctx, one, version, before: move_team(ctx, TeamId(one), version=version, before_id=before),
    ),
    "shifts": (
        lambda ctx: pairs(shifts(ctx)),
        lambda ctx, one, version, before: move_shift(ctx, TemplateId(one), version=version, before_id=before),
    ),
}


@pytest.fixture
def site(ctx: Context) -> Context:
    return sample_site(ctx)


@pytest.mark.parametrize("name", LISTS)
def test_an_entry_is_moved_taken_back_and_moved_again(site: Context, name: str) -> None:
    listed, move = LISTS[name]
    before = [one for one, _version in listed(site)]
    last, version = listed(site)[-1]

    moved = move(site, last, version, before[0])
    after = [one for one, _version in listed(site)]
    assert after == [last, *before[:-1]]

    assert moved.undo is not None
    undone = moved.undo.run()
    assert [one for one, _version in listed(site)] == before

    assert undone.undo is not None
    undone.undo.run()
    assert [one for one, _version in listed(site)] == after


@pytest.mark.parametrize("name", LISTS)
def test_the_first_can_be_made_the_last(site: Context, name: str) -> None:
    listed, move = LISTS[name]
    before = [one for one, _version in listed(site)]
    first, version = listed(site)[0]

    move(site, first, version, None)

    assert [one for one, _version in listed(site)] == [*before[1:], first]


@pytest.mark.parametrize("name", LISTS)
def test_the_second_mover_of_the_same_entry_is_refused(site: Context, name: str) -> None:
    listed, move = LISTS[name]
    first, version = listed(site)[0]
    move(site, first, version, None)
    order = listed(site)

    with pytest.raises(StaleRecord):
        move(site, first, version, None)

    assert listed(site) == order


def test_moving_a_resolution_leaves_the_causes_alone(site: Context) -> None:
    causes = pairs(code_items(site, CodeKind.CAUSE))
    item = code_items(site, CodeKind.RESOLUTION)[0]

    move_entry(site, "code_item", item.id, version=item.version, before_id=None)

    assert pairs(code_items(site, CodeKind.CAUSE)) == causes


def test_what_does_not_exist_cannot_be_moved(site: Context) -> None:
    with pytest.raises(NotFound):
        move_entry(site, "script", 987, version=1, before_id=None)


def test_somebody_who_may_only_read_moves_nothing(site: Context) -> None:
    reader = site.acting_as(Actor(None, "reader", frozenset({"settings.read"}), "pc"))
    reason = waiting_reasons(site)[0]

    with pytest.raises(NotAllowed):
        move_entry(reader, "waiting_reason", reason.id, version=reason.version, before_id=None)
