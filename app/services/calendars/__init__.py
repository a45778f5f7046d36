"""Service calendars: when the desk is open, and how much working time lies between two instants.

Here belong day types, openings and working-time arithmetic. Rosters, targets and clocks do not. Start
reading in `rules.py`; `openings.py` holds the prepared form that makes it fast.
"""
