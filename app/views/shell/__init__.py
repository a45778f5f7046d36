"""The window around the pages: rail, top bar, palette, status bar, sign-in, first start, pictures.

No page belongs here: pages are packages of their own under `app/views`, known here only by the dotted names
in `registry.py`, and they never import this package. Start reading at `registry.py`, then `workspace.py`.
"""
