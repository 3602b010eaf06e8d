import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Toast } from "../../../dashboard/client/shell/toast.js";

test("what is said stays for five seconds from the last word on", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const place = { textContent: "", dataset: {} };
  const toast = new Toast(() => place);
  toast.say("It rings.");
  mock.timers.tick(4_900);
  assert.deepEqual([place.textContent, place.dataset.how], ["It rings.", "fine"]);
  toast.say("The sound is blocked.", "warned");
  mock.timers.tick(4_900);
  assert.deepEqual([place.textContent, place.dataset.how], ["The sound is blocked.", "warned"]);
  mock.timers.tick(100);
  assert.equal(place.textContent, "");
  new Toast(() => null).say("where there is no place nothing is said");
  mock.timers.reset();
});
