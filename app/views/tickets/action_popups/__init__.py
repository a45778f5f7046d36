"""The popups that act on one ticket or on many: assign, set waiting, priority, solve.

The list and the ticket page use the same ones through `TicketActions` (actions.py): it is made with the
page's context, environment and `DeskNames`, opens the popup, runs the command with the version the person
saw, and tells the window what was done. A page only says which tickets are meant (`Meant`, meant.py; a
`TicketRow` and a `Ticket` both are one). What belongs to one page alone, like the bar for marked rows, does
not belong here. Start reading in `actions.py`.
"""
