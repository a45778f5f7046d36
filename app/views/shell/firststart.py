"""The first start: language, where the data lies, the sample set-up, the first administrator."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QLineEdit, QRadioButton, QVBoxLayout, QWidget

from app.models.entities.errors import FirstlineError
from app.models.entities.people import NewAdministrator
from app.models.entities.settings import SiteChoices
from app.models.places import Place
from app.models.schema import SchemaState
from app.services.access import signing_in
from app.services.base.context import Actor
from app.services.shell.doors import Doors, Opened, default_file
from app.services.store_care.addresses import usable_address
from app.views.base.dialogs import Dialogs, FileKind
from app.views.base.i18n import N_, LazyText, _, current
from app.views.base.tasks import Lane
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Notice
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import PlainLabel
from app.views.shell.faces import Face, row_of_widget, sentences
from app.views.shell.looks import LANGUAGE_NAMES
from app.views.shell.session import Workplace
from app.views.shell.signin import Way

_WIDTH = 600
PRESETS: Sequence[tuple[str, LazyText]] = (
    ("desk_4x3", N_("Service desk: impact 1–4, urgency 1–3, priorities P1–P5")),
    ("itil_3x3", N_("ITIL sample: impact 1–3, urgency 1–3")),
)
_HONEST: dict[str, LazyText] = {
    "pc": N_(
        "Everybody who can open the folder can read the file and change it. Permissions in Firstline guide"
        " your team; the file permissions of this computer decide."
    ),
    "share": N_(
        "Everybody with access to this share can read the file and change it unseen by Firstline. Use it"
        " for a handful of people; a team is better served by PostgreSQL."
    ),
    "server": N_(
        "The server decides who can read and change what. With one shared login, everybody who has the"
        " program can read everything; give each person a login of their own."
    ),
}


class FirstWay(Way, Protocol):
    """Where the first start leads to."""

    def change_look(self, *, language: str | None = None, theme: str | None = None) -> None:
        """Speak another language."""
        ...


class FirstStart(Face):
    """Two steps: choose a database, then, if it is empty, set it up. An existing one leads to sign-in."""

    def __init__(self, way: FirstWay, doors: Doors, place: Workplace, opened: Opened | None = None) -> None:
        super().__init__(_("Welcome to Firstline"), width=_WIDTH)
        self.setObjectName("first_start")
        self._way = way
        self._doors = doors
        self._place = place
        self.language = Choose()
        for code, name in LANGUAGE_NAMES:
            self.language.addItem(name, code)
        self.language.setCurrentIndex(self.language.findData(current.code))
        self.language.activated.connect(
            lambda _index: way.change_look(language=str(self.language.currentData()))
        )
        self.body.addWidget(Field(_("Language"), self.language))
        self.notice = Notice("", tone="bad")
        self.notice.hide()
        self.database = DatabaseStep(default_file(), place.dialogs(self))
        self.database.go.clicked.connect(self.try_database)
        self.body.addWidget(self.database)
        self.site: SiteStep | None = None
        self.body.addWidget(self.notice)
        if opened is not None:
            self._show_site(opened)
            return
        self.set_main(self.database.go)
        self.begin_at(self.language)

    def try_database(self) -> None:
        """Reach the chosen database, off the window thread; nothing is made in it yet."""
        self.notice.hide()
        try:
            url = usable_address(self.database.url)
        except FirstlineError as error:
            self.refuse(error)
            return
        self.database.go.wait_for(_("The database is being tried."))
        self._place.tasks.run(
            partial(self._doors.open, url),
            self._go_on,
            self.refuse,
            lane=Lane.SCREEN,
            owner=self,
        )

    def set_up(self) -> None:
        """Make the schema, the sample set-up and the administrator."""
        if self.site is None:
            return
        self.notice.hide()
        self.site.go.wait_for(_("The database is being set up."))
        site = self.site
        job = partial(_make, self._doors, site.opened.url, site.choices, site.administrator)
        self._place.tasks.run(job, self._made, self.refuse, lane=Lane.SCREEN, owner=self)

    def _go_on(self, opened: Opened) -> None:
        self.database.check()
        if opened.state in {SchemaState.CURRENT, SchemaState.OLDER} and opened.has_administrator:
            self._way.keep_database(opened.url)
        self._way.arrive(opened)

    def _show_site(self, opened: Opened) -> None:
        self.database.hide()
        self.site = SiteStep(opened)
        self.site.go.clicked.connect(self.set_up)
        self.site.other.clicked.connect(self._way.choose_database)
        self.body.insertWidget(self.body.count() - 1, self.site)
        self.set_main(self.site.go)
        self.begin_at(self.site.name)

    def _made(self, made: tuple[Opened, Actor]) -> None:
        opened, actor = made
        self._way.keep_database(opened.url, self.site.administrator.login if self.site is not None else "")
        self._way.enter(opened, actor)

    def refuse(self, error: Exception) -> None:
        """Say why the database or the names will not do; everything typed stays."""
        self.database.check()
        if self.site is not None:
            self.site.check()
        if isinstance(error, FirstlineError):
            self.notice.say(sentences(error), tone="bad")
            self.notice.show()


def _make(
    doors: Doors, url: str, choices: SiteChoices, administrator: NewAdministrator
) -> tuple[Opened, Actor]:
    """Set the site up and sign its administrator in, who has just typed the password."""
    opened = doors.set_up(url, choices, administrator)
    return opened, signing_in.sign_in(opened.ctx, administrator.login, administrator.password)


class DatabaseStep(QWidget):
    """This PC or a team: a SQLite file, or the address of a PostgreSQL database."""

    def __init__(self, default_file: Path, dialogs: Dialogs) -> None:
        super().__init__()
        self.here = QRadioButton(_("Only on this computer"))
        self.file = QRadioButton(_("A file that several people use, on a share"))
        self.server = QRadioButton(_("A team database (PostgreSQL)"))
        self.path = QLineEdit(str(default_file))
        self._dialogs = dialogs
        self._pick = Button(_("Choose …"), icon="folder-open")
        self.address = QLineEdit()
        self.address.setPlaceholderText("postgresql://name@server/firstline")
        self.honest = PlainLabel("", "muted", wrap=True)
        self.go = Button(_("Continue"), ButtonKind.PRIMARY, icon="arrow-right")
        self._path_field = Field(_("File"), row_of_widget(self.path, self._pick, spacing=Space.S))
        self._address_field = Field(_("Address"), self.address)
        self._no_password = PlainLabel(
            _(
                "No password in the address: PostgreSQL's own password file on this computer holds it, so"
                " that Firstline never keeps one."
            ),
            "small",
            wrap=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        for part in (
            PlainLabel(_("Where is the data kept?"), "section"),
            self.here,
            self.file,
            self.server,
            self._path_field,
            self._address_field,
            self._no_password,
            self.honest,
            row_of_widget(self.go, None),
        ):
            column.addWidget(part)
        for choice in (self.here, self.file, self.server):
            choice.toggled.connect(self.check)
        for line in (self.path, self.address):
            line.textChanged.connect(self.check)
            line.returnPressed.connect(self.go.click)
        self._pick.clicked.connect(self._choose_file)
        self.here.setChecked(True)
        self.check()

    @property
    def url(self) -> str:
        """The address of what was chosen."""
        if self.server.isChecked():
            return self.address.text().strip()
        return "sqlite:///" + Path(self.path.text().strip()).as_posix()

    def check(self) -> None:
        """Show what belongs to the choice, and let it go on once it is complete."""
        is_server = self.server.isChecked()
        self._path_field.setVisible(not is_server)
        self._address_field.setVisible(is_server)
        self._no_password.setVisible(is_server)
        kind = "server" if is_server else ("share" if self.file.isChecked() else "pc")
        self.honest.setText(str(_HONEST[kind]))
        text = self.address.text() if is_server else self.path.text()
        self.go.wait_for("" if text.strip() else _("Say first where the data is kept."))

    def _choose_file(self) -> None:
        kinds = [FileKind(_("Firstline database"), "*.db")]
        name = Path(self.path.text()).name or "firstline.db"
        chosen = self._dialogs.save_file(_("Database file"), name, kinds)
        if chosen is not None:
            self.path.setText(str(chosen))


class SiteStep(QWidget):
    """The sample set-up, and the first person who may do everything."""

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self.opened = opened
        self.preset = Choose()
        for code, text in PRESETS:
            self.preset.addItem(str(text), code)
        self.site_name = QLineEdit(_("Service desk"))
        self.name = QLineEdit()
        self.login = QLineEdit()
        self.password = QLineEdit()
        self.again = QLineEdit()
        for line in (self.password, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
        self.go = Button(_("Set up and start"), ButtonKind.PRIMARY, icon="check")
        self.other = Button(_("Another database"), ButtonKind.LINK)
        self._again_field = Field(_("Password again"), self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        parts: list[QWidget] = [PlainLabel(_("A new database: {name}").format(name=opened.name), "section")]
        if opened.place is Place.SHARE:
            parts.append(Notice(str(_HONEST["share"]), tone="warn"))
        parts += [
            PlainLabel(
                _(
                    "It starts with a sample of calendars, categories, priorities, service levels and roles."
                    " All of it can be changed later."
                ),
                "muted",
                wrap=True,
            ),
            Field(_("Priorities"), self.preset),
            Field(_("Name of the desk"), self.site_name),
            PlainLabel(_("First administrator"), "section"),
            row_of_widget(Field(_("Full name"), self.name), Field(_("Sign-in name"), self.login)),
            row_of_widget(Field(_("Password"), self.password), self._again_field),
            PlainLabel(_("At least 10 characters; a short sentence is good."), "small"),
            row_of_widget(self.go, None, self.other),
        ]
        for part in parts:
            column.addWidget(part)
        for line in (self.site_name, self.name, self.login, self.password, self.again):
            line.textChanged.connect(self.check)
            line.returnPressed.connect(self.go.click)
        self.check()

    @property
    def choices(self) -> SiteChoices:
        """What was chosen for the site; a name typed in Chinese is its Chinese name too."""
        name = self.site_name.text().strip()
        return SiteChoices(
            name=name,
            name_alt=name if current.code.startswith("zh") else "",
            language=current.code,
            matrix=str(self.preset.currentData()),
        )

    @property
    def administrator(self) -> NewAdministrator:
        """The first person who may do everything."""
        return NewAdministrator(self.name.text().strip(), self.login.text().strip(), self.password.text())

    def check(self) -> None:
        """Let it go on once everything is there and both passwords are the same."""
        is_same = self.password.text() == self.again.text()
        self._again_field.set_error(
            "" if is_same or not self.again.text() else _("The two passwords differ.")
        )
        wanted = (self.site_name, self.name, self.login, self.password)
        missing = not all(line.text().strip() for line in wanted)
        self.go.wait_for(_("Fill in every field first.") if missing or not is_same else "")
