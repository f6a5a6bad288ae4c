import assert from "node:assert/strict";
import test from "node:test";
import { turnsOf } from "../../../../custom_components/reflex_smartupload/client/core/view/turns.js";

const turns = (/** @type {number[]} */ lefts, abreast = 2) => [...turnsOf(lefts.map((left, at) => ({ id: `${at}`, left })), abreast)].sort(([a], [b]) => Number(a) - Number(b)).map(([, { until, abreast: with_ }]) => [until, with_]);

test("one alone takes what it has left", () => assert.deepEqual(turns([70]), [[70, 1]]));

test("those that share the line wait for each other, and the last one is there when all is", () => {
  assert.deepEqual(turns([10, 30]), [[20, 2], [40, 2]]);
  assert.deepEqual(turns([30, 10, 5]), [[45, 2], [20, 2], [30, 0]], "the third takes the place of the second");
  assert.deepEqual(turns([]), []);
  assert.deepEqual(turns([0, 0]), [[0, 2], [0, 2]]);
});

test("of those far behind nothing is said", () => assert.equal(turns(Array.from({ length: 1000 }, () => 1)).length, 200));
