import assert from "node:assert/strict";
import test from "node:test";
import { Parts } from "../../../../custom_components/reflex_smartupload/client/core/upload/parts.js";

const COUNT = 5;
const every = () => true;

/** @param {Parts} parts @param {(number: number) => boolean} [may] */
const rest = (parts, may = every) => {
  const numbers = [];
  for (let number = parts.claimNext(COUNT, may); number; number = parts.claimNext(COUNT, may)) numbers.push(number);
  return numbers;
};

test("each is chosen once, in order; the confirmed ones are not", () => {
  const parts = new Parts();
  parts.list([1, 3]);
  assert.deepEqual(rest(parts), [2, 4, 5]);
  assert.deepEqual([[...parts.claimed], parts.hasNext(COUNT)], [[2, 4, 5], false]);
});

test("one that is given back goes next, once, with nothing of it on the line", () => {
  const parts = new Parts();
  parts.claimNext(COUNT, every);
  parts.claimNext(COUNT, every);
  parts.load(1, 4);
  parts.release(1);
  parts.release(1);
  assert.deepEqual([parts.loaded.size, parts.hasNext(0)], [0, true]);
  assert.deepEqual(rest(parts), [1, 3, 4, 5]);
});

test("one that is not claimed cannot be given back", () => {
  const parts = new Parts();
  parts.release(7);
  assert.equal(parts.hasNext(0), false);
});

test("what could not be had is looked at again after a rewind only", () => {
  const parts = new Parts();
  assert.deepEqual(rest(parts, (number) => number > 3), [4, 5]);
  assert.deepEqual(rest(parts), []);
  parts.rewind();
  assert.deepEqual(rest(parts), [1, 2, 3]);
});

test("what is no longer this engine's is neither given back nor kept as claimed", () => {
  const parts = new Parts();
  rest(parts);
  parts.release(2);
  parts.release(3);
  parts.leave((number) => number === 3);
  parts.putAway(4);
  assert.deepEqual([[...parts.claimed], rest(parts)], [[1, 5], [3]]);
});

test("confirmed is out of every other list, until the store says that it misses it", () => {
  const parts = new Parts();
  rest(parts);
  parts.load(2, 7);
  parts.confirm(2);
  assert.deepEqual([[...parts.confirmed], parts.claimed.has(2), parts.loaded.size], [[2], false, 0]);
  parts.miss(2);
  parts.halt();
  assert.deepEqual([parts.confirmed.size, parts.claimed.size, rest(parts)], [0, 0, [1, 2, 3, 4, 5]]);
});
