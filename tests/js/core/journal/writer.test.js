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

test("what is written down in the same moment is one transaction; what is forgotten in it is not written", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS), pick("b", LETTERS), pick("c", LETTERS)]);
  await b.clock.pass(500);
  const { journalWriter } = b.engine;
  const [a, c] = [b.upload("a"), b.upload("c")];
  const { save } = b.disk.journal;
  /** @type {string[][]} */
  const written = [];
  b.disk.journal.save = async (entries) => {
    written.push(entries.map(({ id, phase }) => `${id} ${phase}`));
    return save(entries);
  };
  const saved = [journalWriter.save(a), journalWriter.save(b.upload("b")), journalWriter.save(a), journalWriter.save(c)];
  a.move("pause");
  const forgotten = journalWriter.forget(c);
  assert.deepEqual(await Promise.all(saved), [true, true, true, false]);
  await forgotten;
  assert.deepEqual(written, [["a paused", "b open"]], "as they are when they are written");
  assert.deepEqual([...b.disk.entries.keys()].sort(), ["a", "b"]);
});

test("what has ended or left before it is written is not written; a journal that fails says so to all", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS), pick("b", LETTERS)]);
  await b.clock.pass(500);
  const { journalWriter } = b.engine;
  const gone = journalWriter.save(b.upload("a"));
  b.upload("a").become("hide");
  assert.equal(await gone, false);
  b.disk.journal.save = async () => {
    throw new DOMException("closed", "InvalidStateError");
  };
  b.upload("a").become("show", "tag of anna");
  assert.deepEqual(await Promise.all([journalWriter.save(b.upload("a")), journalWriter.save(b.upload("b"))]), [false, false]);
});

test("how far a file is is not noted when all of it is there", async () => {
  const b = await bench();
  await b.clock.pass(10_000);
  const { note } = b.engine.journalWriter;
  /** @type {number[]} */
  const noted = [];
  b.engine.journalWriter.note = async function (u) {
    const before = b.count("journal.save");
    await note.call(this, u);
    await Promise.resolve();
    noted.push(b.count("journal.save") - before);
  };
  await b.commands.add([pick("a", "small")]);
  await b.clock.pass(3000);
  assert.equal(b.card("a").state, "ready");
  assert.deepEqual(noted, [0]);
});

test("what is asked for while the journal is written goes there together, each as it is by then", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS), pick("b", LETTERS), pick("c", LETTERS)]);
  await b.clock.pass(500);
  const { journalWriter } = b.engine;
  const [a, second, c] = [b.upload("a"), b.upload("b"), b.upload("c")];
  /** @type {(() => void)[]} */
  const doors = [];
  /** @type {string[][]} */
  const written = [];
  b.disk.journal.save = async (entries) => {
    written.push(entries.map(({ id, phase }) => `${id} ${phase}`));
    await new Promise((resolve) => doors.push(() => resolve(undefined)));
  };
  const first = journalWriter.save(a);
  await Promise.resolve();
  const rest = [];
  for (const u of [second, a, second]) {
    rest.push(journalWriter.save(u));
    await Promise.resolve();
  }
  a.move("pause");
  assert.deepEqual(written, [["a open"]]);
  doors.shift()?.();
  assert.equal(await first, true);
  rest.push(journalWriter.save(c));
  await Promise.resolve();
  assert.deepEqual(written, [["a open"], ["b open", "a paused"]]);
  doors.shift()?.();
  await Promise.all(rest.slice(0, 3));
  await Promise.resolve();
  assert.deepEqual(written.at(-1), ["c open"]);
  doors.shift()?.();
  assert.deepEqual(await Promise.all(rest), [true, true, true, true]);
});

test("one that cannot be written stops none that come after it", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS), pick("b", LETTERS)]);
  await b.clock.pass(500);
  const { save } = b.disk.journal;
  b.disk.journal.save = async () => {
    throw new DOMException("closed", "InvalidStateError");
  };
  const first = b.engine.journalWriter.save(b.upload("a"));
  await Promise.resolve();
  b.disk.journal.save = save;
  assert.deepEqual([await first, await b.engine.journalWriter.save(b.upload("b"))], [false, true]);
});
