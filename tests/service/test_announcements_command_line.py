"""`announcements` on the command line."""

from __future__ import annotations

import json

import pytest

from app.models.entities.announcements import AnnouncementChannel, AnnouncementKind
from tests.support.announcing import AnnouncingDesk, announcing_desk
from tests.support.command_line import say


@pytest.fixture
def desk(ctx, make) -> AnnouncingDesk:
    return announcing_desk(ctx, make)


def test_a_fault_is_announced_listed_and_withdrawn(desk):
    added = say(desk.ctx, "announcements", "add", "fault", "Mail is down", "--until", "2 h")
    during = say(desk.ctx, "announcements", "list")
    withdrawn = say(desk.ctx, "announcements", "withdraw", added[1].strip())

    assert (added[0], during[0], withdrawn[0]) == (0, 1, 0)
    assert "In force  Known fault  Mail is down" in during[1]
    assert say(desk.ctx, "announcements", "list")[:1] == (0,)


def test_everything_about_a_new_system_can_be_said(desk):
    service = desk.make.service(code="vpn", name="VPN")
    article, ticket = desk.make.article(), desk.make.ticket()

    code, out, _err = say(
        desk.ctx, "announcements", "add", "new_system", "New portal", "--text", "More", "--service", "vpn",
        "--article", str(article.number), "--ticket", str(ticket.number), "--live-on", "+7",
        "--training", "1 h 30 min", "--must-read", "--told", "email, board",
    )  # fmt: skip

    found = desk.one(int(out))
    assert code == 0
    assert (found.details.kind, found.details.training_minutes) == (AnnouncementKind.NEW_SYSTEM, 90)
    assert found.details.channels == (AnnouncementChannel.BOARD, AnnouncementChannel.EMAIL)
    assert (found.service_name, found.details.service_id) == ("VPN", service.id)
    assert found.article is not None
    assert found.ticket is not None


def test_one_shows_who_has_read_it_and_who_is_trained(desk):
    made = desk.new_system(must_read=True)

    code, out, _err = say(desk.ctx, "announcements", "show", str(made))

    assert code == 0
    assert "Wang Fang" in out
    assert "0/60 min" in out
    assert json.loads(say(desk.ctx, "--json", "announcements", "show", str(made))[1])["readings"][0]["at"]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (("add", "party", "Cake"), "announcements.kind_unknown"),
        (("add", "news", " "), "announcements.title_missing"),
        (("add", "news", "x", "--service", "none"), "catalogue.service_missing"),
        (("add", "news", "x", "--article", "4711"), "knowledge.not_found"),
        (("add", "news", "x", "--ticket", "4711"), "tickets.number_not_found"),
        (("add", "news", "x", "--told", "smoke"), "announcements.channel_unknown"),
        (("add", "new_system", "x", "--live-on", "someday"), "announcements.day_unread"),
        (("add", "new_system", "x", "--training", "an age"), "tickets.minutes_unreadable"),
        (("add", "news", "x", "--until", "whenever"), "tickets.time_unreadable"),
        (("show", "99"), "announcements.not_found"),
        (("withdraw", "99"), "announcements.not_found"),
    ],
)
def test_what_cannot_be_done_is_told(desk, line, error):
    code, _out, err = say(desk.ctx, "announcements", *line)

    assert (code, err.strip()) == (1, error)
