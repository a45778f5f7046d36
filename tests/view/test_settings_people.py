"""People and teams: found, paged, changed, given teams and roles at once, given a password for once."""

from __future__ import annotations

import pytest

from app.models.entities.ids import PersonId
from app.models.entities.people import PersonDetails
from app.services.access import queries as access
from app.services.access import signing_in
from app.services.people import commands
from app.services.people import queries as people
from app.views.settings.people_kind import PAGE
from app.views.settings.people_page import PeoplePane
from tests.support.pages import page_env
from tests.support.passwords import quick_hashes  # noqa: F401 - used by all tests here
from tests.support.settings_site import only_with, sample_site, shown_pane


@pytest.fixture
def env(qtbot, bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def site(ctx):
    return sample_site(ctx)


@pytest.fixture
def li_na(site):
    details = PersonDetails("Li Na", "李娜", login="lina", company="Huaxin", department="IT", is_staff=True)
    return commands.add_person(site, details).id


@pytest.fixture
def zhou(site):
    return commands.add_person(site, PersonDetails("Zhou Yun", "周云", company="Huaxin")).id


@pytest.fixture
def page(qtbot, site, li_na, zhou, env):
    return shown_pane(qtbot, PeoplePane, site, env)


@pytest.fixture
def pane(page):
    return page.people


def line(pane, name):
    return pane._fields[name].widget


def listed(pane):
    return [pane.kind.name(row) for row in pane.model.rows]


def everybody(pane, page):
    page.scope._buttons["everybody"].click()
    return listed(pane)


def person(ctx, person_id):
    return people.person(ctx, PersonId(person_id))


def test_staff_are_listed_first_and_everybody_on_demand(pane, page):
    assert listed(pane) == ["Li Na"]

    assert everybody(pane, page) == ["Li Na", "Zhou Yun"]


def test_somebody_is_found_by_pinyin_initials(pane, page):
    everybody(pane, page)
    pane.search.setText("zy")
    pane.search.returnPressed.emit()

    assert listed(pane) == ["Zhou Yun"]


def test_the_next_page_is_read_at_the_end_of_the_list(qtbot, site, env, make):
    for _ in range(PAGE + 20):
        make.agent()
    page = shown_pane(qtbot, PeoplePane, site, env)
    assert len(listed(page.people)) == PAGE

    bar = page.people.table.verticalScrollBar()
    bar.setValue(bar.maximum())

    assert len(listed(page.people)) == PAGE + 20


def test_everything_about_the_chosen_person_is_shown(pane):
    assert line(pane, "name").text() == "Li Na"
    assert line(pane, "company").text() == "Huaxin"
    assert line(pane, "login").text() == "lina"


def test_changed_facts_wait_for_apply(pane, page, site, li_na):
    line(pane, "department").setText("Operations")
    assert [change.sentence for change in page.changes] == ["Li Na · Department  IT → Operations"]

    page.apply()

    assert person(site, li_na).details.department == "Operations"
    assert page.changes == ()


def test_a_number_is_added_and_removed(pane, page, site, li_na):
    pane.phones.add.click()
    pane.phones._lines[0].number.setText("138 0013 8000")
    page.apply()
    assert [phone.digits for phone in person(site, li_na).phones] == ["13800138000"]

    pane.phones._lines[0].remove.click()
    page.apply()
    assert person(site, li_na).phones == ()


def test_a_number_that_is_none_is_told_at_its_field(pane, page):
    pane.phones.add.click()
    pane.phones._lines[0].number.setText("extension")

    assert "not a telephone number" in pane._fields["phones"].error
    assert page.blocked


def test_a_team_is_joined_at_once_and_undo_leaves_it(pane, site, li_na, env):
    team = people.teams(site)[0]

    pane.teams.box(int(team.id)).click()

    assert team.id in person(site, li_na).team_ids
    env.shell.outcomes[-1].undo.run()
    assert team.id not in person(site, li_na).team_ids


def test_a_role_is_given_at_once_and_what_was_typed_stays(pane, page, site, li_na):
    role = people.roles(site)[0]
    line(pane, "department").setText("Operations")

    pane.roles.box(int(role.id)).click()
    assert role.id in person(site, li_na).role_ids
    assert line(pane, "department").text() == "Operations"

    page.apply()
    assert person(site, li_na).details.department == "Operations"


def test_a_password_for_once_is_shown_once_and_must_be_changed(pane, site, li_na):
    assert "no password yet" in pane.account.state.text()

    pane.account.reset.click()

    password = pane.popup.password.text()
    actor = signing_in.sign_in(site, "lina", password)
    assert access.must_change_password(site.acting_as(actor))
    assert pane.account.state.text() == "Signs in as lina."
    pane.popup.close_now()


def test_somebody_locked_out_is_let_in_again(qtbot, pane, site, li_na):
    pane.account.reset.click()
    pane.popup.close_now()
    for _ in range(6):
        with pytest.raises(Exception, match="access"):
            signing_in.sign_in(site, "lina", "wrong password")
    pane.refresh()
    assert "Locked out" in pane.account.state.text()

    pane.account.unlock.click()

    assert access.locked_out(site) == frozenset()


def test_a_new_person_is_added_as_staff_where_staff_are_listed(pane, page, site):
    pane.new.click()
    line(pane, "name").setText("Wang Fang")
    page.apply()

    assert listed(pane) == ["Li Na", "Wang Fang"]
    assert pane.whole.details.is_staff


def test_somebody_retired_leaves_the_list_and_comes_back(pane):
    pane.switch.click()
    assert listed(pane) == []

    pane.retired.click()
    assert listed(pane) == ["Li Na"]
    pane.switch.click()
    assert pane.whole.is_active


def test_a_callers_form_asks_for_no_sign_in(pane, page, zhou):
    everybody(pane, page)
    pane.table.go_to_id(zhou)

    assert line(pane, "name").text() == "Zhou Yun"
    assert not pane.login.isVisible()
    assert not pane.roles.isVisible()


def test_a_person_is_opened_by_id(page, pane, zhou):
    page.show_target({"id": zhou})

    assert line(pane, "name").text() == "Zhou Yun"


def test_who_may_not_give_access_gives_no_role_and_no_password(qtbot, site, li_na, env):
    clerk = only_with(site, "settings.read", "people.read", "people.edit", "tickets.read")
    page = shown_pane(qtbot, PeoplePane, clerk, env)
    pane = page.people

    assert not pane.roles.isEnabled()
    assert not pane.account.reset.isVisible()
    assert not line(pane, "name").isReadOnly()


def test_a_reader_changes_nobody(qtbot, site, li_na, env):
    reader = only_with(site, "settings.read", "people.read", "tickets.read")
    page = shown_pane(qtbot, PeoplePane, reader, env)

    assert line(page.people, "name").isReadOnly()
    assert not page.people.teams.isEnabled()
    assert page.header_buttons == ()


def test_a_team_is_changed_and_given_members(page, site, li_na, env):
    page.which._buttons["teams"].click()
    teams = page.teams
    team = teams.presenter.current

    teams._fields["specialty"].widget.setText("Networks")
    teams.members.box(int(li_na)).click()
    page.apply()

    saved = next(each for each in people.teams(site) if each.id == team.id)
    assert saved.details.specialty == "Networks"
    assert li_na in saved.member_ids


def test_a_team_needs_a_code_of_its_own(page, site):
    page.which._buttons["teams"].click()
    teams = page.teams
    teams.new.click()
    teams._fields["name"].widget.setText("Networks")
    teams._fields["code"].widget.setText(people.teams(site)[0].details.code)

    page.apply()

    assert "already a team" in teams._fields["code"].error


def test_a_team_is_opened_by_id(page, site):
    team = people.teams(site)[1]

    page.show_target({"team": int(team.id)})

    assert page.teams.side.title.text() == team.name


def test_retired_people_are_found_once_they_are_asked_for(pane, page, site, li_na):
    commands.retire_person(site, PersonId(li_na), version=person(site, li_na).version)
    pane.search.setText("Li Na")
    pane.search.returnPressed.emit()
    assert listed(pane) == []

    pane.retired.setChecked(True)

    assert listed(pane) == ["Li Na"]


def test_a_company_is_renamed_for_everybody_in_it(pane, env, site, li_na, zhou):
    env.dialogs.text = "Huaxin Precision"

    pane.rename_company.click()

    assert {person(site, each).details.company for each in (li_na, zhou)} == {"Huaxin Precision"}
    assert line(pane, "company").text() == "Huaxin Precision"


def test_a_department_is_renamed(pane, env, site, li_na):
    env.dialogs.text = "Information technology"

    pane.rename_department.click()

    assert person(site, li_na).details.department == "Information technology"


def test_renaming_waits_until_what_was_typed_is_applied(pane, env, site, li_na):
    env.dialogs.text = "Huaxin Precision"
    line(pane, "title").setText("Engineer")

    pane.rename_company.click()

    assert person(site, li_na).details.company == "Huaxin"
    assert any("Apply or discard" in said for said in env.shell.said)
