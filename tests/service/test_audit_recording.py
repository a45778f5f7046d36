"""The record: nothing leaves without it; opened tickets once a day; read by pages; thrown away when old."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from app.models.entities.audit import Access, AccessFilter, AccessKind, AccessSubject
from app.models.entities.errors import BadInput, NotAllowed
from app.models.entities.instants import to_micros
from app.models.entities.tickets import TicketType
from app.services.audit import commands, queries
from app.services.audit.handing_out import exported, hand_out, hand_out_file
from app.services.audit.queries import access_page
from app.services.audit.reading import note_opened
from app.services.audit.sheet import export_records
from app.services.background.runner import BackgroundWork
from app.services.base.context import Actor
from app.services.base.texts import Texts
from app.services.base.workbooks import read_workbook
from app.services.settings.commands import change_settings
from tests.support.site import set_up_site
from tests.support.watched_site import desk_with_people

SHANGHAI = ZoneInfo("Asia/Shanghai")
SHIFT = Access(AccessKind.PRINTED, AccessSubject.REPORT, "shift", {"file": "shift.pdf"})


@pytest.fixture
def site(ctx):
    set_up_site(ctx)
    return ctx


@pytest.fixture
def agent(site, make):
    """Somebody on PC-07 who may read tickets."""
    person = make.agent(name="Wang Lei", name_alt="王磊")
    return site.acting_as(Actor(person.id, "Wang Lei", frozenset({"tickets.read"}), "PC-07"))


def lines(ctx, **wanted):
    return access_page(ctx, AccessFilter(**wanted)).entries


def setting(ctx, name, value):
    change_settings(ctx, {name: value}, versions={})


# -- handing out ---------------------------------------------------------------------------------------


def test_a_line_says_who_when_where_and_what(site, agent):
    commands.record_access(agent, SHIFT)

    [line] = lines(site)
    assert (line.person, line.pc, line.at) == ("Wang Lei", "PC-07", site.clock.now())
    assert (line.kind, line.subject, line.reference) == (AccessKind.PRINTED, AccessSubject.REPORT, "shift")
    assert line.about == {"file": "shift.pdf"}


def test_what_is_handed_out_was_recorded_before(site):
    assert hand_out(site, SHIFT, lambda: len(lines(site))) == 1


def test_what_cannot_be_recorded_is_not_handed_out(site, tmp_path):
    path = tmp_path / "roster.pdf"
    access = exported(AccessSubject.ROSTER, "roster", path)
    hand_out_file(site, access, path, b"with a record")
    with site.store.read() as read:
        read.connection.execute("DROP TABLE access_record")

    with pytest.raises(Exception, match="access_record"):
        hand_out_file(site, access, path, b"without one")

    assert path.read_bytes() == b"with a record"


def test_a_file_that_cannot_be_written_stays_recorded_as_tried(site, tmp_path):
    (tmp_path / "folder").write_text("a file where a folder should be")
    path = tmp_path / "folder" / "roster.pdf"

    with pytest.raises(BadInput, match=r"files\.cannot_write"):
        hand_out_file(site, exported(AccessSubject.ROSTER, "roster", path), path, b"paper")

    assert len(lines(site)) == 1


def test_of_a_file_its_name_is_kept_and_not_where_it_lies(site, tmp_path):
    path = tmp_path / "secret folder" / "roster.pdf"

    hand_out_file(site, exported(AccessSubject.ROSTER, "roster", path, rows=12), path, b"paper")

    [line] = lines(site)
    assert (line.about, line.row_count) == ({"file": "roster.pdf"}, 12)


def test_names_of_any_length_and_kind_are_recorded(site):
    name = "<b>表</b>\0\ud800" + "x" * 500 + ".xlsx"

    commands.record_access(site, Access(AccessKind.EXPORTED, AccessSubject.ROSTER, "y" * 99, {"file": name}))

    [line] = lines(site)
    assert len(line.reference) == 64
    assert str(line.about["file"]).startswith("<b>表</b>")


# -- readings ------------------------------------------------------------------------------------------


def test_opening_a_complaint_is_recorded_once_a_day(site, agent, make, clock):
    ticket = make.ticket(type=TicketType.COMPLAINT)
    note_opened(agent, ticket.id)
    clock.advance(timedelta(minutes=5))
    note_opened(agent, ticket.id)
    clock.advance(timedelta(days=1))
    note_opened(agent, ticket.id)

    assert [(line.person, line.named) for line in lines(site)] == [("Wang Lei", f"#{ticket.number:05}")] * 2


def test_everybody_who_opens_it_is_recorded(site, agent, make):
    ticket = make.ticket(is_major=True)
    other = make.agent(name="Li Na")

    note_opened(agent, ticket.id)
    note_opened(site.acting_as(Actor(other.id, "Li Na", frozenset({"tickets.read"}), "PC-08")), ticket.id)
    note_opened(site, ticket.id)

    assert {line.person for line in lines(site)} == {"Wang Lei", "Li Na", ""}


def test_usual_tickets_are_recorded_only_where_the_site_says_so(site, agent, make):
    ticket = make.ticket()
    note_opened(agent, ticket.id)
    before = len(lines(site))
    setting(site, "audit.record_reads", "all")
    note_opened(agent, ticket.id)

    assert (before, len(lines(site))) == (0, 1)


def test_nothing_is_recorded_where_the_site_says_so(site, agent, make):
    setting(site, "audit.record_reads", "nothing")

    note_opened(agent, make.ticket(type=TicketType.COMPLAINT, is_major=True).id)

    assert lines(site) == ()


def test_a_reading_that_is_not_recorded_writes_nothing(site, agent, make):
    ticket = make.ticket()

    assert not queries.must_record_reading(agent, ticket.id)


def test_a_ticket_that_is_gone_or_out_of_reach_disturbs_nobody(site, agent):
    note_opened(agent, 999)
    note_opened(agent.acting_as(Actor(None, "x", frozenset(), "pc")), 999)

    assert lines(site) == ()


# -- the list ------------------------------------------------------------------------------------------


@pytest.fixture
def five(site, agent, clock):
    """Five lines, a minute apart; the third and the fifth by nobody."""
    for at, ctx in enumerate((agent, agent, site, agent, site)):
        commands.record_access(ctx, Access(AccessKind.EXPORTED, AccessSubject.ROSTER, f"2026-0{at + 1}"))
        clock.advance(timedelta(minutes=1))
    return site


def test_pages_follow_each_other_without_a_gap(five):
    first = access_page(five, AccessFilter(), limit=2)
    second = access_page(five, AccessFilter(), after=first.after, limit=2)
    third = access_page(five, AccessFilter(), after=second.after, limit=2)

    read = [line.reference for page in (first, second, third) for line in page.entries]
    assert read == ["2026-05", "2026-04", "2026-03", "2026-02", "2026-01"]
    assert third.after is None


def test_lines_of_one_instant_are_all_read(site):
    for number in range(5):
        commands.record_access(site, Access(AccessKind.EXPORTED, AccessSubject.ROSTER, str(number)))

    first = access_page(site, AccessFilter(), limit=3)
    second = access_page(site, AccessFilter(), after=first.after, limit=3)

    assert [line.reference for line in (*first.entries, *second.entries)] == ["4", "3", "2", "1", "0"]


def test_words_are_looked_for_beyond_a_page(five):
    page = access_page(five, AccessFilter(words="2026-01 wang"), limit=1)

    assert [line.reference for line in page.entries] == ["2026-01"]


def test_a_search_that_fills_its_page_goes_on_behind_it(five):
    first = access_page(five, AccessFilter(words="wang"), limit=2)
    second = access_page(five, AccessFilter(words="wang"), after=first.after, limit=2)

    assert [line.reference for line in (*first.entries, *second.entries)] == ["2026-04", "2026-02", "2026-01"]


def test_filters_hold_together(five, agent):
    start = five.clock.now() - timedelta(minutes=4)
    commands.record_access(agent, SHIFT)

    found = lines(
        five, person_id=agent.actor.person_id, kind=AccessKind.EXPORTED, since=start, until=five.clock.now()
    )

    assert [line.reference for line in found] == ["2026-04", "2026-02"]


def test_whom_one_can_filter_by_is_named_once(five):
    assert [name for _id, name in queries.recorded_people(five)] == ["Wang Lei"]
    assert [name for _id, name in queries.recorded_people(five.reading("zh_CN"))] == ["王磊"]


def test_the_record_is_read_by_those_who_may(five, agent):
    with pytest.raises(NotAllowed):
        access_page(agent, AccessFilter())


def test_the_exported_list_is_recorded_too(five, tmp_path):
    path = tmp_path / "audit.xlsx"

    count = export_records(five, AccessFilter(words="wang"), path, Texts("en"), SHANGHAI)

    sheet = read_workbook(path.read_bytes())["Audit log"]
    newest = lines(five)[0]
    assert (count, len(sheet)) == (3, 4)
    assert sheet[1][1][1:6] == ["Wang Lei", "Exported", "Roster", "2026-04", "PC-07"]
    assert (newest.subject, newest.row_count) == (AccessSubject.AUDIT, 3)
    assert newest.about == {"file": "audit.xlsx", "filter": "words=wang"}


def test_without_the_right_to_read_it_nothing_is_exported(agent, tmp_path):
    with pytest.raises(NotAllowed):
        export_records(agent, AccessFilter(), tmp_path / "audit.xlsx", Texts("en"), SHANGHAI)

    assert not (tmp_path / "audit.xlsx").exists()


# -- how long it is kept -------------------------------------------------------------------------------


def test_lines_older_than_the_site_keeps_them_go(five, clock):
    setting(five, "audit.months", 1)
    clock.advance(timedelta(days=40))
    commands.record_access(five, SHIFT)

    first, second = commands.prune(five, limit=3), commands.prune(five, limit=3)

    assert (first.count, second.count) == (3, 2)
    assert [line.reference for line in lines(five)] == ["shift"]


def test_old_lines_go_at_night(ctx, make):
    desk = desk_with_people(ctx, make)
    old = to_micros(ctx.clock.now() - timedelta(days=3 * 365))
    commands.record_access(ctx, SHIFT)
    desk.write(lambda tx: tx.execute("UPDATE access_record SET at = ?", (old,)))
    commands.record_access(ctx, SHIFT)

    BackgroundWork(ctx).tick()

    assert [line.at for line in lines(ctx)] == [ctx.clock.now()]
