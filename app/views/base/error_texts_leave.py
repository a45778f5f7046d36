"""What goes wrong with being away and with changing places, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from app.views.base.i18n import N_, LazyText

LEAVE_ERRORS: Mapping[str, tuple[LazyText, LazyText | None]] = {
    "leave.dates_reversed": (
        N_("The last day, {last}, lies before the first, {first}."),
        N_("Change the two dates round."),
    ),
    "leave.too_long": (
        N_("{days} days are more than one request may hold."),
        N_("Ask for at most {longest} days at a time."),
    ),
    "leave.reason_missing": (N_("The reason is missing."), N_("Say in a word why you will be away.")),
    "leave.not_an_absence": (
        N_("The shift “{shift}” is one to work, no absence."),
        N_("Choose leave, sickness, training or another absence."),
    ),
    "leave.own_substitute": (
        N_("Nobody can stand in for themselves."),
        N_("Choose a colleague, or nobody."),
    ),
    "leave.overlaps": (
        N_("There is a request for these days already: {first} to {last}."),
        N_("Withdraw that one first, or choose other days."),
    ),
    "leave.not_found": (N_("There is no such request."), None),
    "leave.not_now": (
        N_("The request was decided or withdrawn meanwhile."),
        N_("Read the list again; nothing was changed."),
    ),
    "leave.own_request": (
        N_("Nobody decides on their own absence."),
        N_("Ask a colleague who may decide."),
    ),
    "leave.refusal_unexplained": (
        N_("A refusal needs a reason."),
        N_("Write it in a word: whoever asked will read it."),
    ),
    "leave.dates_unread": (
        N_("“{text}” is not a day."),
        N_("Write it as 24, 12-24, 2026-12-24, tomorrow or +3."),
    ),
    "leave.state_unknown": (N_("There is no list called “{text}”."), N_("Choose open, mine or all.")),
    "swap.not_found": (N_("There is no such swap."), None),
    "swap.not_now": (
        N_("The swap was answered, decided or withdrawn meanwhile."),
        N_("Read the list again; nothing was changed."),
    ),
    "swap.expired": (
        N_("The time for this swap ended {at}."),
        N_("Offer the shift anew, or take it over at once if it cannot wait."),
    ),
    "swap.too_late": (
        N_("One of the shifts has begun."),
        N_("Only shifts that lie ahead are offered. In an emergency a colleague takes it over at once."),
    ),
    "swap.asked_already": (
        N_("The shift of {date} is offered already."),
        N_("Withdraw that offer first."),
    ),
    "swap.return_from_anybody": (
        N_("A shift in return needs a person who gives it."),
        N_("Choose a colleague, or ask for nothing in return."),
    ),
    "swap.with_oneself": (N_("Nobody swaps with themselves."), N_("Choose a colleague.")),
    "swap.nothing_to_give": (
        N_("There is no shift to give on {date}."),
        N_("Choose a day on which the roster has a shift to work."),
    ),
    "swap.nothing_in_return": (
        N_("The colleague has no shift to give on {date}."),
        N_("Choose one of their shifts, or nothing in return."),
    ),
    "swap.is_taken": (
        N_("Whoever gets the shift of {date} has something planned that day already."),
        N_("Choose another colleague, or ask for their shift of that day in return."),
    ),
    "swap.nobody_yet": (N_("Nobody has agreed to this swap yet."), N_("Wait until a colleague accepts it.")),
    "swap.not_asked_you": (N_("This swap was offered to somebody else."), None),
    "swap.open_to_anybody": (
        N_("This shift is offered to anybody: nobody declines it for all."),
        N_("Leave it, or accept it."),
    ),
    "swap.own_swap": (
        N_("Whoever swaps does not approve it."),
        N_("Ask a colleague who may decide."),
    ),
    "swap.refusal_unexplained": (
        N_("A refusal, or a swap against the rules, needs a reason."),
        N_("Write it in a word: both will read it."),
    ),
    "swap.breaks_rules": (
        N_("The swap would break rules that may not be broken: {rules}."),
        N_("Who decides can approve it all the same, with a reason."),
    ),
    "swap.leaves_unled": (
        N_("After this swap nobody leads the shift {shift} of {date}: who takes it may not lead."),
        N_("Who decides can approve it all the same and name another duty supervisor, or refuse it."),
    ),
    "swap.reason_missing": (
        N_("The reason is missing."),
        N_("Say in a word why the shift is taken over at once."),
    ),
    "swap.has_ended": (
        N_("The shift of {date} is over."),
        N_("Whoever plans the roster can correct it afterwards."),
    ),
    "swap.painted_since": (
        N_("The shifts of this swap were planned anew since."),
        N_("Change them on the roster."),
    ),
    "swap.date_unread": (
        N_("“{text}” is not a day."),
        N_("Write it as 24, 12-24, 2026-12-24, tomorrow or +3."),
    ),
}
