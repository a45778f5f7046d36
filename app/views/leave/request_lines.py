"""A request as the list and the pane show it: title, facts, history, state. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.models.entities.ids import TemplateId
from app.models.entities.leave import LeaveRequest, RouteReason, ShiftSwap, SwapState
from app.models.entities.roster import ShiftTemplate
from app.services.leave.reading import Desk
from app.views.base.i18n import N_, LazyText, _, pgettext
from app.views.leave.leave_words import LEAVE_STATES, SWAP_STATES, LeaveWords
from app.views.leave.request_list import RequestLine
from app.views.leave.request_rows import Item, Reader, is_live, key_of, shifts_in

_ROUTES: Mapping[RouteReason, LazyText] = {
    RouteReason.SUPERIOR: N_("With {who}, the direct superior"),
    RouteReason.STANDING_IN: N_("With {who}, who stands in for {superior}"),
    RouteReason.NO_SUPERIOR: N_("With those who decide on leave: no superior is named"),
    RouteReason.SUPERIOR_AWAY: N_("With those who decide on leave: {superior} is away"),
    RouteReason.SUPERIOR_GONE: N_("With those who decide on leave: {superior} has left"),
}


def line_of(item: Item, desk: Desk, reader: Reader, words: LeaveWords) -> RequestLine:
    """Return a request as a line of the list."""
    state, tone = state_of(item, reader)
    live = is_live(item, reader)
    return RequestLine(
        key_of(item),
        "calendar-off" if isinstance(item, LeaveRequest) else "repeat",
        title_of(item),
        dates_of(item, words),
        [desk.shifts[one] for one in shifts_in(item) if one in desk.shifts],
        state,
        tone,
        words.age(reader.now - item.asked_at) if live else "",
        is_over=not live,
    )


def title_of(item: Item) -> str:
    """Return who, and to whom."""
    if isinstance(item, LeaveRequest):
        return item.person_name
    other = item.other_name or _("anybody")
    return _("{who} → {other}").format(who=item.asker_name, other=other)


def state_of(item: Item, reader: Reader) -> tuple[str, str]:
    """Return the state in a word, and its tone. An offer whose time is over has lapsed, told or not."""
    if isinstance(item, LeaveRequest):
        text, tone = LEAVE_STATES[item.state]
        return str(text), tone
    is_over = item.state in {SwapState.ASKED, SwapState.ACCEPTED} and not is_live(item, reader)
    text, tone = SWAP_STATES[SwapState.EXPIRED if is_over else item.state]
    return str(text), tone


def dates_of(item: Item, words: LeaveWords) -> str:
    """Return the dates it is about."""
    if isinstance(item, LeaveRequest):
        span = words.span(item.first, item.last)
        return span if item.days == 1 else f"{span} ({words.days(item.days)})"
    if item.other_date is None:
        return words.day(item.on_date)
    return _("{day} for {other}").format(day=words.day(item.on_date), other=words.day(item.other_date))


def facts_of(item: Item, desk: Desk, words: LeaveWords) -> str:
    """Return what is asked for, in a sentence or two."""
    if isinstance(item, LeaveRequest):
        parts = [words.shift(_shift(desk, item.template_id)), dates_of(item, words)]
        if item.substitute_name:
            parts.append(_("substitute {name}").format(name=item.substitute_name))
        return pgettext("between things", ", ").join(parts)
    given = _given(item.on_date, item.template_id, desk, words)
    if item.other_date is None:
        return _("Gives {shift}").format(shift=given)
    back = _given(item.other_date, item.other_template_id, desk, words)
    return _("Gives {shift} for {other}").format(shift=given, other=back)


def history_of(item: Item, words: LeaveWords) -> str:
    """Return what happened to it, a line each."""
    exact = words.fmt.exact
    lines = []
    if isinstance(item, LeaveRequest):
        by = item.asked_name if item.asked_by != item.person_id else ""
    else:
        by = ""
    asked = _("Asked {at} by {who}").format(at=exact(item.asked_at), who=by) if by else ""
    lines.append(asked or _("Asked {at}").format(at=exact(item.asked_at)))
    if isinstance(item, LeaveRequest) and (went := route_of(item)):
        lines.append(went)
    if isinstance(item, ShiftSwap):
        if item.answered_at is not None:
            lines.append(_("Answered {at}").format(at=exact(item.answered_at)))
        elif item.state is SwapState.ASKED:
            lines.append(_("Lapses {at}").format(at=exact(item.expires_at)))
    if item.decided_at is not None:
        decided = _("Decided {at} by {who}") if item.decided_name else _("Decided {at}")
        lines.append(decided.format(at=exact(item.decided_at), who=item.decided_name))
    if item.decision_note:
        lines.append(_("Reason: {reason}").format(reason=item.decision_note))
    return "\n".join(lines)


def route_of(request: LeaveRequest) -> str:
    """Return to whom a request that waits has gone, and why; "" once it is decided."""
    route = request.route
    if route is None:
        return ""
    said = str(_ROUTES[route.reason])
    return said.format(superior=request.superior_name, who=request.decider_name)


def _shift(desk: Desk, template_id: TemplateId | None) -> ShiftTemplate | None:
    return desk.shifts.get(template_id) if template_id is not None else None


def _given(on: date, template_id: TemplateId | None, desk: Desk, words: LeaveWords) -> str:
    shift = words.shift_with_times(_shift(desk, template_id))
    return _("{day} {shift}").format(day=words.day(on), shift=shift)
