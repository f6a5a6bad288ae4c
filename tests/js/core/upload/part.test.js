import assert from "node:assert/strict";
import test from "node:test";
import { bytesIn, partCount, partSpan } from "../../../../custom_components/reflex_smartupload/client/core/upload/part.js";

test("a file has as many parts as it takes, and at least one", () => {
  assert.equal(partCount(1, 10), 1);
  assert.equal(partCount(10, 10), 1);
  assert.equal(partCount(11, 10), 2);
  assert.equal(partCount(0, 10), 1);
  assert.equal(partCount(5e12, 512 * 2 ** 20), 9314);
});

test("parts lie side by side and the last one is the rest", () => {
  assert.deepEqual(partSpan(1, 25, 10), { start: 0, end: 10, bytes: 10 });
  assert.deepEqual(partSpan(2, 25, 10), { start: 10, end: 20, bytes: 10 });
  assert.deepEqual(partSpan(3, 25, 10), { start: 20, end: 25, bytes: 5 });
  assert.deepEqual(partSpan(1, 0, 10), { start: 0, end: 0, bytes: 0 });
  for (const size of [1, 9, 10, 11, 99, 100, 101]) {
    let at = 0;
    for (let number = 1; number <= partCount(size, 10); number += 1) {
      const { start, end, bytes } = partSpan(number, size, 10);
      assert.equal(start, at);
      assert.equal(bytes, end - start);
      assert.ok(bytes > 0);
      at = end;
    }
    assert.equal(at, size);
  }
});

test("there is no part before the first or after the last", () => {
  assert.throws(() => partSpan(0, 25, 10), RangeError);
  assert.throws(() => partSpan(4, 25, 10), RangeError);
  assert.throws(() => partSpan(3, 20, 10), RangeError);
});

test("bytes of a set of parts count the short last part as what it is", () => {
  assert.equal(bytesIn(new Set(), 25, 10), 0);
  assert.equal(bytesIn(new Set([1]), 25, 0), 0, "no part size yet");
  assert.equal(bytesIn(new Set([1, 2]), 25, 10), 20);
  assert.equal(bytesIn(new Set([3]), 25, 10), 5);
  assert.equal(bytesIn(new Set([1, 2, 3]), 25, 10), 25);
  assert.equal(bytesIn(new Set([1, 2]), 20, 10), 20);
});
