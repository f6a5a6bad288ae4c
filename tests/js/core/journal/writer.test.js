import assert from "node:assert/strict";
import test from "node:test";
import { bench, LETTERS, pick } from "../bench.js";

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
