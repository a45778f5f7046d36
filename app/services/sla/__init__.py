"""Service levels: what is promised to a ticket, and where its clocks stand.

Here belong choosing a policy, promising, folding a ticket's log into clocks, and explaining the result.
Opening hours are in `calendars`, what happens when a promise breaks in `messages`. Start reading in
`rules.py`; `stretches.py` reads the log, `explain.py` answers "why this time?".
"""
