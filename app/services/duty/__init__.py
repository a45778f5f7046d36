"""Who is really there: presence on a shift, times away, the shift's checks, the duty board, reminders.

The roster says who should be on duty; this says who came, who is away, and what was found at the checks.
"""
