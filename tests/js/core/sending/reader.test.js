import assert from "node:assert/strict";
import test from "node:test";
import { ReadError } from "../../../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { isReadable } from "../../../../custom_components/reflex_smartupload/client/core/sending/reader.js";
import { bench, failOf, ficklePick, LETTERS, MemoryClock, MemoryDisk, notNow, pick, read, sha256 } from "../bench.js";

/** An upload of which nothing leaves the browser, staged as the disk lets it. @param {MemoryDisk} disk */
const staged = async (disk) => {
  const b = await bench({ disk });
  b.service.held = [];
  const p = ficklePick("a", LETTERS);
  await b.commands.add([p]);
  await b.clock.pass(1000);
  return { b, p, u: b.upload("a") };
};

test("a part comes from its own staged file, else from the copy, else from the person's file", async () => {
  const files = await staged(Object.assign(new MemoryDisk(), { hasSnapshots: false }));
  files.p.disk.gone = true;
  assert.equal(await (await files.b.engine.reader.blob(files.u, 2)).text(), LETTERS.slice(10, 20));
  const copy = await staged(new MemoryDisk());
  copy.p.disk.gone = true;
  assert.equal(await (await copy.b.engine.reader.blob(copy.u, 2)).text(), LETTERS.slice(10, 20));
  const none = await staged(Object.assign(new MemoryDisk(), { hasSnapshots: false, hasPartFiles: false }));
  assert.equal(Buffer.from(await (await none.b.engine.reader.blob(none.u, 2)).arrayBuffer()).toString(), LETTERS.slice(10, 20));
});

test("a staged part that is gone is not missed while the file is there; with nothing there it is a ReadError", async () => {
  const { b, u } = await staged(Object.assign(new MemoryDisk(), { hasSnapshots: false }));
  b.disk.parts.clear();
  assert.equal(Buffer.from(await (await b.engine.reader.blob(u, 3)).arrayBuffer()).toString(), LETTERS.slice(20, 30));
  assert.equal(u.stagedParts.has(3), false);
  u.version.give(null);
  await assert.rejects(b.engine.reader.blob(u, 3), ReadError);
});

test("the digest of a part is made once", async () => {
  const { b, u } = await staged(new MemoryDisk());
  u.version.cut.lose(9);
  const before = b.count("hash");
  const blob = await b.engine.reader.blob(u, 9);
  const digest = await b.engine.reader.hash(u, 9, blob);
  assert.equal(digest, await sha256(blob));
  u.version.cut.know(9, digest);
  assert.equal(await b.engine.reader.hash(u, 9, blob), digest);
  assert.equal(b.count("hash"), before + 1);
});

test("a file that was deleted or edited is not readable", async () => {
  const { b, p } = await staged(new MemoryDisk());
  assert.equal(await isReadable(p.file, b.engine.ports), true);
  p.disk.gone = true;
  assert.equal(await isReadable(p.file, b.engine.ports), false);
  Object.assign(p.disk, { gone: false, changed: true });
  assert.equal(await isReadable(p.file, b.engine.ports), false);
});

for (const fate of /** @type {const} */ (["gone", "changed"]))
  test(`a part of a file that is ${fate} by the time it is hashed has no digest, also when a copy is there by then`, async () => {
    const { b, p, u } = await staged(Object.assign(new MemoryDisk(), { hasSnapshots: false, hasPartFiles: false }));
    u.version.cut.lose(2);
    const blob = await b.engine.reader.blob(u, 2);
    const { hash } = b.ports;
    b.ports.hash = async (one) => {
      const sha256 = await hash(one);
      p.disk[fate] = true;
      return sha256;
    };
    u.version.copied(new Blob([LETTERS]));
    await assert.rejects(b.engine.reader.hash(u, 2, blob), ReadError);
  });

test("a part that cannot be read is tried again from what is whole, and in the end the person is asked", async () => {
  const { b, u } = await staged(new MemoryDisk());
  for (let time = 1; time <= 5; time += 1) {
    await b.engine.reader.unreadable(u, 1, new Error("busy"));
    assert.equal(u.needsFile, false, `after ${time}`);
  }
  await b.engine.reader.unreadable(u, 1, new Error("busy"));
  assert.deepEqual([u.needsFile, u.fault?.code], [true, "file_changed"]);
});

test("another file is not concerned", async () => {
  const { b, u } = await staged(new MemoryDisk());
  await b.commands.add([pick("b", LETTERS)]);
  await b.clock.pass(500);
  for (let time = 1; time <= 6; time += 1) await b.engine.reader.unreadable(u, 1, new Error("busy"));
  assert.deepEqual([b.upload("a").needsFile, b.upload("b").needsFile], [true, false]);
});

test("a file that got shorter where its browser does not look is not what it was, at whichever end", async () => {
  const bytes = async (/** @type {number} */ length) => new ArrayBuffer(length);
  for (const size of [10, 1_000_000]) {
    const now = (/** @type {number} */ length) => /** @type {any} */ ({ size, arrayBuffer: () => bytes(length), slice: (start = 0, end = size) => ({ arrayBuffer: () => bytes(Math.max(0, Math.min(end, length) - start)) }) });
    assert.deepEqual(await Promise.all([size, size - 1, 4, 0].map((length) => isReadable(now(length), { clock: new MemoryClock(), read }))), [true, false, false, false], `${size}`);
  }
  assert.equal(await isReadable(new Blob([]), { clock: new MemoryClock(), read }), true);
});

test("a read that never ends is one that failed, as of a copy that the browser has wiped", async () => {
  const clock = new MemoryClock();
  const never = () => new Promise(() => {});
  for (const size of [10, 1_000_000]) {
    const asked = isReadable(/** @type {any} */ ({ size, arrayBuffer: never, slice: () => ({ arrayBuffer: never }) }), { clock, read });
    await clock.pass(31_000);
    assert.equal(await asked, false);
  }
});

test("a disk that fails for a moment has not lost a part, also when the file was edited by then", async () => {
  const { b, p, u } = await staged(Object.assign(new MemoryDisk(), { hasSnapshots: false }));
  p.disk.changed = true;
  for (const times of [1, 3]) {
    failOf(b.disk.partFiles, "read", notNow, { times });
    const reading = b.engine.reader.blob(u, 2);
    await b.clock.pass(3000);
    assert.equal(await (await reading).text(), LETTERS.slice(10, 20));
  }
  assert.equal(u.stagedParts.size, 11);
});

test("a disk that goes on failing: the part comes from the file while that is as it was, else it is kept and asked for again", async () => {
  const { b, p, u } = await staged(Object.assign(new MemoryDisk(), { hasSnapshots: false }));
  failOf(b.disk.partFiles, "read", notNow, { times: 4 });
  const other = b.engine.reader.blob(u, 3);
  await b.clock.pass(3000);
  assert.equal(Buffer.from(await (await other).arrayBuffer()).toString(), LETTERS.slice(20, 30));
  p.disk.changed = true;
  failOf(b.disk.partFiles, "read", notNow, { times: 4 });
  const refused = assert.rejects(b.engine.reader.blob(u, 2), ReadError);
  await b.clock.pass(3000);
  await refused;
  assert.ok(u.stagedParts.has(2));
  await b.engine.reader.unreadable(u, 2, new Error("not now"));
  assert.equal(u.needsFile, false);
  const again = b.engine.reader.blob(u, 2);
  await b.clock.pass(3000);
  assert.equal(await (await again).text(), LETTERS.slice(10, 20));
});
