import assert from "node:assert/strict";
import test from "node:test";
import { ApiError, NetworkError } from "../../../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { Gate } from "../../../../custom_components/reflex_smartupload/client/core/ports/retry.js";
import { ServerCalls } from "../../../../custom_components/reflex_smartupload/client/core/server/calls.js";
import { MemoryClock } from "../../../../custom_components/reflex_smartupload/client/io/twins/memory.js";

const calls = () => {
  const clock = new MemoryClock();
  return { clock, calls: new ServerCalls(new Gate(clock, () => 0.5, () => {})) };
};

test("an answer is handed on, also one that refuses, and leaves the gate open", async () => {
  const { calls: server } = calls();
  assert.equal(await server.make(async () => 7), 7);
  const refusal = new ApiError(409, { code: "upload_paused" });
  await assert.rejects(server.make(() => Promise.reject(refusal)), refusal);
  assert.equal(server.gate.closed, false);
});

test("no answer closes the gate; then one call at a time may find out, and its answer opens it", async () => {
  const { clock, calls: server } = calls();
  await assert.rejects(server.make(() => Promise.reject(new NetworkError())), NetworkError);
  assert.equal(server.gate.closed, true);
  assert.equal(server.allows(), false, "not at once");
  await clock.pass(60_000);
  assert.equal(server.allows(), true);
  /** @type {(value: unknown) => void} */
  let answer = () => {};
  const under = server.make(() => new Promise((resolve) => (answer = resolve)));
  assert.equal(server.allows(), false, "one is under way");
  answer(null);
  await under;
  assert.deepEqual([server.allows(), server.gate.closed], [true, false]);
});

test("where whoever calls waits by itself, nobody else has to", async () => {
  const { calls: server } = calls();
  const error = new ApiError(429, { code: "too_many_requests" }, 30);
  await assert.rejects(server.make(() => Promise.reject(error), (what) => what === error), error);
  assert.deepEqual([server.allows(), server.gate.closed], [true, false]);
  await assert.rejects(server.make(() => Promise.reject(error)), error);
  assert.deepEqual([server.allows(), server.gate.reason], [false, "too_many_requests"]);
});

test("the server says when to come again", async () => {
  const { clock, calls: server } = calls();
  await assert.rejects(server.make(() => Promise.reject(new ApiError(503, { code: "overloaded" }, 30))), ApiError);
  await clock.pass(29_000);
  assert.equal(server.allows(), false);
  await clock.pass(2000);
  assert.equal(server.allows(), true);
});
