import assert from "node:assert/strict";
import test from "node:test";
import { read } from "../../../../custom_components/reflex_smartupload/client/io/browser/reading.js";

/** @param {string} text @param {(read: () => Promise<ArrayBuffer>) => Promise<ArrayBuffer>} [how] it is read by itself */
const file = (text, how = (whole) => whole()) => {
  const blob = Object.assign(new Blob([text]), { alone: 0 });
  blob.arrayBuffer = () => {
    blob.alone += 1;
    return how(() => Blob.prototype.arrayBuffer.call(blob));
  };
  return blob;
};

/** @param {ArrayBuffer} bytes */
const text = (bytes) => Buffer.from(bytes).toString();

/** One that holds the others up until it is let go. */
const busy = () => {
  /** @type {() => void} */
  let open = () => {};
  const reading = read(file("x", (whole) => new Promise((resolve) => (open = () => resolve(whole())))));
  return { over: () => (open(), reading) };
};

test("the first is read by itself, those that wait are read together, and each gets its own bytes", async () => {
  const { over } = busy();
  const files = ["one", "", "three", "4"].map((one) => file(one));
  const reads = Promise.all(files.map(read));
  await over();
  assert.deepEqual((await reads).map(text), ["one", "", "three", "4"]);
  assert.deepEqual(files.map(({ alone }) => alone), [0, 0, 0, 0]);
  assert.equal(text(await read(files[0])), "one");
  assert.equal(files[0].alone, 1);
});

test("where one of them cannot be read, or got shorter, each is read by itself, and that one alone fails", async () => {
  const { over } = busy();
  const files = [file("one"), file("two", () => Promise.reject(new DOMException("changed", "NotReadableError"))), file("three")];
  // Laid end to end a browser finds out that one of them changed.
  const { arrayBuffer } = Blob.prototype;
  /** @type {number[]} */
  const sizes = [];
  Blob.prototype.arrayBuffer = async function () {
    sizes.push(this.size);
    if (this.size > 11) throw new DOMException("changed", "NotReadableError");
    return arrayBuffer.call(this);
  };
  try {
    const reads = Promise.allSettled(files.map(read));
    await over();
    const results = await reads;
    assert.deepEqual(results.map((one) => (one.status === "fulfilled" ? text(one.value) : one.reason.name)), ["one", "NotReadableError", "three"]);
    assert.ok(sizes.some((size) => size > 11), "they were read together first");
  } finally {
    Blob.prototype.arrayBuffer = arrayBuffer;
  }
});

test("files that changed their lengths move nobody's bytes, though together they are as long as before", async () => {
  const { over } = busy();
  const files = [file("one"), file("twotwo"), file("three")];
  // As Firefox lays them end to end: the first is shorter by now, the last one longer.
  const { arrayBuffer } = Blob.prototype;
  const whole = files.reduce((sum, { size }) => sum + size, 0);
  Blob.prototype.arrayBuffer = async function () {
    const bytes = new Uint8Array(await arrayBuffer.call(this));
    if (this.size < whole) return bytes.buffer;
    return Uint8Array.from([...bytes.subarray(1), 33]).buffer;
  };
  try {
    const reads = Promise.all(files.map(read));
    await over();
    assert.deepEqual((await reads).map(text), ["one", "twotwo", "three"]);
    assert.deepEqual(files.map(({ alone }) => alone), [1, 1, 1]);
  } finally {
    Blob.prototype.arrayBuffer = arrayBuffer;
  }
});

test("there are no more at a time than some MB", async () => {
  const { over } = busy();
  const { arrayBuffer } = Blob.prototype;
  /** @type {number[]} */
  const sizes = [];
  Blob.prototype.arrayBuffer = async function () {
    sizes.push(this.size);
    return arrayBuffer.call(this);
  };
  try {
    const reads = Promise.all(Array.from({ length: 50 }, () => read(new Blob([new Uint8Array(200_000)]))));
    await over();
    assert.ok((await reads).every(({ byteLength }) => byteLength === 200_000));
    assert.deepEqual(sizes.filter((size) => size > 1).map((size) => Math.floor(size / 1e5) * 1e5), [4e6, 4e6, 2e6]);
  } finally {
    Blob.prototype.arrayBuffer = arrayBuffer;
  }
});

test("drives that sleep hold nobody else up for longer than a second", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { over } = busy();
  const [one, two] = [file("one"), file("two")].map(read);
  let done = false;
  one.then(() => (done = true));
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(done, false);
  t.mock.timers.tick(1000);
  assert.deepEqual([text(await one), text(await two)], ["one", "two"]);
  await over();
});
