"""The shared parts of every PDF: fonts, text made safe, styles, flowables, charts and the page frame.

What a report says never belongs here; how any report looks does. Only page modules import this package,
because it loads reportlab. Start at `page.py` (from story to bytes), then `flowables.py`.
"""
