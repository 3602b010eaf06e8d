"""The durable log (SQLite): the truth. It knows events as rows, not what they mean."""
