"""A month of the roster on paper and in a workbook: hours, kinds of days and coverage of special months."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.models.entities.calendars import DayType
from app.models.entities.errors import BadInput
from app.models.entities.reports import PaperSize
from app.models.entities.roster import PaintedCell
from app.models.entities.settings import SiteChoices
from app.services.base.texts import Texts
from app.services.base.workbooks import read_workbook
from app.services.reports.queries import roster_month
from app.services.reports.roster_page import render_roster_month
from app.services.reports.roster_sheet import roster_workbook
from app.services.roster import commands, queries
from app.services.setup.first_start import set_up
from tests.report.reading import all_text
from tests.support.roster_rows import put_row
from tests.support.site import set_up_site

HARBOUR = SiteChoices("Harbour IT", "港口 IT")
LONDON = SiteChoices("Harbour IT", language="en", timezone="Europe/London", country="GB")
ENGLISH = Texts("en")


def code_of(ctx, code):
    return next(template for template in queries.shift_templates(ctx) if template.code == code)


def staff(ctx, make, name):
    """Somebody of the sample set-up's first team."""
    with ctx.store.read() as read:
        team = read.value("SELECT id FROM team WHERE code = 'first'")
    person = make.agent(name=name)
    make._link("team_member", {"team_id": team, "person_id": person})
    return person


def person_in(month, name):
    return next(one for group in month.groups for one in group.people if one.name == name)


def planned(month, name, day):
    """Planned and needed of a line of the strip on a day of the month."""
    count = next(line for line in month.coverage if line.name == name).days[day - 1]
    return count.planned, count.needed


@pytest.fixture
def golden_week(ctx, make):
    """October 2026 of a desk in China: one day shift on the worked Saturday, one on the Sunday after it."""
    ctx.clock.set(datetime(2026, 9, 1, tzinfo=UTC))
    set_up(ctx, HARBOUR)
    wang, day = staff(ctx, make, "Wang Fang"), code_of(ctx, "D")
    dates = (date(2026, 10, 10), date(2026, 10, 11))
    commands.paint_cells(ctx, [PaintedCell(wang.id, on, day.id) for on in dates])


# --- months out of the ordinary ----------------------------------------------------------------


def test_national_day_is_named_and_its_worked_saturday_is_no_weekend(ctx, golden_week):
    month = roster_month(ctx, 2026, 10, "en")

    kinds = [day.day_type for day in month.days]
    assert kinds[:3] == [DayType.HOLIDAY] * 3
    assert kinds[4:7] == [DayType.DAY_OFF_IN_LIEU] * 3
    assert (kinds[9], kinds[10]) == (DayType.MAKE_UP_WORKDAY, DayType.WEEKEND)


def test_the_worked_saturday_asks_for_as_many_as_a_workday(ctx, golden_week):
    month = roster_month(ctx, 2026, 10, "en")
    office = "Field · Office"

    assert planned(month, office, 10) == planned(month, office, 9)
    assert planned(month, office, 10)[1] > planned(month, office, 11)[1]


def test_september_has_its_worked_sunday(ctx, golden_week):
    month = roster_month(ctx, 2026, 9, "en")

    assert month.days[19].day_type is DayType.MAKE_UP_WORKDAY


def test_the_paper_says_which_days_are_special(ctx, golden_week):
    text = all_text(render_roster_month(roster_month(ctx, 2026, 10, "en"), ENGLISH))

    assert text.count("Work\n") == 1
    assert text.count("Hol.\n") == 3
    assert text.count("Lieu\n") == 3
    assert "make-up workday" in text


def test_the_night_the_clocks_go_back_has_thirteen_hours_on_paper(ctx, make):
    set_up(ctx, LONDON)
    wang, night = staff(ctx, make, "Wang Fang"), code_of(ctx, "N")
    commands.paint_cells(ctx, [PaintedCell(wang.id, date(2026, 10, 24), night.id)])

    month = roster_month(ctx, 2026, 10, "en")

    assert person_in(month, "Wang Fang").hours == 13
    assert len(month.days) == 31
    assert "\n13\n" in all_text(render_roster_month(month, ENGLISH))


def test_the_night_the_clocks_go_forward_has_eleven(ctx, make):
    set_up(ctx, LONDON)
    wang, night = staff(ctx, make, "Wang Fang"), code_of(ctx, "N")
    commands.paint_cells(ctx, [PaintedCell(wang.id, date(2027, 3, 27), night.id)])

    assert person_in(roster_month(ctx, 2027, 3, "en"), "Wang Fang").hours == 11


# --- versions and crews ------------------------------------------------------------------------


@pytest.fixture
def desk(ctx, make):
    set_up_site(ctx)
    team = make.team(name="First line", name_alt="一线")
    wang = make.agent(name="Wang Fang", name_alt="王芳", teams=(team,))
    li = make.agent(name="Li Na", name_alt="李娜", teams=(team,))
    return wang, li, make.shift_template("D", name="Day", name_alt="白班", duration_minute=720)


def test_a_published_month_says_its_version_and_a_changed_one_the_next_draft(ctx, desk):
    wang, li, day = desk
    never = roster_month(ctx, 2026, 12, "en")
    commands.paint_cells(ctx, [PaintedCell(wang.id, date(2026, 12, 1), day.id)])
    commands.publish_month(ctx, "2026-12", anyway=True)
    published = roster_month(ctx, 2026, 12, "en")
    commands.paint_cells(ctx, [PaintedCell(li.id, date(2026, 12, 2), day.id)])

    changed = roster_month(ctx, 2026, 12, "en")

    assert (never.version, never.draft, never.published_at) == (0, 1, None)
    assert (published.version, published.draft, published.changes) == (1, 0, 0)
    assert (changed.version, changed.draft, changed.changes) == (1, 2, 1)


def test_people_stand_below_their_crews_where_that_is_asked_for(ctx, make, desk):
    _wang, li, _day = desk
    crew = put_row(
        ctx, "crew", code="1", name="Crew 1", name_alt="一班", position=1, is_active=True, version=1
    )
    put_row(ctx, "work_terms", person_id=li.id, crew_id=crew, version=1)

    month = roster_month(ctx, 2026, 12, "zh_CN", by_crew=True, paper=PaperSize.A3)

    assert [(group.name, [one.name for one in group.people]) for group in month.groups] == [
        ("一班", ["李娜"]),
        ("一线", ["王芳"]),
    ]
    assert month.paper is PaperSize.A3


def test_a_month_that_is_none_is_refused(ctx, desk):
    with pytest.raises(BadInput) as refused:
        roster_month(ctx, 2026, 13, "en")

    assert refused.value.code == "roster.month_bad"


# --- the workbook ------------------------------------------------------------------------------


def test_the_workbook_has_the_grid_and_the_hours_as_values(ctx, desk):
    wang, _li, day = desk
    cells = [PaintedCell(wang.id, date(2026, 12, 1), day.id, is_supervisor=True)]
    commands.paint_cells(ctx, [*cells, PaintedCell(wang.id, date(2026, 12, 2), day.id)])

    sheets = read_workbook(roster_workbook(roster_month(ctx, 2026, 12, "en"), ENGLISH))

    grid, hours = ([cells for _number, cells in sheet] for sheet in sheets.values())
    assert list(sheets) == ["Roster", "Hours"]
    assert grid[0][:3] == ["Person", "Team", "2026-12-01"]
    assert grid[1][2] == "Tue"
    assert ["Wang Fang", "First line", "D*", "D", "24"] in [[*row[:4], row[-1]] for row in grid]
    assert hours[0] == ["Person", "Team", "Hours", "Shifts led", "D"]
    assert ["Wang Fang", "First line", "24", "1", "2"] in hours


def test_texts_that_look_like_formulas_stay_texts(ctx, make, desk):
    make.agent(name="=1+1", teams=(make.team(name="@SUM(A1)"),))

    body = roster_workbook(roster_month(ctx, 2026, 12, "en"), ENGLISH)

    said = str(read_workbook(body))
    assert "=1+1" in said
    assert "@SUM(A1)" in said
    assert b"<f>" not in body


def test_the_same_month_gives_the_same_bytes(ctx, desk):
    month = roster_month(ctx, 2026, 12, "en")

    assert roster_workbook(month, ENGLISH) == roster_workbook(month, ENGLISH)
