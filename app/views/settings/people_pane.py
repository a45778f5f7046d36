"""People: staff and callers at the left, everything about the chosen one at the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from app.models.entities.events import PeopleChanged
from app.models.entities.people import Person, PersonFact
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.views.base.columns import CellKind, Column, Mark, TextLook
from app.views.base.format import phone
from app.views.base.forms import Binding
from app.views.base.i18n import N_, _
from app.views.base.masked_facts import RIGHT as REVEAL_RIGHT
from app.views.base.masked_facts import MaskedFacts, ShownFacts
from app.views.base.pages import PageEnv
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.labels import PlainLabel, set_tip
from app.views.base.widgets.states import EmptyState
from app.views.base.widgets.switches import Choice, Segment, Toggle
from app.views.settings.account_card import AccountCard, PasswordPopup
from app.views.settings.check_list import CheckList
from app.views.settings.choices import shown_name, team_name
from app.views.settings.inputs import fill
from app.views.settings.people_kind import Listed, PeopleKind
from app.views.settings.people_leaving_popup import AskLeaving, last_team_question
from app.views.settings.people_presenter import PeoplePresenter
from app.views.settings.phone_lines import PhoneLines, told_phones
from app.views.settings.records_pane import RecordsPane, look_of

_STAFF, _EVERYBODY = "staff", "everybody"
_TYPING = 150  # milliseconds after the last key before a search is asked


class PersonsPane(RecordsPane[Listed]):
    """Facts wait for Apply; teams, roles and passwords act at once."""

    edit_permission = "people.edit"
    events = (PeopleChanged,)

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        self.people = PeopleKind(ctx)
        self.asked = PeoplePresenter(env, self.people)
        empty = EmptyState(
            "users",
            _("Nobody found"),
            _("Try a part of the name, its pinyin initials, a number, or list everybody."),
        )
        super().__init__(
            ctx, env, self.people, self._make_columns(), empty, presenter=self.asked, parent=parent
        )
        self.shown_facts = ShownFacts(ctx, env, self)
        self.people.unveil = self.shown_facts.applied
        self.shown_facts.changed.connect(self.asked.take_shown)
        self.masked.asked.connect(self._show_fact)
        self.ask_leaving = AskLeaving(self, env)
        self.asked.leaving.connect(self._ask_no_staff)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING)
        self._pause.timeout.connect(self._search_now)
        self.search.textChanged.disconnect()
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.search.returnPressed.connect(self._search_now)
        bar = self.table.verticalScrollBar()
        bar.valueChanged.connect(
            lambda value: self.asked.more() if value and value >= bar.maximum() else None
        )

    @property
    def new_label(self) -> str:
        """See `FormPane.new_label`."""
        return _("New person")

    def _make_columns(self) -> Sequence[Column[Listed]]:
        return (
            Column("name", N_("Name"), self.people.name, CellKind.PERSON, look=_name_look, is_stretched=True),
            Column("department", N_("Department"), _department, width=150, look=look_of),
            Column("phone", N_("Telephone"), _phone, width=120, look=look_of),
        )

    def build_list(self) -> QWidget:
        """Return the table; who is listed is chosen beside the search."""
        whole = super().build_list()
        self.table.columns_header.setSectionsClickable(False)  # pages come in the order of names
        return whole

    def build_scope(self) -> Segment:
        """Return the choice between staff and everybody."""
        scope = Segment(
            [Choice(_STAFF, _("Staff")), Choice(_EVERYBODY, _("Everybody"))], said=_("Who is listed")
        )
        scope.chosen.connect(lambda key: self.asked.show_staff_only(key == _STAFF))
        return scope

    # -- the form --------------------------------------------------------------------------------------

    def build_form(self) -> None:
        """See `FormPane.build_form`."""
        self.company, self.department = QLineEdit(), QLineEdit()
        self.place(
            self.add_field("name", _("Name"), QLineEdit(), required=True),
            self.add_field("name_alt", _("Chinese name"), QLineEdit()),
        )
        self.place(
            self.add_field("company", _("Company"), self.company),
            self.add_field("department", _("Department"), self.department),
        )
        self.rename_company = Button(_("Rename …"), ButtonKind.LINK, small=True)
        self.rename_department = Button(_("Rename …"), ButtonKind.LINK, small=True)
        for button, said in (
            (self.rename_company, _("Rename the company for everybody in it")),
            (self.rename_department, _("Rename the department for everybody in it")),
        ):
            button.setAccessibleName(said)
            set_tip(button, said)
        self.rename_company.clicked.connect(lambda: self._rename(is_department=False))
        self.rename_department.clicked.connect(lambda: self._rename(is_department=True))
        renames = row_of(self.rename_company, self.rename_department, spacing=Space.M)
        for at, button in enumerate((self.rename_company, self.rename_department)):
            renames.setStretch(at, 1)
            renames.setAlignment(button, Qt.AlignmentFlag.AlignLeft)
        self.fields.addLayout(renames)
        self.place(
            self.add_field("title", _("Position"), QLineEdit()),
            self.add_field("location", _("Location"), QLineEdit()),
        )
        self.phones = PhoneLines()
        binding = Binding(
            lambda: self.phones.phones, self.phones.show_phones, self.phones.changed, told_phones
        )
        self.place(self.add_field("phones", _("Telephone numbers"), self.phones, binding=binding))
        if not self.may_edit:
            self.phones.setEnabled(True)
            self.phones.set_locked()
        self.masked = MaskedFacts()
        self.fields.addWidget(self.masked)
        languages = Choose()
        fill(languages, [(_("As the site"), ""), ("English", "en"), ("简体中文", "zh_CN")])
        self.place(
            self.add_field("email", _("E-mail"), QLineEdit()),
            self.add_field("language", _("Language"), languages),
        )
        staff = Toggle(_("Works at the desk"), shown=True)
        vip = Toggle(_("VIP"), shown=True)
        self.place(self.add_field("is_staff", _("Staff"), staff), self.add_field("is_vip", _("Caller"), vip))
        self._build_staff_part()
        staff.toggled.connect(self._show_staff_part)

    def _build_staff_part(self) -> None:
        self.login = self.add_field("login", _("Sign-in name"), QLineEdit())
        self.place(self.login)
        self.account = AccountCard()
        self.account.reset.clicked.connect(self.give_password)
        self.account.unlock.clicked.connect(self._unlock)
        self.fields.addWidget(self.account)
        self.team_words = PlainLabel(_("Teams"), "strong")
        self.teams = CheckList(_("Teams"), _("Find a team"))
        self.role_words = PlainLabel(_("Roles"), "strong")
        self.roles = CheckList(_("Roles"), _("Find a role"))
        for part in (self.team_words, self.teams, self.role_words, self.roles):
            self.fields.addWidget(part)
        self.teams.setEnabled(self.may_edit)
        self.roles.setEnabled(self.people.may_manage)
        self.teams.ticked.connect(self._join)
        self.roles.ticked.connect(self._give_role)

    def fill_choices(self) -> None:
        """See `FormPane.fill_choices`."""
        _complete(self.company, [each.name for each in self.people.companies])
        departments = {name for each in self.people.companies for name in each.departments}
        _complete(self.department, sorted(departments))

    def show_record(self, record: Listed | None) -> None:
        """Show teams, roles and account of somebody who exists."""
        whole = record.person if record is not None else None
        self._show_staff_part(bool(self.form.values["is_staff"]))
        self.masked.show_person(whole, is_allowed=self.ctx.actor.may(REVEAL_RIGHT))
        details = whole.details if whole is not None else None
        self.rename_company.setVisible(self.may_edit and details is not None and details.company != "")
        self.rename_department.setVisible(self.may_edit and details is not None and details.department != "")
        self.account.show_account(record, self.people)
        teams = [(int(each.id), team_name(each)) for each in self.people.teams]
        roles = [
            (int(each.id), shown_name(each.name, each.name_alt))
            for each in self.people.roles
            if each.is_active or (whole is not None and each.id in whole.role_ids)
        ]
        self.teams.show_entries(teams, [int(each) for each in whole.team_ids] if whole is not None else [])
        self.roles.show_entries(roles, [int(each) for each in whole.role_ids] if whole is not None else [])

    def _show_fact(self, fact: PersonFact) -> None:
        if self.whole is not None:
            self.shown_facts.show(self.whole.id, fact)

    def _show_staff_part(self, is_staff: bool) -> None:
        record = self.presenter.current
        is_known = is_staff and record is not None and record.person is not None
        self.login.setVisible(is_staff)
        # Who is not saved as staff yet can neither join a team nor hold a role.
        is_saved = is_known and record is not None and bool(self.kind.values(record)["is_staff"])
        for part in (self.team_words, self.teams, self.role_words, self.roles, self.account):
            part.setVisible(is_saved)

    # -- leaving ---------------------------------------------------------------------------------------

    def toggle_retired(self) -> None:
        """Retire or restore the chosen person; one with shifts to come is asked about first."""
        record = self.presenter.current
        if record is None or not self.may_edit or not (record.is_active and record.row.is_staff):
            super().toggle_retired()
            return
        retire = super().toggle_retired
        clear = partial(self.presenter.run, self.people.leaving(record))
        self.ask_leaving.ask(self.people.counting_shifts(record), self.people.name(record), retire, clear)

    def _ask_no_staff(self, record: Listed, count: int) -> None:
        name = self.people.name(record)
        keep = partial(self.asked.save_leaving, record, gives_up=False)
        clear = partial(self.asked.save_leaving, record, gives_up=True)
        question = _("{name} works here no longer?").format(name=name)
        self.ask_leaving.ask_now(count, name, keep, clear, question=question)

    # -- what acts at once -------------------------------------------------------------------------------

    @property
    def whole(self) -> Person | None:
        """Everything about the chosen person; None for a new one."""
        record = self.presenter.current
        return record.person if record is not None else None

    def give_password(self) -> None:
        """Make a password for once and show it."""
        whole = self.whole
        if whole is not None:
            show = partial(self._show_password, shown_name(whole.details.name, whole.details.name_alt))
            self.env.tasks.run(self.people.resetting(whole), show, self.env.shell.failed, owner=self)

    def _show_password(self, name: str, password: str) -> None:
        self.popup = PasswordPopup(self.window(), name, password)
        self.popup.open_centred()
        self.refresh()

    def _rename(self, *, is_department: bool) -> None:
        """Ask for another name of the chosen person's company or department: it holds for everybody in it."""
        whole = self.whole
        if whole is None:
            return
        if self.presenter.unsaved:  # it was typed for the old name, and would make that one anew
            self.env.shell.say(_("Apply or discard first what you changed here."), tone="info")
            return
        company = whole.details.company
        department = whole.details.department if is_department else ""
        name = department or company
        typed = self.env.dialogs.ask_text(
            _("Rename “{name}” for everybody in it").format(name=name),
            _("New name"),
            text=name,
            action=_("Rename"),
        )
        job = self.people.renaming(company, department, typed) if typed and typed != name else None
        if job is not None:
            self.presenter.run(job)

    def _unlock(self) -> None:
        whole = self.whole
        if whole is not None:
            self.env.tasks.run(
                self.people.unlocking(whole), self._on_unlocked, self.env.shell.failed, owner=self
            )

    def _on_unlocked(self, _outcome: Outcome) -> None:
        self.env.shell.say(_("The lock-out is over."))
        self.refresh()

    def _join(self, team_id: int, is_member: bool) -> None:
        whole = self.whole
        if whole is None:
            return
        job = self.people.joining(whole, team_id, is_member=is_member)
        clear = self.people.leaving_team(whole, team_id)
        if job is None or clear is None:
            return
        if is_member:
            self.presenter.run(job)
            return
        name = shown_name(whole.details.name, whole.details.name_alt)
        self.ask_leaving.ask(
            self.people.counting_with_team(whole, team_id),
            name,
            partial(self.presenter.run, job),
            partial(self.presenter.run, clear),
            question=last_team_question(name),
            after=self.refresh,  # the tick is back unless something was answered
        )

    def _give_role(self, role_id: int, is_held: bool) -> None:
        if self.whole is not None:
            self.presenter.run(self.people.giving_role(self.whole, role_id, is_held=is_held))

    def _search_now(self) -> None:
        self._pause.stop()
        self.asked.search(self.search.text())

    def _ask_for_more(self, value: int) -> None:
        if value and value >= self.table.verticalScrollBar().maximum():
            self.asked.more()


def _complete(line: QLineEdit, known: Sequence[str]) -> None:
    completer = QCompleter(list(known), line)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    line.setCompleter(completer)


def _department(listed: Listed) -> str:
    return listed.row.department or listed.row.company


def _phone(listed: Listed) -> str:
    return phone(listed.row.phone)


def _name_look(listed: Listed) -> TextLook | None:
    if not listed.is_active:
        return TextLook(token="faint")
    return TextLook(badges=(Mark("crown", "warn"),)) if listed.row.is_vip else None
