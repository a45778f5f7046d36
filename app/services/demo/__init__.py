"""A believable site to try the program with: people, tickets, articles and a roster, planned from a seed.

Nothing here writes to a database and nothing here is used by real sites. Start at `planning.py`; `reading.py`
reads `resources/demo` into the shapes of `content.py`, `histories.py` tells what happened to one ticket.
"""
