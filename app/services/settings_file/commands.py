"""Taking in a file of settings: as a whole or not at all, and back again as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial

from app.models.entities.errors import NotAllowed, RuleViolation
from app.models.entities.settings_file import (
    SECTION_RIGHTS,
    Section,
    SettingsDocument,
    SettingsPlan,
)
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.people.administrators import administrator_count, refuse_losing_the_last
from app.services.people.queries import load_roles
from app.services.settings_file.planning import Deed, OrderDeed, is_document, needs_right, plan_import
from app.services.settings_file.site import load_site
from app.services.settings_file.writing import Writer, refuse_changed

_NOTE = "settings file"


@command(permission="settings.edit", serializable=True)
def import_settings(
    ctx: Context,
    tx: Transaction,
    document: SettingsDocument,
    *,
    sections: Collection[Section] | None = None,
    seen: SettingsPlan | None = None,
) -> Outcome:
    """Take in the chosen sections of a document, all of the document by default; or nothing.

    What the document does not speak of stays as it is, and nothing is ever deleted. `seen` is the plan
    somebody agreed to; where the site has changed so that it would do anything else, nothing happens.
    Documents get a new version each, so their history stays.

    Raises:
        RuleViolation: `settings_file.refused` (entries cannot be taken), `settings_file.outdated` (it would
            do something else now), `settings_file.nothing` (it would do nothing),
            `access.last_administrator`.
        NotAllowed: a section needs a further right, see SECTION_RIGHTS.
    """
    chosen = frozenset(Section) if sections is None else frozenset(sections)
    site = load_site(tx, tx.now)
    planned = plan_import(site, document, chosen, tx.now)
    if planned.plan.refused:
        first = planned.plan.refused[0]
        raise RuleViolation(
            "settings_file.refused",
            count=len(planned.plan.refused),
            entry=f"{first.section.value} {first.code}".strip(),
        )
    if seen is not None and seen != planned.plan:
        raise RuleViolation("settings_file.outdated")
    if not planned.deeds and not planned.orders:
        raise RuleViolation("settings_file.nothing")
    _require(ctx, tx, needs_right(planned))
    administrators = administrator_count(tx)
    Writer(tx, site, _NOTE).write(planned.deeds, planned.orders)
    refuse_losing_the_last(tx, administrators)
    return _outcome(ctx, planned.deeds, planned.orders, code="settings_file.imported")


@command(permission="settings.edit", serializable=True)
def take_import_back(
    ctx: Context, tx: Transaction, deeds: Sequence[Deed], orders: Sequence[OrderDeed], *, code: str
) -> Outcome:
    """Make entries again what they were, and retire what was added; `code` names the deed. Its undo redoes.

    A calendar that was added stays: its tickets may count by it.

    Raises:
        StaleRecord: somebody changed one of the entries since; nothing is put back then.
        RuleViolation: `access.last_administrator`.
    """
    _require(ctx, tx, {deed.section for deed in deeds} | {order.section for order in orders})
    site = load_site(tx, tx.now)
    refuse_changed(site, deeds)
    administrators = administrator_count(tx)
    Writer(tx, site, _NOTE).write(deeds, orders)
    refuse_losing_the_last(tx, administrators)
    return _outcome(ctx, deeds, orders, code=code)


def _outcome(ctx: Context, deeds: Sequence[Deed], orders: Sequence[OrderDeed], *, code: str) -> Outcome:
    back = tuple(_back(deeds))
    turned = tuple(OrderDeed(each.section, each.group, each.after, each.before) for each in orders)
    if not back and not turned:
        return Outcome()
    other = "settings_file.undone" if code == "settings_file.imported" else "settings_file.imported"
    run = partial(take_import_back, ctx, back, turned, code=other)
    return Outcome(undo=Undo(code, run, {"count": len(deeds)}))


def _back(deeds: Iterable[Deed]) -> Iterable[Deed]:
    """Return what takes deeds back: a new entry is retired, a new document stays."""
    for deed in deeds:
        if deed.before is not None:
            yield Deed(deed.section, deed.code, deed.after, deed.before)
        elif not is_document(deed.section):
            yield Deed(deed.section, deed.code, deed.after, {**deed.after, "is_active": False})


def _require(ctx: Context, tx: Transaction, sections: Iterable[Section]) -> None:
    for section in sorted(sections):
        right = SECTION_RIGHTS.get(section)
        if right is not None and not ctx.actor.may(right):
            who = [role.name for role in load_roles(tx) if role.is_active and right in role.permissions]
            raise NotAllowed("access.not_allowed", permission=right, who=who)
