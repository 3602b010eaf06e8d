// The chat's one sender: says hello, hands frames up, and sends what the outbox has.
import { Connection } from "../wire/connection.js";

const CAP = 5_000; // ms; open chats come back before the pages do

/**
 * @typedef {{ hello(): import("../wire/frames.js").ChatHello, frame(frame: import("../wire/frames.js").ToChat): void,
 *   lost(code: number): void }} Owner
 */

/** @param {Owner} owner */
export function socket(owner) {
  const address = `${location.origin.replace(/^http/, "ws")}/ws/chat`;
  /** @type {Connection<import("../wire/frames.js").FromChat, import("../wire/frames.js").ToChat>} */
  const connection = new Connection(address, { open: () => connection.send(owner.hello()), frame: owner.frame, lost: owner.lost }, CAP);
  connection.heed();
  return connection;
}
