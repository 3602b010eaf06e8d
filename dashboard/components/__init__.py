"""Own components: a Python class beside its .js."""
