"""The page of requests: absences and swaps to decide, one's own, offers to anybody, fairness, one's shifts.

Everything can be done from the roster too: it opens this page with what is meant, and its popups.
"""
