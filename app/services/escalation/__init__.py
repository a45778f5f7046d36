"""What falls due while a ticket lives: warnings, steps, rises, follow-ups, closing; and who is told.

`rules.look` decides for one ticket and one instant, purely; `recipients` reads who somebody is just now;
`telling` turns what fired into notices. Stands above the roster and below tickets: nothing here writes.
"""
