import assert from "node:assert/strict";
import { test } from "node:test";
import { tab } from "./page.js";

const row = (more = {}) => ({ id: "c1", visitor: "v1", name: "Vera", number: 3, last: null, ...more });
const visitors = ({ people }) => people.all().map(({ visitor }) => visitor);

test("who is opened is shown, and the address says so", () => {
  const { people, location } = tab();
  people.open("v/1", { name: "Vera", tab: "live", conversation: "c1" });
  assert.equal(location.hash, "#visitor/v%2F1");
  assert.deepEqual(people.shown(), { visitor: "v/1", name: "Vera", tab: "live", conversation: "c1" });
});

test("who is opened again comes back, with what is known of them", () => {
  const page = tab();
  page.people.open("v1", { name: "Vera", tab: "live", conversation: "c1" });
  page.people.open("v2", {});
  page.people.open("v1", { tab: "general" });
  assert.deepEqual(visitors(page), ["v1", "v2"]);
  assert.deepEqual(page.people.shown(), { visitor: "v1", name: "Vera", tab: "general", conversation: "c1" });
});

test("an opening and an invitation are asked for once", () => {
  const { people } = tab();
  people.open("v1", { invite: true });
  assert.deepEqual([people.wasOpened("v2"), people.toInvite("v2")], [false, false]);
  assert.deepEqual([people.wasOpened("v1"), people.toInvite("v1")], [true, true]);
  assert.deepEqual([people.wasOpened("v1"), people.toInvite("v1")], [false, false]);
});

test("a reload keeps who is open, and asks for no opening or invitation anew", () => {
  const { store, location, people } = tab();
  people.open("v1", { invite: true });
  const again = tab({ store, hash: location.hash });
  assert.equal(again.people.shown()?.visitor, "v1");
  assert.deepEqual([again.people.wasOpened("v1"), again.people.toInvite("v1")], [false, false]);
});

test("two pages share nothing", () => {
  const [one, other] = [tab(), tab()];
  one.people.open("v1", {});
  assert.deepEqual(visitors(other), []);
});

test("who closes the profile that is shown goes back to the section shown last", () => {
  const page = tab({ hash: "#reports/chats?period=7d" });
  page.sections.remember("reports");
  page.people.open("v1", {});
  page.people.open("v2", {});
  page.people.close("v1");
  assert.equal(page.location.hash, "#visitor/v2");
  page.people.close("v2");
  assert.equal(page.location.hash, "#reports/chats?period=7d");
  assert.deepEqual(visitors(page), []);
});

test("a chat of mine comes up by itself, once", () => {
  const page = tab();
  page.people.serve(row());
  page.people.serve(row({ number: 4 }));
  assert.deepEqual(page.people.all(), [{ visitor: "v1", name: "Vera", tab: "live", conversation: "c1" }]);
  assert.equal(page.location.hash, "");
});

test("a closed chat comes back with what the visitor says after that, over a reload too", () => {
  const { store, people } = tab();
  people.serve(row());
  people.dismiss("c1", 3);
  people.close("v1");
  const page = tab({ store });
  page.people.serve(row({ last: { author: "visitor" } }));
  page.people.serve(row({ number: 4, last: { author: "operator" } }));
  assert.deepEqual(visitors(page), []);
  page.people.serve(row({ number: 5, last: { author: "visitor" } }));
  assert.deepEqual(visitors(page), ["v1"]);
});

test("who listens hears of each change, and of none that changes nothing", () => {
  const { people } = tab();
  let heard = 0;
  const end = people.onChange(() => (heard += 1));
  people.open("v1", { name: "Vera" });
  people.learn("v1", { name: "Vera" });
  people.learn("nobody", { name: "Tom" });
  assert.equal(heard, 1);
  people.learn("v1", { name: "Vera M." });
  assert.deepEqual([heard, people.find("v1")?.name], [2, "Vera M."]);
  end();
  people.close("v1");
  assert.equal(heard, 2);
});

test("who does not operate opens and sees no profile", () => {
  const { people, location } = tab({ store: tab().store, hash: "#visitor/v1", operates: false });
  people.open("v1", {});
  assert.deepEqual([people.all(), people.shown(), location.hash], [[], undefined, "#visitor/v1"]);
});

test("the address names a section, without what the section keeps in it, or nobody's", () => {
  for (const [hash, named] of [
    ["#reports/chats?period=7d", "reports"],
    ["#overview", "overview"],
    ["#visitor/v1", null],
    ["", null],
  ]) {
    assert.equal(tab({ hash }).sections.named(), named);
  }
});
