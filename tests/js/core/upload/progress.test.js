import assert from "node:assert/strict";
import test from "node:test";
import { percentOf, RateMeter, Reached } from "../../../../custom_components/reflex_smartupload/client/core/upload/progress.js";

/** @param {RateMeter} meter @param {number} from @param {number} to @param {number} rate bytes per second */
const run = (meter, from, to, rate) => {
  for (let now = from; now < to; now += 100) meter.add(now, rate / 10);
};

test("a steady speed is what is shown", () => {
  const meter = new RateMeter();
  run(meter, 0, 20_000, 5000);
  assert.ok(Math.abs(meter.rate(20_000) - 5000) < 300);
  assert.ok(Math.abs(meter.rate(20_000, 3000) - 5000) < 900);
});

test("nothing is said before a second has been seen", () => {
  const meter = new RateMeter();
  assert.equal(meter.rate(0), 0);
  meter.add(0, 1e6);
  assert.equal(meter.rate(999), 0);
  assert.equal(meter.rate(1000), 1e6);
});

test("whoever asks for it sooner is told sooner", () => {
  const meter = new RateMeter();
  meter.add(0, 1e6);
  assert.deepEqual([meter.rate(299, 3000, 300), meter.rate(500, 3000, 300)], [0, 2e6]);
});

test("the short window follows a change sooner than the long one", () => {
  const meter = new RateMeter();
  run(meter, 0, 10_000, 10_000);
  run(meter, 10_000, 13_000, 1000);
  assert.ok(meter.rate(13_000, 3000) < 2500);
  assert.ok(meter.rate(13_000) > 5000);
});

test("a standstill brings the speed down to nothing", () => {
  const meter = new RateMeter();
  run(meter, 0, 5000, 1000);
  assert.equal(meter.rate(20_000), 0);
});

test("nothing and less than nothing do not count", () => {
  const meter = new RateMeter();
  meter.add(0, 0);
  meter.add(0, -5);
  assert.equal(meter.rate(5000), 0);
  assert.equal(meter.first, -1);
});

test("after a reset the old speed says nothing", () => {
  const meter = new RateMeter();
  run(meter, 0, 5000, 1000);
  meter.reset();
  assert.equal(meter.rate(5000), 0);
});

test("memory stays flat over a day", () => {
  const meter = new RateMeter();
  for (let now = 0; now < 86_400_000; now += 1000) meter.add(now, 10);
  assert.ok(meter.buckets.length < 50);
});

test("100 % only when nothing is left", () => {
  assert.equal(percentOf(0, 100), 0);
  assert.equal(percentOf(999_999, 1_000_000), 99);
  assert.equal(percentOf(100, 100), 100);
  assert.equal(percentOf(101, 100), 100);
  assert.equal(percentOf(0, 0), 100);
  assert.equal(percentOf(-1, 100), 0);
});

test("how far it is never falls, unless it is something else by now", () => {
  const reached = new Reached(30, "a");
  assert.deepEqual([reached.by(10, "a"), reached.by(40, "a"), reached.by(20, "a"), reached.anew], [30, 40, 40, false]);
  assert.deepEqual([reached.by(5, "b"), reached.anew], [5, true]);
  assert.deepEqual([reached.by(6, "b"), reached.anew], [6, true]);
  const empty = new Reached(0, "a");
  assert.deepEqual([empty.by(0, "b"), empty.anew], [0, false], "nothing of it was lost");
});
