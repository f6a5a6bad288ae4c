import assert from "node:assert/strict";
import test from "node:test";
import { bench, LETTERS, MemoryBrowser, MemoryDisk, MemoryService, pick } from "./bench.js";

/** @typedef {import("./bench.js").Bench} Bench */

/** An engine on a slow line, whose browser goes on by itself. @param {Partial<Parameters<typeof bench>[0]>} [parts] */
const slow = async (parts = {}) => {
  const service = new MemoryService();
  const disk = new MemoryDisk();
  disk.speeds = { send: 1 }; // remembered: a byte a second
  const browser = new MemoryBrowser(service);
  browser.has = true;
  service.held = [];
  return bench({ service, disk, browser, ...parts });
};

/** @param {Bench} b @param {string} [id] */
const endsWell = (b, id = "a") => {
  assert.equal(b.card(id).state, "ready", `${b.card(id).state} ${b.card(id).error} ${b.logs().join("; ")}`);
  assert.equal(b.service.content(b.upload(id).uploadId).toString(), LETTERS);
  assert.equal(b.browser.registrations.size, 0);
  assert.equal(b.disk.entries.size + b.disk.files.size, 0, "nothing is left in this browser");
};

/** @param {Bench} b */
const letGo = (b) => {
  b.service.held?.splice(0).forEach((go) => go());
  b.service.held = null;
};

/** @param {Bench} b */
const handed = async (b) => {
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  assert.equal(b.card("a").leave, "continues");
  assert.match(b.card("a").leave_text, /goes on by itself/);
};

test("what takes long goes into the browser's hands as soon as it is staged, and arrives without the engine", async () => {
  const b = await slow();
  await handed(b);
  const [registration] = b.browser.registrations.values();
  assert.equal(registration.title, "a.txt");
  assert.equal(registration.requests.length, 11);
  assert.equal(registration.bytes, LETTERS.length);
  assert.equal(b.engine.sender.onLine.size, 0, "the engine sends nothing beside it");
  const puts = b.puts().length;
  await b.browser.send(5);
  await b.clock.pass(3000);
  assert.ok(b.card("a").percent >= 40 && b.card("a").percent < 60, String(b.card("a").percent));
  await b.browser.send();
  await b.clock.pass(3000);
  endsWell(b);
  assert.equal(b.puts().length, puts);
});

test("what is through soon stays with the engine, and so does everything where the browser or the server cannot", async () => {
  const quick = await slow({ disk: Object.assign(new MemoryDisk(), { speeds: { send: 6 } }) });
  const without = await slow();
  without.browser.has = false;
  const unwilling = await slow();
  unwilling.service.settings.handover = false;
  unwilling.engine.settings.handover = false;
  for (const b of [quick, without, unwilling]) {
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(1000);
    assert.equal(b.card("a").leave, "return");
    letGo(b);
    await b.clock.pass(3000);
    endsWell(b);
  }
});

test("while the speed of the line is not known yet, hashes are made ahead, once, and nothing is handed over", async () => {
  const b = await slow();
  b.engine.slowRate = () => 0;
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  assert.deepEqual([b.card("a").leave, b.count("handovers.give")], ["return", 0]);
  const hashed = b.count("hash");
  assert.ok(hashed >= 11 && hashed < 22, String(hashed));
  b.engine.slowRate = () => 1;
  b.engine.wake();
  await b.clock.pass(1000);
  assert.equal(b.card("a").leave, "continues");
  assert.equal(b.count("hash"), hashed);
});

test("while a file is copied its hashes are made ahead, and end with the news that the line is fast", async () => {
  for (const [letters, all] of /** @type {[number, boolean][]} */ ([[1, true], [60, false]])) {
    const b = await slow();
    const { write } = b.disk.snapshots;
    /** @type {() => void} */
    let copied = () => {};
    b.disk.snapshots.write = (files) => new Promise((resolve) => (copied = () => resolve(write(files))));
    let looks = 0;
    b.engine.slowRate = () => ((looks += 1) > 3 ? letters : 0);
    b.engine.peakRate = () => letters;
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(1000);
    assert.equal(b.card("a").leave, "stay");
    const hashed = b.count("hash");
    assert.equal(b.engine.handover.hashedAhead.has(b.upload("a")), all);
    copied();
    await b.clock.pass(1000);
    assert.equal(b.card("a").leave, all ? "continues" : "return");
    if (all) assert.equal(b.count("hash"), hashed, "none of it again");
  }
});

test("on a fast line the engine keeps what it finishes in four minutes, and gives away only what takes longer", async () => {
  for (const [rate, leave] of /** @type {[number, string][]} */ ([[30e6, "return"], [20e6, "continues"]])) {
    const b = await slow();
    b.engine.slowRate = () => LETTERS.length / 100; // 100 seconds left
    b.engine.peakRate = () => rate;
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(1000);
    assert.equal(b.card("a").leave, leave);
  }
  const long = await slow();
  long.engine.slowRate = () => LETTERS.length / 300;
  long.engine.peakRate = () => 30e6;
  await handed(long);
});

test("without room for a second copy the engine keeps it, and gives the rest away as soon as that fits", async () => {
  const b = await slow();
  let room = 1e6;
  b.ports.quota.room = async () => room;
  b.engine.slowRate = () => LETTERS.length / 1000;
  b.engine.stager.canSnapshot = () => false;
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  assert.equal(b.card("a").leave, "return");
  assert.equal(b.count("handovers.give"), 0);
  assert.equal(b.upload("a").noHandover, false);
  room = 1e7;
  b.service.held?.splice(0, 2).forEach((go) => go());
  await b.clock.pass(1000);
  assert.equal(b.card("a").leave, "return", "not asked again with every part");
  b.service.held?.splice(0, 2).forEach((go) => go());
  await b.clock.pass(1000);
  assert.equal(b.card("a").leave, "continues");
  await b.browser.send();
  letGo(b);
  await b.clock.pass(3000);
  endsWell(b);
});

test("several files go together, under one name", async () => {
  const b = await slow();
  await b.commands.add([pick("a", LETTERS), pick("b", LETTERS)]);
  await b.clock.pass(1000);
  const [registration] = b.browser.registrations.values();
  assert.deepEqual([b.browser.registrations.size, registration.title, registration.id.split(".").slice(1).sort()], [1, "2 files", ["u1", "u2"]]);
  await b.browser.send();
  await b.clock.pass(3000);
  endsWell(b, "a");
  endsWell(b, "b");
});

test("a browser that wants to see the person do something first is asked again then", async () => {
  const b = await slow();
  b.browser.refuses = "NotAllowedError";
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5000);
  assert.equal(b.card("a").leave, "return");
  assert.equal(b.count("handovers.give"), 1);
  b.browser.refuses = "";
  b.engine.handover.gesture();
  await b.clock.pass(1000);
  assert.equal(b.card("a").leave, "continues");
});

test("a browser without room for it leaves it to the engine for good", async () => {
  const b = await slow();
  b.browser.refuses = "QuotaExceededError";
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5000);
  assert.deepEqual([b.card("a").leave, b.count("handovers.give")], ["return", 1]);
  letGo(b);
  await b.clock.pass(3000);
  endsWell(b);
});

test("a registration that failed: the engine sends the rest, and no part that arrived", async () => {
  const b = await slow();
  await handed(b);
  const id = await b.browser.send(4);
  b.browser.registrations.clear();
  letGo(b);
  const from = b.service.log.length;
  await b.engine.handed.heard({ id, how: "fail" });
  await b.clock.pass(5000);
  endsWell(b);
  assert.deepEqual(b.puts(from).sort((x, y) => x - y), [1, 2, 3, 4, 5, 6, 7]);
  assert.equal(b.count("handovers.give"), 1, "it is not tried again and again");
});

test("the browser is closed, goes on when it runs again, and is through before anybody looks", async () => {
  const b = await slow();
  await handed(b);
  b.kill();
  await b.browser.send();
  const again = await b.restart();
  await again.clock.pass(5000);
  endsWell(again);
});

test("a new engine lets the browser go on, and watches", async () => {
  const b = await slow();
  await handed(b);
  const from = b.service.log.length;
  const again = await b.restart();
  await again.clock.pass(10_000);
  assert.equal(again.card("a").leave, "continues");
  assert.deepEqual(again.puts(from), []);
  await again.browser.send();
  await again.clock.pass(3000);
  endsWell(again);
});

test("a new engine takes over what the browser has dropped, or has no page to ask about", async () => {
  for (const has of [true, false]) {
    const b = await slow();
    await handed(b);
    b.browser.registrations.clear();
    b.browser.has = has;
    const again = await b.restart();
    letGo(again);
    await again.clock.pass(20_000);
    endsWell(again);
  }
});

test("Pause takes it back, and Resume goes on", async () => {
  const b = await slow();
  await handed(b);
  await b.browser.send(3);
  b.commands.pause("a");
  await b.clock.pass(1000);
  assert.equal(b.browser.registrations.size, 0);
  assert.deepEqual([b.card("a").state, b.card("a").leave], ["paused", "return"]);
  assert.equal(b.service.uploads.get("u1").state, "paused");
  letGo(b);
  const from = b.service.log.length;
  b.commands.resume("a");
  await b.clock.pass(3000);
  endsWell(b);
  assert.deepEqual(b.puts(from).sort((x, y) => x - y), [1, 2, 3, 4, 5, 6, 7, 8]);
});

test("paused on another device: the browser stops, too", async () => {
  const b = await slow();
  await handed(b);
  b.service.uploads.get("u1").state = "paused";
  await b.clock.pass(5000);
  assert.deepEqual([b.browser.registrations.size, b.card("a").state], [0, "paused"]);
});

test("Cancel ends it in the browser, too", async () => {
  const b = await slow();
  await handed(b);
  await b.commands.cancel("a");
  await b.clock.pass(1000);
  assert.deepEqual([b.browser.registrations.size, b.card("a").state], [0, "cancelled"]);
});

test("cancelled in the browser's own panel is a pause, and nothing is lost", async () => {
  const b = await slow();
  await handed(b);
  const id = await b.browser.send(4);
  b.browser.registrations.clear();
  await b.engine.handed.heard({ id, how: "abort" });
  await b.clock.pass(3000);
  assert.deepEqual([b.card("a").state, b.service.uploads.get("u1").state], ["paused", "paused"]);
  const from = b.service.log.length;
  b.commands.resume("a");
  await b.clock.pass(1000);
  await b.browser.send();
  await b.clock.pass(3000);
  endsWell(b);
  assert.ok(!b.service.log.slice(from).some((line) => ["post 11", "post 10", "post 9", "post 8"].includes(line)), "what had arrived was sent again");
});

test("the store loses it all meanwhile: it is sent anew", async () => {
  const b = await slow();
  await handed(b);
  const u = b.service.uploads.get("u1");
  Object.assign(u, { epoch: 2, parts: new Map() });
  await b.clock.pass(5000);
  letGo(b);
  for (let i = 0; i < 5 && b.upload("a").alive; i += 1) {
    if (b.browser.registrations.size) await b.browser.send();
    await b.clock.pass(5000);
  }
  endsWell(b);
});

test("killed at every port call: what said `continues` arrives by the browser alone", async () => {
  const story = async (/** @type {Bench} */ b) => {
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(1000);
    if (b.browser.registrations.size) await b.browser.send(4);
    await b.clock.pass(3000);
  };
  const counter = await slow();
  const start = counter.calls.length;
  await story(counter);
  const end = counter.calls.length;
  let continues = 0;
  for (let kill = start + 1; kill <= end; kill += 1) {
    let heard = 0;
    let said = "";
    const held = /** @type {{b: Bench | null}} */ ({ b: null });
    const b = await slow({
      watch: () => {
        heard += 1;
        if (heard !== kill || !held.b) return;
        held.b.kill();
        said = held.b.engine.uploads.has("a") ? held.b.now("a").leave : "";
      },
    });
    held.b = b;
    await Promise.race([story(b), b.clock.pass(30_000)]);
    if (said !== "continues") continue;
    continues += 1;
    if (b.browser.registrations.size) await b.browser.send();
    assert.equal(b.service.content("u1").toString(), LETTERS, `killed at call ${kill}`);
  }
  assert.ok(continues > 3, `${continues} moments said it`);
});
