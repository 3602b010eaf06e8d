"""The demo's robot operator: a pure planner, and a driver that carries its plans out through the door as a dashboard
would.

People come first: while a person is available, a request is theirs for a while.
"""
