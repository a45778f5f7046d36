"""What the desk prints: the catalogue of reports and one module per page.

A page module turns the frozen data of `app/models/entities/reports.py` into PDF bytes and asks no database.
The figures themselves are counted by the features' queries, never here. Start at `catalog.py`, then
`shift_page.py`. Page modules pull in reportlab, so callers import them only when something is printed.
"""
