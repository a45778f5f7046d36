"""The roster: who works when, by month or week, painted by key and mouse, checked and published.

Start with `page.py`. `roster_presenter.py` holds the state, `board.py` what is shown as plain data,
`roster_words.py` its sentences; `grid*.py` are the painted grid. No rule of the desk lives here.
"""
