"""What a settings file cannot say is named with its place, and nothing is changed, on both databases."""

from __future__ import annotations

import pytest

from app.models.entities.errors import RuleViolation
from app.services.settings_file.commands import import_settings
from app.services.settings_file.queries import export_settings, preview_settings
from tests.support.settings_file import changed, entry, file_with, rich_site


@pytest.fixture
def site(ctx, make):
    return rich_site(ctx, make)


def take(ctx, body):
    return import_settings(ctx, preview_settings(ctx, body).document)


def refusal(ctx, body):
    refused = preview_settings(ctx, body).plan.refused
    return [(each.section.value, each.code, each.refusal.code) for each in refused]


def _hole(content):
    content["matrix"]["cells"][1][1] = None


def _circle(content):
    entry(content, "categories", "NET")["parent"] = "NET-VPN"


def _child_left(content):
    entry(content, "categories", "NET")["is_active"] = False


def _twice(content):
    content["scripts"].append(dict(content["scripts"][0]))


def _gone_calendar(content):
    content["sla"]["policies"][0]["targets"][0]["calendar"] = "nowhere"


def _gone_category(content):
    content["sla"]["policies"][0]["categories"] = ["nowhere"]


def _raw_ids(content):
    content["sla"]["policies"][0]["category_ids"] = [1]


def _gone_team(content):
    content["categories"][0]["default_team"] = "nobody"


def _long_name(content):
    content["teams"][0]["name"] = "x" * 121


def _bad_level(content):
    content["services"][0]["default_impact"] = 9


def _text_for_number(content):
    content["services"][0]["default_impact"] = "3"


def _flag_for_number(content):
    content["settings"]["tickets.reopen_days"] = True


def _unknown_setting(content):
    content["settings"]["tickets.colour"] = "red"


def _unknown_field(content):
    content["teams"][0]["colour"] = "red"


def _unknown_right(content):
    content["roles"][0]["permissions"].append("tickets.fly")


def _list_for_text(content):
    content["scripts"][0]["body"] = ["Hello"]


def _number_for_entry(content):
    content["scripts"][0] = 7


def _no_code(content):
    content["scripts"][0]["code"] = "  "


def _closed(content):
    entry(content, "calendars", "office")["hours"] = {}


def _half_policy(content):
    content["sla"]["policies"][0] = "all"


def _name_a_number(content):
    content["matrix"]["impacts"][0]["name"] = 5


def _matrix_misspelt(content):
    content["matrix"]["cels"] = []


def _twice_covered(content):
    need = {"team": None, "day_type": "workday", "minimum": 1}
    content["shifts"][0]["coverage"] = [need, need]


def _site_calendar(content):
    content["settings"]["site.calendar"] = "nowhere"


def _merged_yet_used(content):
    entry(content, "categories", "NET-LAN")["merged_into"] = "NET-VPN"


def _own_hole(content):
    rows = [list(row) for row in content["matrix"]["cells"]]
    rows[0][0] = None
    content["matrix"]["by_type"] = {"request": rows}


def _own_too_small(content):
    content["matrix"]["by_type"] = {"request": content["matrix"]["cells"][:2]}


def _unknown_type(content):
    content["matrix"]["by_type"] = {"change": content["matrix"]["cells"]}


REFUSED = [
    (_hole, "matrix", "", "priority.cells_empty"),
    (_own_hole, "matrix", "", "priority.type_cells_empty"),
    (_own_too_small, "matrix", "", "priority.type_form_bad"),
    (_unknown_type, "matrix", "", "priority.type_unknown"),
    (_circle, "categories", "NET", "catalogue.row_circle"),
    (_child_left, "categories", "NET", "catalogue.has_children"),
    (_twice, "scripts", "greeting", "settings_file.entry_twice"),
    (_gone_calendar, "sla", "", "sla.calendar_unknown"),
    (_gone_category, "sla", "", "settings_file.reference_missing"),
    (_raw_ids, "sla", "", "settings_file.field_unknown"),
    (_gone_team, "categories", "APP", "settings_file.reference_missing"),
    (_long_name, "teams", "first", "settings_file.text_long"),
    (_bad_level, "services", None, "settings_file.number_range"),
    (_text_for_number, "services", None, "settings_file.no_number"),
    (_flag_for_number, "settings", "tickets.reopen_days", "settings.wrong_type"),
    (_unknown_setting, "settings", "tickets.colour", "settings.unknown"),
    (_unknown_field, "teams", "first", "settings_file.field_unknown"),
    (_unknown_right, "roles", "administrator", "settings_file.choice_unknown"),
    (_list_for_text, "scripts", "greeting", "settings_file.no_text"),
    (_number_for_entry, "scripts", "[1]", "settings_file.no_object"),
    (_no_code, "scripts", "[1]", "settings_file.code_missing"),
    (_closed, "calendars", "office", None),
    (_half_policy, "sla", "", "settings_file.no_object"),
    (_name_a_number, "matrix", "", "settings_file.no_text"),
    (_matrix_misspelt, "matrix", "", "settings_file.field_unknown"),
    (_twice_covered, "shifts", "D", "settings_file.value_twice"),
    (_site_calendar, "settings", "site.calendar", "settings_file.reference_missing"),
    (_merged_yet_used, "categories", "NET-LAN", "settings_file.merged_active"),
]


@pytest.mark.parametrize(
    ("change", "section", "code", "why"), REFUSED, ids=[each[0].__name__ for each in REFUSED]
)
def test_what_cannot_be_taken_is_named_and_nothing_is_changed(site, change, section, code, why):
    before = export_settings(site)

    def both(content):
        change(content)
        content["settings"]["tickets.attachment_limit"] = 77

    body = changed(site, both)
    found = refusal(site, body)
    with pytest.raises(RuleViolation) as refused:
        take(site, body)

    assert (section, why) in {(each[0], each[2]) for each in found} or why is None
    assert code is None or (section, code) in {each[:2] for each in found}
    assert refused.value.code == "settings_file.refused"
    assert export_settings(site) == before


def test_several_files_sections_can_be_refused_at_once(site):
    body = file_with({"teams": [{"code": "first", "line": 7}], "scripts": [{"code": "x" * 40}]})

    assert [each[0] for each in refusal(site, body)] == ["scripts", "teams"]
