import assert from "node:assert/strict";
import test from "node:test";
import { Standing } from "../../../../custom_components/reflex_smartupload/client/core/background_fetch/standing.js";
import { MemoryDisk } from "../bench.js";
import { arrive, endsWell, handed, letGo, slow } from "../handing.js";

test("a browser that was just started and stands still: the engine goes on at once, and hands over again", async () => {
  const b = await slow();
  await handed(b);
  b.disk.speeds = { send: 1e7 };
  b.service.settings.max_parallel_parts = 4;
  const from = b.service.log.length;
  const again = await b.restart();
  await again.clock.pass(900);
  assert.equal(again.puts(from).length, 4, "nothing within a second");
  assert.equal(again.browser.registrations.size, 0, "nor does the browser send it as well");
  again.engine.lineRate.slow = () => 1;
  again.engine.wake();
  await again.clock.pass(3000);
  await arrive(again);
  assert.equal(again.card("a").leave, "continues");
  await again.browser.send();
  await again.clock.pass(3000);
  endsWell(again);
  const sent = again.service.log.filter((line) => /^(put|post) /.test(line)).map((line) => line.replace(/^\w+ /, ""));
  assert.equal(new Set(sent).size, sent.length, `twice: ${sent}`);
});

test("while the engine waits whether the browser goes on, it hashes what would go out first, once", async () => {
  for (const goesOn of [false, true]) {
    const b = await slow();
    await handed(b);
    b.disk.speeds = { send: 1e7 };
    const from = b.service.log.length;
    const again = await b.restart();
    /** @type {string[]} */
    const hashed = [];
    const { hash } = again.ports;
    again.ports.hash = async (blob) => {
      hashed.push(await blob.text());
      return hash(blob);
    };
    await again.clock.pass(400);
    assert.deepEqual([hashed.length, again.puts(from).length, again.browser.registrations.size], [2, 0, 1]);
    if (goesOn) await again.browser.send(1);
    await again.clock.pass(500);
    if (goesOn) assert.equal(hashed.length, 2, "for nothing more than these");
    else assert.deepEqual([again.puts(from).length > 0, new Set(hashed).size], [true, hashed.length]);
  }
});

test("a large file is taken from a browser that stands still when the server says, after the start, that little of it is left", async () => {
  for (const [confirmed, id, taken] of /** @type {[number, string, string[]][]} */ ([[0, "r", []], [0.5e9, "r", ["r"]], [0.5e9, "r.of-which-nobody-knows", []]])) {
    const disk = new MemoryDisk();
    disk.speeds = { send: 1e7 };
    const b = await slow({ disk });
    const { handed: hands, standing } = b.engine;
    b.browser.registrations.set(id, /** @type {any} */ ({ bytes: 1.1e9, requests: [{ fields: {}, blob: { size: 1.1e9 - 200 } }] }));
    const large = { handedTo: id, size: 1.1e9, partSize: 8e6, confirmed: new Set(), kept: null };
    hands.uploads = function* () { yield /** @type {any} */ (large); };
    /** @type {string[]} */
    const ended = [];
    hands.takeBack = async (id) => ended.push(id) > 0;
    standing.relieve(id);
    for (let number = 1; number * 8e6 <= confirmed; number += 1) large.confirmed.add(number);
    await b.clock.pass(1000);
    assert.deepEqual(ended, taken);
  }
});

test("what another browser has sent parts of as well is left to the browser: what arrived says nothing of what this one has on the line", async () => {
  for (const elsewhere of [false, true]) {
    const b = await slow();
    await handed(b);
    b.disk.speeds = { send: 1e7 };
    if (elsewhere) for (const part of b.service.uploads.get("u1").signed.values()) part.versions.add("another browser's");
    const from = b.service.log.length;
    const again = await b.restart();
    await again.clock.pass(2000);
    assert.deepEqual([again.upload("a").others, again.browser.registrations.size, again.puts(from).length > 0], [elsewhere, elsewhere ? 1 : 0, !elsewhere]);
  }
});

test("what another browser sends after the server was asked for the parts is not taken for this one's", async () => {
  const b = await slow();
  await handed(b);
  b.disk.speeds = { send: 1e7 };
  await b.browser.send(1);
  const [id] = b.browser.registrations.keys();
  const { bytes, of } = await b.ports.handovers.sent(id);
  b.browser.onLine = of - bytes - b.engine.standing.left(id) + 10; // of the next part
  b.service.stream.open = () => () => {}; // what it says is told below
  const again = await b.restart();
  await again.clock.pass(300);
  const u = again.upload("a");
  assert.deepEqual([u.synced, u.confirmed.size], [true, 5]);
  again.engine.handed.counted(u, u.confirmedBytes + 20);
  await again.clock.pass(2000);
  assert.deepEqual([again.browser.registrations.size, again.count("handovers.takeBack")], [1, 0]);
});

test("that another browser sends parts of it is heard of at each look", async () => {
  const b = await slow();
  await handed(b);
  for (const part of b.service.uploads.get("u1").signed.values()) part.versions.add("another browser's");
  assert.equal(b.upload("a").others, false);
  await b.engine.handed.look(true);
  assert.equal(b.upload("a").others, true);
});

test("a browser that has sent more than what arrived is at it, though the line stands still: it is left alone", async () => {
  for (const [onLine, left] of /** @type {const} */ ([[1e6, 1], [10, 0]])) {
    const b = await slow();
    await handed(b);
    b.disk.speeds = { send: 1e7 };
    await b.browser.send(1);
    b.browser.onLine = onLine;
    const from = b.service.log.length;
    const again = await b.restart();
    await again.clock.pass(3000);
    assert.equal(again.browser.registrations.size, left, `${onLine} bytes of the next part or of fields`);
    if (left) assert.deepEqual([again.puts(from), again.card("a").leave], [[], "continues"]);
  }
});

test("a browser that goes on is left alone, and so is one on a line that shows nothing within seconds, or while there is none", async () => {
  for (const { speed = 1e7, online = true, sends = false } of [{ sends: true }, { speed: 1e5 }, { online: false }]) {
    const b = await slow();
    await handed(b);
    b.disk.speeds = { send: speed };
    const from = b.service.log.length;
    b.browser.has = false;
    const again = await b.restart();
    again.ports.network.online = () => online;
    b.browser.has = true;
    again.engine.wake();
    await again.clock.pass(100);
    if (sends) await again.browser.send(1);
    await again.clock.pass(5000);
    assert.deepEqual([again.puts(from), again.card("a").leave], [[], "continues"]);
  }
});

const MINUTE = 60_000;

test("what no request is left of in the browser is the engine's after five minutes", async () => {
  const b = await slow();
  await handed(b);
  await b.browser.send(2);
  letGo(b);
  await b.clock.pass(4.9 * MINUTE);
  assert.equal(b.browser.registrations.size, 1, "it may be about to connect");
  await b.clock.pass(MINUTE);
  if (b.browser.registrations.size) await b.browser.send(); // given anew
  await b.clock.pass(5000);
  endsWell(b);
  assert.equal(b.count("handovers.takeBack"), 1);
});

test("the same while it is paused, and could not be ended before", async () => {
  const b = await slow();
  await handed(b);
  b.browser.onLine = 1e6;
  b.commands.pause("a");
  await b.clock.pass(MINUTE);
  b.browser.onLine = 0; // the store was killed
  await b.clock.pass(6 * MINUTE);
  assert.equal(b.browser.registrations.size, 0);
  assert.deepEqual([b.card("a").state, b.card("a").detail], ["paused", "paused by you"]);
  assert.deepEqual([...b.engine.handed.unstoppable, ...b.engine.handed.doubtful], []);
});

test("what has left and never arrives is given up after half an hour, and so is a registration of which nobody knows what arrived", async () => {
  for (const [onLine, also] of /** @type {const} */ ([[1e6, ""], [0, ".of-which-nobody-knows"]])) {
    const b = await slow();
    await handed(b);
    await b.browser.send(2);
    letGo(b);
    b.browser.onLine = onLine;
    const [[id, registration]] = b.browser.registrations;
    b.browser.registrations.clear();
    b.browser.registrations.set(id + also, registration);
    b.upload("a").become("offered", id + also);
    b.upload("a").become("handedOver");
    await b.clock.pass(29 * MINUTE);
    assert.equal(b.count("handovers.takeBack"), 0);
    await b.clock.pass(2 * MINUTE);
    b.browser.onLine = 0;
    assert.equal(b.count("handovers.takeBack"), 1);
  }
});

test("a line that stands still is left alone for as long as it may, and so is a browser whose computer slept, or has no line", async () => {
  for (const { onLine = 0, jump = 0, online = true } of [{ onLine: 1e6 }, { jump: 60 * MINUTE }, { online: false }]) {
    const b = await slow();
    await handed(b);
    b.browser.onLine = onLine;
    b.ports.network.online = () => online;
    await b.clock.pass(1 * MINUTE);
    b.clock.time += jump;
    await b.clock.pass((jump ? 3 : 20) * MINUTE);
    assert.deepEqual([b.browser.registrations.size, b.count("handovers.takeBack")], [1, 0]);
  }
});

test("one that is through by another way may have left its parts in a registration: of that nobody can say what arrived", () => {
  for (const [epoch, synced, isKnown] of /** @type {const} */ ([[1, true, true], [2, true, false], [1, false, false]])) {
    /** @type {Record<string, object>} */
    const uploads = { u1: { handedTo: "r.u1.u2", arrived: false, epoch: 1 }, u2: { handedTo: "", arrived: true, synced, epoch } };
    const standing = new Standing(/** @type {any} */ ({ named: (/** @type {string} */ id) => [uploads[id]] }));
    assert.equal(standing.isKnown("r.u1.u2"), isKnown, `epoch ${epoch}, ${synced ? "" : "not "}synced`);
  }
});
