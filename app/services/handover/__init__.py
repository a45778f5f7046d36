"""The handover of a shift: a sheet that writes itself, two signatures, and a book nobody can change.

`facts` reads what must be handed over, `drafting` keeps a sheet in step with it, `commands` is what both
leaders do, `signing` is a signature from password to closed record, `book` proves the book.
"""
