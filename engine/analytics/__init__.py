"""Where everything is analysed: facts into tables (DuckDB), the reports' SQL, and the read-only query service.

It reads the journal by position and runs the facts; it knows neither the core nor the streams, and main does not know
it. All that it holds can be dropped and made again from the journal, with the same result.
"""
