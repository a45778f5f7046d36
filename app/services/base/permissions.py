"""Every permission there is, as `<feature>.<verb>` (F-2).

To add one: put it here, give it to the shipped roles in `resources/defaults/roles.json`, label it in
`terms.py`, and declare it on the function that needs it.
"""

from __future__ import annotations

PERMISSIONS: tuple[str, ...] = (
    "tickets.read",
    "tickets.create",
    "tickets.edit",
    "tickets.note",
    "tickets.assign",
    "tickets.work",
    "tickets.wait",
    "tickets.resolve",
    "tickets.confirm",
    "tickets.close",
    "tickets.reopen",
    "tickets.cancel",
    "tickets.link",
    "tickets.attach",
    "tickets.bulk",
    "tickets.escalate",
    "priority.override",
    "priority.major",
    "knowledge.read",
    "knowledge.rate",
    "knowledge.edit",
    "knowledge.publish",
    "roster.read",
    "roster.edit",
    "roster.publish",
    "roster.ask",
    "roster.approve",
    "opportunities.write",
    "announcements.write",
    "handover.write",
    "reports.read",
    "views.share",
    "people.read",
    "people.edit",
    "people.reveal",
    "audit.read",
    "access.manage",
    "settings.read",
    "settings.edit",
    "transfer.import",
    "transfer.export",
    "store.migrate",
)
ALL_PERMISSIONS = frozenset(PERMISSIONS)

# Functions that need no right: signing in, and what the sign-in window itself shows.
ANYBODY = "anybody"
