"""What is in force can be printed from the page that edits it."""

from __future__ import annotations

import pytest

from app.services.base.permissions import ALL_PERMISSIONS
from app.views.base.widgets.buttons import IconButton
from tests.support.settings_site import only_with
from tests.view.test_settings_levels_matrix import desk, open_settings

PAGES = (("matrix", "matrix"), ("sla", "sla"), ("calendars", "calendar"))


def printers(screen):
    buttons = screen.findChildren(IconButton)
    return [one for one in buttons if one.accessibleName() == "Print what is in force"]


@pytest.mark.parametrize(("page", "report"), PAGES)
def test_the_page_opens_its_paper(qtbot, ctx, bus, tmp_path, page, report):
    screen = open_settings(qtbot, desk(ctx), bus, tmp_path, page)

    (button,) = printers(screen)
    button.click()

    assert screen.env.shell.opened[-1] == ("reports", {"report": report})


def test_whoever_may_read_no_reports_is_offered_none(qtbot, ctx, bus, tmp_path):
    without = only_with(desk(ctx), *(ALL_PERMISSIONS - {"reports.read"}))

    assert printers(open_settings(qtbot, without, bus, tmp_path, "matrix")) == []
