"""People: callers and staff with their numbers, companies, teams, and which roles they hold.

Who may sign in, and what a role allows, belongs to `access`. Start at `queries.py` (the caller look-up and
the caller card), then `rules.py` (telephone numbers in one form, what a person is found by).
"""
