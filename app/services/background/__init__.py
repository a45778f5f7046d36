"""The timers of a desk without a server: warnings, rises, escalation, follow-ups, closing, the nightly check.

Every open program and every `python main.py worker` tries to hold one lease; whoever holds it looks at the
tickets whose time has come (`ticket.wake_at`). What is due is decided by `escalation.rules` from the ticket's
log, outside any transaction: others need not wait for it. One short transaction per batch then checks the
lease's token and the high-water mark of time, claims each step by its unique key and writes what follows.
Stands above tickets.
"""
