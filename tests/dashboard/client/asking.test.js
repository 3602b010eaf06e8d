import assert from "node:assert/strict";
import { test } from "node:test";
import { Asking } from "../../../dashboard/client/lists/asking.js";

function asking(context) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const said = [];
  const here = new Set();
  const one = {
    said,
    here,
    shown: [],
    see: (...ids) => {
      one.shown = ids;
      it.see(ids, (id) => !here.has(id));
    },
    later: (ms = 100) => context.mock.timers.tick(ms),
    end: () => it.end(),
  };
  const it = new Asking(
    (ids) => said.push(ids.join("")),
    () => one.see(...one.shown),
  );
  return one;
}

test("what is missing is asked for, with all that is to be seen", (context) => {
  const list = asking(context);
  list.here.add("a");
  list.see("a", "b");
  assert.deepEqual(list.said, ["ab"]);
});

test("where all is here nothing is asked for", (context) => {
  const list = asking(context);
  list.here.add("a");
  list.see("a");
  list.later();
  assert.deepEqual(list.said, []);
});

test("what is on its way is not asked for again", (context) => {
  const list = asking(context);
  list.see("a");
  list.see("a");
  list.later();
  list.see("a");
  assert.deepEqual(list.said, ["a"]);
});

test("a list that scrolls asks once for where it came to", (context) => {
  const list = asking(context);
  for (const place of ["a", "b", "c", "d"]) list.see(place);
  assert.deepEqual(list.said, ["a"]);
  list.later();
  assert.deepEqual(list.said, ["a", "d"]);
  list.later();
  assert.deepEqual(list.said, ["a", "d"]);
});

test("what has come meanwhile is asked for no more", (context) => {
  const list = asking(context);
  list.see("a");
  list.see("b");
  list.here.add("b");
  list.later();
  assert.deepEqual(list.said, ["a"]);
});

test("what is no longer what it was is asked for again, once something else was seen", (context) => {
  const list = asking(context);
  list.see("a");
  list.later();
  list.see("b");
  list.later();
  list.see("a");
  assert.deepEqual(list.said, ["a", "b", "a"]);
});

test("who ended asks no more", (context) => {
  const list = asking(context);
  list.see("a");
  list.see("b");
  list.end();
  list.later();
  assert.deepEqual(list.said, ["a"]);
});
