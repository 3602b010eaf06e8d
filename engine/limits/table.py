"""Every limit: what is counted, how much of it there may be, in how long, by whom, and what happens beyond it.

Whoever keeps one reads it here; the protocol document prints all. Those by address are made for an office of so many
people behind one: it arrives within a minute, and nobody in it waits (`tests/widget/test_office.py`).
"""

from engine.limits.row import Bound, Limit, Rate

DAY = 86_400
OFFICE = 200  # people, for whom the limits of one address have room
REFUSED = "refused `too-long` with the limit"
CUT = "cut"
WAIT = "refused `too-fast` with the wait"
CLOSED = "the socket is closed (1008)"
TURN = "each has its turn; what comes behind it waits unread"

# --- texts, in characters (Unicode code points) of what was written, after trimming ----------------------------------

MESSAGE = Bound(name="message", of="a message", most=10_000, unit="characters", beyond=REFUSED)
NAME = Bound(name="name", of="a name", most=80, unit="characters", beyond=REFUSED)
EMAIL = Bound(name="email", of="an e-mail address", most=254, unit="characters", beyond=REFUSED)
SUBJECT = Bound(name="subject", of="a subject", most=200, unit="characters", beyond=REFUSED)
VALUE = Bound(name="value", of="a value of a parameter of `track`", most=200, unit="characters", beyond=REFUSED)
USER = Bound(name="user", of="a user's id of `identify`", most=200, unit="characters", beyond=REFUSED)
ADDRESS = Bound(name="address", of="a page's address, a referrer", most=2_048, unit="characters", beyond=CUT)
TITLE = Bound(name="title", of="a page's title", most=300, unit="characters", beyond=CUT)
CAMPAIGN = Bound(name="campaign", of="a value of a campaign", most=500, unit="characters", beyond=CUT)
USER_AGENT = Bound(name="user-agent", of="a browser's `User-Agent`", most=400, unit="characters", beyond=CUT)
LOGIN = Bound(name="login", of="a login", most=80, unit="characters", beyond=REFUSED)
PASSWORD = Bound(name="password", of="a password", most=200, unit="characters", beyond=REFUSED)
PARAMETERS = Bound(name="parameters", of="parameters of one `track`", most=20, unit="parts", beyond=REFUSED)
CAMPAIGN_PARTS = Bound(name="campaign-parts", of="parts of a campaign", most=20, unit="parts", beyond=CUT)

# --- what comes over a line ------------------------------------------------------------------------------------------

TOO_LARGE = "the socket is closed (1009)"
FRAME = Bound(name="frame", of="a visitor's frame", most=64 << 10, unit="bytes", beyond=TOO_LARGE)
TAB_FRAME = Bound(name="tab-frame", of="a frame of a dashboard's page", most=256 << 10, unit="bytes", beyond=TOO_LARGE)
DOOR_FRAME = Bound(name="door-frame", of="a frame through the door", most=4 << 20, unit="bytes", beyond=TOO_LARGE)
BODY = Bound(
    name="body",
    of="the body of a request, to the public port and to the dashboard",
    most=64 << 10,
    unit="bytes",
    beyond="answered 413 and closed, unread; 400 where it comes in pieces",
)
QUESTION = Bound(
    name="question",
    of="the body of a request to analytics",
    most=1 << 20,
    unit="bytes",
    beyond="answered 413 and closed, unread; 400 where it comes in pieces",
)
UNTAKEN = Bound(
    name="untaken",
    of="what waits for a slow reader of a visitor's socket",
    most=4 << 20,
    unit="bytes",
    beyond="the socket is closed (4408) and comes back",
)
UNTAKEN_TAB = Bound(
    name="untaken-tab",
    of="what waits for a dashboard's page: three pictures of 10,000 visitors",
    most=16 << 20,
    unit="bytes",
    beyond="the socket is closed (4408) and comes back",
)
UNTAKEN_DOOR = Bound(
    name="untaken-door",
    of="what waits for a process at the door",
    most=64 << 20,
    unit="bytes",
    beyond="the socket is closed (4408) and comes back",
)
HEAD = Bound(
    name="head",
    of="from a connection's opening, or its last answer, to the whole head of a request",
    most=10,
    unit="seconds",
    beyond="the connection is closed",
)
BODY_COMES = Bound(
    name="body-comes",
    of="from a request's head to the end of its body",
    most=20,
    unit="seconds",
    beyond="the connection is closed",
)
HELLO = Bound(
    name="hello",
    of="from a socket's opening to its hello; the door's too",
    most=10,
    unit="seconds",
    beyond="the socket is closed (4408, the door's 4403)",
)

# --- one socket ------------------------------------------------------------------------------------------------------

BAD_FRAMES = Rate(
    name="bad-frames", of="frames that are none", most=20, within=600, by="socket", beyond=CLOSED
)  # an honest client sends none
PINGS = Rate(name="pings", of="pings, and pongs nobody asked for", most=60, within=60, by="socket", beyond=CLOSED)
FRAMES = Rate(
    name="frames",
    of="frames of any kind",
    most=200,
    within=10,
    by="socket",
    beyond=TURN,
)

# --- one visitor -----------------------------------------------------------------------------------------------------

ACTS = Rate(
    name="acts", of="messages and all else that a chat window asks for", most=20, within=10, by="visitor", beyond=WAIT
)
WORDS = Rate(name="words", of="changes of the first words of who waits", most=10, within=60, by="visitor", beyond=WAIT)
TYPING = Rate(name="typing", of="signs of typing", most=20, within=10, by="visitor", beyond="passed over")
PAGES = Rate(name="pages", of="page views", most=60, within=10, by="visitor", beyond=WAIT)
TOLD = Rate(
    name="told",
    of="what a site's script tells, and what was seen of a chat",
    most=60,
    within=10,
    by="visitor",
    beyond=f"{WAIT}; what was seen is passed over",
)
TURNS = Rate(
    name="turns",
    of="falling asleep and waking up",
    most=10,
    within=60,
    by="visitor",
    beyond="the last of them counts when its time has come",
)
LEFT_A_DAY = Bound(
    name="left-a-day", of="messages that one visitor leaves", most=5, unit="a day", beyond=WAIT
)  # the desk's own: it counts what is kept

# --- one address: IPv4, or the /64 of IPv6 ---------------------------------------------------------------------------

CONNECTIONS = Bound(
    name="connections",
    of="connections of one address that are no websockets; a named proxy's are not counted",
    most=1_000,
    unit="at once",
    beyond="closed at once",
)
SOCKETS = Bound(
    name="sockets", of="websockets of one address", most=1_000, unit="at once", beyond="answered 429 with `Retry-After`"
)
REQUESTS = Rate(
    name="requests",
    of="requests to the public port, websockets' openings among them",
    most=2_400,
    within=60,
    by="address",
    beyond="answered 429 with `Retry-After`",
)
HELLOS = Rate(name="hellos", of="hellos of pages and chat windows", most=800, within=60, by="address", beyond=WAIT)
CUT_OFF = Rate(
    name="cut-off",
    of="sockets that were closed for bad frames or pings",
    most=20,
    within=60,
    by="address",
    beyond="no websocket is opened: answered 429 with `Retry-After`",
)
PACE = Rate(
    name="pace", of="requests that are begun on the public port", most=3, within=0.03, by="address", beyond=TURN
)
# A dashboard is a hundred files and its socket: all of an office may open one at once, and again in five minutes.
TAB_REQUESTS = Rate(
    name="tab-requests",
    of="requests to the dashboard's port, files and websockets among them",
    most=24_000,
    within=300,
    by="address",
    beyond="answered 429 with `Retry-After`",
)
TAB_PACE = Rate(
    name="tab-pace",
    of="requests that are begun on the dashboard's port",
    most=100,
    within=0.4,
    by="address",
    beyond=TURN,
)
REFUSALS = Rate(
    name="refusals",
    of="answers that say no more than that a request is refused (413, 429)",
    most=10,
    within=0.5,
    by="address",
    beyond="each has its turn; one that would wait for more than ten seconds is closed unanswered",
)
ADDRESS_FRAMES = Rate(name="address-frames", of="frames of any kind", most=3_000, within=15, by="address", beyond=TURN)
VISITORS = Rate(name="visitors", of="new visitors", most=200, within=200, by="address", beyond=WAIT)
ADDRESS_PAGES = Rate(name="address-pages", of="page views", most=400, within=40, by="address", beyond=WAIT)
ADDRESS_ACTS = Rate(
    name="address-acts",
    of="messages and all else that chat windows ask for",
    most=400,
    within=30,
    by="address",
    beyond=WAIT,
)
ADDRESS_TOLD = Rate(
    name="address-told",
    of="what scripts tell, what was seen of chats, falling asleep and waking up",
    most=600,
    within=60,
    by="address",
    beyond="as for one visitor",
)
ASKS = Rate(name="asks", of="requests for help", most=60, within=60, by="address", beyond=WAIT)
# Each is kept in two files: many at once would hold up the messages of others.
ASKS_PACE = Rate(name="asks-pace", of="requests for help that are begun", most=2, within=0.1, by="address", beyond=TURN)
LEFT = Rate(name="left", of="messages left", most=100, within=DAY, by="address", beyond=WAIT)
BYTES = Rate(
    name="bytes",
    of="bytes of frames and bodies",
    most=240 << 10,
    within=30,
    by="address",
    beyond=WAIT,
    unit="bytes",
)

# --- signing in ------------------------------------------------------------------------------------------------------

# Who signs in from a browser that has signed in with the login before is counted by KNOWN_FAILURES alone.
OWN_FAILURES = Rate(
    name="own-failures",
    of="failed sign-ins of one login from one address",
    most=10,
    within=300,
    by="login and address",
    beyond=WAIT,
)
FAILURES = Rate(name="failures", of="failed sign-ins from one address", most=30, within=300, by="address", beyond=WAIT)
LOGIN_FAILURES = Rate(
    name="login-failures",
    of="failed sign-ins of one login from everywhere",
    most=50,
    within=300,
    by="login",
    beyond=WAIT,
)
KNOWN_FAILURES = Rate(
    name="known-failures",
    of="failed sign-ins of one login from a browser that signed in with it before",
    most=10,
    within=300,
    by="browser",
    beyond=WAIT,
)
PASSWORDS = Bound(
    name="passwords", of="passwords that are being checked", most=32, unit="at once", beyond="refused `busy`"
)

# --- the house -------------------------------------------------------------------------------------------------------

PAGES_AT_ONCE = Bound(
    name="pages-at-once",
    of="page views on their way into the journal, so that messages need not wait",
    most=128,
    unit="at once",
    beyond="the next is read when there is room",
)

TABLE: tuple[Limit, ...] = tuple(one for one in tuple(globals().values()) if isinstance(one, Bound | Rate))
