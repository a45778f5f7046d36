"""The desk page, what one sees first: my queue, what breaches next, who is on duty, notes, today's figures.

What the parts say is computed without widgets (rows.py, duty.py, figures.py) from services' answers that
presenter.py asks for. Rules stand in app/services/tickets and app/services/roster. Start with page.py.
"""
