"""The reports: a file each, the parameters in the address, and how one is asked of the history.

What they mean is defined in `engine.analytics.reports`; how they look is not known here.
"""
