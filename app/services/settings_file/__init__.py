"""All settings of the site as one readable file: written, previewed, taken in, and taken back as a whole.

`text.py` turns a document into the bytes of a file and back, `reading.py` says what a file holds,
`shapes.py` and `documents.py` say what an entry of a section must be, `site.py` reads the site in the same
form, `planning.py` compares both, `writing.py` writes what differs. `commands.py` and `queries.py` are what
the window and the command line call. Start at `planning.py`. People and passwords are in no file.
"""
