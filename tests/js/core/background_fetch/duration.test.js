import assert from "node:assert/strict";
import test from "node:test";
import { bench } from "../bench.js";

test("it is reckoned with hashing, signing and the browser's own copy, and rather too short", async () => {
  const { duration } = (await bench()).engine.handover;
  assert.equal(duration.taking(1e9), 2, "four fifths of what 400 MB/s need");
  assert.equal(duration.whole({ bytes: 1e9, unhashed: 0.6e9, batches: 2 }), 2 + 2 + 0.3);
});

test("how fast this browser takes a file is learned from each that is large enough, and remembered", async () => {
  const b = await bench();
  const { duration } = b.engine.handover;
  const takes = (/** @type {number} */ bytes, /** @type {number} */ ms) => {
    const taken = duration.measured(bytes, () => new Promise((resolve) => b.clock.after(ms, () => resolve("yes"))));
    return Promise.all([taken, b.clock.pass(ms)]);
  };
  const [said] = await takes(100e6, 1000);
  assert.deepEqual([said, duration.taking(1e9), b.disk.speeds.handover], ["yes", 8, 100e6]);
  await takes(1e6, 1000);
  assert.equal(duration.taking(1e9), 8, "the first answer to a small one says nothing");
});

test("of one that is refused nothing is learned", async () => {
  const b = await bench();
  await assert.rejects(b.engine.handover.duration.measured(400e6, () => Promise.reject(new DOMException("no", "QuotaExceededError"))));
  assert.equal(b.disk.speeds.handover, undefined);
});
