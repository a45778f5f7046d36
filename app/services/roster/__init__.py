"""The roster: shifts by wall clock, who is on duty, coverage, rules broken, notes for the next shift.

Off is an empty cell. A night shift belongs to the date on which it starts. Start at `rules.py`.
"""
