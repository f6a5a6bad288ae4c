import assert from "node:assert/strict";
import test from "node:test";
import { bench, LETTERS, MemoryDisk, pick } from "../bench.js";

test("a journal that fails in the middle does not stop the upload", async () => {
  const b = await bench();
  await b.commands.add([pick("a", LETTERS)]);
  b.disk.journal.save = b.disk.journal.remove = async () => {
    throw new DOMException("closed", "InvalidStateError");
  };
  await b.clock.pass(3000);
  assert.equal(b.card("a").state, "ready");
  assert.equal(b.service.content("u1").toString(), LETTERS);
});

test("how far it is is noted now and then, not with every part", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(100);
  const u = b.upload("a");
  const before = b.count("journal.save");
  for (let i = 0; i < 10; i += 1) await b.engine.journalWriter.note(u);
  assert.ok(b.count("journal.save") <= before + 1);
  await b.clock.pass(3001);
  const later = b.count("journal.save");
  await b.engine.journalWriter.note(u);
  assert.equal(b.count("journal.save"), later + 1);
});

test("what has ended well is not written down again", async () => {
  const b = await bench();
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5000);
  assert.equal(b.card("a").state, "ready");
  assert.equal(await b.engine.journalWriter.save(b.upload("a")), false);
  assert.deepEqual([b.disk.entries.size, b.disk.files.size, b.disk.parts.size], [0, 0, 0]);
});

test("bytes of a part that was confirmed anew stay while the journal cannot say so", async () => {
  const disk = Object.assign(new MemoryDisk(), { hasSnapshots: false });
  const b = await bench({ disk });
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  const u = b.upload("a");
  u.trusted = new Set();
  const { save } = disk.journal;
  disk.journal.save = async () => {
    throw new DOMException("gone", "InvalidStateError");
  };
  const before = disk.parts.size;
  b.service.held.splice(0, 1).forEach((go) => go());
  await b.clock.pass(100);
  assert.deepEqual([u.confirmed.size, disk.parts.size], [1, before]);
  disk.journal.save = save;
  b.service.held.splice(0).forEach((go) => go());
  b.service.held = null;
  await b.clock.pass(5000);
  assert.deepEqual([b.card("a").state, disk.parts.size, disk.entries.size], ["ready", 0, 0]);
});
