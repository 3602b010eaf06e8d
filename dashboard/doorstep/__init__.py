"""What is before the dashboard: sign-in and sign-out, the first password, "is it up?", and the page while main is away.

It must not know Panel: these pages have to work while nothing else does.
"""
