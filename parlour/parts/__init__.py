"""What `parlour user|site|department` do with the parts of a house, over its door; a room for each kind.

Each gives back the lines to print. They must not know whether a server runs, nor how a command line is read.
"""
