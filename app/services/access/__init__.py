"""Who may sign in and what they may do: passwords, lock-out, remembered sign-ins, roles and permissions.

The people themselves belong to `people`; which permission a function needs is declared on the function.
Start at `signing_in.py`, then `accounts.py` (passwords, the first administrator) and `commands.py` (roles).
"""
