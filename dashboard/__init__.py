"""The operators' Panel app. It sees the engine through the door only, and does not know the widget."""
