"""Every name of Panel, Bokeh and Tornado that is theirs to change, and that the dashboard uses all the same.

A test of the room fails where such a name is used outside of it, or here without its line. What is beneath a websocket
stands in `engine/wire/stream.py`.
"""

from engine.wire.private import Private

ROOM = "tests/dashboard/panel/test_private.py"
DOCUMENT = "tests/dashboard/test_document.py"
DOORSTEP = "tests/dashboard/test_doorstep.py"

COMPONENTS = (
    Private(
        name="ReactiveESM._bundle",
        why="else a component's script is in every document, and is compiled in the browser",
        test=f"{ROOM}::test_a_components_script_is_the_file_beside_its_module",
        waits_for="a documented attribute of JSComponent",
    ),
    Private(
        name="ReactiveESM._send_msg",
        why="what main has encoded goes on as a string; a changed parameter would be encoded for each browser again",
        test=f"{ROOM}::test_a_text_is_sent_as_it_is",
        waits_for="the counterpart of `on_msg`",
    ),
    Private(
        name="Syncable._process_bokeh_event",
        why="Panel counts busy sessions for the process: each message would send two patches to every dashboard",
        test=f"{ROOM}::test_a_message_from_a_browser_makes_nobody_busy",
        waits_for="a setting that leaves the count out",
    ),
    Private(
        name="ReactiveESM._process_event",
        why="what is left of the above",
        test=f"{ROOM}::test_a_message_from_a_browser_makes_nobody_busy",
        waits_for="the same",
    ),
)
DOCUMENTS = (
    Private(
        name="panel.io.state.set_curdoc",
        why="what Panel changes, it changes in the current document; views come from main in no document's turn",
        test=f"{ROOM}::test_what_is_changed_is_changed_in_its_document",
        waits_for="a documented context",
    ),
    Private(
        name="panel.io.resources.LOCAL_DIST",
        why="a page of the process before comes by its websocket alone, and would ask a public host for stylesheets",
        test=f"{DOCUMENT}::test_a_page_of_the_process_before_gets_a_document_that_asks_no_other_host",
        waits_for="a session that knows its resources without its page",
    ),
    Private(
        name="bokeh.core.properties.validate",
        why="a page's opening holds the others' turns: our own parts are not looked at twice",
        test=f"{DOCUMENT}::test_the_document_is_the_same_as_with_all_of_bokehs_checks",
        waits_for="a cheaper check",
    ),
    Private(
        name="SessionContext._document",
        why="a document is made before its session, in several turns; what Bokeh calls in one would hold the others'",
        test=f"{DOCUMENT}::test_others_have_their_turns_while_a_document_is_made",
        waits_for="a document's maker that may be awaited",
    ),
    Private(
        name="DocumentModelManager.freeze",
        why="else all models are counted anew for each part",
        test=f"{DOCUMENT}::test_the_document_is_the_same_as_with_all_of_bokehs_checks",
        waits_for="a document that takes several roots at once",
    ),
)
PAGES = (
    Private(
        name="DocHandler.get_session",
        why="the page is made in a turn of its own, so that a page's opening holds nobody for as long as both",
        test=f"{ROOM}::test_a_session_lives_on_while_its_expiry_is_blocked",
        waits_for="a server that gives up the loop by itself",
    ),
    Private(
        name="ServerSession.block_expiration",
        why="in that turn the session could be thrown away",
        test=f"{ROOM}::test_a_session_lives_on_while_its_expiry_is_blocked",
        waits_for="the same",
    ),
    Private(
        name="DocHandler.write",
        why="a policy without 'unsafe-inline' needs a nonce on each script; Panel writes the page whole, with none",
        test=f"{DOORSTEP}::test_every_page_comes_with_the_policy",
        waits_for="a nonce for the scripts of a page",
    ),
    Private(
        name="ComponentResourceHandler.parse_url_path",
        why="it imports whatever module an address names, for whoever asks",
        test=f"{DOCUMENT}::test_nothing_but_our_own_files_is_served",
        waits_for="a handler that knows the components that there are",
    ),
)
SOCKETS = (
    Private(
        name="WSHandler._async_open",
        why="who is let in is asked before there is a session; after it, the tab is present",
        test=f"{DOCUMENT}::test_a_websocket_needs_the_cookie_the_origin_and_its_own_page",
        waits_for="a hook of Bokeh's that may refuse a token",
    ),
    Private(
        name="WSHandler.write_message",
        why="it waits for the browser under a lock, beside which Panel keeps uncounted what else there is to send",
        test=f"{DOCUMENT}::test_a_browser_that_reads_nothing_is_cut_off_and_harms_nobody",
        waits_for="one bounded way out",
    ),
    Private(
        name="WSHandler._protocol_error",
        why="what is none of Bokeh's frames is counted",
        test=f"{DOCUMENT}::test_what_is_no_message_of_bokehs_is_counted_and_ends_the_socket",
        waits_for="a hook for errors",
    ),
    Private(
        name="WSHandler._internal_error",
        why="the same, where its contents are none",
        test=f"{DOCUMENT}::test_what_is_no_message_of_bokehs_is_counted_and_ends_the_socket",
        waits_for="the same",
    ),
    Private(
        name="ProtocolHandler._handlers",
        why="a plot that was just replaced still reports its size: no error",
        test=f"{ROOM}::test_what_has_left_the_document_may_still_report",
        waits_for="a server that forgives it",
    ),
    Private(
        name="WebSocketProtocol13.write_message",
        why="all that goes out comes through here, and only here it can be counted and bounded",
        test=f"{DOCUMENT}::test_a_browser_that_reads_nothing_is_cut_off_and_harms_nobody",
        waits_for="a bound for what waits",
    ),
)
SERVER = (
    Private(
        name="Resources._default_components",
        why="each page would load 670 KB more: formulas and WebGL",
        test=f"{ROOM}::test_only_what_is_used_is_shipped",
        waits_for="a setting of the server",
    ),
    Private(
        name="ReactiveESM.__javascript_raw__",
        why="es-module-shims would load each script twice; instead `importShim` of coming_up.js does what it is asked",
        test=f"{ROOM}::test_the_browser_loads_modules_by_itself",
        waits_for="a component without es-module-shims",
    ),
    Private(
        name="importShim.addImportMap",
        why="Panel calls it for each component; without it each warns",
        test="tests/dashboard/test_console_in_browser.py::test_no_section_makes_the_browser_warn",
        waits_for="the same",
    ),
    Private(
        name="reference already known",
        why="the text by which one of Bokeh's warnings is known: it comes with plots, and is no trouble",
        test=f"{ROOM}::test_a_model_that_comes_back_is_warned_of_in_these_words",
        waits_for="a server that takes a model twice",
    ),
    Private(
        name="bokeh.server.urls.per_app_patterns",
        why="its socket and page are ours; `/autoload.js` and `/metadata` are not served, for they ask for no sign-in",
        test=f"{ROOM}::test_the_servers_addresses_are_ours",
        waits_for="handlers as settings of BokehTornado",
    ),
    Private(
        name="panel.io.application.build_applications",
        why="`pn.serve` takes signals and settings of the process, and serves any module's files",
        test=f"{ROOM}::test_the_servers_addresses_are_ours",
        waits_for="a documented way to an application without a server",
    ),
)
PRIVATE = COMPONENTS + DOCUMENTS + PAGES + SOCKETS + SERVER
