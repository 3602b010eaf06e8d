"""The demo shop: a small shop for travel goods that embeds the widget; it knows nothing of the engine."""
