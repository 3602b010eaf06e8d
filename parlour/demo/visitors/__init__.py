"""Believable visitors for the demo: a pure planner, and browsers that carry its plans out over the public websockets.

They must not know anything that a stranger's browser could not.
"""
