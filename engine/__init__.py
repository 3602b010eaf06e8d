"""The event engine: what happened, what may happen, who must know, what is kept.

It knows neither the dashboard nor the widget.
"""
