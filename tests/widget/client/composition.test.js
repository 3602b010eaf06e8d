// The Enter that ends a composition does nothing, whichever way a browser says that it is one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isComposed, keep } from "../../../widget/client/chat/composition.js";

/** A key as a browser gives it, and what became of it. */
function pressed(key, more) {
  const became = [];
  keep({
    key,
    isComposing: false,
    keyCode: 13,
    stopImmediatePropagation: () => became.push("stopped"),
    preventDefault: () => became.push("prevented"),
    ...more,
  });
  return became;
}

test("a composition is told by either sign, and nothing else is one", () => {
  assert.equal(isComposed({ isComposing: true, keyCode: 13 }), true); // Firefox
  assert.equal(isComposed({ isComposing: true, keyCode: 229 }), true); // Chromium
  assert.equal(isComposed({ isComposing: false, keyCode: 229 }), true); // Safari
  assert.equal(isComposed({ isComposing: false, keyCode: 13 }), false);
  assert.equal(isComposed({ isComposing: false, keyCode: 0 }), false); // a key that a script made
});

test("its Enter reaches no box and sends no form; its other keys reach no shortcut, and go on composing", () => {
  for (const sign of [{ isComposing: true }, { keyCode: 229 }]) {
    assert.deepEqual(pressed("Enter", sign), ["stopped", "prevented"]);
    assert.deepEqual(pressed("Escape", sign), ["stopped"]);
    assert.deepEqual(pressed("Process", sign), ["stopped"]);
  }
  assert.deepEqual(pressed("Enter"), []);
  assert.deepEqual(pressed("Escape", { keyCode: 27 }), []);
});
