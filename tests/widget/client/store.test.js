import assert from "node:assert/strict";
import { test } from "node:test";
import { Store } from "../../../widget/client/chat/store.js";

const shelf = (text = null, most = Infinity) => ({
  text,
  read() {
    return this.text;
  },
  write(...texts) {
    this.text = texts.find(({ length }) => length <= most) ?? this.text;
  },
  tab: { closed: false },
});

test("what is put is there again, for its site only", () => {
  const it = shelf();
  new Store("A", true, it).put({ secret: "a" });
  new Store("B", true, it).put({ secret: "b" });
  assert.equal(new Store("A", true, it).held.secret, "a");
  assert.equal(new Store("B", true, it).held.secret, "b");
});

test("two tabs do not undo each other's changes", () => {
  const it = shelf();
  const [one, two] = [new Store("A", true, it), new Store("A", true, it)];
  one.put({ secret: "s" });
  two.put({ draft: "d" });
  assert.deepEqual(new Store("A", true, it).held, { secret: "s", draft: "d" });
});

test("nothing is written before consent, and what was held is written then", () => {
  const it = shelf();
  const store = new Store("A", false, it);
  store.put({ secret: "s" });
  store.wasOpen = false;
  assert.equal(it.text, null);
  assert.equal(it.tab.closed, false);
  store.consent();
  assert.equal(new Store("A", true, it).held.secret, "s");
});

test("where room is short the draft goes first, the secret never", () => {
  const it = shelf(null, 60);
  new Store("A", true, it).put({ secret: "s", draft: "d".repeat(100) });
  assert.deepEqual(new Store("A", true, it).held, { secret: "s" });
});

test("what somebody else wrote there does not break it", () => {
  const store = new Store("A", true, shelf("{oops"));
  assert.deepEqual(store.held, {});
  store.put({ secret: "s" });
  assert.equal(store.held.secret, "s");
});
