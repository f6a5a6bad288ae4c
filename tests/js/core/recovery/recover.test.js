import assert from "node:assert/strict";
import test from "node:test";
import { bench, copied, hold, LETTERS, MemoryDisk, MemoryService, pick, twoArrive } from "../bench.js";

/** @param {import("../bench.js").Bench} b @param {string} [id] @param {string} [text] */
const endsWell = (b, id = "a", text = LETTERS) => {
  assert.equal(b.card(id).state, "ready", `${b.card(id).state} ${b.card(id).error} ${b.logs().join("; ")}`);
  assert.equal(b.service.content(b.upload(id).uploadId).toString(), text);
};

/** Two of eleven parts are confirmed when the browser dies. */
const crashed = async (/** @type {Partial<MemoryDisk>} */ disk = {}, parts = 2) => {
  const b = await bench({ disk: Object.assign(new MemoryDisk(), disk) });
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(300);
  b.service.held.splice(0, parts).forEach((go) => go());
  await b.clock.pass(300);
  b.kill();
  b.service.held = null;
  return b;
};

test("with everything staged it goes on by itself, from what is confirmed", async () => {
  const b = await crashed();
  const from = b.service.log.length;
  const again = await b.restart();
  await again.clock.pass(3000);
  endsWell(again);
  assert.deepEqual(again.puts(from).sort((x, y) => x - y), [3, 4, 5, 6, 7, 8, 9, 10, 11]);
  assert.deepEqual(again.ports.events.filter((event) => event.type === "ended"), [{ type: "ended", id: "a", state: "ready" }]);
});

test("the card of an unfinished upload is there before the server answers, with how far it was", async () => {
  const b = await crashed();
  b.service.away = true;
  const again = await b.restart();
  assert.deepEqual([again.card("a").name, again.card("a").needs_file, again.card("a").leave], ["a.txt", false, "return"]);
});

test("only some parts are staged: it sends what it has, then asks for the file, and goes on with it", async () => {
  const b = await crashed({ hasSnapshots: false, free: 35 });
  const staged = [...b.disk.parts.keys()].map((key) => Number(key.split("/")[1]));
  assert.ok(staged.length >= 2 && staged.length < 9);
  const from = b.service.log.length;
  const again = await b.restart();
  await again.clock.pass(5000);
  assert.deepEqual(again.puts(from).sort((x, y) => x - y), staged.sort((x, y) => x - y));
  const card = again.card("a");
  assert.deepEqual([card.state, card.needs_file, card.error_code], ["waiting", true, "file_needed"]);
  const percent = Math.floor(((20 + staged.reduce((sum, number) => sum + (number === 11 ? 4 : 10), 0)) * 100) / 104);
  assert.match(card.error, new RegExp(`Choose a.txt once more and it goes on from ${percent} %`));
  await again.commands.give("a", pick("x", LETTERS).file);
  await again.clock.pass(3000);
  endsWell(again);
});

test("everything was confirmed but not completed: completed on return, without a word about the file", async () => {
  const b = await bench({ disk: Object.assign(new MemoryDisk(), { hasSnapshots: false }) });
  const { complete } = b.service.api;
  b.service.api.complete = () => new Promise(() => {});
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  assert.equal(b.upload("a").phase, "finishing");
  b.service.api.complete = complete;
  const again = await b.restart();
  await again.clock.pass(3000);
  endsWell(again);
  assert.ok(!again.ports.published.some((change) => change.changed.some((/** @type {any} */ card) => card.needs_file)), "the person was not asked");
});

test("storage wiped: the card is made from the server's truth and asks for the file, once", async () => {
  const b = await crashed();
  const again = await bench({ service: b.service });
  await again.clock.pass(500);
  const [card] = again.cards();
  assert.deepEqual([card.name, card.upload_id, card.needs_file, card.percent, card.state], ["a.txt", "u1", true, 19, "waiting"]);
  const from = again.service.log.length;
  await again.commands.give(card.id, pick("x", LETTERS).file);
  await again.clock.pass(3000);
  endsWell(again, card.id);
  assert.equal(again.puts(from).length, 9, "without the two that were confirmed");
});

test("storage wiped: dropping the file on the page goes on with the same upload", async () => {
  const b = await crashed();
  const again = await bench({ service: b.service });
  await again.clock.pass(500);
  await again.commands.add([pick("b", LETTERS, { name: "a.txt" })]);
  await again.clock.pass(3000);
  assert.equal(again.service.uploads.size, 1);
  assert.deepEqual(again.cards().map((card) => [card.id, card.state]), [["server-u1", "ready"]]);
});

test("a card whose bytes are gone can be shown its file with one click, where the browser gave a way back to it", async () => {
  const b = await bench({ disk: Object.assign(new MemoryDisk(), { hasSnapshots: false, hasPartFiles: false }) });
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS), pick("b", LETTERS)]);
  const handle = /** @type {any} */ ({ kind: "file", name: "a.txt" });
  b.commands.remember({ id: "a", handle });
  await b.clock.pass(500);
  assert.equal(b.card("a").can_show, false, "while the file is at hand nobody asks for it");
  b.service.held = null;
  const again = await b.restart();
  await again.clock.pass(1000);
  assert.deepEqual(["a", "b"].map((id) => [again.card(id).needs_file, again.card(id).can_show]), [[true, true], [true, false]]);
  await again.commands.give("a", pick("a", LETTERS).file);
  await again.clock.pass(3000);
  assert.equal(again.card("a").state, "ready");
});

test("a file larger than what is kept: what is here is sent at once, the rest is asked for meanwhile, and nothing of it is sent twice", async () => {
  const disk = Object.assign(new MemoryDisk(), { hasSnapshots: false, free: 35 });
  const b = await bench({ disk });
  await twoArrive(b, { before: 1000 });
  const staged = b.upload("a").stagedParts.size;
  assert.ok(staged > 0 && staged < 11);
  const from = b.service.log.length;
  b.service.held = [];
  const again = await b.restart();
  await again.clock.pass(1000);
  const card = again.card("a");
  assert.deepEqual([card.state, card.needs_file, card.error_code, card.leave, card.eta], ["uploading", true, "file_needed", "", ""]);
  assert.match(card.error, /A part of a\.txt is not in this browser/);
  const confirmed = again.upload("a").confirmedBytes;
  again.service.held?.splice(0).forEach((go) => go());
  again.service.held = null;
  await again.clock.pass(3000);
  assert.ok(again.upload("a").confirmedBytes > confirmed);
  assert.deepEqual([again.card("a").state, again.card("a").needs_file], ["waiting", true]);
  const { percent } = again.card("a");
  const given = again.commands.give("a", pick("x", LETTERS).file);
  assert.equal(again.now("a").percent, percent, "what has arrived stays so");
  await given;
  await again.clock.pass(3000);
  assert.equal(again.card("a").state, "ready");
  assert.equal(again.service.content("u1").toString(), LETTERS);
  assert.equal(again.puts(from).length, new Set(again.puts(from)).size);
});

test("a snapshot that is not whole is no snapshot", async () => {
  const b = await crashed();
  b.disk.files.set(b.disk.entries.get("a").stagedIn, new Blob(["short"]));
  const again = await b.restart();
  await again.clock.pass(1000);
  assert.equal(again.card("a").needs_file, true);
});

test("storage that is gone under the engine: it goes on from the person's file", async () => {
  const b = await bench({ disk: Object.assign(new MemoryDisk(), { hasSnapshots: false }) });
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  b.disk.parts.clear();
  b.service.held.splice(0).forEach((go) => go());
  b.service.held = null;
  await b.clock.pass(3000);
  endsWell(b);
});

test("staged bytes that belong to no upload are swept away, others stay", async () => {
  const b = await crashed();
  b.disk.files.set("ghost", new Blob(["x"]));
  b.disk.parts.set("ghost/1", { copy: new Blob(["x"]), sha: "x" });
  b.service.away = true;
  const again = await b.restart();
  await again.clock.pass(500);
  assert.deepEqual(copied(again.disk), ["a"]);
  assert.equal(again.disk.parts.size, 0);
});

test("a journal that cannot be read sweeps nothing", async () => {
  const b = await crashed();
  const { all } = b.disk.journal;
  b.disk.journal.all = async () => {
    throw new DOMException("closing", "InvalidStateError");
  };
  const blind = await b.restart();
  await blind.clock.pass(500);
  b.disk.journal.all = all;
  const again = await blind.restart();
  await again.clock.pass(3000);
  endsWell(again);
});

test("a journal that cannot be read at first is read again, before anything else begins", async () => {
  const b = await crashed();
  const { all } = b.disk.journal;
  let left = 3;
  b.disk.journal.all = async () => {
    if ((left -= 1) >= 0) throw new DOMException("closing", "InvalidStateError");
    return all.call(b.disk.journal);
  };
  const again = await b.restart();
  await again.clock.pass(1500);
  assert.deepEqual(again.cards(), [], "not a card of the server's beside the one that is known here");
  await again.clock.pass(5000);
  assert.deepEqual(again.cards().map((card) => card.id), ["a"]);
  endsWell(again);
});

test("uploads come back in the order in which they were added", async () => {
  const b = await bench();
  b.service.away = true;
  await b.commands.add([pick("z", LETTERS)]);
  await b.clock.pass(1000);
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  const again = await b.restart();
  assert.deepEqual(again.cards().map((card) => card.id), ["z", "a"]);
});

test("the journal of a failed upload brings its card and its sentence back, with Retry", async () => {
  const b = await crashed();
  b.service.uploads.get("u1").state = "expired";
  const once = await b.restart();
  await once.clock.pass(1000);
  const twice = await once.restart();
  await twice.clock.pass(1000);
  assert.deepEqual([twice.card("a").state, twice.card("a").error_code, twice.card("a").can_retry], ["expired", "expired", true]);
  assert.equal(twice.disk.files.size, 0, "staged bytes expire with their upload");
  twice.commands.retry("a");
  await twice.clock.pass(1000);
  assert.equal(twice.card("a").needs_file, true);
  await twice.commands.give("a", pick("a", LETTERS).file);
  await twice.clock.pass(3000);
  endsWell(twice);
});

test("the server is away at the start: asked again, settings and list come later", async () => {
  const b = await crashed();
  b.service.away = true;
  b.service.settings = { ...b.service.settings, wait_threshold_seconds: 7 };
  const again = await b.restart();
  await again.clock.pass(20_000);
  assert.equal(again.engine.settings.wait_threshold_seconds, 45);
  b.service.away = false;
  await again.clock.pass(10_000);
  assert.equal(again.engine.settings.wait_threshold_seconds, 7);
  assert.ok(again.ports.events.some((event) => event.type === "settings"));
  endsWell(again);
});

/** An upload of the same owner from another browser. @param {MemoryService} service @param {object} [more] */
const elsewhere = (service, more = {}) =>
  service.write({ id: "far", name: "far.mov", size: 100, type: "video/quicktime", partSize: 10, parts: new Map([[1, { bytes: Buffer.alloc(10), sha: "x" }]]), signedAt: 0, ...more });

test("an upload from another browser is shown with its percentage, and moving says so", async () => {
  const service = new MemoryService();
  elsewhere(service);
  const b = await bench({ service });
  await b.clock.pass(500);
  const card = () => b.card("server-far");
  assert.deepEqual([card().name, card().percent, card().needs_file, card().leave, card().can_pause], ["far.mov", 10, true, "", false]);
  service.uploads.get("far").parts.set(2, { bytes: Buffer.alloc(10), sha: "x" });
  b.recovery.look();
  await b.clock.pass(500);
  assert.deepEqual([card().percent, card().state, card().detail], [20, "uploading", "on its way from another browser"]);
  assert.deepEqual([card().needs_file, card().error, card().can_pause], [false, "", true], "nobody is asked for what is on its way");
  await b.clock.pass(11_000);
  assert.deepEqual([card().detail, card().needs_file], ["", true], "it stands still");
  service.uploads.get("far").state = "ready";
  b.recovery.look();
  await b.clock.pass(500);
  assert.equal(card().state, "ready");
  assert.equal(b.ports.events.filter((event) => event.type === "ended").length, 0, "nobody here waited for it");
});

test("an upload from another browser can be cancelled here, and stays away", async () => {
  for (const away of [false, true]) {
    const service = new MemoryService();
    elsewhere(service);
    const b = await bench({ service });
    await b.clock.pass(500);
    service.away = away;
    b.commands.cancel("server-far");
    await b.clock.pass(500);
    service.away = false;
    elsewhere(service);
    b.recovery.look();
    await b.clock.pass(200);
    assert.equal(b.card("server-far").state, "cancelled");
    await b.clock.pass(10_000);
    b.commands.dismiss("server-far");
    b.recovery.list();
    await b.clock.pass(500);
    assert.deepEqual(b.cards(), []);
  }
});

test("of the server's list only what runs, and what became ready today, is shown", async () => {
  for (const [state, shown] of /** @type {[string, number][]} */ ([["uploading", 1], ["paused", 1], ["verifying", 1], ["scanning", 1], ["failed", 0], ["expired", 0], ["blocked", 0], ["cancelled", 0]])) {
    const service = new MemoryService();
    elsewhere(service, { state });
    const b = await bench({ service });
    await b.clock.pass(500);
    assert.equal(b.cards().length, shown, state);
    if (!shown) continue;
    const { needs_file, error, detail, can_resume } = b.card("server-far");
    assert.deepEqual([needs_file, Boolean(error)], [state === "uploading", state === "uploading"], state);
    // Who paused it may have all of it.
    if (state === "paused") assert.deepEqual([detail, can_resume], ["paused by you", true]);
  }
  for (const [completed_at, shown] of /** @type {[string, number][]} */ ([[new Date(1_800_000_000_000).toISOString(), 1], ["2026-11-23T00:00:01Z", 0]])) {
    const service = new MemoryService();
    elsewhere(service, { state: "ready" });
    const { list } = service.api;
    service.api.list = async () => (await list()).map((answer) => ({ ...answer, completed_at }));
    const b = await bench({ service });
    await b.clock.pass(500);
    assert.equal(b.cards().length, shown, completed_at);
  }
});

test("an upload that is being created is not shown twice, whatever the list says", async () => {
  const service = new MemoryService();
  service.away = true;
  const b = await bench({ service });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  service.held = [];
  service.away = false;
  await b.clock.pass(20_000);
  assert.deepEqual(b.cards().map((card) => card.id), ["a"]);
  assert.ok(service.log.includes("list"));
});

test("an upload paused before it was created does not keep the others from being shown", async () => {
  const service = new MemoryService();
  service.away = true;
  const b = await bench({ service });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  b.commands.pause("a");
  elsewhere(service);
  service.away = false;
  await b.clock.pass(10_000);
  assert.deepEqual(b.cards().map((card) => card.id), ["a", "server-far"]);
});

test("an answer to create that a crash swallowed: the same upload goes on, under the same key", async () => {
  const b = await bench();
  const { create } = b.service.api;
  b.service.api.create = async (file, key) => {
    await create(file, key);
    return new Promise(() => {});
  };
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  b.service.api.create = create;
  const again = await b.restart();
  await again.clock.pass(5000);
  assert.equal(again.service.uploads.size, 1);
  assert.deepEqual(again.cards().map((card) => card.id), ["a"]);
  endsWell(again);
});

test("the server opened it anew while this browser was away: everything staged is sent again", async () => {
  const b = await crashed();
  b.service.opensAnew("u1");
  const from = b.service.log.length;
  const again = await b.restart();
  await again.clock.pass(3000);
  endsWell(again);
  assert.equal(again.puts(from).length, 11);
});

test("somebody looks: what waits is tried at once", async () => {
  const b = await crashed();
  b.service.cut = true;
  const again = await b.restart();
  await again.clock.pass(600_000);
  b.service.cut = false;
  again.recovery.look();
  await again.clock.pass(500);
  endsWell(again);
});

test("a list that was asked for under another owner is not shown to who is here now", async () => {
  const service = new MemoryService();
  elsewhere(service, { owner: "anna" });
  const gate = hold(service, "list", { answer: true });
  const b = await bench({ service });
  await b.clock.pass(100);
  assert.equal(gate.waiting.length, 1);
  service.owner = "ben";
  b.engine.owners.ask();
  await b.clock.pass(100);
  gate.go();
  await b.clock.pass(5000);
  assert.deepEqual(b.cards(), []);
  service.owner = "anna";
  b.recovery.look();
  await b.clock.pass(5000);
  assert.deepEqual(b.cards().map((card) => card.name), ["far.mov"]);
});
