"""The duty board: who is really there now and how they are reached, what comes next, the shift's checks."""
