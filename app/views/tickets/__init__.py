"""The ticket screens: the list with its reading pane (list_*.py), the form of a new ticket (form_*.py), and the
page of one ticket (ticket_page.py and what it names: header, clocks, timeline, composer, properties). Presenters
ask and decide nothing about the business; rules stand in app/services/tickets. Start with the three page modules
that app/views/shell/registry.py names.
"""
