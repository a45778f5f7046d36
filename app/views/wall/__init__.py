"""The heat wall: every open ticket as a card that moves to the right with the share of its time used.

Lanes are the people on duty, the queues of teams, and what nobody holds. Dragging a card reassigns it.
"""
