"""Measurements beside limits and peers: `parlour bench …`."""
