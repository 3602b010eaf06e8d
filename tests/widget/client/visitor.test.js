import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { forget } from "../../../widget/client/page/sdk.js";
import { Visitor } from "../../../widget/client/page/visitor.js";

const SUFFIXES = ["test", "co.uk", "uk", "github.io", "io", "example"]; // what a browser sets no cookie on
let shared = new Map(); // a browser's cookies, by their domain and name
let stores = new Map(); // its storage, by origin

/** Be on a page: cookies and storage as a browser gives them there. */
function on(origin, { cookies = true, storage = true } = {}) {
  const { hostname, protocol } = new URL(origin);
  const mine = ({ domain, secure }) => (hostname === domain || hostname.endsWith(`.${domain}`)) && (!secure || protocol === "https:");
  const kept = stores.get(origin) ?? new Map();
  stores.set(origin, kept);
  const blocked = () => {
    throw new Error("SecurityError");
  };
  globalThis.location = { hostname, protocol };
  globalThis.document = {
    get cookie() {
      return [...shared.values()]
        .filter(mine)
        .map(({ name, value }) => `${name}=${value}`)
        .join("; ");
    },
    set cookie(text) {
      const [[name, value], ...more] = text.split(";").map((part) => part.trim().split("="));
      const { domain: said = hostname, "max-age": age, samesite, path, ...flags } = Object.fromEntries(more);
      const domain = said.replace(/^\./, "");
      assert.deepEqual([samesite, path], ["lax", "/"]);
      const key = `${domain} ${name}`;
      if (!cookies || SUFFIXES.includes(domain) || !mine({ domain })) return;
      if (Number(age)) shared.set(key, { name, value, domain, age: Number(age), secure: "secure" in flags });
      else shared.delete(key);
    },
  };
  const own = new Proxy(
    {},
    {
      get: (_, name) => (name === "removeItem" ? (gone) => kept.delete(gone) : kept.get(name)),
      set: (_, name, text) => kept.set(name, text),
      deleteProperty: (_, name) => kept.delete(name) || true,
    },
  );
  Object.defineProperty(globalThis, "localStorage", { configurable: true, get: () => (storage ? own : blocked()) });
  return kept;
}

/** Somebody who agrees at once, as a page without `data-consent`. */
function visitor(site = "K") {
  const it = new Visitor(site);
  it.consent();
  return it;
}

beforeEach(() => {
  [shared, stores] = [new Map(), new Map()];
});
afterEach(() => {
  for (const name of ["location", "document", "localStorage"]) delete globalThis[name];
});

test("all origins of one registrable domain know one visitor, whichever it begins with, and no other does", () => {
  for (const [first, second, stranger] of [
    ["https://www.shop.test", "https://help.shop.test", "https://www.other.test"],
    ["https://shop.co.uk", "https://a.b.c.shop.co.uk", "https://other.co.uk"],
    ["https://deep.in.shop.example:8443", "https://shop.example", "https://myshop.example"],
    ["https://help.ann.github.io", "https://ann.github.io", "https://bob.github.io"],
  ]) {
    on(first);
    visitor().set("v1.s");
    on(second);
    assert.equal(visitor().key, "v1.s", second);
    on(stranger);
    assert.equal(visitor().key, "", stranger);
    assert.equal(shared.size, 1);
    shared.clear();
  }
});

test("the cookie says what it must: its site, 400 days, only over TLS where the page came so; and it is made new with each page", () => {
  on("https://www.shop.test");
  visitor("a b(c)=;").set("v1.s");
  const [cookie] = shared.values();
  assert.match(cookie.name, /^parlour\.visitor\.[^\s=;]+$/);
  assert.deepEqual([cookie.domain, cookie.age, cookie.secure], ["shop.test", 400 * 24 * 3600, true]);
  shared.set("shop.test parlour.visitor.K", { ...cookie, name: "parlour.visitor.K", value: "v1.s~1", age: 1 });
  on("https://help.shop.test");
  visitor("K");
  assert.equal(shared.get("shop.test parlour.visitor.K").age, 400 * 24 * 3600);
  shared.clear();
  on("http://www.shop.test");
  visitor().set("v1.s");
  assert.equal([...shared.values()][0].secure, false);
});

test("addresses and names without a domain keep it in their own storage, each for itself", () => {
  for (const [one, other] of [
    ["http://localhost:3000", "http://localhost:4000"],
    ["http://127.0.0.1:3000", "http://127.0.0.1:4000"],
    ["https://192.168.1.7", "https://10.168.1.7"],
    ["http://[::1]:3000", "http://[::1]:4000"],
    ["http://intranet", "http://wiki"],
  ]) {
    on(one);
    visitor().set("v1.s");
    assert.equal(visitor().key, "v1.s");
    on(other);
    assert.equal(visitor().key, "");
    assert.equal(shared.size, 0, one);
  }
});

test("two sites of ours on one origin have a visitor each, in the cookie and in the storage", () => {
  for (const origin of ["https://www.shop.test", "http://localhost:3000"]) {
    on(origin);
    visitor("K").set("v1.s");
    visitor("L").set("v2.s");
    assert.deepEqual([visitor("K").key, visitor("L").key], ["v1.s", "v2.s"]);
  }
});

test("a key that an origin had by itself is moved", () => {
  for (const name of ["parlour.visitor", "parlour.visitor.K"]) {
    const kept = on("https://www.shop.test");
    kept.set(name, "v1.s");
    assert.equal(visitor().key, "v1.s");
    assert.equal(kept.size, 0);
    on("https://help.shop.test");
    assert.equal(visitor().key, "v1.s");
    shared.clear();
  }
  const kept = on("http://localhost:3000");
  kept.set("parlour.visitor", "v1.s");
  assert.equal(visitor().key, "v1.s");
  assert.deepEqual([...kept], [["parlour.visitor.K", "v1.s"]]);
});

test("where an origin had a key by itself and the site has another, both are told, and neither is lost before an answer", () => {
  on("https://help.shop.test").set("parlour.visitor", "v2.s");
  visitor();
  const kept = on("https://www.shop.test");
  kept.set("parlour.visitor", "v1.s");
  const both = visitor();
  assert.deepEqual([both.key, both.also], ["v2.s", "v1.s"]);
  assert.equal(kept.get("parlour.visitor"), "v1.s");
  both.set("v1.t"); // the server's answer
  assert.equal(kept.size, 0);
  assert.deepEqual([both.look(), both.also], ["v1.t", undefined]);
  on("https://help.shop.test");
  assert.equal(visitor().key, "v1.t");
});

test("before consent nothing is kept or read, with it what is known and what comes", () => {
  const kept = on("https://www.shop.test");
  const it = new Visitor("K");
  it.set("v1.s");
  assert.equal(it.look(), "v1.s");
  assert.deepEqual([shared.size, kept.size], [0, 0]);
  it.consent();
  assert.equal(new Map([...shared.values()].map(({ name, value }) => [name, value])).get("parlour.visitor.K").split("~")[0], "v1.s");
  it.set("v2.s");
  assert.equal(visitor().key, "v2.s");
});

test("a key that was kept before wins, and who was known before consent is told beside it", () => {
  on("https://www.shop.test");
  visitor().set("v1.s");
  const again = new Visitor("K");
  again.set("v2.s");
  again.consent();
  assert.deepEqual([again.key, again.also], ["v1.s", "v2.s"]);
});

test("another page's change is seen at the next look: another visitor, or nobody", () => {
  for (const origin of ["https://www.shop.test", "http://localhost:3000"]) {
    on(origin);
    const [one, other] = [visitor(), visitor()];
    one.set("v1.s");
    assert.equal(other.look(), "v1.s");
    other.set("v2.s");
    assert.equal(one.look(), "v2.s");
    forget(other);
    assert.equal(one.look(), "");
  }
});

test("who is forgotten leaves nothing behind on any origin of the site, and nothing more is kept", () => {
  const kept = on("https://help.shop.test");
  kept.set("parlour.visitor", "old.s");
  const it = visitor();
  on("https://www.shop.test");
  forget(it);
  it.set("v2.s");
  assert.deepEqual([shared.size, it.key], [0, "v2.s"]);
  const alone = on("http://localhost:3000");
  const other = visitor();
  other.set("v1.s");
  forget(other);
  assert.equal(alone.size, 0);
});

test("a browser that sets no cookie keeps it in the storage; one that blocks both lets it live as long as the page", () => {
  const kept = on("https://www.shop.test", { cookies: false });
  visitor().set("v1.s");
  assert.deepEqual([...kept], [["parlour.visitor.K", "v1.s"]]);
  on("https://www.shop.test", { cookies: false, storage: false });
  const blocked = new Visitor("K");
  blocked.set("v1.s");
  blocked.consent();
  assert.equal(blocked.look(), "v1.s");
  forget(blocked);
  assert.equal(blocked.key, "v1.s");
});
