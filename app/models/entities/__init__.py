"""What things are: enums, frozen dataclasses, ids and errors. Standard library only.

No behaviour beyond reading a value's own fields; decisions live in `app/services/*/rules.py`.
"""
