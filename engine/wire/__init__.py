"""The wire: websockets dialled and hung up, what goes out bounded, and whether anybody is still there."""
