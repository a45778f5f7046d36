"""A long list: pages come when they are needed, rows keep their places, nothing is read twice at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from app.models.entities.errors import StoreUnavailable
from app.views.base.columns import Column
from app.views.base.i18n import LazyText
from app.views.base.page_source import PageSource, Total
from app.views.base.table import Table
from app.views.base.tasks import ImmediateTasks
from app.views.base.windowed_model import PAGE, WindowedModel


@dataclass(frozen=True)
class Line:
    id: int
    text: str


class FakeTable:
    """Rows in order of their id, as a query would hand them out; remembers what was asked."""

    def __init__(self, count: int) -> None:
        self.rows = [Line(number, f"line {number}") for number in range(count)]
        self.asked: list[tuple[object, int]] = []
        self.is_lost = False

    def fetch(self, _query, anchor, count):
        if self.is_lost:
            raise StoreUnavailable("store.lost")
        self.asked.append((anchor, count))
        after = -1 if anchor is None else anchor[0]
        return [row for row in self.rows if row.id > after][:count]

    def count(self, _query):
        return Total(min(len(self.rows), 10_000), is_exact=len(self.rows) <= 10_000)

    def source(self, tasks=None):
        return PageSource(
            tasks or ImmediateTasks(),
            "all",
            fetch=self.fetch,
            anchor_of=lambda _query, row: (row.id,),
            count=self.count,
            steps=self.steps,
        )

    def steps(self, _query, anchor, every, limit):
        self.asked.append(("steps", limit))
        after = -1 if anchor is None else anchor[0]
        ids = [row.id for row in self.rows if row.id > after]
        return [(row_id,) for row_id in ids[every - 1 :: every][:limit]]


COLUMNS = (Column[Line]("text", LazyText("Text"), lambda row: row.text, is_stretched=True),)


@pytest.fixture
def store():
    return FakeTable(1000)


@pytest.fixture
def model(qtbot, store, qapp):
    return WindowedModel(COLUMNS, store.source(), qapp)


def loaded(model):
    return [row for row in range(model.rowCount()) if model.row_at(row) is not None]


def test_the_first_page_is_there_at_once_and_the_count_is_whole(model):
    assert model.rowCount() == 1000
    assert model.index(0, 0).data() == "line 0"
    assert loaded(model) == list(range(PAGE))


def test_rows_not_loaded_have_no_text_yet(model):
    assert model.index(999, 0).data() is None


def test_the_next_page_comes_before_one_gets_there(model):
    model.show_rows(130, 150)

    assert model.index(PAGE, 0).data() == "line 200"


def test_a_drag_to_the_end_reads_one_page_only(model, store):
    store.asked.clear()

    model.show_rows(980, 999)

    assert model.index(999, 0).data() == "line 999"
    assert [asked for asked in store.asked if asked[0] != "steps"] == [((799,), PAGE)]


def test_a_source_without_steps_reads_its_way_to_the_far_page(qapp, store):
    source = PageSource(
        ImmediateTasks(), "all", fetch=store.fetch, anchor_of=lambda _q, row: (row.id,), count=store.count
    )
    model = WindowedModel(COLUMNS, source, qapp)

    model.show_rows(700, 720)

    assert model.index(700, 0).data() == "line 700"


def test_no_more_than_three_pages_are_held(model):
    for first in range(0, 1000, 50):
        model.show_rows(first, first + 20)

    assert len(loaded(model)) <= 3 * PAGE


def test_a_short_list_has_exactly_its_rows(qapp):
    model = WindowedModel(COLUMNS, FakeTable(7).source(), qapp)

    assert model.rowCount() == 7


def test_an_empty_list_has_no_rows(qapp):
    model = WindowedModel(COLUMNS, FakeTable(0).source(), qapp)

    assert model.rowCount() == 0
    assert model.total == Total(0)


def test_beyond_ten_thousand_one_can_still_scroll_on(qapp):
    model = WindowedModel(COLUMNS, FakeTable(10_500).source(), qapp)

    for first in range(9_900, 10_500, 100):
        model.show_rows(first, first + 20)

    assert model.total == Total(10_000, is_exact=False)
    assert model.rowCount() == 10_500


def test_a_refresh_shows_what_changed_where_it_stands(model, store):
    model.show_rows(400, 420)
    store.rows[405] = replace(store.rows[405], text="changed")

    model.refresh()

    assert model.index(405, 0).data() == "changed"


def test_a_refresh_notices_that_rows_went(model, store):
    del store.rows[150:]

    model.refresh()

    assert model.rowCount() == 150


def test_a_refresh_notices_that_rows_came(model, store):
    store.rows.append(Line(5000, "the newest"))

    model.refresh()

    assert model.rowCount() == 1001


def test_while_the_database_is_lost_the_rows_stay(qtbot, model, store):
    store.is_lost = True

    with qtbot.waitSignal(model.failed) as failed:
        model.refresh()

    assert failed.args[0].code == "store.lost"
    assert model.index(0, 0).data() == "line 0"


def test_after_the_database_returned_the_next_look_loads(model, store):
    store.is_lost = True
    model.refresh()
    store.is_lost = False

    model.show_rows(0, 20)

    assert not model.is_loading


def test_another_query_begins_at_the_top(model, store):
    model.show_rows(900, 920)
    store.rows = store.rows[500:530]

    model.forget_pages()

    assert model.rowCount() == 30
    assert model.index(0, 0).data() == "line 500"


def test_a_late_answer_to_an_old_question_is_dropped(qapp):
    store, tasks = FakeTable(30), HeldTasks()
    model = WindowedModel(COLUMNS, store.source(tasks), qapp)
    model.forget_pages()
    store.rows = store.rows[:5]

    tasks.answer_all()

    assert model.rowCount() == 5


def test_until_the_first_page_comes_a_skeleton_stands_there(qapp):
    model = WindowedModel(COLUMNS, FakeTable(30).source(HeldTasks()), qapp)

    assert model.rowCount() > 0
    assert model.is_loading
    assert model.index(0, 0).data() is None


def test_the_table_loads_what_it_shows(qtbot, store, qapp):
    table = Table()
    qtbot.addWidget(table)
    table.setModel(WindowedModel(COLUMNS, store.source(), table))
    table.resize(300, 400)
    table.show()

    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())

    assert table.rows.index(999, 0).data() == "line 999"


def test_the_current_row_is_remembered_while_it_is_scrolled_away(qtbot, store):
    table = Table()
    qtbot.addWidget(table)
    table.setModel(WindowedModel(COLUMNS, store.source(), table))
    table.resize(300, 400)
    table.show()
    table.go_to_id(5)

    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())

    assert table.current_id == 5


class HeldTasks(ImmediateTasks):
    """Keeps jobs until told to do them."""

    def __init__(self) -> None:
        self._held = []

    def run(self, job, done=None, failed=None, **options):
        self._held.append((job, done, failed))

    def answer_all(self):
        while self._held:
            super().run(*self._held.pop(0))
