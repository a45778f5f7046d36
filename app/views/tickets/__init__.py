"""The ticket screens: the list with its reading pane (list_*.py), the form of a new ticket (form_*.py), and
the page of one ticket (ticket_page.py and what it names: header, clocks, timeline, composer, properties).
Presenters ask, views draw; rules stand in app/services/tickets. Start with the page modules that
app/views/shell/registry.py names.
"""
