import assert from "node:assert/strict";
import test from "node:test";
import { hold, holdOf, LETTERS, pick, problem } from "../bench.js";
import { arrive, endsWell, handed, letGo, slow } from "../handing.js";

/** @typedef {import("../bench.js").Bench} Bench */

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
  assert.deepEqual(b.puts(from).sort((x, y) => x - y), [5, 6, 7]);
  assert.equal(b.count("handovers.give"), 1, "it is not tried again and again");
});

test("cancelled on another device: nothing of it is kept, whoever asks first", async () => {
  for (const asks of /** @type {const} */ (["look", "lifecycle", "both"])) {
    const b = await slow();
    await handed(b);
    letGo(b);
    assert.equal(b.disk.files.size, 1);
    b.service.uploads.get("u1").state = "cancelled";
    if (asks !== "look") b.upload("a").become("doubted");
    if (asks !== "lifecycle") b.engine.handed.look(true);
    b.engine.wake();
    await b.clock.pass(asks === "lifecycle" ? 1000 : 5000);
    assert.equal(b.card("a").state, "cancelled");
    assert.deepEqual([b.disk.entries.size, b.disk.files.size], [0, 0], asks);
    assert.deepEqual((await b.restart()).cards(), []);
  }
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

test("while the server cannot say what arrived of what the browser has dropped, nobody is told that it goes on by itself", async () => {
  const b = await slow();
  await handed(b);
  const again = await b.restart();
  await again.clock.pass(1000);
  b.browser.registrations.clear();
  const get = hold(b.service, "get");
  letGo(again);
  await again.clock.pass(10_000);
  assert.equal(again.now("a").leave, "return");
  get.go();
  await again.clock.pass(20_000);
  endsWell(again);
});

test("Pause takes it back, and Resume goes on", async () => {
  const b = await slow();
  await handed(b);
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
  assert.deepEqual(b.puts(from).sort((x, y) => x - y), [5, 6, 7, 8, 9, 10, 11]);
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

test("refused by the server, it is taken from the browser as well, and Retry sends all of it anew", async () => {
  const b = await slow();
  await handed(b);
  const [id] = b.browser.registrations.keys();
  b.engine.outcomes.refused(b.upload("a"), problem(404, "upload_not_found")());
  b.engine.outcomes.refused(b.upload("a"), problem(404, "upload_not_found")());
  await b.clock.pass(1000);
  assert.deepEqual([b.card("a").state, b.browser.registrations.has(id)], ["failed", false]);
  b.engine.settings.handover = false;
  letGo(b);
  await b.commands.retry("a");
  await b.clock.pass(5000);
  endsWell(b);
});

test("a refusal that two questions bring counts once", async () => {
  const b = await slow();
  await handed(b);
  const u = b.upload("a");
  b.engine.outcomes.refused(u, problem(410, "gone")());
  b.engine.outcomes.refused(u, problem(410, "gone")());
  assert.equal(u.phase, "failed");
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
  letGo(b);
  if (b.browser.registrations.size) await b.browser.send();
  await b.clock.pass(3000);
  endsWell(b);
  assert.ok(!b.service.log.slice(from).some((line) => ["post 11", "post 10", "post 9", "post 8"].includes(line)), "what had arrived was sent again");
});

test("cancelled in the browser's own panel when the server is making the file already: there is nothing to pause", async () => {
  const b = await slow();
  await handed(b);
  const [id] = b.browser.registrations.keys();
  const u = b.upload("a");
  b.engine.outcomes.move(u, "finishing");
  b.browser.registrations.clear();
  await b.engine.handed.heard({ id, how: "abort" });
  assert.deepEqual([u.phase, u.handedTo], ["finishing", ""]);
});

test("a page was there that could ask: its browser goes on after it, also while nobody can ask", async () => {
  const b = await slow();
  await handed(b);
  const again = await b.restart();
  await again.clock.pass(3000);
  again.browser.closed = true; // the last page
  const from = b.service.log.length;
  await again.clock.pass(10_000);
  assert.deepEqual([again.card("a").leave, again.puts(from)], ["continues", []]);
  await again.browser.send();
  again.browser.closed = false;
  await again.clock.pass(3000);
  endsWell(again);
});

test("no page was there since the start: what the browser has stays its own, whoever comes first", async () => {
  const b = await slow();
  await handed(b);
  b.browser.closed = true;
  const from = b.service.log.length;
  const again = await b.restart();
  await again.clock.pass(20_000);
  assert.deepEqual([again.card("a").leave, again.puts(from)], ["continues", []]);
  await again.browser.send();
  again.browser.closed = false;
  await again.clock.pass(3000);
  endsWell(again);
});

test("the store loses it all meanwhile: it is sent anew", async () => {
  const b = await slow();
  await handed(b);
  b.service.opensAnew("u1");
  await b.clock.pass(5000);
  letGo(b);
  for (let i = 0; i < 5 && b.upload("a").alive; i += 1) {
    if (b.browser.registrations.size) await b.browser.send();
    await b.clock.pass(5000);
  }
  endsWell(b);
});

test("what the browser is given while it is looked what it is at is not taken to be gone", async () => {
  for (const port of ["active", "get"]) {
    const b = await slow();
    await handed(b, ["a", "b"]);
    const [first] = b.browser.registrations.keys();
    const asking = port === "active" ? holdOf(b.browser.handovers, "active", { answer: true }) : hold(b.service, "get");
    const looked = b.engine.handed.look(true);
    await b.clock.pass(100);
    assert.equal(asking.waiting.length, 1);
    b.engine.lineRate.slow = () => 1;
    await b.engine.handed.takeBack(first);
    await b.clock.pass(4000);
    const [second] = b.browser.registrations.keys();
    assert.ok(second && second !== first, "handed over again");
    const from = b.service.log.length;
    asking.go();
    await looked;
    assert.deepEqual(["a", "b"].map((id) => b.upload(id).handedTo), [second, second]);
    const kept = ["a", "b"].flatMap((id) => [.../** @type {Set<number>} */ (b.upload(id).kept)]);
    letGo(b);
    await b.clock.pass(3000);
    assert.ok(b.puts(from).every((number) => kept.includes(number)), "nothing is sent beside the browser");
    await b.browser.send();
    await b.clock.pass(3000);
    ["a", "b"].forEach((id) => endsWell(b, id));
  }
});

test("what could not be ended while the browser is asked what it is at is not forgotten for its answer", async () => {
  const b = await slow();
  await handed(b);
  const [id] = b.browser.registrations.keys();
  const [kept] = b.browser.registrations.values();
  b.browser.registrations.clear(); // as it was when it answered
  const asking = holdOf(b.browser.handovers, "active", { answer: true });
  const looked = b.engine.handed.look();
  await b.clock.pass(100);
  assert.equal(asking.waiting.length, 1);
  b.browser.registrations.set(id, kept);
  b.browser.closed = true;
  assert.equal(await b.engine.handed.takeBack(id), false);
  asking.go();
  await looked;
  b.browser.closed = false;
  await b.clock.pass(3000);
  assert.equal(b.browser.registrations.size, 0, "the next page ends it");
});

test("killed at every port call: what said `continues` arrives by the browser alone", async () => {
  const story = async (/** @type {Bench} */ b) => {
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(1000);
    await arrive(b);
    if (b.browser.registrations.size) await b.browser.send(4);
    await b.clock.pass(6000);
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
    b.service.reconcile();
    assert.equal(b.service.uploads.get("u1").state, "ready", `killed at call ${kill}`);
    assert.equal(b.service.content("u1").toString(), LETTERS, `killed at call ${kill}`);
  }
  assert.ok(continues > 3, `${continues} moments said it`);
});

test("while the server tells by itself it is seldom asked for the parts, and the card moves all the same", async () => {
  const b = await slow({ hears: true });
  await handed(b);
  const asked = () => b.service.log.filter((line) => line === "get u1").length;
  const from = asked();
  for (const percent of [42, 51, 61]) {
    await b.browser.send(1);
    b.service.tell("u1");
    await b.clock.pass(5000);
    assert.ok(b.card("a").percent >= percent, `${b.card("a").percent} %`);
  }
  assert.equal(asked(), from);
  await b.clock.pass(120_000);
  assert.ok(asked() - from <= 3, `${asked() - from} in two minutes`);
  await b.browser.send();
  b.service.tell("u1");
  await b.clock.pass(1000);
  endsWell(b);
});

test("while it does not tell it is asked, and a registration that the browser gave up is noticed in both cases", async () => {
  for (const hears of [true, false]) {
    const b = await slow({ hears });
    await handed(b);
    if (hears) b.service.hangUp();
    b.service.stream.open = () => () => {};
    await b.browser.send(3);
    await b.clock.pass(5000);
    assert.ok(b.card("a").percent > 60);
  }
  const b = await slow({ hears: true });
  await handed(b);
  b.browser.registrations.clear();
  letGo(b);
  await b.clock.pass(5000);
  endsWell(b);
});

test("a card that says `verifying` does not go back while the file is completed, nor for an answer that was overtaken", async () => {
  const b = await slow({ hears: true });
  await handed(b);
  /** @type {string[]} */
  const states = [];
  const completing = hold(b.service, "complete");
  b.service.hangUp();
  b.service.stream.open = () => () => {};
  await b.browser.send();
  for (let i = 0; i < 12; i += 1) {
    await b.clock.pass(1000);
    states.push(b.card("a").state);
  }
  assert.ok(states.includes("verifying") && !states.slice(states.indexOf("verifying")).includes("uploading"), String(states));
  completing.go();
  await b.clock.pass(1000);
  endsWell(b);

  const late = await slow({ hears: true });
  await handed(late);
  await late.browser.send();
  late.service.tell("u1");
  const asking = hold(late.service, "get", { answer: true });
  late.engine.handed.heard({ id: late.upload("a").handedTo, how: "success" });
  await late.clock.pass(100);
  late.service.tell("u1", { state: "scanning" });
  await late.clock.pass(100);
  assert.equal(late.card("a").state, "scanning");
  asking.go();
  await late.clock.pass(100);
  assert.equal(late.card("a").state, "scanning");
});

test("failed at the server: the browser stops, and Retry sends it anew", async () => {
  const b = await slow({ hears: true });
  await handed(b);
  b.service.tell("u1", { state: "failed" });
  await b.clock.pass(1000);
  assert.deepEqual([b.card("a").state, b.browser.registrations.size], ["failed", 0]);
  letGo(b);
  await b.commands.retry("a");
  await b.clock.pass(3000);
  if (b.browser.registrations.size) await b.browser.send();
  await b.clock.pass(5000);
  endsWell(b);
});

test("what could not be ended, since no page was there, is ended by the next one", async () => {
  const b = await slow();
  await handed(b);
  b.browser.closed = true;
  b.commands.pause("a");
  await b.clock.pass(5000);
  assert.equal(b.browser.registrations.size, 1);
  b.browser.closed = false;
  await b.clock.pass(3000);
  assert.equal(b.browser.registrations.size, 0);
});

test("what could not be ended, since no page was there, stays the browser's: the other files in it are not sent beside it", async () => {
  const b = await slow();
  await handed(b, ["a", "b"]);
  b.browser.closed = true;
  const from = b.service.log.length;
  await b.commands.cancel("a");
  b.engine.settings.handover = false;
  await b.clock.pass(5000);
  assert.deepEqual([b.puts(from), b.browser.registrations.size, b.card("b").leave], [[], 1, "continues"]);
  b.browser.closed = false;
  await b.clock.pass(3000);
  assert.equal(b.browser.registrations.size, 0, "the next page ends it");
  letGo(b);
  await b.clock.pass(5000);
  assert.equal(b.card("b").state, "ready");
});

/** Two files are given while the first of them is paused: the browser has both, and gives them up. @param {Bench} b */
const pausedWhileGiven = async (b) => {
  const { slow } = b.engine.lineRate;
  b.engine.lineRate.slow = () => 0;
  b.engine.sender.through = true;
  await b.commands.add([pick("a", LETTERS), pick("b", LETTERS)]);
  await b.clock.pass(1000);
  b.engine.lineRate.slow = slow;
  const giving = holdOf(b.browser.handovers, "give", { answer: true });
  b.engine.wake();
  await b.clock.pass(4000);
  assert.equal(giving.waiting.length, 1);
  b.commands.pause("a");
  letGo(b);
  return giving;
};

test("what is taken back goes out here once the browser has answered", async () => {
  const b = await slow();
  const ending = holdOf(b.browser.handovers, "takeBack");
  const giving = await pausedWhileGiven(b);
  await b.clock.pass(100); // what this engine kept for itself arrives
  const [{ requests }] = b.browser.registrations.values();
  assert.ok(requests.some(({ url }) => url.startsWith("u2/")));
  const from = b.service.log.length;
  giving.go();
  await b.clock.pass(1000);
  assert.ok(ending.waiting.length > 0);
  assert.deepEqual(b.puts(from), [], "sent beside the browser");
  ending.go();
  b.engine.settings.handover = false;
  await b.clock.pass(3000);
  assert.equal(b.browser.registrations.size, 0);
  assert.equal(b.card("b").state, "ready");
});

test("what was signed before it was handed over goes out once when it is taken back", async () => {
  const b = await slow();
  const giving = await pausedWhileGiven(b);
  await b.clock.pass(100);
  const { u: kept } = b.engine.sender.signed[0];
  assert.equal(kept.id, "b", "signed here, and the browser's");
  const from = b.service.log.length;
  b.service.held = [];
  giving.go();
  b.engine.settings.handover = false;
  await b.clock.pass(3000); // what is on the line stays there, while the engine reads and signs more
  letGo(b);
  await b.clock.pass(3000);
  assert.equal(b.card("b").state, "ready");
  const puts = b.puts(from);
  assert.equal(new Set(puts).size, puts.length, `${puts}`);
});

test("a page that never answers does not stop the upload for ever", async () => {
  const b = await slow();
  holdOf(b.browser.handovers, "takeBack");
  const giving = await pausedWhileGiven(b);
  giving.go();
  b.engine.settings.handover = false;
  await b.clock.pass(20_000);
  assert.equal(b.card("b").state, "ready");
});
