"""Training before a new system goes live: noted for several at once, and who still lacks it."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.entities.announcements import HeldTraining
from app.models.entities.errors import BadInput, NotAllowed, NotFound, RuleViolation
from app.services.announcements import queries
from app.services.announcements.training_commands import record_training
from app.services.roster import training_commands
from app.services.roster.skill_queries import trainings
from tests.support.announcing import AnnouncingDesk, announcing_desk

TODAY = date(2026, 11, 20)


@pytest.fixture
def desk(ctx, make) -> AnnouncingDesk:
    return announcing_desk(ctx, make)


def held(*people, minutes=60, **more) -> HeldTraining:
    return HeldTraining(tuple(one.id for one in people), TODAY, minutes, **more)


def ready(desk, made) -> list[str]:
    return [one.name for one in queries.preparations(desk.reader, made) if one.is_trained]


def test_several_people_are_trained_at_once_under_the_announcements_title(desk):
    made = desk.new_system()

    record_training(desk.writer, made, held(desk.wang, desk.li, note="Room 3"))

    assert ready(desk, made) == ["Wang Fang", "Li Na"]
    noted = trainings(desk.writer)
    assert {(one.title, one.minutes, one.announcement) for one in noted} == {
        ("New travel portal", 60, "New travel portal")
    }


def test_half_the_minutes_are_not_enough_and_two_halves_are(desk):
    made = desk.new_system()
    record_training(desk.writer, made, held(desk.wang, minutes=30))
    half = ready(desk, made)

    record_training(desk.writer, made, held(desk.wang, minutes=30))

    assert (half, ready(desk, made)) == ([], ["Wang Fang"])


def test_it_is_taken_back_and_done_again(desk):
    made = desk.new_system()
    done = record_training(desk.writer, made, held(desk.wang, desk.li))

    back = done.undo.run()
    after = trainings(desk.writer)
    back.undo.run()

    assert (done.id, back.id, after) == (2, 2, [])
    assert ready(desk, made) == ["Wang Fang", "Li Na"]


def test_changing_or_removing_it_on_the_page_of_skills_keeps_its_announcement(desk):
    made = desk.new_system()
    record_training(desk.writer, made, held(desk.wang))
    (noted,) = trainings(desk.writer)
    details = training_commands.TrainingDetails(desk.wang.id, TODAY, "Portal, first half", 45)
    training_commands.edit_training(desk.writer, noted.id, details, version=1)
    removed = training_commands.remove_training(desk.writer, noted.id, version=2)

    removed.undo.run()

    (after,) = trainings(desk.writer)
    assert (after.title, after.minutes, after.announcement) == ("Portal, first half", 45, "New travel portal")


def test_only_a_new_system_has_training(desk):
    made = desk.write()

    with pytest.raises(RuleViolation, match=r"announcements\.not_new"):
        record_training(desk.writer, made, held(desk.wang))


def test_training_of_nobody_is_refused(desk):
    made = desk.new_system()

    with pytest.raises(RuleViolation, match=r"announcements\.nobody_trained"):
        record_training(desk.writer, made, held())


def test_where_one_of_several_cannot_be_noted_none_is(desk):
    made = desk.new_system()
    unknown = HeldTraining((desk.wang.id, 4711), TODAY, 60)

    with pytest.raises(NotFound, match=r"people\.not_found"):
        record_training(desk.writer, made, unknown)

    assert trainings(desk.writer) == []


def test_minutes_that_cannot_be_are_refused(desk):
    made = desk.new_system()

    with pytest.raises(BadInput, match=r"settings\.out_of_range"):
        record_training(desk.writer, made, held(desk.wang, minutes=0))


def test_whoever_may_not_announce_notes_no_training(desk):
    made = desk.new_system()

    with pytest.raises(NotAllowed):
        record_training(desk.reader, made, held(desk.wang))
