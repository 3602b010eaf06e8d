// What a window shows before its welcome, where the browser knows the last one and the page what is offered now.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Store } from "../../../widget/client/chat/store.js";
import { begin } from "./begun.js";
import { entry, welcome } from "./frames.js";

const TWO = [
  { id: "d1", name: "Support", service: "live" },
  { id: "d2", name: "Sales", service: "message" },
];

/** The shelf of a browser in which the chat was open before. */
const visited = (...frames) => {
  const it = begin();
  it.hear(welcome({ departments: TWO, name: "Vera" }), ...frames);
  return it.shelf;
};

test("the second window begins with what the last welcome said, and asks once it is welcome itself", () => {
  const it = begin({ shelf: visited(), service: "live" });
  assert.equal(it.screen(), "start");
  assert.deepEqual([it.session.state.model.departments, it.session.state.model.name], [TWO, "Vera"]);
  it.session.request.ask("Vera", "d1");
  assert.deepEqual([it.screen(), it.sent], ["start", []]);
  it.hear(welcome({ departments: TWO }));
  assert.deepEqual(
    it.sent.map(({ t, department }) => [t, department]),
    [["ask", "d1"]],
  );
});

test("what the page's button offers decides, not what was offered last time", () => {
  assert.equal(begin({ shelf: visited(), service: "message" }).screen(), "leave");
  assert.equal(begin({ shelf: visited({ t: "departments", service: "message", departments: TWO }), service: "live" }).screen(), "start");
});

test("the welcome has the last word", () => {
  const it = begin({ shelf: visited(), service: "live" });
  it.hear(welcome({ service: "message" }));
  assert.equal(it.screen(), "leave");
  const other = begin({ shelf: visited(), service: "live" });
  other.hear(welcome({ conversation: { id: "c9", state: "queued", department: "Support" } }));
  assert.equal(other.screen(), "queued");
});

test("it waits where nothing is known: the first window, a page that does not know, a word nobody knows", () => {
  assert.equal(begin({ service: "live" }).screen(), "loading");
  assert.equal(begin({ shelf: visited() }).screen(), "loading");
  assert.equal(begin({ shelf: visited(), service: "closed" }).screen(), "loading");
});

test("it waits where a conversation may go on, and offers a message where there is no connection", () => {
  const asked = entry(1, { what: "asked", state: "routing", author: undefined });
  assert.equal(begin({ shelf: visited(asked), service: "live" }).screen(), "loading");
  assert.equal(begin({ shelf: visited(), service: "live", cut: true }).screen(), "leave");
});

test("of another visitor nothing is known", () => {
  const shelf = visited();
  new Store("K", true, shelf, "v");
  assert.equal(begin({ shelf, service: "live" }).screen(), "start");
  new Store("K", true, shelf, "w");
  assert.equal(begin({ shelf, visitor: "w", service: "live" }).screen(), "loading");
});
