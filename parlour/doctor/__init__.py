"""`parlour doctor`: looks at a house from outside and says how it is; it changes nothing, and needs no running server.

What it finds is a `report`, which `words` puts into words. It reads files, /proc and the processes' ports.
"""
