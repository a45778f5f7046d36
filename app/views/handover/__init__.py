"""The handover: the sheet of a shift with both signatures, the book, opportunities, and what all must read.

The page is wiring; `handover_presenter` keeps the sheet, `notes_presenter` what else the page lists.
"""
