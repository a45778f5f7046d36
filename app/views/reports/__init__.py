"""The Reports page: choose a report, say what it is about, see the very paper, save it or print it.

What a report contains is decided in `app/services/reports`. Start at `page.py`.
"""
