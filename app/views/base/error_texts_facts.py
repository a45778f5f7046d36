"""What to say about each error code of promised times, estimates and the next line of a ticket."""

from __future__ import annotations

from app.views.base.i18n import N_, LazyText

# One sentence each; None where the kind of error says enough about what to do.
FACT_ERRORS: dict[str, tuple[LazyText, LazyText | None]] = {
    "tickets.time_unreadable": (
        N_("“{text}” is no time."),
        N_("Write it like 16:00, 2 h or tomorrow 10:00."),
    ),
    "tickets.minutes_unreadable": (
        N_("“{text}” is no length of time."),
        N_("Write it like 90, 90 min or 1 h 30 min."),
    ),
    "tickets.amount_unreadable": (
        N_("“{text}” is no whole number."),
        N_("Write it like 3 or 1,200."),
    ),
    "tickets.estimate_range": (
        N_("{field} cannot be so much or so little."),
        N_("Write a whole number from {lowest} to {highest}, or nothing."),
    ),
    "tickets.wait_before_received": (
        N_("The user can wait at least until the ticket came: {received}."),
        N_("Write a time after that, or nothing."),
    ),
    "tickets.nothing_broken": (
        N_("#{number} is about no service that broke down."),
        N_("Only incidents and monitoring events have a service to restore."),
    ),
    "tickets.restored_early": (
        N_("The service cannot work again before the ticket came: {received}."),
        N_("Write a time after that."),
    ),
    "tickets.restored_ahead": (
        N_("The service cannot work again in the future; it is {now} now."),
        N_("Write when it came back, or nothing for now."),
    ),
    "tickets.restored_late": (
        N_("The ticket was resolved {resolved}; the service cannot have come back later."),
        N_("Write a time before that, or reopen the ticket."),
    ),
    "tickets.told_not_open": (
        N_("#{number} is not open any more: nothing is to be promised."),
        N_("Reopen it first."),
    ),
    "tickets.told_past": (
        N_("Nobody can be promised a time that has passed."),
        N_("Write a time ahead."),
    ),
    "tickets.told_after_due": (
        N_("That is later than the SLA promises: {due}."),
        N_("Tell an earlier time, or confirm that you mean it."),
    ),
    "tickets.no_next_line": (
        N_("The category of #{number} names no team of a next line."),
        N_("Assign it by hand, or name the team in Settings > Categories."),
    ),
}
