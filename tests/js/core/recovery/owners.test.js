import assert from "node:assert/strict";
import test from "node:test";
import { bench, fail, hold, holdOf, LETTERS, MemoryBrowser, MemoryService, pick, problem, twoArrive } from "../bench.js";

/** @param {import("../bench.js").Bench} b @param {string} [id] */
const endsWell = (b, id = "a") => {
  assert.equal(b.card(id).state, "ready", `${b.card(id).state} ${b.card(id).error} ${b.logs().join("; ")}`);
  assert.equal(b.service.content(b.upload(id).uploadId).toString(), LETTERS);
};

/** Berta has been here for long, then anna's file is half sent when the browser dies. */
const halfway = async () => {
  const service = new MemoryService();
  service.owner = "berta";
  await service.api.create({ name: "old.txt", size: 1, type: "", last_modified: null }, "old");
  service.uploads.get("u1").state = "ready";
  service.owner = "anna";
  const b = await bench({ service });
  await twoArrive(b, { before: 500, after: 300 });
  service.held = null;
  b.kill();
  return b;
};

/** Whether a page has ever seen the card. @param {import("../bench.js").Bench} b @param {string} [id] */
const wasShown = (b, id = "a") => b.ports.published.some((change) => change.changed.some((/** @type {any} */ card) => card.id === id));

test("somebody else is here: the upload is not shown, nothing is sent, its bytes stay; its owner goes on with it", async () => {
  const first = await halfway();
  first.service.owner = "berta";
  const from = first.service.log.length;
  const other = await first.restart();
  await other.clock.pass(20_000);
  assert.equal(wasShown(other), false);
  assert.deepEqual([other.cards(), other.puts(from)], [[], []]);
  assert.deepEqual(other.service.log.slice(from).filter((line) => line.startsWith("adopt")), ["adopt u2"], "asked once");
  assert.deepEqual([other.disk.files.size, other.disk.entries.size], [1, 1]);
  other.service.owner = "anna";
  const back = await other.restart();
  await back.clock.pass(3000);
  endsWell(back);
  assert.equal(back.puts(from).length, 9, "the two confirmed parts are not sent again");
});

test("the server is away: whoever was here last sees theirs, and only theirs", async () => {
  const first = await halfway();
  first.service.away = true;
  const again = await first.restart();
  assert.equal(again.card("a").name, "a.txt");
  first.service.away = false;
  first.service.owner = "berta";
  const other = await again.restart();
  await other.clock.pass(500);
  other.service.away = true;
  const offline = await other.restart();
  await offline.clock.pass(20_000);
  assert.equal(wasShown(offline), false);
  assert.deepEqual(offline.cards(), []);
});

test("a server that hangs keeps nobody waiting for their cards", async () => {
  const first = await halfway();
  const gate = hold(first.service, "settings");
  const again = await first.restart();
  assert.deepEqual(again.cards(), []);
  await again.clock.pass(2500);
  assert.equal(again.card("a").name, "a.txt");
  gate.go();
  await again.clock.pass(3000);
  endsWell(again);
});

test("a lost cookie: a new owner takes everything along, what was never created at the server as well", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS), pick("c", LETTERS)]);
  await b.clock.pass(500);
  b.service.away = true;
  await b.commands.add([pick("d", LETTERS)]);
  await b.clock.pass(500);
  b.kill();
  Object.assign(b.service, { away: false, held: null, owner: "berta" });
  const again = await b.restart();
  await again.clock.pass(10_000);
  for (const id of ["a", "c", "d"]) endsWell(again, id);
  assert.equal(again.cards().length, 3);
});

test("what was never created comes in for a new owner, stays hidden from one who was here before", async () => {
  for (const known of [false, true]) {
    const service = new MemoryService();
    const b = await bench({ service });
    service.away = true;
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(500);
    service.away = false;
    service.owner = "berta";
    if (known) await service.api.create({ name: "old.txt", size: 1, type: "", last_modified: null }, "old");
    const again = await b.restart();
    await again.clock.pass(10_000);
    assert.equal(wasShown(again), !known);
    if (!known) endsWell(again);
    else assert.equal(again.disk.files.size, 1);
  }
});

/** Picked while the line was away; the browser is killed, and its cookie with it. @param {string[]} ids */
const neverCreated = async (...ids) => {
  const b = await bench();
  b.service.away = true;
  await b.commands.add(ids.map((id) => pick(id, LETTERS)));
  await b.clock.pass(500);
  b.kill();
  Object.assign(b.service, { away: false, owner: "berta" });
  return b;
};

test("nothing is created before the server has said who is here, so that a new owner is seen to be new", async () => {
  const b = await neverCreated("a", "c");
  const settings = hold(b.service, "settings");
  const again = await b.restart();
  await again.clock.pass(5000);
  assert.deepEqual([again.card("a").state, again.service.uploads.size], ["uploading", 0]);
  settings.go();
  await again.clock.pass(10_000);
  for (const id of ["a", "c"]) endsWell(again, id);
});

test("the stream says who is here as well, while the settings do not come", async () => {
  const b = await neverCreated("a");
  fail(b.service, "settings", problem(503, "store_unavailable"), { times: 100 });
  const again = await b.restart({ hears: true });
  await again.clock.pass(10_000);
  endsWell(again);
});

test("what a new owner picks at once waits until it is known what they had before", async () => {
  const b = await neverCreated("a");
  const list = hold(b.service, "list");
  const again = await b.restart();
  await again.commands.add([pick("c", LETTERS)]);
  await again.clock.pass(500);
  assert.equal(again.service.uploads.size, 0);
  list.go();
  await again.clock.pass(10_000);
  for (const id of ["a", "c"]) endsWell(again, id);
});

test("what was picked by who is gone since is hidden late, and keeps nobody who is here now", async () => {
  const b = await bench();
  const saved = holdOf(b.ports.journal, "save");
  const added = b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(100);
  b.service.owner = "berta";
  await b.service.api.create({ name: "old.txt", size: 1, type: "", last_modified: null }, "old");
  await Promise.all([b.engine.owners.ask(), b.clock.pass(1000)]);
  saved.go();
  await added;
  await b.commands.add([pick("c", LETTERS)]);
  await b.clock.pass(10_000);
  endsWell(b, "c");
  assert.equal(b.engine.owners.hidden.size, 1);
});

test("what the journal takes only after its owner turned out to be a new one comes in for them", async () => {
  const b = await neverCreated();
  const again = await b.restart();
  again.engine.owners.leave();
  again.engine.owners.tag = "tag of anna";
  const saved = holdOf(again.ports.journal, "save");
  const added = again.commands.add([pick("c", LETTERS)]);
  await again.engine.owners.ask();
  assert.deepEqual(again.cards(), []);
  saved.go();
  await added;
  await again.clock.pass(3000);
  endsWell(again, "c");
});

test("a new owner whose browser dies as soon as something was adopted has taken what was never created as well", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  b.service.away = true;
  await b.commands.add([pick("c", LETTERS)]);
  await b.clock.pass(500);
  b.kill();
  Object.assign(b.service, { away: false, held: null, owner: "berta" });
  let dead = false;
  const { save } = b.disk.journal;
  b.disk.journal.save = async (entries) => {
    if (dead) return new Promise(() => {});
    await save.call(b.disk.journal, entries);
    dead = b.disk.entries.get("a").owner === "tag of berta";
  };
  const first = await bench({ service: b.service, disk: b.disk });
  await first.clock.pass(500);
  b.disk.journal.save = save;
  assert.equal(b.disk.entries.get("a").owner, "tag of berta");
  const again = await first.restart();
  await again.clock.pass(10_000);
  for (const id of ["a", "c"]) endsWell(again, id);
});

test("somebody who comes while something is adopted for the one before never sees it", async () => {
  const b = await halfway();
  const { service } = b;
  Object.assign(service, { owner: "anna", away: true });
  const offline = await b.restart();
  await offline.commands.add([pick("n", "never created")]);
  await offline.clock.pass(500);
  Object.assign(service, { away: false, held: [], owner: "anna anew" });
  const save = holdOf(b.disk.journal, "save");
  const again = await offline.restart();
  await again.clock.pass(300);
  assert.equal(service.uploads.get("u2").owner, "anna anew");
  service.owner = "berta";
  again.engine.owners.ask();
  await again.clock.pass(100);
  const from = again.ports.published.length;
  await again.clock.pass(3000);
  save.go();
  await again.clock.pass(3000);
  assert.equal(again.engine.owners.tag, "tag of berta");
  assert.deepEqual(again.ports.published.slice(from).flatMap(({ changed }) => changed.map((/** @type {any} */ card) => card.name)).filter((name) => name === "a.txt"), []);
});

test("what was adopted and is about to come is no second card when the server tells of it", async () => {
  const b = await halfway();
  const { service } = b;
  service.owner = "anna anew";
  const reading = holdOf(b.disk.snapshots, "read");
  const again = await b.restart();
  await again.clock.pass(300);
  assert.equal(reading.waiting.length, 1);
  assert.equal(service.uploads.get("u2").owner, "anna anew");
  again.engine.recovery.merge(await service.api.get("u2"));
  assert.deepEqual(again.cards(), []);
  reading.go();
  await again.clock.pass(3000);
  assert.deepEqual(again.cards().map(({ id }) => id), ["a"]);
  endsWell(again);
});

test("a file that is compared while its owner turns out to be a new one comes in for them", async () => {
  const b = await bench();
  b.service.held = [];
  Object.assign(b.disk, { snapshotFault: "QuotaExceededError", partFault: "QuotaExceededError" });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  b.kill();
  Object.assign(b.disk, { snapshotFault: "", partFault: "" });
  Object.assign(b.service, { held: null, owner: "berta" });
  const settings = hold(b.service, "settings");
  const get = hold(b.service, "get");
  const again = await b.restart();
  await again.clock.pass(2500);
  const added = again.commands.add([pick("b", LETTERS.toUpperCase(), { name: "a.txt" })]);
  await again.clock.pass(300);
  settings.go();
  await again.clock.pass(300);
  get.go();
  await Promise.all([added, again.clock.pass(5000)]);
  assert.equal(again.card("b").state, "ready");
});

test("what the journal had no room for is not lost when its owner turns out to be a new one", async () => {
  const b = await neverCreated("a");
  b.service.away = true;
  const again = await b.restart();
  const { journal } = again.ports;
  const { save } = journal;
  journal.save = () => Promise.reject(new Error("full"));
  await again.commands.add([pick("c", LETTERS)]);
  journal.save = save;
  again.service.away = false;
  await again.clock.pass(10_000);
  for (const id of ["a", "c"]) endsWell(again, id);
});

test("somebody comes to a line that is back: who it is is asked at once", async () => {
  const b = await bench();
  b.service.away = true;
  const again = await b.restart();
  await again.commands.add([pick("a", LETTERS)]);
  await again.clock.pass(100);
  again.service.away = false;
  again.engine.hurry();
  await again.clock.pass(300);
  assert.equal(again.service.uploads.size, 1);
});

test("adoptions that meet a server that is away are made later", async () => {
  const first = await halfway();
  first.service.owner = "carla";
  fail(first.service, "adopt", problem(503, "store_unavailable"), { times: 2 });
  const again = await first.restart();
  await again.clock.pass(15_000);
  endsWell(again);
});

test("the owner changes while the engine lives: seen with the next look, and at once when they are back", async () => {
  const b = await halfway();
  b.service.held = [];
  const again = await b.restart();
  await again.clock.pass(500);
  const gone = again.ports.published.length;
  again.service.owner = "berta";
  again.recovery.look();
  await again.clock.pass(500);
  assert.deepEqual(again.cards(), []);
  assert.ok(again.ports.published.slice(gone).some((change) => change.removed.includes("a")), "pages take it away");
  const from = again.service.log.length;
  await again.clock.pass(20_000);
  assert.deepEqual(again.puts(from), []);
  assert.equal(again.disk.entries.get("a").phase, "open", "as it was");
  again.service.owner = "anna";
  again.service.held = null;
  again.recovery.look();
  await again.clock.pass(5000);
  endsWell(again);
});

test("the server refuses a part since somebody else is here: no failed card, nothing lost", async () => {
  const first = await halfway();
  first.service.held = [];
  const b = await first.restart();
  await b.clock.pass(500);
  b.service.owner = "berta";
  b.service.held?.splice(0).forEach((go) => go());
  b.service.held = null;
  await b.clock.pass(20_000);
  assert.deepEqual(b.cards(), []);
  assert.equal(b.disk.files.size, 1);
  b.service.owner = "anna";
  const back = await b.restart();
  await back.clock.pass(5000);
  endsWell(back);
});

test("a tab of before that still holds the file gives it to nobody else", async () => {
  const first = await halfway();
  first.service.owner = "berta";
  const other = await first.restart();
  await other.commands.add([pick("a", LETTERS)]);
  await other.clock.pass(5000);
  assert.deepEqual(other.cards(), []);
  assert.equal(other.service.uploads.size, 2);
});

test("files picked before anybody said who is here get their owner, and others never see them", async () => {
  const service = new MemoryService();
  service.away = true;
  const b = await bench({ service });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  assert.equal(b.disk.entries.get("a").owner, "");
  service.held = [];
  service.away = false;
  await b.clock.pass(10_000);
  assert.equal(b.disk.entries.get("a").owner, "tag of anna");
});

test("an entry from before there were owners comes in, and belongs to whom the server says", async () => {
  const first = await halfway();
  const entry = first.disk.entries.get("a");
  first.disk.entries.set("a", { ...entry, owner: undefined, touchedAt: undefined });
  first.service.held = [];
  const again = await first.restart();
  await again.clock.pass(500);
  assert.equal(again.card("a").name, "a.txt");
  assert.equal(again.disk.entries.get("a").owner, "tag of anna");
});

test("a server without owners hides nothing", async () => {
  const service = new MemoryService();
  service.api.settings = async () => service.settings;
  const b = await bench({ service });
  service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  service.held = null;
  const again = await b.restart();
  await again.clock.pass(5000);
  endsWell(again);
});

test("a wish to cancel waits for its owner", async () => {
  const first = await halfway();
  first.service.held = [];
  const b = await first.restart();
  b.service.away = true;
  b.commands.cancel("a");
  await b.clock.pass(500);
  b.service.away = false;
  b.service.owner = "berta";
  const other = await b.restart();
  await other.clock.pass(10_000);
  assert.equal(other.service.uploads.get("u2").state, "uploading");
  other.service.owner = "anna";
  const back = await other.restart();
  await back.clock.pass(10_000);
  assert.equal(back.service.uploads.get("u2").state, "cancelled");
  assert.equal(back.disk.entries.size, 0);
});

test("what the browser sends by itself is taken back before somebody else sees its name, also when a page comes late", async () => {
  const first = await halfway();
  const { service, disk } = first;
  const browser = new MemoryBrowser(service);
  browser.registrations.set("x.u2", /** @type {any} */ ({ id: "x.u2", requests: [] }));
  disk.entries.set("a", { ...disk.entries.get("a"), handedTo: "x.u2" });
  service.owner = "berta";
  browser.closed = true;
  const other = await first.restart({ browser });
  await other.clock.pass(1000);
  assert.equal(browser.registrations.size, 1);
  Object.assign(browser, { has: true, closed: false });
  await other.clock.pass(10_000);
  assert.equal(browser.registrations.size, 0);
  assert.equal(disk.entries.get("a").handedTo, "");
  service.owner = "anna";
  const back = await other.restart({ browser });
  await back.clock.pass(10_000);
  endsWell(back);
});

/** Anna's engine lives; berta, who has an upload on its way from elsewhere, comes while `name` of the service is still answering anna. @param {"settings" | "list"} name */
const comesDuring = async (name) => {
  const service = new MemoryService();
  service.owner = "berta";
  await service.api.create({ name: "old.txt", size: 1, type: "", last_modified: null }, "old");
  service.owner = "anna";
  await service.api.create({ name: "hers.txt", size: 1, type: "", last_modified: null }, "hers");
  const b = await bench({ service });
  b.engine.drop(b.upload("server-u2"));
  await b.clock.pass(500);
  const from = b.ports.published.length;
  const held = hold(service, name, { answer: true });
  b.recovery.look();
  b.recovery.list();
  await b.clock.pass(200);
  service.owner = "berta";
  return { b, held, from };
};

test("who comes while the server still answers about the one before is asked about anew, and sees what is theirs", async () => {
  const { b, held } = await comesDuring("settings");
  const asked = b.engine.owners.ask(); // as for a page that has just come
  await b.clock.pass(100);
  held.go();
  await b.clock.pass(4000);
  await asked;
  assert.deepEqual(b.cards().map((card) => card.name), ["old.txt"]);
});

test("a list that was asked for by the one before is shown to nobody else, and theirs is asked for", async () => {
  const { b, held, from } = await comesDuring("list");
  await Promise.all([b.engine.owners.ask(), b.clock.pass(1000)]);
  held.go();
  await b.clock.pass(4000);
  assert.deepEqual(b.cards().map((card) => card.name), ["old.txt"]);
  assert.ok(!b.ports.published.slice(from).some((change) => change.changed.some((/** @type {any} */ card) => card.name === "hers.txt")), "seen for a moment");
});

test("a server that is slow to say who is here: nothing is adopted for whom it may not belong to", async () => {
  const service = new MemoryService();
  service.owner = "berta";
  await service.api.create({ name: "old.txt", size: 1, type: "", last_modified: null }, "old");
  service.owner = "anna";
  const b = await bench({ service });
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  const held = hold(b.service, "settings");
  b.service.owner = "berta";
  b.upload("a").become("doubted");
  b.engine.wake();
  await b.clock.pass(10_000);
  assert.deepEqual(b.service.log.filter((line) => line.startsWith("adopt")), []);
  assert.equal(b.upload("a").phase, "open");
  held.go();
  await b.clock.pass(5000);
  assert.equal(b.engine.owners.hidden.size, 1);
});
