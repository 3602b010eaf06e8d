import assert from "node:assert/strict";
import { test } from "node:test";
import { Connection, backoff } from "../../../widget/client/wire/connection.js";

/** A world of one's own: sockets that do what the test says, timers that run when it says. */
function world() {
  const it = { sockets: [], timers: new Map(), count: 0 };
  return Object.assign(it, {
    open: (url) => {
      const socket = { url, readyState: 0, sent: [], closed: false, send: (text) => socket.sent.push(JSON.parse(text)), close: () => (socket.closed = true) };
      it.sockets.push(socket);
      return socket;
    },
    after: (ms, run) => (it.timers.set(++it.count, { ms, run }), it.count),
    cancel: (id) => it.timers.delete(id),
    random: () => 0.5,
    waits: () => [...it.timers.values()].map(({ ms }) => ms),
    pass: () => {
      const [[id, { run }]] = it.timers;
      it.timers.delete(id);
      run();
    },
  });
}

function connected(owner = {}) {
  const w = world();
  const seen = [];
  const connection = new Connection(
    "ws://x",
    { open: () => seen.push("open"), frame: (frame) => seen.push(frame), lost: (code) => seen.push(code), ...owner },
    20_000,
    w,
  );
  connection.start();
  const rise = () => {
    const socket = w.sockets.at(-1);
    socket.readyState = 1;
    socket.onopen();
    return socket;
  };
  return { w, seen, connection, rise };
}

test("waits grow twofold up to the cap, and chance spreads them over the whole of it", () => {
  const longest = [0, 1, 2, 5, 6, 60].map((attempt) => backoff(attempt, 20_000, () => 1));
  assert.deepEqual(longest, [400, 800, 1600, 12_800, 20_000, 20_000]);
  assert.equal(
    backoff(6, 20_000, () => 0),
    0,
  );
  assert.equal(
    backoff(6, 20_000, () => 0.5),
    10_000,
  );
});

test("frames go up when it is open, and out only then", () => {
  const { seen, connection, rise } = connected();
  assert.equal(connection.send({ t: "a" }), false);
  const socket = rise();
  assert.equal(connection.send({ t: "b" }), true);
  socket.onmessage({ data: '{"t":"welcome"}' });
  assert.deepEqual(socket.sent, [{ t: "b" }]);
  assert.deepEqual(seen, ["open", { t: "welcome" }]);
});

test("a loss is told and tried again, later each time until it is welcomed", () => {
  const { w, seen, connection, rise } = connected();
  for (const wait of [200, 400, 800]) {
    w.sockets.at(-1).onclose({ code: 1006 });
    assert.deepEqual(w.waits(), [wait]);
    w.pass();
  }
  rise();
  connection.settle();
  assert.deepEqual(w.waits(), []);
  w.sockets.at(-1).onclose({ code: 1006 });
  assert.deepEqual(w.waits(), [200]);
  assert.deepEqual(seen, [1006, 1006, 1006, "open", 1006]);
});

test("who lets others come first waits anywhere up to the cap from the first try on", () => {
  const { w, connection, rise } = connected();
  rise();
  connection.settle(6);
  for (const _ of [1, 2]) {
    w.sockets.at(-1).onclose({ code: 1006 });
    assert.deepEqual(w.waits(), [10_000]);
    w.pass();
  }
});

test("a server that opens but never welcomes is given up", () => {
  const { w, rise } = connected();
  const socket = rise();
  assert.deepEqual(w.waits(), [10_000]);
  w.pass();
  assert.equal(socket.closed, true);
  assert.deepEqual(w.waits(), [200]);
});

test("what an abandoned socket still says is not heard", () => {
  const { w, seen, connection, rise } = connected();
  const old = rise();
  connection.restart();
  w.pass();
  old.onmessage({ data: "{}" });
  old.onclose({ code: 1000 });
  assert.deepEqual(seen, ["open", 0]);
  assert.equal(w.sockets.length, 2);
});

test("online or visible again, it does not wait; a connection under way is left alone", () => {
  const { w, connection } = connected();
  connection.start();
  assert.equal(w.sockets.length, 1);
  w.sockets[0].onclose({ code: 1006 });
  connection.start();
  assert.equal(w.sockets.length, 2);
  assert.deepEqual(w.waits(), [10_000]);
});

test("stopped is stopped", () => {
  const { w, connection } = connected();
  connection.stop();
  assert.equal(w.sockets[0].closed, true);
  assert.deepEqual(w.waits(), []);
});
