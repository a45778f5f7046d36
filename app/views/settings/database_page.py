"""Database: where the data is, who can read it, backups, a check, and the choice of another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from app.models.entities.errors import FirstlineError
from app.models.schema import SchemaState
from app.services.base.context import Context
from app.services.base.progress import Cancelled
from app.services.store_care.addresses import file_address, shown_address, usable_address, without_password
from app.services.store_care.backups import make_backup
from app.services.store_care.queries import Sharing, Soundness, StoreFacts, check_store, store_facts
from app.services.store_care.trying import Tried, try_database
from app.views.base.dialogs import FileKind
from app.views.base.errors import explain
from app.views.base.i18n import N_, LazyText, _, ngettext
from app.views.base.lanes import Running
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import Card, Notice, row_of
from app.views.base.widgets.labels import ElidedLabel, PlainLabel
from app.views.base.widgets.states import ProgressLine
from app.views.settings.frame import SettingsPane

_SHOWN_BACKUPS = 3

WHO_CAN_READ: Mapping[Sharing, Sequence[LazyText]] = {
    Sharing.ONE_PC: (
        N_("Every account of this PC that can open the folder can read and change everything in the file."),
        N_("The permissions in this program guide your team; the file permissions of Windows decide."),
    ),
    Sharing.SHARE: (
        N_("Everybody who may write to the share can read and change everything in the file."),
        N_("The permissions in this program guide your team; the file permissions of Windows decide."),
        N_("Somebody with the file can change it unseen by this program, its history included."),
    ),
    Sharing.SHARED_LOGIN: (
        N_("Everybody who has this program has the server's login too, and can use it with other tools."),
        N_("The permissions in this program guide your team; the server does not know them."),
        N_("A login for each person, with rights on the server, is the only real protection."),
    ),
}
"""Said as it is; nobody should believe that a permission protects what it does not."""


class DatabasePane(SettingsPane):
    """Reads the facts when shown; everything else happens when a button is pressed."""

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(ctx, env, parent)
        self.address = ElidedLabel()
        self.system = PlainLabel()
        self.amount = PlainLabel()
        self.schema = PlainLabel()
        self.who = Notice("", tone="info", icon="eye")
        self.backup = Button(_("Back up now"), icon="database-backup")
        self.backups = PlainLabel("", "muted", wrap=True)
        self.check = Button(_("Check now"), icon="shield-check")
        self.cancel = Button(_("Cancel"))
        self.line = ProgressLine(said=_("Check"))
        self.found = PlainLabel("", wrap=True)
        self.pick_file = Button(_("Open a file …"), icon="folder-open")
        self.pick_server = Button(_("Use a server …"), icon="server")
        self.next_start = Notice("", tone="warn", icon="rotate-ccw")
        self.keep = Button(_("Stay with this one"), small=True)
        self.trial = Notice("", tone="info")
        self.trial.hide()
        self.give_up = Button(_("Cancel"), small=True)
        self.give_up.hide()
        self._running: Running | None = None
        self._build()
        self.backup.clicked.connect(self.back_up)
        self.check.clicked.connect(self.run_check)
        self.cancel.clicked.connect(self._stop)
        self.pick_file.clicked.connect(self.choose_file)
        self.pick_server.clicked.connect(self.choose_server)
        self.keep.clicked.connect(self._stay)
        self.give_up.clicked.connect(self._stop)
        self._show_checking(is_running=False)
        self._show_next_start()

    def refresh(self) -> None:
        """Read the facts again."""
        self.env.tasks.run(
            partial(store_facts, self.ctx), self._show_facts, self.env.shell.failed, owner=self
        )

    # -- backups ---------------------------------------------------------------------------------------

    def back_up(self) -> None:
        """Write a backup and prove it."""
        self.backup.wait_for(_("The backup is being written and read back …"))
        self.backups.setText(_("The backup is being written and read back …"))
        job = partial(make_backup, self.ctx)
        self.env.tasks.run(job, self._on_backed_up, self._on_not_backed_up, lane=Lane.FILES, owner=self)

    def _on_backed_up(self, written: Path | None) -> None:
        self.backup.wait_for("")
        if written is None:
            self.backups.setText(
                _("pg_dump is not on this PC: the server's own backups are the safety net. Ask who runs it.")
            )
            return
        self.env.shell.say(_("Backed up and proved: {name}").format(name=written.name))
        self.refresh()

    def _on_not_backed_up(self, error: Exception) -> None:
        self.backup.wait_for("")
        self.backups.setText("")
        self.env.shell.failed(error)
        self.refresh()

    # -- the check -------------------------------------------------------------------------------------

    def run_check(self) -> None:
        """Read every table and say what is damaged."""
        self._show_checking(is_running=True)
        self._running = self.env.tasks.watch(
            partial(check_store, self.ctx),
            self._on_checked,
            self._on_unchecked,
            shown=self._show_step,
            owner=self,
        )

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _show_checking(self, *, is_running: bool) -> None:
        self.line.setVisible(is_running)
        self.cancel.setVisible(is_running)
        self.check.setVisible(not is_running)
        if is_running:
            self.line.show_share(0)
            self.found.set_ink("")
            self.found.setText(_("Every table is read …"))

    def _show_step(self, done: int, total: int) -> None:
        self.line.show_share(done / total if total else 0)

    def _on_checked(self, found: Soundness) -> None:
        self._show_checking(is_running=False)
        if found.findings:
            self.found.set_ink("bad")
            sentence = _("Damage was found. Make a copy of the file, then restore the newest backup.")
            self.found.setText("\n".join([sentence, *found.findings]))
            return
        self.found.set_ink("ok")
        sentence = ngettext(
            "Sound: {rows} row in {tables} tables.", "Sound: {rows} rows in {tables} tables.", found.rows
        )
        number = self.env.format.number
        self.found.setText(sentence.format(rows=number(found.rows), tables=number(found.tables)))

    def _on_unchecked(self, error: Exception) -> None:
        self._show_checking(is_running=False)
        self.found.setText(_("The check was stopped.") if isinstance(error, Cancelled) else "")
        if not isinstance(error, Cancelled):
            self.env.shell.failed(error)

    # -- another database --------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Try another file, and let the program begin with it next time."""
        kinds = (FileKind(_("Database file"), "*.db"), FileKind(_("All files"), "*"))
        chosen = self.env.dialogs.open_file(_("Open another database"), kinds)
        if chosen is not None:
            self._try(file_address(chosen))

    def choose_server(self) -> None:
        """Try a database on a server, and let the program begin with it next time."""
        typed = self.env.dialogs.ask_text(
            _("Use a PostgreSQL server"),
            _("Address, such as postgresql://name@server/firstline"),
            action=_("Use it"),
        )
        if typed:
            self._try(typed)

    def _try(self, typed: str) -> None:
        """Accept an address only once the database behind it has answered, without the password typed."""
        try:
            url = usable_address(typed)
        except FirstlineError as error:
            self._refuse(error)
            return
        left_out = without_password(typed.strip()) != typed.strip()
        self._show_trying(shown_address(url))
        self._running = self.env.tasks.watch(
            partial(try_database, url), self._accept, partial(self._refuse, left_out=left_out), owner=self
        )

    def _show_trying(self, address: str) -> None:
        waits = _("The database is being tried.") if address else ""
        for button in (self.pick_file, self.pick_server):
            button.wait_for(waits)
        self.give_up.setVisible(bool(address))
        if address:
            self.trial.say(_("Trying {address} …").format(address=address), tone="info")
        self.trial.setVisible(bool(address))

    def _accept(self, tried: Tried) -> None:
        self._show_trying("")
        self._use(tried.url)
        if tried.state is SchemaState.EMPTY:
            said = _("It answers and is empty: the program offers to set it up when it starts with it.")
        elif tried.state is SchemaState.OLDER:
            said = _(
                "It answers. An older version made it: an administrator can update it at the next start."
            )
        else:
            said = _("It answers and can be used.")
        self.trial.say(said, tone="ok")
        self.trial.setVisible(tried.url != self.ctx.store.url)

    def _refuse(self, error: Exception, *, left_out: bool = False) -> None:
        self._show_trying("")
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, FirstlineError):
            self.env.shell.failed(error)
            return
        told = explain(error, self.env.format)
        words = [told.happened, told.advice]
        if left_out:
            words.append(_("The password was left out: keep it in the PC's PostgreSQL password file."))
        self.trial.say(" ".join(words), title=_("This database was not taken."), tone="bad")
        self.trial.show()

    def _use(self, url: str) -> None:
        self.env.prefs.change(database_url=url)
        self._show_next_start()

    def _stay(self) -> None:
        self.trial.hide()
        self._use(self.ctx.store.url)

    def _show_next_start(self) -> None:
        url = self.env.prefs.values.database_url
        is_other = bool(url) and without_password(url) != without_password(self.ctx.store.url)
        self.next_start.setVisible(is_other)
        self.next_start.say(
            shown_address(url), title=_("From the next start of the program on this PC:"), tone="warn"
        )

    # -- what is shown -----------------------------------------------------------------------------------

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.M)
        self.next_start.buttons.addWidget(self.keep)
        whole.addWidget(self.next_start)
        whole.addWidget(self._facts_card())
        pair = row_of(self._backup_card(), self._check_card(), spacing=Space.M)
        whole.addLayout(pair)
        whole.addWidget(self._other_card())

    def _facts_card(self) -> Card:
        card = Card(_("This database"), icon="database")
        facts = QFormLayout()
        facts.setHorizontalSpacing(Space.XL)
        facts.setVerticalSpacing(Space.S)
        for label, value in (
            (_("Place"), self.address),
            (_("Kind"), self.system),
            (_("Size"), self.amount),
            (_("Schema"), self.schema),
        ):
            facts.addRow(PlainLabel(label, "muted"), value)
        card.body.addLayout(facts)
        card.body.addWidget(self.who)
        return card

    def _backup_card(self) -> Card:
        card = Card(_("Backup"), icon="database-backup")
        card.head.addWidget(self.backup)
        self.backup.setVisible(self.may_edit)
        sentence = _(
            "Written beside the file, read back and compared before it counts. Work goes on meanwhile."
        )
        card.body.addWidget(PlainLabel(sentence, "muted", wrap=True))
        card.body.addWidget(self.backups)
        card.body.addStretch(1)
        return card

    def _check_card(self) -> Card:
        card = Card(_("Check"), icon="shield-check")
        card.head.addWidget(self.cancel)
        card.head.addWidget(self.check)
        sentence = _("Reads every table and the references between them. Nothing is changed.")
        card.body.addWidget(PlainLabel(sentence, "muted", wrap=True))
        card.body.addWidget(self.line)
        card.body.addWidget(self.found)
        card.body.addStretch(1)
        return card

    def _other_card(self) -> Card:
        card = Card(_("Another database"), icon="hard-drive")
        sentence = _(
            "It is tried before it is taken: for this PC only, from the next start of the program."
            " Nothing is copied or moved."
        )
        card.body.addWidget(PlainLabel(sentence, "muted", wrap=True))
        card.body.addLayout(row_of(self.pick_file, self.pick_server, None))
        self.trial.buttons.addWidget(self.give_up)
        card.body.addWidget(self.trial)
        return card

    def _show_facts(self, facts: StoreFacts) -> None:
        system = f"{facts.system} {facts.server}"
        if facts.login:
            system = _("{system}, signed in as {login}").format(system=system, login=facts.login)
        elif facts.sharing is Sharing.SHARE:
            system = _("{system}, a file on a share").format(system=system)
        else:
            system = _("{system}, a file on this PC").format(system=system)
        self.address.setText(facts.address)
        self.system.setText(system)
        self.amount.setText(self.env.format.file_size(facts.size))
        self.schema.setText(
            _("Version {version}, as this program wants it").format(version=facts.schema)
            if facts.schema == facts.program_schema
            else _("Version {version}; this program wants {wanted}").format(
                version=facts.schema, wanted=facts.program_schema
            )
        )
        is_safe = facts.sharing is Sharing.ONE_PC
        sentences = [str(each) for each in WHO_CAN_READ[facts.sharing]]
        if facts.sharing is Sharing.SHARE:
            sentences.append(
                _("A share suits a handful of people; with more than five at once, use PostgreSQL.")
            )
        self.who.say("\n".join(sentences), title=_("Who can read it"), tone="info" if is_safe else "warn")
        self._show_backups(facts)

    def _show_backups(self, facts: StoreFacts) -> None:
        if facts.folder is None:
            self.backups.setText(_("On a server: needs pg_dump on this PC."))
            return
        if not facts.backups:
            self.backups.setText(_("There is no backup beside the file yet."))
            return
        fmt = self.env.format
        lines = [
            _("{when}: {name}, {size}").format(
                when=fmt.exact(each.at), name=each.path.name, size=fmt.file_size(each.size)
            )
            for each in facts.backups[:_SHOWN_BACKUPS]
        ]
        more = len(facts.backups) - len(lines)
        if more > 0:
            lines.append(ngettext("and {n} older one", "and {n} older ones", more).format(n=more))
        self.backups.setText("\n".join(lines))
