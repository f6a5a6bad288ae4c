// An engine whose browser goes on by itself, for the tests of the handover and of what becomes of it.

import assert from "node:assert/strict";
import { bench, LETTERS, MemoryBrowser, MemoryDisk, MemoryService, pick } from "./bench.js";

/** @typedef {import("./bench.js").Bench} Bench */

/** An engine on a slow line, whose browser goes on by itself. @param {Partial<Parameters<typeof bench>[0]>} [parts] */
export const slow = async (parts = {}) => {
  const service = new MemoryService({ partSize: 16 }); // 10 on this line
  const disk = new MemoryDisk();
  disk.speeds = { send: 1 }; // remembered: a byte a second
  const browser = new MemoryBrowser(service);
  browser.has = true;
  service.held = [];
  return bench({ service, disk, browser, ...parts });
};

/** @param {Bench} b @param {string} [id] */
export const endsWell = (b, id = "a") => {
  assert.equal(b.card(id).state, "ready", `${b.card(id).state} ${b.card(id).error} ${b.logs().join("; ")}`);
  assert.equal(b.service.content(b.upload(id).uploadId).toString(), LETTERS);
  assert.equal(b.browser.registrations.size, 0);
  assert.equal(b.disk.entries.size + b.disk.files.size, 0, "nothing is left in this browser");
};

/** @param {Bench} b */
export const letGo = (b) => {
  b.service.held?.splice(0).forEach((go) => go());
  b.service.held = null;
};

/** What is on the line arrives; what goes out next is held again. @param {Bench} b */
export const arrive = async (b) => {
  b.service.held?.splice(0).forEach((go) => go());
  await b.clock.pass(500);
};

/** Parts 1 to 4 are on the line; 5 to 11 are the browser's, once it takes them. @param {Bench} b @param {string[]} [ids] */
export const offered = async (b, ids = ["a"]) => {
  const { slow } = b.engine.lineRate;
  b.engine.lineRate.slow = () => 0;
  Object.defineProperty(b.engine.handover, "lanes", { value: 4, configurable: true }); // as when it comes to be worth it later
  await b.commands.add(ids.map((id) => pick(id, LETTERS)));
  await b.clock.pass(1000);
  assert.equal(b.engine.sender.onLine.size, 4);
  Reflect.deleteProperty(b.engine.handover, "lanes");
  b.engine.lineRate.slow = slow;
  b.engine.wake();
  await b.clock.pass(1000);
};

/** They are, and the others have arrived. @param {Bench} b @param {string[]} [ids] */
export const handed = async (b, ids) => {
  await offered(b, ids);
  await arrive(b);
  assert.equal(b.card("a").leave, "continues");
  assert.match(b.card("a").leave_text, /goes on by itself/);
};
