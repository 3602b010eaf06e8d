import assert from "node:assert/strict";
import { test } from "node:test";

import { common, PageTitles, whole } from "../../../dashboard/client/shell/page_titles.js";

const SHOP = "https://shop.test/";

test("the ending that most titles share, of two at least", () => {
  assert.equal(common(["Cart · Fernweh", "Tents · Fernweh", "Fernweh"]), " · Fernweh");
  assert.equal(common(["Cart · Fernweh"]), "");
  assert.equal(common([]), "");
  assert.equal(common(["Cart", "Tents"]), "");
  assert.equal(common(["A - Blog - Acme", "B - Blog - Acme", "C - Blog - Acme"]), " - Blog - Acme");
  assert.equal(common(["A - Blog - Acme", "B - Blog - Acme", "C - Shop - Acme", "D - Shop - Acme", "E - Acme"]), " - Acme");
  assert.equal(common(["A · Fernweh", "B · Fernweh", "C", "D", "E"]), "", "most have it not");
});

test("a word that titles share without a sign between is no ending, nor is a sign within a word", () => {
  assert.equal(common(["Red tent", "Blue tent"]), "");
  assert.equal(common(["Check-in", "Log-in"]), "");
});

test("each site has its own, and its titles are said without it as soon as it is known", () => {
  const titles = new PageTitles();
  const cart = { title: "Cart · Fernweh", address: `${SHOP}cart` };
  assert.equal(titles.learn([cart]), false);
  assert.equal(titles.said(cart), "Cart · Fernweh");
  assert.equal(titles.learn([{ title: "Tents · Fernweh", address: `${SHOP}tents` }]), true);
  assert.equal(titles.said(cart), "Cart");
  assert.equal(titles.learn([cart]), false, "nothing new");
  assert.equal(titles.said({ title: "Help · Fernweh", address: "https://other.test/" }), "Help · Fernweh");
  assert.equal(titles.said({ title: "Fernweh", address: SHOP }), "Fernweh");
});

test("a title that is nothing but the ending stays, and a page without a title is its address", () => {
  const titles = new PageTitles();
  titles.learn(["A | Acme", "B | Acme"].map((title) => ({ title, address: SHOP })));
  assert.equal(titles.said({ title: " | Acme", address: SHOP }), " | Acme");
  assert.equal(titles.said({ title: null, address: SHOP }), SHOP);
  assert.equal(titles.said({ title: null, address: null }), "");
});

test("who points at it has the exact title and the address", () => {
  assert.equal(whole({ title: "Cart · Fernweh", address: SHOP }), `Cart · Fernweh\n${SHOP}`);
  assert.equal(whole({ title: null, address: SHOP }), SHOP);
});
