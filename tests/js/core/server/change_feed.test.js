import assert from "node:assert/strict";
import test from "node:test";
import { meaningOf, stamp } from "../../../../custom_components/reflex_smartupload/client/core/server/change_feed.js";
import { bench, fail, hold, LETTERS, MemoryService, pick, problem, twoArrive } from "../bench.js";

/** Two parts are there, the rest is on the line. */
const halfway = async () => {
  const b = await bench({ hears: true });
  await twoArrive(b, { after: 300 });
  return b;
};

/** @param {import("../bench.js").Bench} b */
const letGo = (b) => {
  const held = b.service.held ?? [];
  b.service.held = null;
  held.forEach((go) => go());
};

/** @param {import("../bench.js").MemoryService} service @param {string} id */
const gets = (service, id) => service.log.filter((line) => line === `get ${id}`).length;

/** @param {import("../bench.js").MemoryService} service @param {object} [more] */
const elsewhere = (service, more = {}) =>
  service.write({ id: "far", name: "far.mov", size: 100, type: "video/quicktime", partSize: 10, signedAt: 0, ...more });

const part = (/** @type {number} */ number) => /** @type {[number, {bytes: Buffer, sha: string}]} */ ([number, { bytes: Buffer.alloc(10), sha: "x" }]);

test("instants sort as texts whatever digits they have", () => {
  const sorted = ["2026-11-23T01:00:00Z", "2026-11-23T01:00:00.000001Z", "2026-11-23T01:00:00.1Z", "2026-11-23T01:00:01Z"];
  assert.deepEqual(sorted.map(stamp), sorted.map(stamp).sort());
  assert.equal(new Set(sorted.map(stamp)).size, 4);
  assert.equal(stamp(undefined), "");
});

test("what news means, state by state", () => {
  const at = "2026-11-23T01:00:00Z";
  const u = (/** @type {object} */ more) => /** @type {any} */ ({ alive: true, phase: "open", synced: true, epoch: 1, heardAt: "", busy: false, pausedAtServer: false, serverState: "uploading", ...more });
  const means = (/** @type {object} */ more, /** @type {string} */ state, epoch = 1) => meaningOf(u(more), /** @type {any} */ ({ state, epoch, updated_at: at }));
  assert.equal(means({}, "uploading"), "");
  assert.equal(means({}, "paused"), "paused");
  assert.equal(means({}, "scanning"), "changed");
  assert.equal(means({}, "uploading", 2), "ask");
  assert.equal(means({}, "cancelled"), "cancelled");
  for (const state of ["ready", "blocked", "failed", "expired"]) assert.equal(means({}, state), "ended", state);
  assert.equal(means({ heardAt: stamp(at) }, "ready"), "", "heard before");
  assert.equal(means({ busy: true }, "paused"), "later");
  assert.equal(means({ busy: true }, "ready"), "ended");
  assert.equal(means({ phase: "paused", pausedAtServer: true }, "uploading"), "resumed");
  assert.equal(means({ phase: "paused", pausedAtServer: false }, "uploading"), "", "its own wish is on the way");
  assert.equal(means({ phase: "open", pausedAtServer: true }, "paused"), "", "its own wish is on the way");
  assert.equal(means({ phase: "finishing", synced: false, serverState: "verifying" }, "uploading"), "changed");
  assert.equal(means({ phase: "finishing", synced: true, serverState: "" }, "uploading"), "");
  assert.equal(means({ phase: "finishing", synced: false, serverState: "scanning" }, "scanning"), "");
  assert.equal(means({ synced: false }, "paused"), "");
  assert.equal(means({ alive: false, phase: "ready" }, "cancelled"), "gone");
  assert.equal(means({ alive: false, phase: "ready" }, "ready"), "");
  assert.equal(means({ alive: false, phase: "failed" }, "ready"), "ended");
  assert.equal(means({ alive: false, phase: "cancelled" }, "cancelled"), "");
});

for (const [state, error] of /** @type {[string, any][]} */ ([
  ["ready", null],
  ["blocked", { code: "virus_found", detail: "A virus was found." }],
  ["failed", { code: "file_lost", detail: "It was lost." }],
  ["expired", null],
]))
  test(`a card that is being checked turns ${state} by news, without a question`, async () => {
    const b = await bench({ hears: true });
    b.service.finishesAtOnce = false;
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(3000);
    assert.deepEqual([b.card("a").state, b.card("a").detail, b.card("a").leave, b.card("a").percent], ["scanning", "being checked", "continues", 99]);
    await b.clock.pass(14_000);
    const asked = gets(b.service, "u1");
    b.service.tell("u1", { state, error });
    b.service.tell("u1"); // said twice
    await b.clock.pass(100);
    assert.deepEqual([b.card("a").state, gets(b.service, "u1")], [state, asked]);
    if (error) assert.equal(b.card("a").error, error.detail);
    const ended = b.ports.events.filter((event) => event.type === "ended");
    assert.deepEqual(ended, state === "expired" ? [] : [{ type: "ended", id: "a", state }]);
  });

test("while the server tells by itself it is hardly asked; when it does not, it is, ever more seldom", async () => {
  const b = await bench({ hears: true });
  b.service.finishesAtOnce = false;
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  for (let i = 0; i < 3; i += 1) {
    b.service.stream.beat();
    await b.clock.pass(15_000);
  }
  assert.equal(gets(b.service, "u1"), 0);
  b.service.stream.open = (_, listener) => (queueMicrotask(() => listener.lost()), () => {});
  b.service.hangUp();
  await b.clock.pass(120_000);
  const asked = gets(b.service, "u1");
  assert.ok(asked >= 6 && asked <= 14, `${asked} times in two minutes`);
  b.service.uploads.get("u1").state = "ready";
  await b.clock.pass(15_000);
  assert.equal(b.card("a").state, "ready");
});

test("a start while the file is being checked hears the end of it", async () => {
  const b = await bench({ hears: true });
  b.service.finishesAtOnce = false;
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  const again = await b.restart();
  await again.clock.pass(1000);
  assert.deepEqual([again.card("a").state, again.card("a").needs_file, again.card("a").leave], ["scanning", false, "continues"]);
  again.service.tell("u1", { state: "ready" });
  await again.clock.pass(100);
  assert.equal(again.card("a").state, "ready");
  assert.equal(again.disk.entries.size, 0, "nothing is kept of it");
});

test("where nothing is kept a file that is being checked keeps nobody either", async () => {
  const b = await bench({ hears: true });
  Object.assign(b.disk, { hasSnapshots: false, free: 0 });
  b.service.finishesAtOnce = false;
  b.ports.journal.save = () => Promise.reject(new Error("nothing is kept"));
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5000);
  assert.deepEqual([b.now("a").state, b.now("a").leave], ["scanning", "continues"]);
});

test("paused and resumed elsewhere: it stops here, and goes on", async () => {
  const b = await halfway();
  b.service.tell("u1", { state: "paused" });
  await b.clock.pass(100);
  assert.equal(b.card("a").state, "paused");
  letGo(b);
  const from = b.service.log.length;
  await b.clock.pass(5000);
  assert.deepEqual([b.card("a").state, b.puts(from)], ["paused", []]);
  b.service.tell("u1", { state: "uploading" });
  await b.clock.pass(5000);
  assert.equal(b.card("a").state, "ready");
  assert.equal(b.service.content("u1").toString(), LETTERS);
  assert.ok(!b.service.log.includes("pause") && !b.service.log.includes("resume"), "the server knew");
});

test("what a person does here is not undone by news from before it", async () => {
  const b = await halfway();
  const calls = hold(b.service, "pause");
  b.commands.pause("a");
  await b.clock.pass(50);
  b.service.tell("u1"); // still uploading there
  await b.clock.pass(100);
  assert.equal(b.card("a").state, "paused");
  calls.go();
  await b.clock.pass(2000);
  assert.deepEqual([b.card("a").state, b.service.uploads.get("u1").state], ["paused", "paused"]);
  letGo(b);
  b.commands.resume("a");
  await b.clock.pass(5000);
  assert.equal(b.card("a").state, "ready");
});

test("cancelled elsewhere: it ends here, and nothing is kept", async () => {
  const b = await halfway();
  b.service.tell("u1", { state: "cancelled" });
  await b.clock.pass(100);
  assert.equal(b.card("a").state, "cancelled");
  letGo(b);
  const from = b.service.log.length;
  await b.clock.pass(5000);
  assert.deepEqual(b.puts(from), []);
  assert.deepEqual([b.disk.entries.size, b.disk.files.size, b.disk.parts.size], [0, 0, 0]);
});

test("the card of a file that was deleted elsewhere goes", async () => {
  const b = await bench({ hears: true });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5000);
  assert.equal(b.card("a").state, "ready");
  b.service.tell("u1", { state: "cancelled" });
  await b.clock.pass(100);
  assert.deepEqual(b.cards(), []);
});

test("the store lost it: the server is asked, and all is sent again", async () => {
  const b = await halfway();
  letGo(b);
  b.service.opensAnew("u1");
  b.service.tell("u1");
  await b.clock.pass(8000);
  assert.equal(b.card("a").state, "ready");
  assert.equal(b.service.content("u1").toString(), LETTERS);
});

test("an upload that another browser begins appears, moves and turns ready here, and asks for nothing", async () => {
  const b = await bench({ hears: true });
  await b.clock.pass(500);
  const lists = b.service.log.filter((line) => line === "list").length;
  elsewhere(b.service, { created: b.service.time() });
  b.service.tell("far");
  await b.clock.pass(100);
  const card = () => b.card("server-far");
  assert.deepEqual([card().state, card().percent, card().needs_file, card().error, card().leave], ["uploading", 0, false, "", ""]);
  assert.equal(card().detail, "on its way from another browser");
  b.service.tell("far", { parts: new Map([part(1), part(2), part(3)]) });
  await b.clock.pass(100);
  assert.equal(card().percent, 30);
  await b.clock.pass(60_000);
  assert.equal(card().state, "uploading", "a part takes a while on a slow line");
  b.service.tell("far", { state: "paused" });
  await b.clock.pass(100);
  assert.deepEqual([card().state, card().can_resume], ["paused", true]);
  b.service.tell("far", { state: "uploading" });
  await b.clock.pass(100);
  assert.equal(card().state, "uploading");
  b.service.tell("far", { state: "scanning" });
  await b.clock.pass(100);
  assert.equal(card().state, "scanning");
  b.service.tell("far", { state: "ready" });
  await b.clock.pass(100);
  assert.equal(card().state, "ready");
  assert.deepEqual(b.ports.events.filter((event) => event.type === "ended"), [], "its own browser says so");
  assert.equal(b.service.log.filter((line) => line === "list").length, lists);
  assert.equal(b.disk.entries.size, 0, "it is not written down here");
});

test("the last parts of a browser that is no more: the file is asked for soon", async () => {
  const service = new MemoryService();
  elsewhere(service);
  const b = await bench({ service, hears: true });
  await b.clock.pass(500);
  const card = () => b.card("server-far");
  assert.equal(card().needs_file, true);
  b.service.tell("far", { parts: new Map([part(1)]) });
  await b.clock.pass(100);
  assert.deepEqual([card().needs_file, card().percent], [false, 10]);
  await b.clock.pass(11_000);
  assert.deepEqual([card().needs_file, card().state], [true, "waiting"]);
});

test("pausing it here is heard there; taking its card away is for good", async () => {
  const b = await bench({ hears: true });
  await b.clock.pass(500);
  elsewhere(b.service);
  b.service.tell("far");
  await b.clock.pass(100);
  b.commands.pause("server-far");
  await b.clock.pass(500);
  assert.equal(b.service.uploads.get("far").state, "paused");
  b.commands.resume("server-far");
  await b.clock.pass(500);
  assert.equal(b.service.uploads.get("far").state, "uploading");
  b.service.tell("far", { state: "ready" });
  await b.clock.pass(100);
  b.commands.dismiss("server-far");
  b.service.tell("far");
  await b.clock.pass(500);
  assert.deepEqual(b.cards(), []);
});

test("cancelled by its own browser, its card goes", async () => {
  const b = await bench({ hears: true });
  await b.clock.pass(500);
  elsewhere(b.service);
  b.service.tell("far");
  await b.clock.pass(100);
  b.service.tell("far", { state: "cancelled" });
  await b.clock.pass(100);
  assert.deepEqual(b.cards(), []);
});

test("news of what is just being created here makes no second card", async () => {
  const b = await bench({ hears: true });
  const calls = hold(b.service, "create", { answer: true });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(100);
  b.service.tell("u1");
  await b.clock.pass(2000);
  assert.deepEqual(b.cards().map((card) => card.id), ["a"]);
  calls.go();
  await b.clock.pass(5000);
  assert.deepEqual(b.cards().map((card) => [card.id, card.state]), [["a", "ready"]]);
});

test("somebody else's cookie: their news, and nothing of whoever was here before", async () => {
  const b = await bench({ hears: true });
  await b.clock.pass(500);
  elsewhere(b.service, { owner: "ben" });
  b.service.owner = "ben";
  b.recovery.look();
  await b.clock.pass(500);
  assert.deepEqual([b.engine.owners.tag, b.engine.changeFeed.tag, b.engine.changeFeed.live], ["tag of ben", "tag of ben", true]);
  assert.equal(b.service.stream.listeners.size, 1);
  b.service.tell("far");
  await b.clock.pass(100);
  assert.equal(b.card("server-far").state, "uploading");
});

test("nothing is heard before the journal is read", async () => {
  const b = await halfway();
  letGo(b);
  const again = await b.restart();
  await again.clock.pass(5000);
  const calls = again.calls.filter((call) => call === "before journal.all").length;
  assert.equal(calls, 1);
  const opened = again.service.log.lastIndexOf("open ");
  assert.ok(opened > again.service.log.lastIndexOf("settings"), "the owner was not known yet");
  assert.ok(!again.ports.published.some((change) => change.changed.some((/** @type {any} */ card) => card.id.startsWith("server-"))), "its own upload was taken for another browser's");
  assert.equal(again.card("a").state, "ready");
});

test("a stream that says that somebody else is here is believed", async () => {
  const b = await bench({ hears: true });
  await b.clock.pass(500);
  b.service.owner = "ben";
  b.service.hangUp();
  await b.clock.pass(3000);
  assert.deepEqual([b.engine.owners.tag, b.engine.changeFeed.live, b.service.stream.listeners.size], ["tag of ben", true, 1]);
});

test("what waits to be looked at again is nobody else's news: the stream says that somebody else is here", async () => {
  const b = await bench({ hears: true });
  await b.clock.pass(500);
  const calls = hold(b.service, "create");
  await b.commands.add([pick("a", LETTERS)]);
  elsewhere(b.service, { owner: "anna" });
  b.service.tell("far"); // waits for what is just being created
  await b.clock.pass(100);
  b.service.owner = "ben";
  b.service.hangUp();
  await b.clock.pass(3000);
  calls.go();
  await b.clock.pass(5000);
  assert.equal(b.engine.owners.tag, "tag of ben");
  assert.deepEqual(b.cards().map((card) => card.id), ["a"], "anna's");
});

test("a device that forgets listens no more, until somebody is here again", async () => {
  const b = await bench({ hears: true });
  await b.clock.pass(500);
  const forgetting = b.device.forget("id");
  await b.clock.pass(5000);
  assert.equal(await forgetting, "");
  assert.equal(b.service.stream.listeners.size, 0);
  b.service.owner = "ben";
  b.engine.owners.ask();
  await b.clock.pass(1000);
  assert.deepEqual([b.service.stream.listeners.size, b.engine.changeFeed.tag], [1, "tag of ben"]);
});

test("the store loses it while the call that finishes it waits for a server that is away: it is asked about, and sent anew", async () => {
  const b = await bench({ hears: true });
  fail(b.service, "complete", problem(503, "store_unavailable"), { times: 4 });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  assert.deepEqual([b.upload("a").phase, b.upload("a").busy], ["finishing", false]);
  b.service.tell("u1", { epoch: 2, parts: new Map() });
  await b.clock.pass(30_000);
  assert.equal(b.card("a").state, "ready", b.logs().join("; "));
});
