import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Kept } from "../../../dashboard/client/shell/kept.js";

/** What a browser gives a tab to keep texts in. */
function shelf() {
  const texts = new Map();
  return {
    texts,
    getItem: (name) => texts.get(name) ?? null,
    setItem: (name, text) => texts.set(name, text),
    removeItem: (name) => texts.delete(name),
    key: (n) => [...texts.keys()][n] ?? null,
    get length() {
      return texts.size;
    },
  };
}

test("what is kept is there after a reload, and null forgets it", () => {
  const tab = shelf();
  const before = new Kept(() => tab, "ann");
  before.keep("people", [{ visitor: "v1" }]);
  before.keep("draft.c1", "Hello");
  const after = new Kept(() => tab, "ann");
  assert.deepEqual([after.kept("people", []), after.kept("draft.c1", ""), after.kept("home", "#a")], [[{ visitor: "v1" }], "Hello", "#a"]);
  after.keep("draft.c1", null);
  assert.equal(after.kept("draft.c1", ""), "");
  assert.deepEqual([...tab.texts.keys()], ["parlour.ann.people"]);
});

test("whoever signs in after somebody in the same tab has nothing of theirs", () => {
  const tab = shelf();
  new Kept(() => tab, "ann").keep("draft.c1", "Ann's");
  assert.equal(new Kept(() => tab, "bob").kept("draft.c1", ""), "");
});

test("who signs out leaves nothing of theirs, keeps nothing more, and what others keep stays", () => {
  const tab = shelf();
  tab.setItem("parlour.setup", "code");
  new Kept(() => tab, "bob").keep("draft.c1", "Bob's");
  const kept = new Kept(() => tab, "ann");
  for (const name of ["draft.c1", "draft.c2", "people"]) kept.keep(name, "Ann's");
  kept.forget();
  kept.keep("draft.c3", "typed while the page goes");
  assert.deepEqual([...tab.texts.keys()].sort(), ["parlour.bob.draft.c1", "parlour.setup"]);
});

test("where a browser keeps nothing, or something else stands there, a page begins as new, and says why", () => {
  const warned = mock.method(console, "warn", () => {});
  const refused = new Kept(() => {
    throw new Error("not here");
  }, "ann");
  refused.keep("draft.c1", "Hello");
  assert.equal(refused.kept("draft.c1", ""), "");
  const tab = shelf();
  tab.setItem("parlour.ann.people", "[{");
  assert.deepEqual(new Kept(() => tab, "ann").kept("people", []), []);
  assert.equal(warned.mock.callCount(), 3);
  warned.mock.restore();
});
