"""Taking in counts of calls: previewed, all or nothing, replaced, taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.entities.errors import NotAllowed, RuleViolation, StaleRecord
from app.models.entities.events import CallsCounted
from app.services.roster.staffing_commands import import_calls
from app.services.roster.staffing_queries import preview_calls
from tests.support.site import set_up_site

TWO_HOURS = b"start,offered,answered\n2026-11-16 10:00,30,28\n2026-11-16 11:00,20,20\n"
CORRECTED = b"start,offered,answered\n2026-11-16 10:00,33,30\n2026-11-16 11:00,20,20\n"
BROKEN = b"start,offered\n2026-11-16 10:00,30\nyesterday,20\n"


@pytest.fixture(autouse=True)
def _site(ctx):
    set_up_site(ctx)


def counts(ctx, body: bytes) -> tuple[int, int, int]:
    """New, replaced and unchanged hours of a file as things are."""
    preview = preview_calls(ctx, body)
    return preview.added, preview.replaced, preview.unchanged


def take(ctx, body: bytes):
    return import_calls(ctx, preview_calls(ctx, body).sheet, source="calls.csv")


def test_a_preview_tells_what_an_import_would_do_and_does_nothing(ctx):
    assert counts(ctx, TWO_HOURS) == (2, 0, 0)
    assert counts(ctx, TWO_HOURS) == (2, 0, 0)


def test_an_import_counts_its_hours_and_says_so(ctx, announced):
    take(ctx, TWO_HOURS)

    assert counts(ctx, TWO_HOURS) == (0, 0, 2)
    assert CallsCounted() in announced


def test_a_later_import_replaces_an_hour(ctx):
    take(ctx, TWO_HOURS)

    take(ctx, CORRECTED)

    assert counts(ctx, CORRECTED) == (0, 0, 2)
    assert counts(ctx, TWO_HOURS) == (0, 1, 1)


def test_an_import_taken_back_leaves_what_was_there(ctx):
    take(ctx, TWO_HOURS)
    done = take(ctx, CORRECTED)

    done.undo.run()

    assert counts(ctx, TWO_HOURS) == (0, 0, 2)


def test_the_first_import_taken_back_leaves_nothing_and_can_be_done_again(ctx):
    done = take(ctx, TWO_HOURS)

    back = done.undo.run()
    after_undo = counts(ctx, TWO_HOURS)
    back.undo.run()

    assert after_undo == (2, 0, 0)
    assert counts(ctx, TWO_HOURS) == (0, 0, 2)


def test_an_hour_counted_anew_since_is_not_overwritten_by_an_undo(ctx):
    done = take(ctx, TWO_HOURS)
    take(ctx, CORRECTED)

    with pytest.raises(StaleRecord):
        done.undo.run()

    assert counts(ctx, CORRECTED) == (0, 0, 2)


def test_a_file_with_a_bad_row_is_taken_in_not_at_all(ctx):
    with pytest.raises(RuleViolation) as refused:
        take(ctx, BROKEN)

    assert (refused.value.code, refused.value.params["line"]) == ("staffing.import_refused", 3)
    assert counts(ctx, TWO_HOURS) == (2, 0, 0)


def test_a_file_that_changes_nothing_says_so(ctx):
    take(ctx, TWO_HOURS)

    with pytest.raises(RuleViolation, match="import_empty"):
        take(ctx, TWO_HOURS)


def test_whoever_only_reads_the_roster_imports_nothing(ctx):
    reader = ctx.acting_as(replace(ctx.actor, permissions=frozenset({"roster.read"})))

    with pytest.raises(NotAllowed):
        preview_calls(reader, TWO_HOURS)
