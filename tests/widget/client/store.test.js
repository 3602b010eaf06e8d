import assert from "node:assert/strict";
import { test } from "node:test";
import { Store } from "../../../widget/client/chat/store.js";

const WWW = "https://www.shop.test";
const HELP = "https://help.shop.test";
const ELSEWHERE = "http://localhost:4000";

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

/** What is kept for a site, but for whose it is. */
function of(site, it) {
  const { whose, pages, ...kept } = new Store(site, true, it, "v.1", WWW).held;
  assert.deepEqual([whose, pages], ["v.1", [WWW]]);
  return kept;
}

test("what is put is there again, for its site only", () => {
  const it = shelf();
  new Store("A", true, it, "v.1", WWW).put({ secret: "a" });
  new Store("B", true, it, "v.1", WWW).put({ secret: "b" });
  assert.equal(new Store("A", true, it, "v.1", WWW).held.secret, "a");
  assert.equal(new Store("B", true, it, "v.1", WWW).held.secret, "b");
});

test("two tabs do not undo each other's changes", () => {
  const it = shelf();
  const [one, two] = [new Store("A", true, it, "v.1", WWW), new Store("A", true, it, "v.1", WWW)];
  one.put({ secret: "s" });
  two.put({ draft: "d" });
  assert.deepEqual(of("A", it), { secret: "s", draft: "d" });
});

test("nothing is written before consent, and what was held is written then", () => {
  const it = shelf();
  const store = new Store("A", false, it, "v.1", WWW);
  store.put({ secret: "s" });
  store.wasOpen = false;
  assert.equal(it.text, null);
  assert.equal(it.tab.closed, false);
  store.consent();
  assert.equal(new Store("A", true, it, "v.1", WWW).held.secret, "s");
});

test("where room is short the draft goes first, the secret never", () => {
  const it = shelf(null, 160);
  new Store("A", true, it, "v.1", WWW).put({ secret: "s", draft: "d".repeat(200) });
  assert.deepEqual(of("A", it), { secret: "s" });
});

test("what somebody else wrote there does not break it", () => {
  const store = new Store("A", true, shelf("{oops"), "v.1", WWW);
  assert.equal(store.held.secret, undefined);
  store.put({ secret: "s" });
  assert.equal(store.held.secret, "s");
});

test("all pages with one key have one record", () => {
  const it = shelf();
  new Store("A", true, it, "v.1", WWW).put({ secret: "s" });
  assert.equal(new Store("A", true, it, "v.1", HELP).held.secret, "s");
  assert.deepEqual(new Store("A", true, it, "v.1", WWW).held.pages, [WWW, HELP]);
});

test("a page with another key does not see and does not end what is kept of the first, whose pages go on with it", () => {
  const it = shelf();
  new Store("A", true, it, "v.1", WWW).put({ secret: "s", draft: "mine" });
  const other = new Store("A", true, it, "w.1", ELSEWHERE);
  assert.deepEqual([other.held.secret, other.held.draft], [undefined, undefined]);
  other.put({ secret: "t" });
  assert.equal(new Store("A", true, it, "v.1", HELP).held.secret, "s");
  assert.equal(new Store("A", true, it, "w.1", ELSEWHERE).held.secret, "t");
});

test("a page that comes with somebody else leaves nothing of whoever it had before, nor one that knows nobody", () => {
  for (const next of ["w.1", ""]) {
    const it = shelf();
    new Store("A", true, it, "v.1", WWW).put({ secret: "s", draft: "mine" });
    assert.deepEqual(new Store("A", true, it, next, WWW).held.draft, undefined);
    assert.doesNotMatch(it.text, /mine|"s"/);
  }
});

test("what is not known to be anybody's is kept once the server says whose it is", () => {
  const it = shelf();
  const store = new Store("A", true, it, "", WWW);
  store.put({ draft: "d" });
  assert.equal(it.text, null);
  store.become("v.1");
  assert.deepEqual(of("A", it), { draft: "d" });
});

test("what another tab took away does not come back with what this one still hears", () => {
  const it = shelf();
  const late = new Store("A", true, it, "v.1", WWW);
  late.put({ draft: "mine" });
  new Store("A", true, it, "w.1", WWW).put({ draft: "theirs" });
  late.put({ secret: "s" });
  assert.doesNotMatch(it.text, /mine|"s"/);
  assert.equal(new Store("A", true, it, "w.1", WWW).held.draft, "theirs");
});

const before = (whose) => shelf(JSON.stringify({ A: { whose, secret: "old", draft: "d" }, B: { whose: "b.1", secret: "b" } }));

test("what was kept before an update is its own visitor's", () => {
  const it = before("v.1");
  assert.deepEqual(of("A", it), { secret: "old", draft: "d" });
  assert.equal(new Store("B", true, it, "b.1", WWW).held.secret, "b");
});

test("somebody else of before an update is told to the server, and goes unless it is they", () => {
  for (const [says, secret] of [
    ["w.1", undefined],
    ["v.1", "old"],
  ]) {
    const it = before("v.1");
    const store = new Store("A", true, it, "w.1", HELP);
    assert.deepEqual([store.also.whose, store.also.secret, store.held.secret], ["v.1", "old", undefined]);
    store.become(says);
    assert.equal(store.held.secret, secret);
    assert.equal(store.also, undefined);
    assert.equal(it.text.includes('"old"'), says === "v.1");
    assert.match(it.text, /"b"/);
  }
});

test("a shelf with room for one keeps the one who is here", () => {
  const it = shelf(null, 160);
  new Store("A", true, it, "v.1", WWW).put({ secret: "s" });
  new Store("A", true, it, "w.1", ELSEWHERE).put({ secret: "t", known: { name: "x".repeat(20) } });
  assert.equal(new Store("A", true, it, "w.1", ELSEWHERE).held.secret, "t");
});
