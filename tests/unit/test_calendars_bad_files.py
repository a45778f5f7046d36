"""Calendar files that are none: garbage, cut short, too large, of other characters, or built to stall."""

from __future__ import annotations

import pytest

from app.models.entities.errors import BadInput
from app.services.calendars.day_files import MOST_BYTES, read_day_file, repeated_years

YEARS = repeated_years(2026)
GOOD = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261001\r\nSUMMARY:Fête 国庆节\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)
EVENT = "BEGIN:VEVENT\nDTSTART:202001{day:02}\nDURATION:P100D\nRRULE:FREQ=YEARLY\nEND:VEVENT\n"


def given(tmp_path, content, name="days.ics"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "calendar.file_empty"),
        (b"\xef\xbb\xbf \r\n", "calendar.file_empty"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "calendar.ics_none"),
        (b'{"error": "not found"}', "calendar.ics_none"),
        (b"date,type\n2026-10-01,holiday\n", "calendar.ics_none"),
        (b"\0" * 100, "calendar.file_no_text"),
        (b"\x89PNG\r\n\x1a\n\xff\xff", "calendar.file_encoding"),
        (GOOD[:70].encode(), "calendar.ics_cut"),
        (GOOD[:-16].encode(), "calendar.ics_cut"),
        (GOOD.encode() + b"garbage", "calendar.ics_line"),
        (GOOD.encode("utf-16")[:-1], "calendar.file_encoding"),
        (GOOD.replace("Fête 国庆节", "Day").encode("utf-16-le"), "calendar.file_no_text"),
        (GOOD.encode("utf-32"), "calendar.file_no_text"),
        (GOOD.replace("Fête 国庆节", "Noël à Orléans, été").encode("latin-1"), "calendar.file_encoding"),
        (GOOD.encode() + b" " * MOST_BYTES, "calendar.file_large"),
    ],
)
def test_a_file_that_is_no_calendar_is_refused_for_what_it_is(tmp_path, content, code):
    with pytest.raises(BadInput) as refused:
        read_day_file(given(tmp_path, content), YEARS)

    assert refused.value.code == code


def test_what_a_file_begins_with_instead_is_told(tmp_path):
    with pytest.raises(BadInput) as refused:
        read_day_file(given(tmp_path, b"\n<html>\n<body>"), YEARS)

    assert refused.value.params["text"] == "<html>"


def test_a_calendar_under_another_name_is_read_all_the_same(tmp_path):
    found = read_day_file(given(tmp_path, GOOD.encode(), "days.txt"), YEARS)

    assert [day.name for day in found.days] == ["Fête 国庆节"]


def test_parts_within_parts_without_end_are_refused_at_once(tmp_path):
    content = b"BEGIN:VCALENDAR\n" + b"BEGIN:A\n" * 200_000

    with pytest.raises(BadInput) as refused:
        read_day_file(given(tmp_path, content), YEARS)

    assert (refused.value.code, refused.value.params["line"]) == ("calendar.ics_part", 9)


def test_parts_that_calendars_do_have_are_passed_over(tmp_path):
    alarm = "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT"
    zone = "BEGIN:VTIMEZONE\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    content = GOOD.replace("END:VEVENT", alarm).replace("BEGIN:VEVENT", f"{zone}BEGIN:VEVENT")

    found = read_day_file(given(tmp_path, content.encode()), YEARS)

    assert [day.on.isoformat() for day in found.days] == ["2026-10-01"]


def test_the_same_days_named_without_end_are_refused_early(tmp_path):
    events = "".join(EVENT.format(day=1 + number % 28) for number in range(20_000))

    with pytest.raises(BadInput) as refused:
        read_day_file(given(tmp_path, f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n".encode()), YEARS)

    assert refused.value.code == "calendar.days_many"
