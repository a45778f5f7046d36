"""The bell: my notices, those put off, and marking them read, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.errors import NotAllowed
from app.models.entities.events import Event, NoticesChanged
from app.models.entities.ids import PersonId, TicketId
from app.models.entities.notices import NewNotice, NoticeKind
from app.services.base.clock import FixedClock
from app.services.base.context import Context
from app.services.notices import commands, queries
from tests.support.factories import Made, Make
from tests.support.notices import acting, told


@pytest.fixture
def ada(make: Make) -> Made:
    return make.agent(name="Ada", name_alt="阿达")


@pytest.fixture
def mine(ctx: Context, ada: Made) -> Context:
    return acting(ctx, ada)


def warning(person: Made, key: str, **more: object) -> NewNotice:
    return NewNotice(PersonId(person.id), NoticeKind.WARNED, key, **more)  # type: ignore[arg-type]


def subjects(ctx: Context) -> list[str]:
    return [notice.subject for notice in queries.my_notices(ctx)]


def test_the_newest_notice_comes_first_with_its_ticket(
    ctx: Context, mine: Context, ada: Made, make: Make, clock: FixedClock
) -> None:
    first, second = make.ticket(subject="First"), make.ticket(subject="Second")
    told(ctx, [warning(ada, "a", ticket_id=TicketId(first.id))])
    clock.advance(timedelta(minutes=1))
    told(ctx, [warning(ada, "b", ticket_id=TicketId(second.id), body={"percent": 90})])

    newest, older = queries.my_notices(mine)

    assert (newest.subject, newest.number, newest.ticket_id) == ("Second", second.number, second.id)
    assert (newest.at, newest.body, newest.is_read) == (clock.now(), {"percent": 90}, False)
    assert older.subject == "First"


def test_who_caused_a_notice_is_named_in_the_readers_language(
    ctx: Context, mine: Context, ada: Made, make: Make
) -> None:
    bo = make.agent(name="Bo", name_alt="波")
    told(ctx, [warning(ada, "a", body={"by": bo.id}), warning(ada, "b", body={"by": None})])

    by_key = {notice.by for notice in queries.my_notices(mine)}
    in_chinese = {notice.by for notice in queries.my_notices(mine.reading("zh_CN"))}

    assert by_key == {"Bo", ""}
    assert in_chinese == {"波", ""}


def test_a_notice_put_off_is_shown_when_its_time_comes(
    ctx: Context, mine: Context, ada: Made, clock: FixedClock
) -> None:
    told(ctx, [warning(ada, "a", show_at=clock.now() + timedelta(hours=8))])
    assert queries.bell(mine) == queries.Bell(0, ())

    clock.advance(timedelta(hours=8))

    shown = queries.bell(mine)
    assert (shown.unread, [notice.at for notice in shown.notices]) == (1, [clock.now()])


def test_nobody_sees_or_marks_the_notices_of_others(
    ctx: Context, mine: Context, ada: Made, make: Make
) -> None:
    bo = acting(ctx, make.agent())
    told(ctx, [warning(ada, "a")])
    (notice,) = queries.my_notices(mine)

    outcome = commands.mark_read(bo, [notice.id])
    commands.mark_all_read(bo)

    assert outcome.undo is None
    assert queries.my_notices(bo) == []
    assert queries.unread_count(mine) == 1


def test_marking_read_is_announced_and_can_be_taken_back(
    ctx: Context, mine: Context, ada: Made, announced: list[Event]
) -> None:
    told(ctx, [warning(ada, "a"), warning(ada, "b")])
    first, second = queries.my_notices(mine)
    announced.clear()

    marked = commands.mark_read(mine, [first.id])
    assert (queries.unread_count(mine), announced) == (1, [NoticesChanged(frozenset({ada.id}))])

    undone = marked.undo.run()
    assert queries.unread_count(mine) == 2

    undone.undo.run()
    assert [notice.id for notice in queries.my_notices(mine) if not notice.is_read] == [second.id]


def test_marking_what_is_read_already_does_nothing(
    ctx: Context, mine: Context, ada: Made, announced: list[Event]
) -> None:
    told(ctx, [warning(ada, "a")])
    (notice,) = queries.my_notices(mine)
    commands.mark_read(mine, [notice.id])
    announced.clear()

    assert commands.mark_read(mine, [notice.id, 999_999]).undo is None
    assert announced == []


def test_all_that_were_seen_are_marked_at_once_and_nothing_else(
    ctx: Context, mine: Context, ada: Made, clock: FixedClock
) -> None:
    told(ctx, [warning(ada, "a"), warning(ada, "b")])
    told(ctx, [warning(ada, "later", show_at=clock.now() + timedelta(hours=1))])
    seen = max(notice.id for notice in queries.my_notices(mine))
    told(ctx, [warning(ada, "new")])

    marked = commands.mark_all_read(mine, up_to=seen)

    assert (marked.undo.params, queries.unread_count(mine)) == ({"count": 2}, 1)
    clock.advance(timedelta(hours=1))
    assert queries.unread_count(mine) == 2
    commands.mark_all_read(mine)
    assert queries.unread_count(mine) == 0


def test_what_is_put_off_is_not_marked_with_the_rest(
    ctx: Context, mine: Context, ada: Made, clock: FixedClock
) -> None:
    told(ctx, [warning(ada, "later", show_at=clock.now() + timedelta(hours=1))])
    told(ctx, [warning(ada, "now")])

    commands.mark_all_read(mine)

    clock.advance(timedelta(hours=1))
    assert queries.unread_count(mine) == 1


def test_taking_back_mark_all_leaves_what_was_read_before(ctx: Context, mine: Context, ada: Made) -> None:
    told(ctx, [warning(ada, "a"), warning(ada, "b"), warning(ada, "c")])
    commands.mark_read(mine, [queries.my_notices(mine)[0].id])

    commands.mark_all_read(mine).undo.run()

    assert queries.unread_count(mine) == 2


def test_what_is_unread_is_never_pushed_out_by_what_was_read(
    ctx: Context, mine: Context, ada: Made, make: Make, clock: FixedClock
) -> None:
    told(ctx, [warning(ada, "old", ticket_id=TicketId(make.ticket(subject="Unread").id))])
    clock.advance(timedelta(days=1))
    told(ctx, [warning(ada, str(number)) for number in range(5)])
    newer = [notice.id for notice in queries.my_notices(mine) if not notice.subject]
    commands.mark_read(mine, newer)

    assert [notice.subject for notice in queries.my_notices(mine, limit=3)] == ["", "", "Unread"]


def test_the_console_has_no_notices(ctx: Context, ada: Made) -> None:
    told(ctx, [warning(ada, "a")])

    assert queries.bell(ctx) == queries.Bell(0, ())
    assert commands.mark_all_read(ctx).undo is None


def test_who_may_not_see_tickets_is_told_nothing_about_them(ctx: Context, ada: Made) -> None:
    with pytest.raises(NotAllowed):
        queries.bell(acting(ctx, ada, frozenset()))
