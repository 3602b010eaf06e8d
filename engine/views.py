"""The names of the live views: what can be watched. It must not know how a view is made, nor who looks on."""

from typing import Literal

View = Literal[
    "visitors",  # badges of who is on the site now
    "visits_a_minute",
    "waiting_times",
    "first_responses",
    "offers",  # what became of the last hour's
    "top_pages",
    "overview",  # counts of visitors and operators, over all departments
    "rings",  # requests that ring at the asking operator
    "mine",  # conversations the asking operator serves
    "queue",  # the Communication Queue of the asking operator's departments
    "messages",  # the Message Queue of the asking operator's departments
    "operators",  # operators now
    "visit",  # key: a visitor's id; that visitor's present visit, page by page
]
