import assert from "node:assert/strict";
import test from "node:test";
import { bench, copied, ficklePick, hold, LETTERS, MemoryDisk, MemoryService, pick } from "../bench.js";

/** @param {Partial<MemoryDisk>} [disk] */
const underWay = async (disk = {}, text = LETTERS) => {
  const b = await bench({ disk: Object.assign(new MemoryDisk(), disk) });
  b.service.held = [];
  await b.commands.add([pick("a", text)]);
  await b.clock.pass(500);
  return b;
};

const NOTHING = { hasSnapshots: false, hasPartFiles: false };
const OTHER = LETTERS.toUpperCase();

test("by the bytes that are here: the copy, the person's file, part files", async () => {
  for (const disk of [{}, NOTHING, { hasSnapshots: false }]) {
    const b = await underWay(disk);
    const u = b.upload("a");
    if ("hasSnapshots" in disk && !("hasPartFiles" in disk)) u.version.give(null);
    assert.equal(await b.engine.recognition.compare(u, pick("x", LETTERS).file), "same");
    assert.equal(await b.engine.recognition.compare(u, pick("x", OTHER).file), "other");
    assert.equal(await b.engine.recognition.compare(u, pick("x", "short").file), "other");
  }
});

test("every byte tells; of a large file those at the start, in the middle and at the end", async () => {
  const size = 400_003;
  const b = await underWay({}, "x".repeat(size));
  const verdict = (/** @type {number} */ at) => {
    const text = `${"x".repeat(at)}y${"x".repeat(size - at - 1)}`;
    return b.engine.recognition.compare(b.upload("a"), pick("x", text).file);
  };
  for (const at of [0, 100_000, 200_000, size - 1]) assert.equal(await verdict(at), "other", `byte ${at}`);
  b.engine.recognition.whole = 300_000;
  for (const at of [0, 200_000, size - 1]) assert.equal(await verdict(at), "other", `byte ${at}`);
  assert.equal(await verdict(100_000), "same");
});

test("with nothing here the server's digests tell, of a large file with the date of the one before a few of them", async () => {
  const b = await underWay(NOTHING);
  b.service.held?.splice(0).forEach((go) => go());
  await b.clock.pass(300);
  b.service.away = true;
  const again = await b.restart();
  await again.clock.pass(100);
  const u = again.upload("a");
  assert.equal(await again.engine.recognition.compare(u, pick("x", OTHER).file), "unknown", "the server is away");
  again.service.away = false;
  again.engine.serverGate.ok();
  const { recognition } = again.engine;
  // The second part is none of those few. What is sent after it would be put to a part of the state before.
  const edited = LETTERS.slice(0, 11) + "!" + LETTERS.slice(12);
  for (const [whole, lastModified, verdict, most] of /** @type {[number, number, string, number][]} */ ([[1e6, 1, "other", 2], [10, 2, "other", 2], [10, 1, "same", 3]])) {
    recognition.whole = whole;
    const before = again.count("hash");
    assert.equal(await recognition.compare(u, pick("x", edited, { lastModified }).file), verdict, `${whole} ${lastModified}`);
    assert.ok(again.count("hash") - before <= most);
    assert.equal(await recognition.compare(u, pick("x", LETTERS, { lastModified }).file), "same");
    assert.equal(await recognition.compare(u, pick("x", OTHER, { lastModified }).file), "other");
  }
});

test("parts from before the file was edited say nothing", async () => {
  const b = await underWay(NOTHING);
  const u = b.upload("a");
  b.service.held?.splice(0).forEach((go) => go());
  await b.clock.pass(300);
  u.renew("later");
  u.become("edited");
  assert.equal(await b.engine.recognition.compare(u, pick("x", LETTERS).file), "unknown");
});

test("a file that cannot be read, or not in time, is not known again", async () => {
  const b = await underWay();
  const p = ficklePick("x", LETTERS);
  p.disk.gone = true;
  assert.equal(await b.engine.recognition.compare(b.upload("a"), p.file), "other");
  const { file } = pick("y", LETTERS);
  file.slice = () => Object.assign(new Blob(["x"]), { arrayBuffer: () => new Promise(() => {}) });
  const asked = b.engine.recognition.compare(b.upload("a"), file);
  await b.clock.pass(31_000);
  assert.equal(await asked, "other");
});

test("without any digest name, size and date have to agree; a changed file may come in its new state, on its own card", async () => {
  const b = await underWay(NOTHING);
  const u = b.upload("a");
  u.renew("later");
  const fits = (/** @type {object} */ more = {}, chosen = true) => b.engine.recognition.fits(u, pick("x", LETTERS, { name: "a.txt", ...more }).file, { chosen });
  assert.deepEqual([await fits(), await fits({ name: "b.txt" }), await fits({ lastModified: 2 })], [true, false, false]);
  u.become("edited");
  assert.deepEqual([await fits({ lastModified: 2 }), await fits({ lastModified: 2 }, false), await fits({ name: "b.txt" })], [true, false, false]);
  assert.equal(await fits({}, false), false, "the date of the state before says nothing of the new one");
});

test("without any digest a file of another folder is another one", async () => {
  const b = await bench({ disk: Object.assign(new MemoryDisk(), NOTHING) });
  b.service.away = true;
  await b.commands.add([pick("a", LETTERS, { name: "a.txt", path: "one/a.txt" })]);
  await b.clock.pass(100);
  b.service.away = false;
  const again = await b.restart();
  await again.commands.add([pick("b", OTHER, { name: "a.txt", path: "two/a.txt" })]);
  await again.commands.add([pick("c", LETTERS, { name: "a.txt", path: "one/a.txt" })]);
  await again.clock.pass(3000);
  assert.deepEqual(again.cards().map(({ id, state }) => [id, state]).sort(), [["a", "ready"], ["b", "ready"]]);
  assert.deepEqual(["a", "b"].map((id) => again.service.content(again.upload(id).uploadId).toString()), [LETTERS, OTHER]);
});

test("while the server is away nobody can say which bytes it has: what is dropped is a card of its own", async () => {
  const b = await underWay(NOTHING);
  b.service.held?.splice(0).forEach((go) => go());
  await b.clock.pass(300);
  b.service.away = true;
  const again = await b.restart();
  await again.commands.add([pick("b", OTHER, { name: "a.txt" })]);
  again.service.away = false;
  again.service.held = null;
  await again.clock.pass(30_000);
  assert.equal(again.card("b").state, "ready");
  await again.commands.give("a", pick("x", LETTERS, { name: "a.txt" }).file);
  await again.clock.pass(3000);
  assert.deepEqual(["a", "b"].map((id) => again.service.content(again.upload(id).uploadId).toString()), [LETTERS, OTHER]);
});

test("what is ready at the server already, though this browser has not heard of it, takes no other file", async () => {
  const b = await bench({ watch: (what) => what === "before journal.remove" && b.kill() });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  const get = hold(b.service, "get");
  const again = await b.restart({ watch: () => {} });
  const added = again.commands.add([pick("b", OTHER, { name: "a.txt" })]);
  await again.clock.pass(100);
  get.waiting.pop()?.(); // the answer to whoever compares comes before the other one
  await added;
  get.go();
  await again.clock.pass(3000);
  assert.deepEqual(again.cards().map(({ id, state }) => [id, state]).sort(), [["a", "ready"], ["b", "ready"]]);
  assert.deepEqual([...again.service.uploads.keys()].map((id) => again.service.content(id).toString()), [LETTERS, OTHER]);
});

test("a card that only the server knows takes its file back by the digests that the server has", async () => {
  const b = await underWay(NOTHING);
  b.service.held?.splice(0).forEach((go) => go());
  b.service.held = [];
  await b.clock.pass(300);
  const again = await bench({ service: b.service });
  await again.clock.pass(500);
  const [{ id }] = again.cards();
  await again.commands.give(id, pick("x", OTHER, { name: "a.txt" }).file);
  await again.clock.pass(100);
  assert.equal(again.card(id).error_code, "other_file");
  again.service.held = null;
  await again.commands.give(id, pick("x", LETTERS, { name: "renamed.txt", lastModified: 9 }).file);
  await again.clock.pass(3000);
  assert.equal(again.card(id).state, "ready");
});

test("the right file for a card of which the server has everything already is no other file", async () => {
  const b = await underWay(NOTHING);
  b.service.held?.splice(0, 2).forEach((go) => go());
  await b.clock.pass(300);
  b.kill();
  const again = await bench({ service: b.service });
  await again.clock.pass(500);
  /** @type {any} */ (again.service.uploads.get("u1")).state = "scanning";
  await again.commands.give("server-u1", pick("x", LETTERS, { name: "a.txt" }).file);
  await again.clock.pass(2000);
  assert.deepEqual([again.card("server-u1").state, again.card("server-u1").error], ["scanning", ""]);
});

test("the same file once more, of which the first one is ready while they are compared, is not sent again", async () => {
  const b = await underWay();
  const { file } = pick("b", LETTERS, { name: "a.txt" });
  /** @type {(() => void)[]} */
  const reads = [];
  const { slice } = file;
  file.slice = (...args) => {
    const part = slice.apply(file, args);
    return Object.assign(part, { arrayBuffer: () => new Promise((resolve) => reads.push(() => resolve(part.bytes().then(({ buffer }) => buffer)))) });
  };
  const added = b.commands.add([{ id: "b", path: "", file }]);
  await b.clock.pass(100);
  b.service.held?.splice(0).forEach((go) => go());
  b.service.held = null;
  await b.clock.pass(5000);
  assert.equal(b.card("a").state, "ready");
  reads.forEach((go) => go());
  await added;
  await b.clock.pass(5000);
  assert.deepEqual(b.cards().map(({ id, state }) => [id, state]), [["a", "ready"]]);
  assert.equal(b.service.uploads.size, 1);
});

test("two drops at once of two files that look the same: each is what it is", async () => {
  const service = new MemoryService();
  const b = await bench({ service });
  service.held = [];
  const files = [LETTERS, OTHER, LETTERS, OTHER].map((text, i) => pick(`f${i}`, text, { name: "a.txt" }));
  await Promise.all([b.commands.add(files.slice(0, 2)), b.commands.add(files.slice(2))]);
  service.held.splice(0).forEach((go) => go());
  service.held = null;
  await b.clock.pass(3000);
  assert.deepEqual(b.cards().map((card) => [card.id, card.state]), [["f0", "ready"], ["f1", "ready"]]);
  assert.deepEqual([...service.uploads.keys()].map((id) => service.content(id).toString()), [LETTERS, OTHER]);
});

test("a card that is cancelled or paused while its file is compared stays so, or goes with it", async () => {
  for (const command of /** @type {const} */ (["cancel", "pause"])) {
    const b = await underWay();
    const added = b.commands.add([pick("b", LETTERS, { name: "a.txt" })]);
    b.commands[command]("b");
    await added;
    await b.clock.pass(500);
    assert.deepEqual(b.cards().map(({ id, state }) => [id, state]), command === "cancel" ? [["a", "uploading"], ["b", "cancelled"]] : [["a", "uploading"]]);
    assert.deepEqual([...b.disk.entries.keys()], ["a"]);
    assert.deepEqual(copied(b.disk), ["a"]);
  }
});
