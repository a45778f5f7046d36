"""`sla explain` and the window's panel say the same about a clock, word for word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.models.entities.sla import ClockKind
from app.services.base.terms import term
from app.services.base.texts import Texts
from tests.support.command_line import say
from tests.support.pages import page_env
from tests.support.ticket_page import opened as open_page
from tests.view.settings_room import speaking
from tests.view.ticket_actions_room import called, new_site


def told_in_window(popup):
    """The sentences around the stretches, and each stretch with its span."""
    texts = popup.texts
    return popup.summary.text().splitlines(), list(zip(texts[::2], texts[1::2], strict=True))


def told_in_shell(text, language):
    """The same of the resolution clock, out of what the command line printed."""
    block = text.split(term(Texts(language), ClockKind.RESOLUTION), 1)[1].split("\n\n")[0]
    lines = [line.strip() for line in block.splitlines() if line.strip()]
    pairs = [tuple(part.strip() for part in line.split("  ", 1)) for line in lines]
    return [pair[0] for pair in pairs if len(pair) == 1], [pair for pair in pairs if len(pair) == 2]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_clock_is_explained_alike_in_the_window_and_in_the_shell(
    qtbot, ctx, bus, tmp_path, clock, language
):
    new_site(ctx)
    ctx = replace(ctx, language=language)
    ticket_id = called(ctx)
    clock.advance(timedelta(days=4, hours=2))
    with speaking(language):
        page = open_page(qtbot, ctx, page_env(bus, tmp_path, language=language), ticket_id)
        page.popups.explain(ClockKind.RESOLUTION)
        summary, stretches = told_in_window(page.popups.why)

    _, printed, _ = say(ctx, "sla", "explain", "1", language=language)

    assert told_in_shell(printed, language) == (summary, stretches)
    assert len(stretches) > 5
