import assert from "node:assert/strict";
import test from "node:test";
import { queueOf } from "../../../../custom_components/reflex_smartupload/client/core/view/queue.js";

const queue = (/** @type {number[]} */ lefts, abreast = 2) => [...queueOf(lefts.map((left, at) => ({ id: `${at}`, left })), abreast)].sort(([a], [b]) => Number(a) - Number(b)).map(([, { until, abreast: with_ }]) => [until, with_]);

test("one alone takes what it has left", () => assert.deepEqual(queue([70]), [[70, 1]]));

test("those that share the line wait for each other, and the last one is there when all is", () => {
  assert.deepEqual(queue([10, 30]), [[20, 2], [40, 2]]);
  assert.deepEqual(queue([30, 10, 5]), [[45, 2], [20, 2], [30, 0]], "the third takes the place of the second");
  assert.deepEqual(queue([]), []);
  assert.deepEqual(queue([0, 0]), [[0, 2], [0, 2]]);
});

test("of those far behind nothing is said", () => assert.equal(queue(Array.from({ length: 1000 }, () => 1)).length, 200));
