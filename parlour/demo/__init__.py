"""The demo: people, a shop, and believable visitors who use the public websocket only."""
