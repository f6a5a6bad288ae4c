import assert from "node:assert/strict";
import test from "node:test";
import { bench, copied, failOf, LETTERS, MemoryDisk, notNow, pick, sha256 } from "../bench.js";

/** An upload whose bytes are all staged and whose file is gone, as after a restart. @param {Partial<MemoryDisk>} [disk] */
const staged = async (disk = { hasSnapshots: false }) => {
  const b = await bench({ disk: Object.assign(new MemoryDisk(), disk) });
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  return b;
};

/** Entries and keys as they were before entries had a format. @param {MemoryDisk} disk */
const asBefore = (disk) => {
  const entry = disk.entries.get("a");
  for (const field of ["format", "version", "stagedIn", "stagedPartSize", "edited"]) delete entry[field];
  const parts = [...disk.parts].map(([key, part]) => /** @type {const} */ ([`a/${key.split("/")[1]}`, part]));
  disk.parts.clear();
  for (const [key, part] of parts) disk.parts.set(key, part);
  const copies = [...disk.files.values()];
  disk.files.clear();
  for (const copy of copies) disk.files.set("a", copy);
};

/** @param {MemoryDisk} disk */
const ofOldSize = (disk) => [...disk.parts.keys()].filter((key) => /^a\..*10\//.test(key)).length;

/** @param {import("../bench.js").Bench} b */
const endsWell = (b) => {
  assert.equal(b.card("a").state, "ready", `${b.card("a").error} ${b.logs().join("; ")}`);
  assert.equal(b.service.content(b.upload("a").uploadId).toString(), LETTERS);
  assert.deepEqual([b.disk.entries.size, b.disk.files.size, b.disk.parts.size], [0, 0, 0]);
};

for (const way of ["snapshot", "opfs"])
  test(`what was staged by the version of the app before goes on (${way})`, async () => {
    const b = await staged({ hasSnapshots: way === "snapshot" });
    asBefore(b.disk);
    b.service.held = null;
    const again = await b.restart();
    await again.clock.pass(3000);
    endsWell(again);
  });

test("part files of before that have another size are dropped, and the person is asked once", async () => {
  const b = await staged();
  asBefore(b.disk);
  b.disk.entries.get("a").partSize = 16;
  b.service.uploads.get("u1").partSize = 16;
  b.service.held = null;
  const again = await b.restart();
  await again.clock.pass(3000);
  assert.equal(again.card("a").needs_file, true);
  assert.ok(again.puts().every((number) => number <= 11));
  await again.commands.give("a", pick("a", LETTERS).file);
  await again.clock.pass(3000);
  endsWell(again);
});

test("parts of another size are laid end to end, when none is missing and each is whole", async () => {
  const b = await staged();
  const u = b.upload("a");
  const { version } = u;
  const old = version.cut;
  u.version.give(null);
  await b.engine.copies.recut(u, 16);
  assert.equal(await u.snapshot?.text(), LETTERS);
  assert.deepEqual([u.partSize, u.hashes.size, u.safeBytes, version.composedOf], [16, 0, 104, old]);
  assert.equal(await sha256(/** @type {Blob} */ (u.bytesOf(2))), await sha256(new Blob([LETTERS.slice(16, 32)])));
});

test("parts of another size with one missing, or cut short, are worth nothing", async () => {
  /** @type {((disk: MemoryDisk, key: string) => void)[]} */
  const spoils = [(disk, key) => disk.parts.delete(key), (disk, key) => (disk.parts.get(key).copy = new Blob(["x"]))];
  for (const spoil of spoils) {
    const b = await staged();
    const u = b.upload("a");
    assert.ok(ofOldSize(b.disk));
    spoil(b.disk, `${u.version.cut.key}/4`);
    await b.engine.copies.recut(u, 16);
    assert.deepEqual([u.snapshot, ofOldSize(b.disk)], [null, 0]);
  }
});

test("another file that is given while parts are laid end to end: nothing of them is left", async () => {
  const b = await staged();
  const u = b.upload("a");
  u.version.give(null);
  const done = b.engine.copies.recut(u, 16);
  u.renew("other", new Blob([LETTERS.toUpperCase()]));
  await done;
  assert.deepEqual([u.snapshot, ofOldSize(b.disk)], [null, 0]);
});

test("an engine of before that still writes does not write over what the next one has copied", async () => {
  for (const isJournaled of [true, false]) {
    const b = await bench();
    b.service.held = [];
    const { write } = b.disk.snapshots;
    /** @type {any[]} */
    let late = [];
    b.disk.snapshots.write = async (files) => {
      late = files;
      return new Promise(() => {});
    };
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(500);
    b.disk.snapshots.write = write;
    if (!isJournaled) b.disk.entries.clear();
    const next = await b.restart();
    await next.commands.add([pick("a", LETTERS)]);
    await next.clock.pass(500);
    next.kill();
    await write.call(b.disk.snapshots, [{ id: late[0].id, file: pick("a", LETTERS.toUpperCase()).file }]);
    b.service.held = null;
    const again = await next.restart();
    await again.clock.pass(5000);
    endsWell(again);
  }
});

test("a card of the server that became a file of its own keeps its copy", async () => {
  const b = await staged({ hasSnapshots: true });
  const entry = b.disk.entries.get("a");
  b.disk.entries.clear();
  b.disk.entries.set("server-u1.new-9", { ...entry, id: "server-u1.new-9", key: "other", uploadId: "", phase: "new", stagedIn: `server-u1.new-9.${entry.version}` });
  b.disk.files.set(`server-u1.new-9.${entry.version}`, new Blob([LETTERS]));
  b.service.away = true;
  const again = await b.restart();
  await again.clock.pass(1000);
  assert.equal(again.card("server-u1.new-9").needs_file, false);
  assert.equal(again.disk.files.size, 1);
});

test("what an older state of the file left behind is swept, what belongs to an upload of any owner stays", async () => {
  const b = await staged({ hasSnapshots: true });
  b.disk.files.set("a.older", new Blob(["x"]));
  b.disk.parts.set("a.10/1", { copy: new Blob(["x"]), sha: "x" });
  b.service.away = true;
  const again = await b.restart();
  await again.clock.pass(500);
  assert.deepEqual([copied(again.disk), again.disk.parts.size], [["a"], 0]);
});

for (const way of /** @type {const} */ (["snapshots", "partFiles"]))
  test(`a disk that fails for a moment after a start has not lost what is staged (${way})`, async () => {
    const b = await staged({ hasSnapshots: way === "snapshots" });
    b.service.held = null;
    const place = b.disk[way];
    for (const name of ["read", "list"]) if (name in place) failOf(place, name, notNow, { times: 2 });
    const again = await b.restart();
    await again.clock.pass(5000);
    endsWell(again);
  });

test("parts of another size are laid end to end although the disk fails for a moment", async () => {
  const b = await staged();
  failOf(b.disk.partFiles, "read", notNow, { times: 2 });
  const done = b.engine.copies.recut(b.upload("a"), 16);
  await b.clock.pass(5000);
  await done;
  assert.equal(b.upload("a").snapshot?.size, LETTERS.length);
});
