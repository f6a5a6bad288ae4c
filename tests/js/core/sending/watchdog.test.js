import assert from "node:assert/strict";
import test from "node:test";
import { watch } from "../../../../custom_components/reflex_smartupload/client/core/sending/watchdog.js";
import { Upload } from "../../../../custom_components/reflex_smartupload/client/core/upload/upload.js";
import { MemoryClock } from "../../../../custom_components/reflex_smartupload/client/io/twins/memory.js";

/** A part of ten bytes on the line. @param {number} [patience] */
const onLine = (patience) => {
  const clock = new MemoryClock();
  const u = new Upload({ id: "a", key: "a", name: "a", size: 100, partSize: 10 });
  /** @type {number[]} */
  const sent = [];
  const guard = watch({ u, run: u.run, number: 1, blob: new Blob(["x".repeat(10)]) }, { clock, patience }, (bytes) => sent.push(bytes));
  return { clock, u, sent, guard };
};

test("a part that stands still is ended; each byte that goes out gives it time again", async () => {
  const { clock, guard } = onLine();
  await clock.pass(19_000);
  guard.progress(3);
  await clock.pass(19_000);
  assert.equal(guard.signal.aborted, false);
  await clock.pass(2000);
  assert.equal(guard.signal.aborted, true);
});

test("once all of it is out the answer may take longer; whoever sees no progress says how long it may", async () => {
  const whole = onLine();
  whole.guard.progress(10);
  await whole.clock.pass(50_000);
  assert.equal(whole.guard.signal.aborted, false);
  await whole.clock.pass(11_000);
  assert.equal(whole.guard.signal.aborted, true);
  const blind = onLine(180_000);
  await blind.clock.pass(170_000);
  assert.equal(blind.guard.signal.aborted, false);
});

test("what goes out is counted once, and no more when its upload was halted, which ends it", () => {
  const { guard, sent, u } = onLine();
  guard.progress(3);
  guard.progress(3);
  guard.progress(7);
  assert.deepEqual([sent, u.loaded.get(1)], [[3, 4], 7]);
  u.halt();
  guard.progress(9);
  assert.deepEqual([sent, u.loaded.size, guard.signal.aborted], [[3, 4], 0, true]);
});

test("after its end nothing is left to tick, and nothing ends it", async () => {
  const { clock, guard, u } = onLine();
  guard.stop();
  u.halt();
  assert.deepEqual([clock.timers.length, guard.signal.aborted], [0, false]);
});

test("of what nothing is seen before it is through the answer is waited for; what can be seen begins anew", async () => {
  const { clock, guard } = onLine();
  guard.sees(false);
  await clock.pass(59_000);
  assert.equal(guard.signal.aborted, false);
  guard.sees();
  await clock.pass(19_000);
  assert.equal(guard.signal.aborted, false);
  await clock.pass(2000);
  assert.equal(guard.signal.aborted, true);
});
