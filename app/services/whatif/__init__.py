"""What an edit of service levels would do, and applying the levels in force to open tickets.

`lives.py` is what a ticket's clocks depend on, `log_reading.py` makes it from the log, `hours.py` counts
working time in whole seconds, `rules.py` replays a life under any documents, `documents.py` says what
documents promise, `figures.py` adds up. `reading.py` loads lives and keeps them; `applying.py` is what
applying writes.
"""
