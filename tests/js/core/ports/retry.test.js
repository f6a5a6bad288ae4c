import assert from "node:assert/strict";
import test from "node:test";
import { backoff, Gate, patiently, retryAfter } from "../../../../custom_components/reflex_smartupload/client/core/ports/retry.js";
import { MemoryClock } from "../bench.js";

const highest = () => 1 - Number.EPSILON;

test("the wait grows from try to try, is short for a minute, then at most half a minute, for ever", () => {
  const longest = [1, 2, 3, 4, 5, 30, 31, 1000, 100_000].map((attempt) => backoff(attempt, highest));
  assert.deepEqual(longest, [800, 1600, 3200, 4000, 4000, 4000, 30_000, 30_000, 30_000]);
});

test("full jitter: anything from nothing to the longest wait", () => {
  assert.equal(backoff(5, () => 0), 0);
  assert.equal(backoff(5, () => 0.5), 2000);
  assert.equal(backoff(5, highest), 4000);
});

const gate = (random = () => 0.5) => {
  const clock = new MemoryClock();
  let wakes = 0;
  const made = new Gate(clock, random, () => (wakes += 1));
  return { clock, gate: made, wakes: () => wakes };
};

test("an open gate lets everything through", () => {
  const { gate: g } = gate();
  assert.ok(g.allows(0) && g.allows(99));
  assert.equal(g.closed, false);
});

test("after a failure nothing goes out until the wait is over, then one probe at a time", async () => {
  const { clock, gate: g, wakes } = gate();
  g.fail("no_connection");
  assert.equal(g.closed, true);
  assert.equal(g.reason, "no_connection");
  assert.equal(g.allows(0), false);
  await clock.pass(399);
  assert.equal(g.allows(0), false);
  assert.equal(wakes(), 0);
  await clock.pass(1);
  assert.equal(wakes(), 1);
  assert.equal(g.allows(0), true);
  assert.equal(g.allows(1), false, "the probe is under way");
});

test("the failures of one wave count once, but the newest reason is kept", async () => {
  const { clock, gate: g } = gate();
  g.fail("no_connection");
  g.fail("no_connection");
  g.fail("store_away");
  assert.equal(g.attempt, 1);
  assert.equal(g.reason, "store_away");
  await clock.pass(400);
  g.fail("store_away");
  assert.equal(g.attempt, 2);
});

test("a Retry-After is a number of seconds or a date, and nothing when it makes no sense", () => {
  const now = Date.parse("Wed, 21 Oct 2026 07:28:00 GMT");
  assert.deepEqual([retryAfter("7", now), retryAfter(" 120 ", now), retryAfter("Wed, 21 Oct 2026 07:28:09 GMT", now)], [7, 120, 9]);
  for (const text of [null, "", "soon", "-5", "0", "Wed, 21 Oct 2026 07:27:00 GMT"]) assert.equal(retryAfter(text, now), 0, String(text));
});

test("an hour of Retry-After keeps nobody silent for longer than a minute", async () => {
  const { clock, gate: g, wakes } = gate();
  g.fail("server_away", 3_600_000);
  await clock.pass(59_000);
  assert.equal(g.allows(0), false);
  await clock.pass(1000);
  assert.deepEqual([g.allows(0), wakes()], [true, 1]);
});

test("a Retry-After is the least wait", async () => {
  const { clock, gate: g } = gate();
  g.fail("server_away", 10_000);
  await clock.pass(9_999);
  assert.equal(g.allows(0), false);
  await clock.pass(1);
  assert.equal(g.allows(0), true);
});

test("a success opens it at once and forgets how long it took", async () => {
  const { clock, gate: g, wakes } = gate();
  for (let i = 0; i < 5; i += 1) {
    g.fail("no_connection");
    await clock.pass(4000);
  }
  assert.equal(g.attempt, 5);
  const before = wakes();
  g.ok();
  assert.equal(wakes(), before + 1);
  assert.equal(g.closed, false);
  assert.equal(g.reason, "");
  assert.ok(g.allows(3));
  g.ok();
  assert.equal(wakes(), before + 1, "an open gate has nothing to tell");
  g.fail("no_connection");
  assert.equal(g.attempt, 1);
});

test("hurry lets a probe out now, and starts counting anew", async () => {
  const { clock, gate: g, wakes } = gate();
  for (let i = 0; i < 40; i += 1) {
    g.fail("no_connection");
    await clock.pass(30_000);
  }
  g.fail("no_connection");
  assert.equal(g.allows(0), false);
  const before = wakes();
  g.hurry();
  assert.equal(wakes(), before + 1);
  assert.equal(g.allows(0), true);
  assert.equal(g.allows(1), false, "still one probe at a time");
  g.fail("no_connection");
  await clock.pass(800);
  assert.equal(g.allows(0), true, "and short waits again");
  await clock.pass(60_000);
  assert.equal(clock.timers.length, 0, "no timer is left behind");
});

test("hurry does nothing while nothing is wrong", () => {
  const { gate: g, wakes } = gate();
  g.hurry();
  assert.equal(wakes(), 0);
});

test("what fails for a moment is done again, what goes on failing is said", async () => {
  const clock = new MemoryClock();
  for (const failures of [0, 1, 3, 4]) {
    let calls = 0;
    const done = patiently(clock, async () => {
      calls += 1;
      if (calls <= failures) throw new Error(`${calls}`);
      return calls;
    });
    const heard = done.then(String, ({ message }) => `failed ${message}`);
    await clock.pass(3000);
    assert.equal(await heard, failures < 4 ? `${failures + 1}` : "failed 4");
  }
});
