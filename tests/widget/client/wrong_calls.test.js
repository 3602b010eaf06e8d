// Which calls of a site's script are wrong, and what is said of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { idle, wrong } from "../../../widget/client/page/wrong_calls.js";

const DOES = Object.fromEntries("open close show hide identify update track on off shutdown".split(" ").map((name) => [name, () => {}]));
const why = (name, ...given) => wrong(DOES, name, given);

test("what is right is not said", () => {
  const right = [
    ["open"],
    ["identify"],
    ["identify", { user: 42, name: "Vera", email: null, signature: undefined }],
    ["identify", { user: 42n }],
    ["update"],
    ["update", { right: 0, bottom: "12" }],
    ["track", "looked"],
    ["track", 404, { price: 4.5, gift: true, none: null }],
    ["on", "ready", () => {}],
    ["off", "unread", () => {}],
    ["shutdown"],
  ];
  for (const call of right) assert.equal(why(...call), "", String(call));
});

test("what is wrong is a sentence that names the call and what it was given", () => {
  const calls = [
    [["dance"], 'there is no call "dance"'],
    [[undefined], "there is no call undefined"],
    [[["open"]], "there is no call a list"],
    [[Symbol("open")], "there is no call Symbol(open)"],
    [["__proto__"], 'there is no call "__proto__"'],
    [["toString"], 'there is no call "toString"'],
    [["identify", null], "identify() takes { user, name, email, signature }, and not null"],
    [["identify", "Vera"], 'identify() takes { user, name, email, signature }, and not "Vera"'],
    [["identify", { user: {} }], '"user" must be a text or a number, and not an object'],
    [["identify", { name: () => {} }], '"name" must be a text or a number, and not a function'],
    [["update", 40], "update() takes { right, bottom }, and not 40"],
    [["update", { right: "40px" }], '"right" must be a number of pixels, and not "40px"'],
    [["update", { bottom: Number.NaN }], '"bottom" must be a number of pixels, and not NaN'],
    [["track"], "track() needs a name, as a text, and not undefined"],
    [["track", " "], 'track() needs a name, as a text, and not " "'],
    [["track", "looked", null], "track() takes { name: value, … } beside its name, and not null"],
    [["track", "looked", ["tea"]], "track() takes { name: value, … } beside its name, and not a list"],
    [["on", "dance", () => {}], 'there is no event "dance"'],
    [["on", "open"], 'on("open", …) needs a function, and not undefined'],
    [["off", "open", "run"], 'off("open", …) needs a function, and not "run"'],
    [["dance".repeat(100)], `there is no call "${"dance".repeat(16)}"`],
  ];
  for (const [call, says] of calls) assert.equal(why(...call), says);
});

test("what is passed over is said, and the call is done", () => {
  assert.equal(idle("identify", [{ user: 1, phone: 2 }]), 'identify() takes { user, name, email, signature }, and passes over "phone"');
  assert.equal(idle("update", [{ left: 2 }]), 'update() takes { right, bottom }, and passes over "left"');
  for (const call of [
    ["identify", []],
    ["identify", [{ user: 1 }]],
    ["track", ["a", { b: 1 }]],
    ["open", []],
  ])
    assert.equal(idle(...call), "");
});
