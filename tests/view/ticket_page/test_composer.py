"""Writing on a ticket's page: notes, replies, solutions, drafts, texts to insert, and files."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest

from app.models.entities.errors import StaleRecord
from app.models.entities.tickets import EventKind, TicketStatus
from app.services.tickets import commands, note_commands, queries
from app.views.tickets.composer_presenter import Mode
from tests.support.ticket_page import CALL, fill_solution, opened, read

# -- writing -----------------------------------------------------------------------------------------


def test_ctrl_enter_saves_a_note_and_empties_the_field(page, ctx, ticket):
    page.view.composer.begin(Mode.NOTE)
    QTest.keyClicks(page.view.composer.text, "restarted once")

    QTest.keyClick(page.view.composer.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    last = queries.ticket_detail(ctx, ticket).events[-1]
    assert (last.kind, last.new) == (EventKind.NOTE, "restarted once")
    assert page.view.composer.text.toPlainText() == ""


def test_a_call_from_the_requester_is_recorded_as_one(page, ctx, ticket):
    composer = page.view.composer
    composer.begin(Mode.REPLY)
    composer.text.setPlainText("asks when it works")
    composer.way.setCurrentIndex(composer.way.findData("called_by_user"))

    composer.send.click()

    last = queries.ticket_detail(ctx, ticket).events[-1]
    assert (last.kind, last.detail) == (EventKind.CALL, {"by": "user"})


def test_the_solution_says_what_it_still_waits_for(page):
    composer = page.view.composer
    composer.begin(Mode.SOLUTION)
    composer.text.setPlainText("Restarted the service")

    assert "cause" in composer.send.toolTip()
    composer.solution.cause.setCurrentIndex(1)
    assert "article" in composer.send.toolTip()
    composer.solution.article.none_fits.setChecked(True)
    assert composer.send.isEnabled()


def test_resolving_leaves_the_ticket_waiting_for_confirmation(page, ctx, ticket):
    fill_solution(page).send.click()

    found = read(ctx, ticket)
    assert (found.status, found.solution, found.cause_code) == (
        TicketStatus.RESOLVED, "Restarted the service", "config"
    )  # fmt: skip


def test_solve_now_closes_in_one_step(page, ctx, ticket):
    fill_solution(page).final.click()

    assert read(ctx, ticket).status is TicketStatus.CLOSED


def test_somebody_elses_note_does_not_stop_the_solution(page, ctx, other_ctx, ticket):
    composer = fill_solution(page)
    note_commands.add_note(other_ctx, ticket, "called the vendor")

    composer.send.click()

    assert read(ctx, ticket).status is TicketStatus.RESOLVED


def test_a_refused_solution_keeps_the_text(page, ctx, env, other_ctx, ticket):
    composer = fill_solution(page)
    commands.cancel(other_ctx, ticket, version=1, reason="withdrawn")

    composer.send.click()

    assert isinstance(env.shell.errors[-1], StaleRecord)
    assert composer.text.toPlainText() == "Restarted the service"


def test_what_is_typed_comes_back_after_leaving(qtbot, ctx, env, page, ticket):
    page.view.composer.begin(Mode.REPLY)
    page.view.composer.text.setPlainText("half a sen")
    page.leave()

    again = opened(qtbot, ctx, env, ticket)

    assert again.view.composer.text.toPlainText() == "half a sen"
    assert again.view.composer.mode.key == Mode.REPLY
    assert "draft" in again.view.composer.draft_note.text()


def test_each_ticket_has_its_own_draft(page, ctx, ticket):
    other = commands.create_ticket(ctx, CALL).id
    page.view.composer.text.setPlainText("for the first")

    page.show_target({"id": other})
    page.refresh()
    assert page.view.composer.text.toPlainText() == ""

    page.show_target({"id": ticket})
    page.refresh()
    assert page.view.composer.text.toPlainText() == "for the first"


def test_what_was_sent_is_no_draft_any_more(qtbot, ctx, env, page, ticket):
    page.view.composer.text.setPlainText("sent")
    page.leave()
    page.view.composer.send.click()

    again = opened(qtbot, ctx, env, ticket)

    assert again.view.composer.text.toPlainText() == ""


def test_a_kept_text_is_inserted_with_its_variables(page, make, ctx):
    composer = page.view.composer
    composer.template.click()
    popup = composer._inserting.templates
    popup.search.setText("Answer the call")
    popup.asked.emit("Answer the call")

    QTest.keyClick(popup, Qt.Key.Key_Return)

    assert ctx.actor.name in composer.text.toPlainText()
    assert "{{" not in composer.text.toPlainText()


def test_for_a_reply_the_texts_that_tell_how_it_goes_come_first(page, ctx, ticket):
    composer = page.view.composer
    composer.begin(Mode.REPLY)
    composer.template.click()

    QTest.keyClick(composer._inserting.templates, Qt.Key.Key_Return)

    said = composer.text.toPlainText()
    assert "e are working on ticket #00001 (ERP login returns 503)." in said
    assert "…" not in said


def test_for_a_note_they_stand_where_the_settings_put_them(page):
    composer = page.view.composer
    composer.template.click()

    assert next(iter(composer._inserting.templates._offers.values())).title == "Answer the call"


def test_an_article_handed_over_from_the_knowledge_page_becomes_the_solution(page, make, ticket):
    article = make.article(body="1. Restart the licence service.")

    page.show_target({"id": ticket, "write": "solution", "article": article.id})
    page.refresh()

    composer = page.view.composer
    assert composer.mode.key == Mode.SOLUTION
    assert "Restart the licence service." in composer.text.toPlainText()


def test_an_inserted_article_counts_as_the_knowledge_used(page, ctx, make, ticket):
    article = make.article(title="503", body="## Cause\nThe **licence** service.")
    composer = fill_solution(page)
    page.writing.read_article(article.id, composer._take_article)

    composer.send.click()

    assert read(ctx, ticket).article_id == article.id
    assert "Cause\nThe licence service." in read(ctx, ticket).solution


# -- files -------------------------------------------------------------------------------------------


def test_a_dropped_file_goes_with_the_note(page, ctx, ticket, tmp_path):
    path = tmp_path / "erp.log"
    path.write_text("error 17")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    page.view.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    page.view.composer.text.setPlainText("the log")

    page.view.composer.send.click()

    files = queries.ticket_detail(ctx, ticket).attachments
    assert [file.name for file in files] == ["erp.log"]
    assert page.view.timeline.shown[0].attachments == files
    assert page.view.composer.files.files == []


def test_a_pasted_screenshot_waits_with_a_cross(page):
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(0)
    data = QMimeData()
    data.setImageData(picture)

    page.view.composer.text.insertFromMimeData(data)

    assert [file.media_type for file in page.view.composer.files.files] == ["image/png"]
    assert page.view.composer.send.text() == "Attach 1 file"


def test_a_file_too_large_is_refused_before_it_is_read(page, env, tmp_path):
    path = tmp_path / "big.bin"
    with path.open("wb") as file:
        file.truncate(26_000_000)

    page.view.composer.attach_paths([path])

    assert env.shell.errors[-1].code == "tickets.file_too_large"


def attached(page, ctx, ticket, name, body=b"hello"):
    note_commands.attach_file(ctx, ticket, name=name, media_type="text/plain", body=body)
    page.refresh()
    return queries.ticket_detail(ctx, ticket).attachments[-1]


def test_a_text_file_is_shown_as_a_copy_under_a_name_of_ours(page, ctx, ticket):
    seen = []
    page.popups.open_file = seen.append
    page.view.files.file_asked.emit(attached(page, ctx, ticket, "notes.txt"))

    page.popups.file.view.click()

    assert seen[0].read_bytes() == b"hello"
    assert seen[0].name == "attachment.txt"


@pytest.mark.parametrize("name", ["setup.exe", "report.docm", "page.html", "trick.pdf.lnk", "run.bat "])
def test_what_could_run_is_never_opened(page, ctx, ticket, name):
    page.view.files.file_asked.emit(attached(page, ctx, ticket, name))

    assert not page.popups.file.view.isEnabled()


def test_a_program_is_saved_only_after_a_warning(page, ctx, env, ticket, tmp_path):
    file = attached(page, ctx, ticket, "setup.exe")
    env.dialogs.path = tmp_path / "setup.exe"

    page.writing.save(file)
    assert not env.dialogs.path.exists()

    env.dialogs.confirms = True
    page.writing.save(file)
    assert env.dialogs.path.read_bytes() == b"hello"
