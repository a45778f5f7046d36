"""Knowledge: articles in Markdown, their life from draft to retired, and whether they helped.

Searching lives in `services/search`; which article solved a ticket is recorded by `services/tickets`.
Start at `rules.py`.
"""
