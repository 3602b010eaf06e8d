"""What visitors get: the gateway they connect to, its frames, and the client it serves.

It does not know the dashboard.
"""
