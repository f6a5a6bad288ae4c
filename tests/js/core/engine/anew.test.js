import assert from "node:assert/strict";
import test from "node:test";
import { ApiError } from "../../../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { bench, fail, hold, holdOf, LETTERS, MemoryDisk, MemoryService, pick } from "../bench.js";

/** As LETTERS, but for the ninth of its eleven parts. */
const OTHER = `${LETTERS.slice(0, 80)}X${LETTERS.slice(81)}`;

/** Another last part. */
const LAST = `${LETTERS.slice(0, -3)}X${LETTERS.slice(-2)}`;
const LONG = LETTERS.repeat(4);
const LATE = `${LONG.slice(0, -3)}X${LONG.slice(-2)}`;

/** One browser has sent seven of eleven parts, and is closed. */
const begun = async () => {
  const service = new MemoryService();
  const first = await bench({ service });
  service.held = [];
  await first.commands.add([pick("a", LETTERS, { name: "a.txt" })]);
  for (let sent = 0; sent < 7; sent += 1) {
    await first.clock.pass(200);
    service.held.splice(0, 1).forEach((go) => go());
  }
  await first.clock.pass(200);
  first.kill();
  service.held = null;
  return first;
};

/** One part of a file is there, others are on the line. @param {string} text @param {{service: MemoryService, disk?: MemoryDisk}} parts */
const sending = async (text, parts) => {
  const b = await bench(parts);
  /** @type {(() => void)[]} */
  const held = [];
  parts.service.held = held;
  await b.commands.add([pick("a", text, { name: "a.txt" })]);
  await b.clock.pass(1000);
  held.splice(0, 1).forEach((go) => go());
  await b.clock.pass(1000);
  return b;
};

/** @param {MemoryService} service */
const contents = (service) => [...service.uploads.values()].map((u) => [u.id, u.state, service.content(u.id).toString()]);

test("two browsers with two versions of one file: each becomes a file of its own", async () => {
  const first = await begun();
  const { service } = first;
  assert.equal(service.uploads.get("u1").parts.size, 7);
  const second = await bench({ service });
  await second.clock.pass(500);
  await second.commands.add([pick("b", OTHER, { name: "a.txt" })]); // all that the server knows of it says that it is the same
  await second.clock.pass(5000);
  assert.deepEqual(second.cards().map((card) => [card.id, card.state]).sort(), [["server-u1", "ready"], [second.cards().find((card) => card.upload_id === "u1")?.id, "waiting"]].sort());
  const again = await first.restart();
  await again.clock.pass(5000);
  assert.deepEqual(contents(service), [["u1", "ready", LETTERS], ["u2", "ready", OTHER]]);
});

test("the first one is still sending: whoever comes second with other bytes is the one that goes", async () => {
  const { service, ...first } = await begun();
  const again = await first.restart();
  service.held = [];
  const second = await bench({ service });
  await second.clock.pass(500);
  await second.commands.add([pick("b", OTHER, { name: "a.txt" })]);
  await second.clock.pass(2000);
  await again.clock.pass(1000);
  const { held } = service;
  service.held = null;
  held.splice(0).forEach((go) => go());
  await Promise.all([second.clock.pass(5000), again.clock.pass(5000)]);
  assert.deepEqual(contents(service), [["u1", "ready", LETTERS], ["u2", "ready", OTHER]]);
});

test("chosen on the card of the other, the newer version is the one that counts", async () => {
  const { service } = await begun();
  const second = await bench({ service });
  await second.clock.pass(500);
  await second.commands.give("server-u1", pick("b", OTHER, { name: "a.txt" }).file);
  await second.clock.pass(5000);
  assert.deepEqual(contents(service), [["u1", "ready", OTHER]]);
  assert.equal(service.uploads.get("u1").epoch, 2);
});

test("without the whole file here, the person is asked for it", async () => {
  const service = new MemoryService();
  const disk = Object.assign(new MemoryDisk(), { hasSnapshots: false });
  const b = await sending(LETTERS, { service, disk }); // once a part is there its part file goes
  service.held = null;
  fail(service, "sign", () => new ApiError(409, { code: "other_version", detail: "Another version is on its way.", number: 1 }));
  const again = await b.restart();
  await again.clock.pass(2000);
  const card = again.card("a");
  assert.deepEqual([card.state, card.needs_file, card.error_code], ["waiting", true, "other_version"]);
  assert.match(card.error, /Another version of a\.txt/);
  await again.commands.give("a", pick("x", LETTERS, { name: "a.txt" }).file);
  await again.clock.pass(5000);
  assert.equal(again.card("a").state, "ready");
  assert.equal(service.content("u1").toString(), LETTERS);
});

test("part files that are all here are the whole file, too", async () => {
  const service = new MemoryService();
  const disk = Object.assign(new MemoryDisk(), { hasSnapshots: false });
  const b = await bench({ service, disk });
  service.held = [];
  await b.commands.add([pick("a", LETTERS, { name: "a.txt" })]);
  await b.clock.pass(1000);
  assert.deepEqual([b.upload("a").stagedParts.size, b.card("a").leave], [11, "return"]);
  b.kill();
  service.held = null;
  const second = await bench({ service });
  await second.clock.pass(500);
  const other = `X${LETTERS.slice(1)}`;
  await second.commands.give("server-u1", pick("b", other, { name: "a.txt" }).file);
  const again = await b.restart();
  await Promise.all([second.clock.pass(5000), again.clock.pass(5000)]);
  assert.deepEqual([again.card("a").state, again.card("a").needs_file], ["ready", false]);
  assert.deepEqual(contents(service), [["u1", "ready", other], ["u2", "ready", LETTERS]]);
  assert.deepEqual([disk.entries.size, disk.parts.size], [0, 0], "nothing is left in this browser");
});

test("finished elsewhere with another version: the first browser's file is not lost, and its card does not say that it is there", async () => {
  const service = new MemoryService();
  const first = await sending(LONG, { service });
  first.kill();
  service.held = null;
  const second = await bench({ service });
  await second.clock.pass(500);
  await second.commands.add([pick("b", LATE, { name: "a.txt" })]);
  await second.clock.pass(20000);
  const again = await first.restart();
  await again.clock.pass(20000);
  assert.deepEqual(contents(service), [["u1", "ready", LATE], ["u2", "ready", LONG]]);
});

test("the first browser finishes just before another version that was shown to the second is signed: that one is not lost", async () => {
  const service = new MemoryService();
  const first = await sending(LETTERS, { service });
  const signs = hold(service, "sign"); // the first one has all of it signed
  const second = await bench({ service });
  await second.clock.pass(500);
  await second.commands.add([pick("b", LAST, { name: "a.txt" })]);
  const { held } = service;
  service.held = null;
  held?.splice(0).forEach((go) => go());
  await first.clock.pass(3000);
  await second.clock.pass(60000);
  signs.go();
  await second.clock.pass(60000);
  assert.deepEqual(contents(service), [["u1", "ready", LETTERS], ["u2", "ready", LAST]]);
});

test("its owner leaves while it begins anew, and is back: it goes on", async () => {
  const b = await bench({ disk: Object.assign(new MemoryDisk(), { hasSnapshots: false }) });
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  b.service.held.splice(0);
  /** @type {any} */ (b.service.uploads.get("u1")).state = "failed";
  b.upload("a").become("doubted");
  b.engine.wake();
  await b.clock.pass(2000);
  assert.equal(b.card("a").state, "failed");
  b.service.owner = "berta"; // who is not new
  b.service.create({ name: "x", size: 5, type: "", last_modified: null }, "hers");
  b.service.owner = "anna";
  const reading = holdOf(b.disk.partFiles, "read");
  b.commands.retry("a");
  await b.clock.pass(100);
  assert.ok(reading.waiting.length > 0);
  for (const owner of ["berta", "anna"]) {
    b.service.owner = owner;
    const asked = b.engine.owners.ask();
    await b.clock.pass(3000);
    await asked;
    assert.equal(b.engine.uploads.has("a"), owner === "anna");
    reading.go();
    await b.clock.pass(1000);
  }
  b.service.held = null;
  await b.clock.pass(60_000);
  assert.equal(b.card("a").state, "ready");
});
