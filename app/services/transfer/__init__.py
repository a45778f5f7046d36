"""Bringing foreign records in: a log of another desk becomes tickets with their history.

`mapping.py` says what the columns of one source mean (the files themselves lie in `resources/mappings`),
`reading.py` opens a CSV or a zip with one CSV, `rules.py` (pure) turns rows into facts, `commands.py` writes
them in chunks. What other programs get from us, reports and printing, does not belong here. Start at
`rules.py`.
"""
