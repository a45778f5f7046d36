"""The kit every screen is built from: small widgets that draw one thing, know no feature and no database.

What belongs here: parts used by two screens or more, named for what they show. What does not: a part of
one screen, and anything that reads or decides. Texts come in already translated, except the few words a
part says by itself. `gallery.py` shows every part in each theme; start there, then `paint.py`, which the
table's delegate shares with the widgets.
"""
