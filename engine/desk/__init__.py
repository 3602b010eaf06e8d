"""The rules: pure state machines over events and commands; no I/O, no clock, no randomness, no asyncio, no Rx."""
