"""From a ticket's log to what its timeline shows: one item per action, the newest first. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from app.models.entities.ids import AttachmentId, PersonId
from app.models.entities.ticket_pages import TicketDetail
from app.models.entities.tickets import Attachment, EventKind, Move, TicketEvent
from app.services.tickets.facts import RESTORED, TOLD
from app.services.tickets.rules import MAJOR
from app.views.base.major_words import MAJOR_ICON
from app.views.tickets.detail_names import Names
from app.views.tickets.timeline_words import action_words, solution_words, text_words

# Files somebody attaches this soon after writing belong to what they wrote.
_BELONGS_WITHIN = timedelta(minutes=5)


class Group(StrEnum):
    """By what the timeline is filtered; an item may belong to several."""

    NOTES = "notes"
    REPLIES = "replies"
    CALLS = "calls"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One action. `text` stands in a bubble, `words` beside the name; `is_private` tints the bubble.

    `icon` and `tone` make the disc at the left. `facts` is the small line under a solution.
    """

    key: int
    at: datetime
    who: str
    words: str
    icon: str
    tone: str = ""
    text: str = ""
    facts: str = ""
    is_private: bool = False
    groups: frozenset[Group] = frozenset({Group.CHANGES})
    attachments: tuple[Attachment, ...] = ()


_TEXT_KINDS: Mapping[EventKind, tuple[Group, str, str]] = {
    EventKind.NOTE: (Group.NOTES, "lock", "warn"),
    EventKind.REPLY: (Group.REPLIES, "reply", "info"),
    EventKind.CALL: (Group.CALLS, "phone-incoming", "ok"),
    EventKind.SOLUTION: (Group.REPLIES, "circle-check", "ok"),
}
_ICONS: Mapping[EventKind, tuple[str, str]] = {
    EventKind.CREATED: ("headset", ""),
    EventKind.LINKED: ("link", "accent"),
    EventKind.UNLINKED: ("unlink", ""),
    EventKind.ATTACHED: ("paperclip", ""),
    EventKind.ARTICLE: ("book-open", "accent"),
    EventKind.IMPORTED: ("download", ""),
    EventKind.CONFIRMATION: ("user-check", "ok"),
    EventKind.ESCALATED: ("chevrons-up", "bad"),
}
_FIELD_ICONS: Mapping[str, tuple[str, str]] = {
    MAJOR: (MAJOR_ICON, "bad"),
    RESTORED: ("plug", "ok"),
    TOLD: ("megaphone", "info"),
}
_MOVE_ICONS: Mapping[str, tuple[str, str]] = {
    Move.ASSIGN: ("user-plus", "accent"),
    Move.START: ("play", "accent"),
    Move.WAIT: ("pause", "warn"),
    Move.RESUME: ("play", "accent"),
    Move.RESOLVE: ("circle-check", "ok"),
    Move.CLOSE: ("check-check", "ok"),
    Move.REFUSE: ("thumbs-down", "bad"),
    Move.REOPEN: ("rotate-ccw", "bad"),
    Move.CANCEL: ("circle-x", ""),
    Move.OUT_OF_SCOPE: ("circle-slash", ""),
    Move.DUPLICATE: ("copy", ""),
}


def timeline_of(detail: TicketDetail, names: Names) -> tuple[TimelineItem, ...]:
    """Return the items of a ticket, the newest first; lines of one action are one item."""
    files = {attachment.id: attachment for attachment in detail.attachments}
    made: list[tuple[TimelineItem, PersonId | None]] = []
    for batch in _batches(detail.events):
        item = _item(batch, detail, names, files)
        if item is None:
            continue
        if made and _belongs(batch, item, *made[-1]):
            before, actor = made.pop()
            made.append((replace(before, attachments=before.attachments + item.attachments), actor))
        else:
            made.append((item, batch[0].actor_id))
    return tuple(item for item, _actor in reversed(made))


def counts_of(items: Iterable[TimelineItem]) -> dict[Group, int]:
    """Return how many items each filter shows."""
    listed = list(items)
    return {group: sum(group in item.groups for item in listed) for group in Group}


def _batches(events: Sequence[TicketEvent]) -> Iterator[list[TicketEvent]]:
    held: list[TicketEvent] = []
    for event in events:
        if held and (not event.batch or event.batch != held[0].batch):
            yield held
            held = []
        held.append(event)
    if held:
        yield held


def _item(
    batch: list[TicketEvent], detail: TicketDetail, names: Names, files: Mapping[AttachmentId, Attachment]
) -> TimelineItem | None:
    first = batch[0]
    is_registration = first.kind is EventKind.CREATED
    said = [event for event in batch if event.kind in _TEXT_KINDS]
    told = [event for event in batch if event.kind not in _TEXT_KINDS]
    if is_registration:  # what was promised first is what the clocks show
        told = [event for event in told if event.kind is not EventKind.PROMISED]
    words = action_words(told, names)
    if not said and not words:
        return None
    icon, tone = _sign(batch)
    item = TimelineItem(
        key=int(first.id), at=first.at, who=names.actor(first.actor_id), words=words, icon=icon, tone=tone
    )
    groups = {Group.CHANGES} if words else set()
    if is_registration:
        item = replace(item, text=detail.ticket.description.strip())
    for event in said:
        groups.add(_TEXT_KINDS[event.kind][0])
        item = replace(
            item,
            text=event.new or "",
            words=" · ".join(part for part in (text_words(event, names), words) if part),
            facts=solution_words(event, names) if event.kind is EventKind.SOLUTION else "",
            is_private=event.kind is EventKind.NOTE and not event.detail.get("public"),
        )
    attached = [files.get(_attachment_id(event)) for event in told if event.kind is EventKind.ATTACHED]
    return replace(
        item, groups=frozenset(groups), attachments=tuple(one for one in attached if one is not None)
    )


def _sign(batch: Sequence[TicketEvent]) -> tuple[str, str]:
    for event in batch:
        if event.kind in _TEXT_KINDS:
            _group, icon, tone = _TEXT_KINDS[event.kind]
            return ("eye", "info") if event.detail.get("public") else (icon, tone)
    for event in batch:
        if event.kind is EventKind.CREATED:
            return _ICONS[EventKind.CREATED]
    for event in batch:
        if event.kind is EventKind.ESCALATED:
            return ("trending-up", "warn") if event.field == "rise" else _ICONS[EventKind.ESCALATED]
    for event in batch:
        if event.kind is EventKind.STATUS:
            return _MOVE_ICONS.get(event.field or "", ("undo-2", ""))
    return _sign_of_field(batch) or _ICONS.get(batch[0].kind, ("repeat", ""))


def _sign_of_field(batch: Sequence[TicketEvent]) -> tuple[str, str] | None:
    changed = next((event for event in batch if event.field in _FIELD_ICONS), None)
    if changed is None:
        return None
    icon, tone = _FIELD_ICONS[changed.field or ""]
    return icon, "" if changed.new in {None, "no"} else tone


def _belongs(
    batch: Sequence[TicketEvent], item: TimelineItem, before: TimelineItem, actor: PersonId | None
) -> bool:
    """Whether an action only attached files to what the same person did just before."""
    only_files = all(event.kind is EventKind.ATTACHED for event in batch)
    takes_files = bool(before.text) or bool(before.attachments)
    is_soon = item.at - before.at <= _BELONGS_WITHIN
    return only_files and takes_files and is_soon and batch[0].actor_id == actor and bool(item.attachments)


def _attachment_id(event: TicketEvent) -> AttachmentId:
    found = event.detail.get("attachment_id")
    return AttachmentId(found if isinstance(found, int) else 0)
