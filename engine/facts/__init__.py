"""Facts: pure steps that turn events into typed rows. A fact is `EMPTY` and `step(state, event) -> (state, rows)`.

Main runs them for live tiles, analytics for tables, so that a tile and a report of the same measure agree. States and
rows are frozen. A fact must not know who runs it, where its rows go, or what time it is.
"""
