"""Filling a roster: cells are chosen under hard rules, for wishes, fairness and calm patterns (I10).

Everything a roster is asked for becomes lines, "so many of these cells at most" (`lines.py`), made by
`rules.py` for what must hold and by `costs.py` for what is better. The same lines are solved
(`solving.py`), counted (`scoring.py`) and relaxed (`explaining.py`). Start at `rules.py`; `running.py` is
what callers use, `jobs.py` what windows hand to another thread.
"""
