"""Announcements: what holds, what comes and what was; reading them, writing them, who was trained for what.

The list at the left, the chosen one beside it, where it is also written. The words live in
`views/base/announcement_words.py`: the desk and the form of a new ticket say the same.
"""
