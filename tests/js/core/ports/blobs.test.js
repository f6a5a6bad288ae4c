import assert from "node:assert/strict";
import test from "node:test";
import { isShort, readLast, readOnce } from "../../../../custom_components/reflex_smartupload/client/core/ports/blobs.js";
import { read } from "../../../../custom_components/reflex_smartupload/client/io/twins/memory.js";

test("what is read sooner than cut is short, a part of a large file is not", () => {
  assert.deepEqual([new Blob([]), new Blob(["a".repeat(64 * 1024)]), new Blob(["a".repeat(5 * 1024 * 1024)])].map(isShort), [true, true, false]);
});

/** A file that counts how often it is read, and may be read as another one each time. @param {number} size @param {() => number} [letter] */
const file = (size, letter = () => 0) => {
  const blob = new Blob([new Uint8Array(size)]);
  const counted = Object.assign(blob, { reads: 0 });
  counted.arrayBuffer = async () => {
    counted.reads += 1;
    return new Uint8Array(size).fill(letter()).buffer;
  };
  return counted;
};

test("a short file is read once until it is needed for the last time, and its bytes stay those of that read", async () => {
  let letter = 1;
  const one = file(3, () => letter);
  const first = await readOnce(one, read);
  letter = 2;
  assert.equal(await readOnce(one, read), first);
  assert.equal(await readLast(one, read), first);
  assert.deepEqual([...new Uint8Array(first)], [1, 1, 1]);
  assert.deepEqual([[...new Uint8Array(await readLast(one, read))], one.reads], [[2, 2, 2], 2], "what was let go is read anew");
});

test("of a crowd only the files that were read last are kept, so that memory stays flat", async () => {
  const crowd = Array.from({ length: 80 }, () => file(256 * 1024));
  for (const one of crowd) await readOnce(one, read);
  for (const one of crowd) await readLast(one, read);
  const again = crowd.map(({ reads }) => reads - 1);
  assert.deepEqual([again.slice(0, 19), again.slice(19)], [Array(19).fill(1), Array(61).fill(0)], "61 of 256 KiB are 16 MB");
  // Two reads of one at the same time count once.
  await Promise.all([readOnce(crowd[0], read), readOnce(crowd[0], read)]);
  for (const one of crowd.slice(1, 61)) await readOnce(one, read);
  const before = crowd[0].reads;
  await readLast(crowd[0], read);
  assert.equal(crowd[0].reads, before);
});

test("nor are there more than some hundred of them, however small they are", async () => {
  const crowd = Array.from({ length: 300 }, () => file(0));
  for (const one of crowd) await readOnce(one, read);
  for (const one of crowd) await readLast(one, read);
  const again = crowd.map(({ reads }) => reads - 1);
  assert.deepEqual([again.slice(0, 44), again.slice(44)], [Array(44).fill(1), Array(256).fill(0)]);
});

test("a read that fails is tried anew", async () => {
  const one = file(3);
  const { arrayBuffer } = one;
  one.arrayBuffer = () => Promise.reject(new DOMException("gone", "NotReadableError"));
  await assert.rejects(readOnce(one, read), { name: "NotReadableError" });
  one.arrayBuffer = arrayBuffer;
  assert.equal((await readOnce(one, read)).byteLength, 3);
});
