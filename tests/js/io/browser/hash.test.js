import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { ReadError } from "../../../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { hash, withBytes } from "../../../../custom_components/reflex_smartupload/client/io/browser/hash.js";

const LONG = 300_000; // bytes, which are read as a stream

/** A file whose stream is written by hand. @param {number} size @param {(controller: ReadableStreamDefaultController) => void} start */
const made = (size, start) => {
  const stream = new ReadableStream({ start });
  return { blob: /** @type {Blob} */ (/** @type {unknown} */ ({ size, stream: () => stream })), stream };
};

/** @param {string} text */
const sha256 = (text) => createHash("sha256").update(text).digest("base64");

test("the digest of all bytes, also when memory of a larger part is used again", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  for (const size of [LONG, 3, 2 * LONG, 0, 200_000, LONG + 1]) {
    const text = "x".repeat(size);
    assert.equal(await hash(new Blob([text])), sha256(text));
  }
});

test("memory is used again, and given back when nobody needs it", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const seen = new Set();
  const read = () => withBytes(new Blob(["a".repeat(LONG)]), async (bytes) => void seen.add(bytes.buffer));
  for (let i = 0; i < 10; i += 1) await read();
  const few = seen.size;
  assert.ok(few <= 3);
  t.mock.timers.tick(10_000);
  await read();
  assert.equal(seen.size, few + 1);
});

test("a file that gives fewer bytes than it said cannot be read", async () => {
  const { blob } = made(LONG, (controller) => {
    controller.enqueue(new Uint8Array(4));
    controller.close();
  });
  await assert.rejects(hash(blob), ReadError);
});

test("a file that fails in the middle cannot be read", async () => {
  const { blob } = made(LONG, (controller) => {
    controller.enqueue(new Uint8Array(4));
    controller.error(new DOMException("gone", "NotReadableError"));
  });
  await assert.rejects(hash(blob), ReadError);
});

test("a file that gives no bytes for half a minute cannot be read, and is let go", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const cancelled = { is: false };
  const stream = new ReadableStream({ cancel: () => void (cancelled.is = true) });
  const blob = /** @type {Blob} */ (/** @type {unknown} */ ({ size: LONG, stream: () => stream }));
  const read = hash(blob);
  await new Promise((resolve) => setImmediate(resolve));
  t.mock.timers.tick(31_000);
  await assert.rejects(read, ReadError);
  assert.equal(cancelled.is, true);
});

/** A short file, which is read at once. @param {() => Promise<ArrayBuffer>} arrayBuffer */
const short = (arrayBuffer) => /** @type {Blob} */ (/** @type {unknown} */ ({ size: 10, arrayBuffer }));

test("a short file that gives fewer bytes, fails or gives none cannot be read", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  await assert.rejects(hash(short(async () => new ArrayBuffer(4))), ReadError);
  await assert.rejects(hash(short(() => Promise.reject(new DOMException("gone", "NotReadableError")))), ReadError);
  const read = hash(short(() => new Promise(() => {})));
  t.mock.timers.tick(31_000);
  await assert.rejects(read, ReadError);
});

test("memory of a short file is not kept in the place of a part's", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const seen = new Set();
  const read = (/** @type {string} */ text) => withBytes(new Blob([text]), async (bytes) => void seen.add(bytes.buffer));
  for (let i = 0; i < 10; i += 1) await read("a");
  seen.clear();
  for (let i = 0; i < 10; i += 1) await read("a".repeat(LONG));
  assert.ok(seen.size <= 3);
});
