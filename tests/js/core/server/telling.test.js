import assert from "node:assert/strict";
import test from "node:test";
import { ApiError, NetworkError } from "../../../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { Telling } from "../../../../custom_components/reflex_smartupload/client/core/server/telling.js";
import { Upload } from "../../../../custom_components/reflex_smartupload/client/core/upload/upload.js";
import { MemoryClock } from "../../../../custom_components/reflex_smartupload/client/io/twins/memory.js";

const make = () => {
  const clock = new MemoryClock();
  /** @type {any[]} */
  const told = [];
  const server = { fails: /** @type {Error | null} */ (null), gate: { attempt: 0 } };
  const tell = async (/** @type {any[]} */ words) => {
    told.push(words);
    if (server.fails) throw server.fails;
  };
  const telling = new Telling(/** @type {any} */ ({ ports: { clock, api: { tell } }, serverGate: server.gate }));
  const u = new Upload({ id: "a", key: "a", name: "a", size: 100, partSize: 10, uploadId: "u1", epoch: 1, phase: "open" }, { synced: true });
  u.parts.load(1, 7);
  return { clock, told, server, telling, u };
};

test("the first word comes at once, the next ones now and then, with what is shown by then", async () => {
  const { clock, told, telling, u } = make();
  telling.shown(u, null);
  await clock.pass(0);
  assert.deepEqual(told, [[{ id: "u1", epoch: 1, sent: 7, low: 0, high: 0 }]]);
  for (let at = 0; at < 39; at += 1) {
    await clock.pass(100);
    telling.shown(u, { low: 3, high: 5 });
  }
  u.parts.load(1, 9);
  await clock.pass(200);
  assert.deepEqual(told.slice(1), [[{ id: "u1", epoch: 1, sent: 9, low: 3, high: 5 }]]);
  await clock.pass(60_000);
  assert.equal(told.length, 2, "nothing is said while nothing changes");
});

test("of what is not being sent by now nothing is said, nor while the server is away", async () => {
  const { clock, told, server, telling, u } = make();
  server.gate.attempt = 1;
  telling.shown(u, null);
  await clock.pass(10_000);
  server.gate.attempt = 0;
  u.move("pause");
  telling.shown(u, null);
  await clock.pass(10_000);
  assert.deepEqual(told, []);
});

test("a server that knows no such thing is not asked again, one that is away is", async () => {
  const { clock, told, server, telling, u } = make();
  for (const [error, times] of /** @type {[Error, number][]} */ ([[new NetworkError("gone"), 2], [new ApiError(404, { code: "not_found" }), 2]])) {
    server.fails = error;
    telling.shown(u, null);
    await clock.pass(10_000);
    telling.shown(u, null);
    await clock.pass(10_000);
    assert.equal(told.length, error instanceof ApiError ? 3 : times);
  }
});

test("a server that takes a word and does not answer is said to be silent before eight seconds are over, until it answers", async () => {
  const clock = new MemoryClock();
  /** @type {(() => void)[]} */
  const waiting = [];
  const telling = new Telling(/** @type {any} */ ({ ports: { clock, api: { tell: () => new Promise((resolve) => waiting.push(() => resolve(null))) } }, serverGate: { attempt: 0 } }));
  const u = new Upload({ id: "a", key: "a", name: "a", size: 100, partSize: 10, uploadId: "u1", epoch: 1, phase: "open" }, { synced: true });
  telling.shown(u, null);
  await clock.pass(4000);
  assert.equal(telling.silent, false);
  await clock.pass(100);
  assert.equal(telling.silent, true);
  waiting.forEach((answer) => answer());
  await clock.pass(0);
  assert.equal(telling.silent, false);
});
