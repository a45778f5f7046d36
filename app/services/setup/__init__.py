"""The first start of a site: the sample set-up from `resources/defaults`, written in one transaction.

What is written belongs to the features; changing it afterwards is theirs. Start at `first_start.py`.
"""
