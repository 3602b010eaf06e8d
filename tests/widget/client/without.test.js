// Parameters that a site names leave no page, wherever in an address they stand; all others stay as they are.
import assert from "node:assert/strict";
import { test } from "node:test";
import { without } from "../../../widget/client/page/without.js";

const SHOP = "https://shop.test/a";
/** @type {[string, string, string][]} names, the address's end, what is left of it */
const CASES = [
  ["token", "?token=1", ""],
  ["token", "?token=1&b=2", "?b=2"],
  ["token", "?a=1&token=2", "?a=1"],
  ["token", "?a=1&token=2&b=3", "?a=1&b=3"],
  ["token", "?token", ""],
  ["token", "?Token=1", ""],
  ["token", "?%74oken=1", ""],
  ["token", "?tokens=1&mytoken=2&a=token", "?tokens=1&mytoken=2&a=token"],
  ["token", "?a=%zz&token=%zz", "?a=%zz"],
  ["token", "?token=a?b=c;d&e=f", "?e=f"], // a value may have these
  ["token", "?next=/x?token=1&a=2", "?next=/x?a=2"],
  ["token", "?a=1#/route?token=2&b=3", "?a=1#/route?b=3"],
  ["token", "?token=1#/route?token=2", "#/route"],
  ["token", "#token=1&b=2", "#b=2"],
  ["token", "#token=1", ""],
  ["token email", "?email=v%40x.test&a=1&token=2", "?a=1"],
  ["token, email", "?token=1&email=2", ""],
  ["jsessionid", ";jsessionid=1?a=1", "?a=1"],
  ["user[email]", "?user%5Bemail%5D=1&user[email]=2&user[name]=3", "?user[name]=3"],
  ["user[*]", "?user%5Bemail%5D=1&user[name]=3&users=1", "?users=1"],
  ["pw*", "?pw=1&pwd=2&password=3", "?password=3"],
  ["*", "?a=1&b=2#c", ""],
  ["a.c", "?abc=1&a.c=2", "?abc=1"],
  ["e-mail", "?e-mail=1&b", "?b"],
  ["token", "?a=1&&b=2#top", "?a=1&&b=2#top"],
];

for (const [names, end, left] of CASES)
  test(`without ${names}, ${end} is ${left || "nothing"}`, () => {
    const clean = without(names);
    assert.equal(clean(SHOP + end), SHOP + left);
    assert.equal(clean(SHOP + left), SHOP + left);
  });

test("no address is none", () => {
  assert.equal(without("token *")(""), "");
});
