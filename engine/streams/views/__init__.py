"""A file for each thing that somebody looks at: its state, its step, and how it reads."""
