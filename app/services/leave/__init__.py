"""Being away and changing places: leave requests, sickness, training, swaps of shifts.

`rules` knows the states; commands write the roster through `roster`, so that its versions and notices hold.
"""
