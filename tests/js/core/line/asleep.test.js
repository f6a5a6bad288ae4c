import assert from "node:assert/strict";
import test from "node:test";
import { Asleep, gapOf } from "../../../../custom_components/reflex_smartupload/client/core/line/asleep.js";
import { NetworkError } from "../../../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { bench, LETTERS, MemoryClock, pick, twoArrive } from "../bench.js";

const HOUR = 3_600_000;

test("a sleep shows on the clock that goes by itself, or on that of the wall", () => {
  assert.equal(gapOf({ now: 0, wall: 5 }, { now: HOUR, wall: HOUR }), HOUR);
  assert.equal(gapOf({ now: 0, wall: 5 }, { now: 10, wall: HOUR + 5 }), HOUR);
  assert.equal(gapOf({ now: 0, wall: 5 }, { now: 10, wall: -HOUR }), 10, "somebody set it back");
});

/** @param {number} [running] how many uploads */
const watched = (running = 1) => {
  const clock = new MemoryClock();
  let woken = 0;
  const asleep = new Asleep(/** @type {any} */ ({ ports: { clock }, running: () => ({ size: running }) }), () => (woken += 1));
  asleep.fill();
  return { clock, asleep, woken: () => woken };
};

test("it is said once, and of what began before alone", async () => {
  const { clock, asleep, woken } = watched();
  await clock.pass(60_000);
  assert.equal(woken(), 0);
  clock.slept += HOUR;
  await clock.pass(60_000);
  assert.equal(woken(), 1);
  assert.deepEqual([asleep.since(0), asleep.since(clock.now())], [true, false]);
});

test("whoever asks first need not wait for the next look", () => {
  const { clock, asleep, woken } = watched();
  clock.slept += HOUR;
  assert.equal(asleep.since(0), true);
  assert.equal(woken(), 1);
});

test("timers that are late are no sleep while bytes go out, as in a tab in the background; nor is a second, nor a time in which nothing is on its way", () => {
  const { clock, asleep, woken } = watched();
  for (let late = 0; late < 6; late += 1) {
    clock.time += 20_000;
    asleep.look();
  }
  assert.equal(woken(), 0);
  clock.time += 36_000;
  asleep.look();
  assert.equal(woken(), 1);
  const idle = watched(0);
  idle.clock.time += HOUR;
  assert.equal(idle.asleep.since(0), false);
});

/** A computer sleeps while two parts are there and others on the line; their connections are dead when it wakes. @param {(b: Awaited<ReturnType<typeof bench>>) => void} sleep */
const slept = async (sleep) => {
  const b = await bench();
  await twoArrive(b);
  const onLine = b.service.held?.length ?? 0;
  assert.ok(onLine > 1);
  sleep(b);
  b.service.held = null; // whatever is sent from now on arrives
  return { b, onLine };
};

for (const [name, sleep] of /** @type {[string, (b: Awaited<ReturnType<typeof bench>>) => void][]} */ ([
  ["stood still", (b) => void (b.clock.slept += HOUR)],
  ["went on", (b) => void (b.clock.time += HOUR)],
]))
  test(`after a sleep in which the engine's clock ${name}, what was on the line goes out again within seconds, and nothing is held against the line`, async () => {
    const { b, onLine } = await slept(sleep);
    await b.clock.pass(9500);
    assert.equal(b.card("a").state, "ready");
    assert.equal(b.puts().length, 11 + onLine);
    assert.deepEqual([b.engine.obstacles.width, b.engine.storeGate.attempt, b.engine.serverGate.attempt], [Infinity, 0, 0]);
  });

test("what was signed before a sleep is signed again before it goes out, whatever the clock says", async () => {
  const { b } = await slept((one) => void (one.clock.slept += HOUR));
  const from = b.service.log.length;
  const [first] = b.engine.sender.signed;
  assert.ok(first?.url, "something is signed and waits for the line");
  const { put } = b.engine.ports;
  /** @type {string[]} */
  const urls = [];
  b.engine.ports.put = (url, ...rest) => (urls.push(url), put(url, ...rest));
  await b.clock.pass(9500);
  assert.equal(b.card("a").state, "ready");
  assert.ok(!urls.includes(first.url), "a URL from before");
  assert.ok(b.service.log.slice(from).some((line) => line.startsWith("sign") || line.startsWith("batch sign")));
});

test("a part that goes on after a sleep is left alone", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(300);
  const guards = [...b.engine.sender.guards.values()];
  const puts = b.puts().length;
  b.clock.slept += HOUR;
  b.engine.asleep.look();
  await b.clock.pass(1000);
  for (const guard of guards) guard.progress(9);
  await b.clock.pass(10_000);
  assert.equal(b.puts().length, puts);
  b.service.held.splice(0).forEach((go) => go());
  b.service.held = null;
  await b.clock.pass(3000);
  assert.equal(b.card("a").state, "ready");
});

test("calls to the server from before a sleep are given up, and made again", async () => {
  const b = await bench();
  const { create } = b.service.api;
  /** @type {((error: Error) => void)[]} */
  const underWay = [];
  b.service.api.create = () => new Promise((_, reject) => underWay.push(reject));
  b.engine.ports.hangUp = () => underWay.splice(0).forEach((end) => end(new NetworkError("hung up")));
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  assert.equal(underWay.length, 1);
  b.service.api.create = create;
  b.clock.slept += HOUR;
  await b.clock.pass(9500);
  assert.equal(b.card("a").state, "ready");
});

test("without a sleep a cut is held against the line", async () => {
  const b = await bench();
  await b.commands.add([pick("a", LETTERS)]);
  b.service.answers = /** @type {any[]} */ (["cut", "cut", "cut", "cut", "cut"]);
  await b.clock.pass(400);
  assert.notEqual(b.engine.obstacles.width, Infinity);
});
