import assert from "node:assert/strict";
import { test } from "node:test";
import { path, short } from "../../../dashboard/client/shell/addresses.js";

test("of an address on the site its path is kept", () => {
  for (const [address, kept] of [
    ["http://localhost:8010/cart?step=2#pay", "/cart?step=2#pay"],
    ["https://www.example.org", "/"],
    ["https://example.org/", "/"],
    ["https://example.org?a=1", "?a=1"],
    ["https://user@host:1/x//y", "/x//y"],
    ["/already/a/path", "/already/a/path"],
    ["https://example.org/go?to=http://other.example/x", "/go?to=http://other.example/x"],
  ])
    assert.equal(path(address), kept, address);
});

test("an address from elsewhere is said without its scheme", () => {
  for (const [address, said] of [
    ["https://www.google.com/", "google.com"],
    ["http://blog.example/post?x", "blog.example/post?x"],
    ["newsletter / autumn", "newsletter / autumn"],
  ])
    assert.equal(short(address), said, address);
});
