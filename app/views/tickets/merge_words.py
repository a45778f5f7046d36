"""What the question says where two people changed the same fields of a ticket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.models.entities.errors import MergeNeeded
from app.models.entities.ticket_pages import TicketDetail
from app.models.entities.tickets import FieldConflict
from app.views.base.dialogs import MergeField
from app.views.base.i18n import _
from app.views.tickets.detail_names import Names


def merge_question(
    error: MergeNeeded, detail: TicketDetail, names: Names, said: Mapping[str, str]
) -> tuple[str, list[MergeField]]:
    """Return who changed the fields last, and each with what it was, what they made of it, and mine.

    `detail` is the ticket as it is now; `said` has the words of my values that no log names yet.
    """
    conflicts: Sequence[FieldConflict] = error.params["conflicts"]  # type: ignore[assignment]
    return _who_changed(detail, conflicts, names), [_field(each, names, said) for each in conflicts]


def _field(conflict: FieldConflict, names: Names, said: Mapping[str, str]) -> MergeField:
    name = conflict.field
    base, theirs, mine = (names.value(name, text) for text in (conflict.base, conflict.theirs, conflict.mine))
    return MergeField(name, names.field(name), base, theirs, said.get(name) or mine)


def _who_changed(detail: TicketDetail, conflicts: Sequence[FieldConflict], names: Names) -> str:
    fields = {conflict.field for conflict in conflicts}
    last = next((event for event in reversed(detail.events) if event.field in fields), None)
    return names.person(last.actor_id) or _("Somebody else") if last else _("Somebody else")
