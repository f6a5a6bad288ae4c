import assert from "node:assert/strict";
import test from "node:test";
import { bench, MemoryService, pick, storeSays } from "../bench.js";

const PAGE = { status: 403, body: "<!doctype html><h1>Not here</h1>" };

/** An engine whose store takes forms. @param {Parameters<typeof bench>[0]} [more] @param {number} [rate] of the line, bytes/s: what a few bytes here and there would have it believe says nothing */
const withForms = async (more = {}, rate = 1e6) => {
  const b = await bench(more);
  b.service.store.singleForms = true;
  b.engine.lineRate.usual = () => rate;
  let given = 0;
  return Object.assign(b, {
    /** So many files of one part are given, and time passes. @param {number} count @param {number} [ms] */
    give: async (count, ms = 2000) => {
      const ids = Array.from({ length: count }, () => `f${(given += 1)}`);
      await b.commands.add(ids.map((id) => pick(id, `text ${id}`)));
      await b.clock.pass(ms);
      return ids;
    },
    /** How parts were sent, in order. @param {number} [from] */
    ways: (from = 0) => b.service.log.slice(from).filter((line) => /^(put|form) /.test(line)).map((line) => line.split(" ")[0]),
  });
};

/** @param {Awaited<ReturnType<typeof withForms>>} b @param {string[]} ids */
const areThere = (b, ids) => {
  for (const id of ids) {
    assert.equal(b.card(id).state, "ready", `${b.card(id).state} ${b.card(id).detail} ${b.logs().join("; ")}`);
    assert.equal(b.service.content(b.upload(id).uploadId).toString(), `text ${id}`);
  }
};

test("small files go as forms, and count on the line as those that are put", async () => {
  const b = await withForms();
  const ids = await b.give(5);
  areThere(b, ids);
  assert.deepEqual(b.ways(), ["form", "form", "form", "form", "form"]);
  assert.equal(b.engine.sender.bytesPut, ids.reduce((sum, id) => sum + `text ${id}`.length, 0));
  assert.ok(b.engine.lineRate.measured(60_000) > 0, "the line's rate is known of them");
});

test("a file of several parts, one that is not short, and one whose store takes none are put", async () => {
  const b = await withForms({ service: new MemoryService({ partSize: 400_000 }) });
  await b.commands.add([pick("long", "x".repeat(262_145)), pick("parts", "x".repeat(2_000_000))]);
  await b.clock.pass(5000);
  assert.deepEqual([b.card("long").state, b.card("parts").state], ["ready", "ready"]);
  assert.ok(!b.ways().includes("form"));
  await b.commands.add([pick("short", "x".repeat(262_144))]);
  await b.clock.pass(5000);
  assert.deepEqual(b.ways().at(-1), "form", "up to 256 KiB");
});

/** What a form may meet whose PUT gets through. @type {Record<string, any>} */
const FAILS = { "is refused by somebody on the way": PAGE, "is refused by the store": storeSays(403, "AccessDenied"), "is not known there": storeSays(405, "MethodNotAllowed"), "is cut": "cut", "is answered by somebody else": { status: 200, etag: '"x"', body: "" }, "cannot be heard": { status: 201, body: "" } };

for (const [what, met] of Object.entries(FAILS))
  test(`a form that ${what} goes by PUT at once, and after three no form is tried any more`, async () => {
    const b = await withForms();
    for (let at = 0; at < 3; at += 1) {
      b.service.formAnswers = [met];
      const from = b.service.log.length;
      areThere(b, await b.give(1, 500));
      assert.deepEqual(b.ways(from), ["form", "put"]);
    }
    const from = b.service.log.length;
    areThere(b, await b.give(3));
    assert.deepEqual(b.ways(from), ["put", "put", "put"]);
    assert.equal(b.count("api.sign") + b.count("api.signMany"), 0, "none is signed once more for that");
    const after = await b.restart();
    const again = after.service.log.length;
    await after.commands.add([pick("z", "text z")]);
    await after.clock.pass(2000);
    assert.ok(after.service.log.slice(again).includes("form 1"), "an engine that starts anew tries them");
  });

test("one that got through between those that failed shows that forms do", async () => {
  const b = await withForms();
  for (let at = 0; at < 4; at += 1) {
    b.service.formAnswers = [PAGE];
    await b.give(1);
    await b.give(1);
  }
  assert.deepEqual(b.ways(), ["form", "put", "form", "form", "put", "form", "form", "put", "form", "form", "put", "form"]);
});

test("those that fail together have failed once", async () => {
  const b = await withForms();
  b.service.formAnswers = [PAGE, PAGE, PAGE, PAGE];
  areThere(b, await b.give(4));
  const from = b.service.log.length;
  areThere(b, await b.give(1));
  assert.deepEqual(b.ways(from), ["form"]);
});

test("while the line is down nobody says that it was the form", async () => {
  const b = await withForms();
  await b.give(1);
  b.service.cut = true;
  const ids = await b.give(4, 30_000);
  b.service.cut = false;
  await b.clock.pass(60_000);
  areThere(b, ids);
  const from = b.service.log.length;
  areThere(b, await b.give(2));
  assert.ok(b.ways(from).includes("form"));
});

test("bytes that the store did not take for the signed ones are read again, and go by PUT", async () => {
  const b = await withForms();
  b.service.formAnswers = [storeSays(400, "BadDigest")];
  areThere(b, await b.give(1, 5000));
  assert.deepEqual(b.ways(), ["form", "put"]);
});

test("a store that is busy is not asked at once in another way", async () => {
  const b = await withForms();
  b.service.formAnswers = [storeSays(503, "SlowDown")];
  const ids = await b.give(1, 100);
  assert.deepEqual(b.ways(), ["form"]);
  await b.clock.pass(10_000);
  areThere(b, ids);
  assert.deepEqual(b.ways(), ["form", "form"]);
});

test("a form that stands still has the time of an answer, and goes by PUT then", async () => {
  const b = await withForms();
  const held = (b.service.held = /** @type {(() => void)[]} */ ([]));
  const ids = await b.give(1, 55_000);
  assert.equal(b.engine.sender.onLine.size, 1, "longer than a part that shows no progress");
  await b.clock.pass(6000);
  b.service.held = null;
  held.splice(0);
  await b.clock.pass(60_000);
  areThere(b, ids);
  assert.equal(b.ways().filter((way) => way === "form").length, 1);
});

test("pausing one that is on the line says nothing of forms", async () => {
  const b = await withForms();
  for (let at = 0; at < 4; at += 1) {
    b.service.held = [];
    const [id] = await b.give(1, 500);
    await b.commands.pause(id);
    b.service.held = null;
    await b.clock.pass(500);
    await b.commands.resume(id);
    await b.clock.pass(5000);
    areThere(b, [id]);
  }
  assert.ok(!b.ways().includes("put"), b.ways().join(" "));
});

test("on a slow line a question more costs little, and how far a part is can be seen", async () => {
  const slow = await withForms({}, 0.3);
  await slow.commands.add([pick("a", "ab")]);
  await slow.clock.pass(2000);
  assert.deepEqual(slow.ways(), ["put"]);
  const unknown = await withForms({}, 0);
  areThere(unknown, await unknown.give(1));
  assert.deepEqual(unknown.ways(), ["form"], "as long as nothing is known of it");
});

test("while something stands in the way, or once that part was sent in vain, it is put", async () => {
  const b = await withForms();
  const { obstacles } = b.engine;
  const isClear = obstacles.isClear.bind(obstacles);
  await b.give(1);
  assert.deepEqual(b.ways(), ["form"]);
  b.service.held = [];
  const [id] = await b.give(1, 500);
  const [part] = b.engine.sender.onLine;
  assert.equal(isClear(part), true);
  obstacles.cut(part, { bytes: 3, ms: 1000, isAlone: false });
  assert.equal(isClear(part), false);
  assert.equal(isClear({ ...part, u: b.upload("f1") }), false, "nor any other, until one has got through");
  b.service.held.splice(0).forEach((go) => go());
  b.service.held = null;
  await b.clock.pass(5000);
  areThere(b, [id]);
  assert.equal(isClear(part), true);
  assert.equal(isClear({ ...part, direct: part }), false, "through the app");
});
