"""What a screen of the dashboard asks of the tables: all that it needs at once, answered at one moment of them.

A screen is a struct that says the type of its answer, and what gives it: `answer` is run in one read-only transaction.
"""
