import assert from "node:assert/strict";
import test from "node:test";
import { BackgroundRun } from "../../../../custom_components/reflex_smartupload/client/core/engine/background_run.js";
import { memoryPorts } from "../../../../custom_components/reflex_smartupload/client/io/twins/memory.js";
import { bench, LETTERS, MemoryClock, pick, settled } from "../bench.js";

/** @typedef {import("../bench.js").Bench} Bench */

/** An upload that is staged and has begun, whose engine died with the last page. @param {(b: Bench) => void | Promise<void>} [more] */
const left = async (more = () => {}) => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  assert.equal(b.card("a").leave, "return");
  await more(b);
  b.kill();
  b.upload("a").abort.abort(); // what it had on the line goes with it
  await settled();
  b.service.held = null;
  b.service.log.length = 0;
  b.service.maxPart = 0;
  return b;
};

/** A run in the background over what that browser has kept. @param {Bench} b @param {(ports: ReturnType<typeof memoryPorts>) => void} [change] */
const runAfter = (b, change = () => {}) => {
  const clock = new MemoryClock();
  const ports = memoryPorts({ service: b.service, disk: b.disk, clock, browser: b.browser });
  change(ports);
  const background = new BackgroundRun(ports);
  const found = { clock, ports, background, said: /** @type {boolean | null} */ (null) };
  background.run().then((through) => (found.said = through));
  return found;
};

/** A line on which a part takes so long, and shows nothing before. @param {number} ms */
const slow = (ms) => (/** @type {ReturnType<typeof memoryPorts>} */ ports) => {
  const { put, clock } = ports;
  ports.put = async (url, headers, body, { signal }) => {
    await new Promise((resolve) => clock.after(ms, () => resolve(null)));
    return put(url, headers, body, { onProgress: () => {}, signal });
  };
};

test("it goes on from the journal until the file is ready, and leaves nothing behind", async () => {
  const b = await left();
  const { clock, background, said, ...more } = runAfter(b);
  assert.equal(said, null);
  await clock.pass(5000);
  assert.equal(background.over, true);
  assert.equal(b.service.uploads.get("u1").state, "ready");
  assert.equal(b.service.content("u1").toString(), LETTERS);
  assert.deepEqual([b.disk.entries.size, b.disk.files.size], [0, 0]);
  assert.deepEqual(more.ports.published, [], "pages hear of the engine that a page starts, not of this one");
});

test("it says that it is through, at once when there is nothing it could do", async () => {
  const empty = runAfter(await bench());
  await empty.clock.pass(100);
  assert.equal(empty.said, true);
  const paused = await left((b) => {
    b.commands.pause("a");
    return b.clock.pass(1000);
  });
  const at = runAfter(paused);
  await at.clock.pass(1000);
  assert.equal(at.said, true);
  assert.equal(paused.puts().length, 0, "a pause is a pause");
});

test("on a line that costs money it sends nothing of what waits, and ends, so that the browser asks again later", async () => {
  const b = await left();
  b.service.settings.ask_on_metered_mb = 50e-6;
  b.browser.cost = "metered";
  const run = runAfter(b);
  await run.clock.pass(5000);
  assert.deepEqual([run.said, b.puts().length], [false, 0]);
  assert.equal(b.disk.entries.size, 1, "it is there on the next visit");
  b.browser.cost = "";
  const later = runAfter(b);
  await later.clock.pass(5000);
  assert.deepEqual([later.said, b.service.uploads.get("u1").state], [true, "ready"]);
});

test("what is in the browser's own hands is not its business", async () => {
  const b = await left();
  b.browser.has = true;
  await b.browser.handovers.give({ id: "r", title: "", bytes: 0, requests: [{ url: "", fields: {}, blob: new Blob([]) }] });
  b.disk.entries.set("a", { ...b.disk.entries.get("a"), handedTo: "r" });
  const one = runAfter(b);
  await one.clock.pass(2000);
  assert.equal(one.said, true);
  assert.equal(b.puts().length, 0);
});

test("on a slow line one part at a time; none is taken to be stuck because nothing is seen of it", async () => {
  const b = await left();
  const { clock } = runAfter(b, slow(45_000));
  await clock.pass(100_000);
  assert.equal(b.service.maxPart, 1);
  assert.deepEqual(b.puts(), [1, 2]);
  assert.equal(b.service.uploads.get("u1").parts.size, 2);
});

test("a quick line gets one more with each part, never more than the server allows", async () => {
  const b = await left();
  b.service.settings.max_parallel_parts = 3;
  const { clock, background } = runAfter(b, slow(100));
  const seen = new Set();
  for (let at = 0; at < 100 && !background.over; at += 1) {
    seen.add(background.engine.sender.onLine.size);
    await clock.pass(50);
  }
  assert.deepEqual([...seen].sort(), [0, 1, 2, 3]);
  assert.equal(b.service.uploads.get("u1").state, "ready");
  assert.deepEqual(b.disk.speeds, {}, "a speed seen by whole parts is none");
});

test("without server or line it waits for them", async () => {
  const b = await left();
  b.service.away = true;
  const one = runAfter(b);
  await one.clock.pass(20_000);
  assert.equal(one.said, null);
  b.service.away = false;
  await one.clock.pass(20_000);
  assert.equal(one.said, true);
  assert.equal(b.service.uploads.get("u1").state, "ready");
});

test("a page that is back ends it: what is on the line is dropped, and nothing more is done", async () => {
  const b = await left();
  b.service.held = [];
  const one = runAfter(b);
  await one.clock.pass(1000);
  assert.equal(b.service.onLine, 1);
  await one.background.stop();
  await settled();
  assert.equal(one.said, false);
  assert.equal(b.service.onLine, 0);
  const calls = b.service.log.length;
  await one.clock.pass(60_000);
  assert.equal(b.service.log.length, calls);
});

test("stopped at any moment: the page's engine takes over, the file arrives, and only what was on the line goes twice", async () => {
  for (let ms = 0, over = false; !over; ms += 7) {
    const b = await left();
    const one = runAfter(b, slow(40));
    await one.clock.pass(ms);
    over = one.background.over;
    const flying = one.background.engine.sender.onLine.size;
    await one.background.stop();
    const journal = JSON.stringify([...b.disk.entries]);
    await one.clock.pass(1000);
    assert.equal(JSON.stringify([...b.disk.entries]), journal, `written after its end (${ms} ms)`);
    const next = await b.restart();
    await next.clock.pass(5000);
    assert.equal(b.service.uploads.get("u1").state, "ready", `${ms} ms`);
    assert.equal(b.service.content("u1").toString(), LETTERS);
    const twice = b.puts().length - new Set(b.puts()).size;
    assert.ok(twice <= flying, `${twice} parts went twice, ${flying} were on the line`);
  }
});

test("a page that comes while the last words are written does not hold it up for ever", async () => {
  const b = await left();
  const one = runAfter(b);
  while (!one.background.over) await one.clock.pass(1);
  await one.background.stop();
  await one.clock.pass(10);
  assert.equal(one.said, true);
});
