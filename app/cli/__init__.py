"""`python main.py COMMAND`: debugging and automation, one module per feature, no Qt.

Each command is a few lines over a query or a command of the services. `parser.py` lists them.
"""
