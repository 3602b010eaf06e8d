import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, dayBefore } from "../../../dashboard/client/reports/address.js";

const asked = (more = {}) => ({ report: "chats", period: "7d", first: null, last: null, of: {}, ...more });

test("the address has the report, its period, and what was chosen beside it", () => {
  assert.equal(addressOf(asked()), "#reports/chats?period=7d");
  assert.equal(addressOf(asked({ report: "visits", of: { department: "d1", operator: "" } })), "#reports/visits?period=7d&department=d1");
});

test("what is chosen stays one value, whatever is in it", () => {
  const address = addressOf(asked({ of: { department: "a&b=c#d" } }));
  assert.equal(new URLSearchParams(address.split("?")[1]).get("department"), "a&b=c#d");
});

test("days are said of one's own period alone, and only if there are both", () => {
  const days = { first: "2025-03-01", last: "2025-03-09" };
  assert.equal(addressOf(asked({ period: "custom", ...days })), "#reports/chats?period=custom&from=2025-03-01&to=2025-03-09");
  assert.equal(addressOf(asked({ period: "today", ...days })), "#reports/chats?period=today");
  assert.equal(addressOf(asked({ period: "custom", ...days, last: null })), "#reports/chats?period=custom");
});

test("a time zone that is chosen stands in the address", () => {
  assert.equal(addressOf(asked({ zone: "Asia/Tokyo" })), "#reports/chats?period=7d&zone=Asia%2FTokyo");
  assert.equal(dayBefore(0, "Asia/Tokyo", Date.parse("2024-03-01T20:00:00Z")), "2024-03-02");
});

test("a day before is one of UTC, over the ends of months and leap days", () => {
  assert.equal(dayBefore(0, "UTC", Date.parse("2024-03-01T23:59:59Z")), "2024-03-01");
  assert.equal(dayBefore(1, "UTC", Date.parse("2024-03-01T00:00:00Z")), "2024-02-29");
  assert.equal(dayBefore(6, "UTC", Date.parse("2025-01-03T12:00:00Z")), "2024-12-28");
});
