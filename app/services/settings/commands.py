"""What people do to settings. Each function is one transaction and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from app.models.entities.errors import StaleRecord
from app.models.entities.events import SettingsChanged
from app.models.entities.ids import ReasonId
from app.models.entities.settings import CodeKind, ConfigKind, ReasonDetails, ScriptDetails
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.settings import entries, rules
from app.services.settings.configs import put_config
from app.services.settings.queries import load_config_version, load_script, load_settings, load_waiting_reason


@command(permission="settings.edit")
def change_settings(
    ctx: Context, tx: Transaction, changes: Mapping[str, object], *, versions: Mapping[str, int]
) -> Outcome:
    """Set site values by name, all or none; `versions` are those of `site_settings`, 0 where not stored.

    Raises:
        BadInput: what `rules.checked_value` raises, `settings.unknown`.
        StaleRecord: somebody changed one of them meanwhile; `name` tells which.
    """
    before = load_settings(tx)
    old = {name: before.values.get(name) for name in changes}
    produced: dict[str, int] = {}
    for name, value in changes.items():
        checked = rules.checked_value(rules.declared_key(name), value)
        produced[name] = write_setting(tx, name, checked, versions.get(name, 0))
    tx.announce(SettingsChanged())
    return Outcome(undo=Undo("settings.changed", partial(change_settings, ctx, old, versions=produced)))


def write_setting(tx: Transaction, name: str, value: object, version: int) -> int:
    """Store one checked value where nobody changed it since `version`; return its new version."""
    text = rules.setting_text(value)
    changed = tx.execute(
        "INSERT INTO setting (key, value, version) VALUES (?, ?, 1) ON CONFLICT (key) DO UPDATE"
        " SET value = excluded.value, version = setting.version + 1 WHERE setting.version = ?",
        (name, text, version),
    )
    if changed != 1:
        raise StaleRecord("setting", 0, name=name)
    return version + 1


@command(permission="settings.edit")
def save_config(
    ctx: Context,
    tx: Transaction,
    kind: ConfigKind,
    code: str,
    body: Mapping[str, Any],
    *,
    expected_number: int,
    note: str = "",
) -> Outcome:
    """Add a version of a matrix, SLA table or calendar; earlier ones stay, and so do promises under them.

    `expected_number` is the number the editor started from, 0 for a new document. The outcome's version is
    the new number. A document's first version cannot be taken back, only replaced.

    Raises:
        BadInput: what is wrong with the document, see `rules.checked_config`.
        StaleRecord: somebody saved a version meanwhile; `number` is theirs.
    """
    saved = put_config(tx, kind, code, body, expected_number=expected_number, note=note)
    undo = None
    if expected_number:
        back = partial(restore_config, ctx, kind, code, expected_number, expected_number=saved.number)
        undo = Undo("settings.config_saved", back, {"kind": kind.value, "document": code})
    return Outcome(saved.id, saved.number, undo)


@command(permission="settings.edit")
def restore_config(
    ctx: Context, tx: Transaction, kind: ConfigKind, code: str, number: int, *, expected_number: int
) -> Outcome:
    """Make the text of an earlier version the newest one, as a version of its own.

    Raises:
        NotFound: `settings.config_missing`; there is no such version.
        BadInput: it does not fit today's other documents (an SLA table naming a calendar that is gone).
        StaleRecord: somebody saved a version meanwhile.
    """
    earlier = load_config_version(tx, kind, code, number)
    saved = put_config(tx, kind, code, earlier.body, expected_number=expected_number, note=earlier.note)
    back = partial(restore_config, ctx, kind, code, expected_number, expected_number=saved.number)
    params = {"kind": kind.value, "document": code, "number": number}
    return Outcome(saved.id, saved.number, Undo("settings.config_restored", back, params))


@command(permission="settings.edit")
def add_waiting_reason(ctx: Context, tx: Transaction, details: ReasonDetails) -> Outcome:
    """Add a waiting reason at the end of the list.

    Raises:
        BadInput: what `rules.check_reason` raises, `settings.code_taken`.
    """
    rules.check_reason(details)
    reason_id = entries.add(tx, "waiting_reason", entries.columns_of(details))
    undo = Undo("settings.entry_added", partial(retire_waiting_reason, ctx, ReasonId(reason_id), version=1))
    return Outcome(reason_id, 1, undo)


@command(permission="settings.edit")
def edit_waiting_reason(
    ctx: Context, tx: Transaction, reason_id: ReasonId, details: ReasonDetails, *, version: int
) -> Outcome:
    """Change a waiting reason. Tickets that wait under it are judged by the new text from now on.

    Raises:
        BadInput: what `rules.check_reason` raises, `settings.code_taken`.
        NotFound, StaleRecord: as every edit.
    """
    rules.check_reason(details)
    before = load_waiting_reason(tx, reason_id)
    new = entries.edit(tx, "waiting_reason", reason_id, version, entries.columns_of(details))
    back = partial(edit_waiting_reason, ctx, reason_id, before.details, version=new)
    return Outcome(reason_id, new, Undo("settings.entry_changed", back, {"name": details.name}))


@command(permission="settings.edit")
def retire_waiting_reason(ctx: Context, tx: Transaction, reason_id: ReasonId, *, version: int) -> Outcome:
    """Offer a waiting reason no longer; tickets that wait under it go on. StaleRecord as every edit."""
    new = entries.set_active(tx, "waiting_reason", reason_id, version, is_active=False)
    back = partial(restore_waiting_reason, ctx, reason_id, version=new)
    return Outcome(reason_id, new, Undo("settings.entry_retired", back))


@command(permission="settings.edit")
def restore_waiting_reason(ctx: Context, tx: Transaction, reason_id: ReasonId, *, version: int) -> Outcome:
    """Offer a retired waiting reason again. StaleRecord as every edit."""
    new = entries.set_active(tx, "waiting_reason", reason_id, version, is_active=True)
    back = partial(retire_waiting_reason, ctx, reason_id, version=new)
    return Outcome(reason_id, new, Undo("settings.entry_restored", back))


@command(permission="settings.edit")
def add_code_item(
    ctx: Context, tx: Transaction, kind: CodeKind, *, code: str, name: str, name_alt: str = ""
) -> Outcome:
    """Add an entry to a short list. BadInput `settings.code_missing`, `.name_missing`, `.code_taken`."""
    rules.check_names(code, name)
    values = {"kind": kind.value, "code": code.strip(), "name": name.strip(), "name_alt": name_alt.strip()}
    item_id = entries.add(tx, "code_item", values)
    back = partial(set_code_item_active, ctx, item_id, version=1, is_active=False)
    return Outcome(item_id, 1, Undo("settings.entry_added", back, {"name": name}))


@command(permission="settings.edit")
def rename_code_item(
    ctx: Context, tx: Transaction, item_id: int, *, version: int, name: str, name_alt: str = ""
) -> Outcome:
    """Change the names of an entry; its code stays, for tickets carry it.

    Raises:
        BadInput: `settings.name_missing`.
        NotFound, StaleRecord: as every edit.
    """
    code, old_name, old_alt = entries.columns(tx, "code_item", item_id, ("code", "name", "name_alt"))
    rules.check_names(code, name)
    names = {"name": name.strip(), "name_alt": name_alt.strip()}
    new = entries.edit(tx, "code_item", item_id, version, names)
    back = partial(rename_code_item, ctx, item_id, version=new, name=old_name, name_alt=old_alt)
    return Outcome(item_id, new, Undo("settings.entry_changed", back, {"name": name}))


@command(permission="settings.edit")
def set_code_item_active(
    ctx: Context, tx: Transaction, item_id: int, *, version: int, is_active: bool
) -> Outcome:
    """Retire an entry of a short list, or offer it again. StaleRecord as every edit."""
    new = entries.set_active(tx, "code_item", item_id, version, is_active=is_active)
    back = partial(set_code_item_active, ctx, item_id, version=new, is_active=not is_active)
    return Outcome(item_id, new, _switched(back, is_active=is_active))


@command(permission="settings.edit")
def add_script(ctx: Context, tx: Transaction, details: ScriptDetails) -> Outcome:
    """Add a script at the end. BadInput: what `rules.check_script` raises, `settings.code_taken`."""
    rules.check_script(details)
    script_id = entries.add(tx, "script", entries.columns_of(details))
    back = partial(set_script_active, ctx, script_id, version=1, is_active=False)
    return Outcome(script_id, 1, Undo("settings.entry_added", back, {"name": details.name}))


@command(permission="settings.edit")
def edit_script(
    ctx: Context, tx: Transaction, script_id: int, details: ScriptDetails, *, version: int
) -> Outcome:
    """Change a script. BadInput as for `add_script`; NotFound, StaleRecord as every edit."""
    rules.check_script(details)
    before = load_script(tx, script_id)
    new = entries.edit(tx, "script", script_id, version, entries.columns_of(details))
    back = partial(edit_script, ctx, script_id, before.details, version=new)
    return Outcome(script_id, new, Undo("settings.entry_changed", back, {"name": details.name}))


@command(permission="settings.edit")
def set_script_active(
    ctx: Context, tx: Transaction, script_id: int, *, version: int, is_active: bool
) -> Outcome:
    """Retire a script, or offer it again. StaleRecord as every edit."""
    new = entries.set_active(tx, "script", script_id, version, is_active=is_active)
    back = partial(set_script_active, ctx, script_id, version=new, is_active=not is_active)
    return Outcome(script_id, new, _switched(back, is_active=is_active))


def _switched(back: Callable[[], Outcome], *, is_active: bool) -> Undo:
    return Undo("settings.entry_restored" if is_active else "settings.entry_retired", back)
