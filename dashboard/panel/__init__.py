"""One room for all that Panel, Bokeh and Tornado do not document and we use all the same: `private.py` lists it.

The rest of the dashboard has plain classes and functions from here. It must not know what a document shows.
"""
