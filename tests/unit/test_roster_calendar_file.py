"""The calendar file: instants in UTC, stable names, escaping, lines of at most 75 octets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.models.entities.ids import TemplateId
from app.models.entities.roster import ShiftKind, ShiftTemplate
from app.services.base.texts import Texts
from app.services.roster.calendar_file import calendar_file, escaped
from app.services.roster.own_shifts import OwnShift

STAMP = datetime(2026, 11, 20, 10, tzinfo=UTC)


def template(name="Night", kind=ShiftKind.WORK):
    return ShiftTemplate(TemplateId(1), "N", name, "夜班", kind, 1200, 720, "n", 1, True, 1)


def shift(name="Night", kind=ShiftKind.WORK, team="First line", leaders=("Chen Jie",), leads=False):
    return OwnShift(
        date(2026, 11, 23),
        template(name, kind),
        datetime(2026, 11, 23, 12, tzinfo=UTC),
        datetime(2026, 11, 24, 0, tzinfo=UTC),
        team,
        leaders,
        leads,
    )


def test_a_draft_is_tentative_and_says_so():
    lines = made(replace(shift(), is_draft=True)).decode().split("\r\n")

    assert "STATUS:TENTATIVE" in lines
    assert "SUMMARY:Night (draft)" in lines


def test_what_is_published_is_confirmed():
    assert "STATUS:CONFIRMED" in made(shift()).decode().split("\r\n")


def made(*shifts, language="en"):
    return calendar_file(shifts, person_key="7", site_key="site-1", texts=Texts(language), stamp=STAMP)


def test_a_shift_is_an_event_with_real_instants():
    lines = made(shift()).decode().split("\r\n")

    assert lines[0] == "BEGIN:VCALENDAR"
    assert "DTSTART:20261123T120000Z" in lines
    assert "DTEND:20261124T000000Z" in lines
    assert "SUMMARY:Night" in lines
    assert "DESCRIPTION:First line\\nDuty supervisor: Chen Jie" in lines
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_a_shift_keeps_its_name_so_that_a_later_file_replaces_it():
    assert b"UID:20261123-7@site-1" in made(shift())


def test_the_same_shifts_at_the_same_instant_give_the_same_bytes():
    assert made(shift()) == made(shift())


def test_an_absence_is_a_whole_day_that_takes_no_time():
    lines = made(shift("Leave", ShiftKind.ABSENCE)).decode().split("\r\n")

    assert "DTSTART;VALUE=DATE:20261123" in lines
    assert "DTEND;VALUE=DATE:20261124" in lines
    assert "TRANSP:TRANSPARENT" in lines


def test_a_reader_of_chinese_gets_chinese_names():
    assert "SUMMARY:夜班" in made(shift(), language="zh_CN").decode()


def test_whoever_leads_is_told_so():
    assert "You are the duty supervisor" in made(shift(leads=True)).decode().replace("\r\n ", "")


def test_no_line_is_longer_than_75_octets_and_no_character_is_cut():
    content = made(shift(team="值班" * 60))

    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert "值班" * 60 in content.decode().replace("\r\n ", "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a,b;c\\d", "a\\,b\\;c\\\\d"),
        ("two\nlines\r\nand\rthree", "two\\nlines\\nand\\nthree"),
        ("bell\x07nul\x00", "bellnul"),
    ],
)
def test_signs_with_a_meaning_are_escaped(text, value):
    assert escaped(text) == value


def test_nobody_can_begin_an_event_with_a_name():
    content = made(shift(team="x\r\nEND:VEVENT\r\nBEGIN:VEVENT")).decode()

    assert content.split("\r\n").count("BEGIN:VEVENT") == 1


def test_without_shifts_the_file_is_an_empty_calendar():
    assert made().count(b"BEGIN:VEVENT") == 0
