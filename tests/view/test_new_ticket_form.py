"""The form of a new ticket on real threads, for readers and keyboards, in both languages and all themes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.models.entities.people import PersonDetails
from app.services.people import commands as people
from app.services.tickets import queries
from app.views.base.i18n import current
from app.views.base.tasks import WorkerTasks
from app.views.base.theme import theme
from app.views.base.tokens import ThemeName
from app.views.tickets.form_values import Ending, FormValues, draft_of, missing_for
from tests.support.describe import assert_readable, tab_order
from tests.support.new_ticket import Desk, press, type_into
from tests.support.site import set_up_site

SMALL = (1206, 634)  # what the smallest window leaves to a page
LARGE = (1366, 814)


@pytest.fixture
def desk(ctx, make, tmp_path, qtbot):
    set_up_site(ctx)
    desk = Desk(ctx, make, tmp_path)
    people.add_person(desk.ctx, PersonDetails("Wang Fang", "王芳", is_vip=True))
    yield desk
    desk.close()


@pytest.fixture
def language():
    yield current.use
    current.use("en")


def shown(desk, qtbot, size=LARGE, **more):
    page = desk.page(**more)
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    page.activateWindow()
    return page


@pytest.fixture
def workers():
    troubles = []
    tasks = WorkerTasks(troubles.append)
    yield tasks
    assert tasks.close()
    assert troubles == []


def test_on_real_threads_enter_takes_the_caller_before_the_answer_has_come(desk, qtbot, workers):
    page = shown(desk, qtbot, tasks=workers)
    search = page.view.caller.search
    search.setFocus()

    type_into(search, "wf")
    press(search, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: page.view.caller.known.name.text() == "Wang Fang 王芳")
    assert QApplication.focusWidget() is page.view.fields.subject


def test_on_real_threads_a_ticket_is_saved_and_the_form_is_empty_again(desk, qtbot, workers):
    page = shown(desk, qtbot, tasks=workers)
    qtbot.waitUntil(lambda: page.presenter.choices is not None)
    page.call.form.fill(
        {"requester": "2", "subject": "Printer jams", "category": str(desk.category.id), "cell": [2, 2]}
    )

    page.save(Ending.CREATE)

    qtbot.waitUntil(lambda: desk.shell.backs == 1)
    rows = queries.ticket_page(desk.ctx, queries.ticket_query(desk.ctx, ""))
    assert [row.subject for row in rows] == ["Printer jams"]
    assert not page.call.form.is_dirty
    assert desk.shell.errors == []


def test_the_tab_key_goes_through_a_call_in_its_order(desk, qtbot):
    page = shown(desk, qtbot)

    visited = [stop.split("'")[1] for stop in tab_order(page) if "'" in stop]

    named = ["caller", "subject", "category", "description", "matrix"]
    assert [name for name in visited if name in named] == named


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_nothing_is_cut_off_and_every_input_has_a_name(desk, qtbot, language, code, size):
    language(code)
    page = shown(desk, qtbot, size)
    page.call.form.fill({"requester": "2", "subject": "Printer jams", "category": str(desk.category.id)})
    page.call.show_solving(is_shown=True)
    qtbot.wait(1)

    assert page.minimumSizeHint().width() <= size[0]
    assert page.minimumSizeHint().height() <= size[1]
    assert_readable(page)


@pytest.mark.parametrize("name", list(ThemeName))
def test_the_page_can_be_drawn_in_every_theme(desk, qtbot, qapp, name):
    theme.apply(qapp, name, "en", shipped_font=True)
    page = shown(desk, qtbot)

    assert not page.grab().isNull()


def test_a_pasted_screenshot_becomes_an_attachment(desk, qtbot, qapp):
    page = shown(desk, qtbot)
    qapp.clipboard().setImage(QImage(4, 4, QImage.Format.Format_RGB32))

    page.view.fields.description.paste()

    (file,) = page.call.values.files
    assert (file.name, file.media_type) == ("Screenshot 1.png", "image/png")
    assert page.view.fields.description.toPlainText() == ""


def test_a_file_can_be_removed_again(desk, qtbot, qapp):
    page = shown(desk, qtbot)
    qapp.clipboard().setImage(QImage(4, 4, QImage.Format.Format_RGB32))
    page.view.footer.picture.click()

    page.view.fields.files.removed.emit(0)

    assert page.call.values.files == ()


def test_without_the_right_nobody_sets_a_priority_by_hand(desk, qtbot):
    actor = desk.ctx.actor
    rights = actor.permissions - {"priority.override", "tickets.close"}
    desk.ctx = desk.ctx.acting_as(type(actor)(actor.person_id, actor.name, rights, actor.client))

    page = shown(desk, qtbot)

    assert page.view.fields.promise.panel.override.isHidden()
    assert page.view.footer.solve.isHidden()


# --- values, without a widget ---------------------------------------------------------------------------


def test_a_draft_keeps_everything_the_form_said():
    values = FormValues(subject="打印机", requester="7", cell=(2, 1), links=(3,), priority=4, reason="why")

    assert FormValues.of(draft_of(values)) == values


def test_a_report_of_monitoring_needs_no_caller():
    values = FormValues(channel="monitoring", subject="Disk full", category="1", cell=(1, 1))

    assert missing_for(values, Ending.CREATE, None) == ()


def test_whoever_may_not_enter_callers_is_not_asked_for_one():
    values = FormValues(subject="s", category="1", cell=(1, 1))

    assert missing_for(values, Ending.CREATE, None, needs_caller=False) == ()


def test_solving_waits_for_solution_cause_and_knowledge():
    values = FormValues(requester="1", subject="s", category="1", cell=(1, 1))

    assert missing_for(values, Ending.SOLVE, None) == ("solution", "cause", "article")
