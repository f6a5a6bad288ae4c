import assert from "node:assert/strict";
import test from "node:test";
import { LETTERS, MemoryService, pick } from "../bench.js";
import { arrive, endsWell, letGo, slow } from "../handing.js";

/** @typedef {import("../bench.js").Bench} Bench */

/** The browser has the file, and is held back. @param {Parameters<typeof slow>[0]} [parts] */
const held = async (parts) => {
  const b = await slow({ hears: true, ...parts });
  b.service.holds.has = true;
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  assert.ok(b.upload("a").heldIn, b.logs().join("; "));
  return b;
};

/** It is killed, and the server has waited for it long enough. @param {Bench} b */
const gone = (b) => {
  b.kill();
  b.service.holds.gone.clear();
};

/** @param {Bench} b */
const inRegistration = (b) => [...b.browser.registrations.values()].flatMap(({ requests }) => requests).length;

test("the browser has all of it at once, also what is on the line, and the engine goes on as if it had nothing", async () => {
  const b = await held();
  assert.equal(inRegistration(b), 11, "every part");
  assert.equal(b.card("a").leave, "continues");
  assert.equal(b.engine.sender.onLine.size, 4, "no fewer than without");
  await b.browser.send();
  assert.equal(inRegistration(b), 11, "it is held back");
  await arrive(b);
  assert.equal(b.card("a").leave, "continues");
  assert.ok(b.puts().length > 4, "new parts go out while the browser has them");
  letGo(b);
  await b.clock.pass(3000);
  endsWell(b);
  assert.deepEqual(b.puts().toSorted((one, other) => one - other), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "each once");
});

test("when the engine is gone the browser sends all that is left", async () => {
  const b = await held();
  await arrive(b);
  gone(b);
  b.service.held = null;
  await b.browser.send();
  assert.equal(inRegistration(b), 0);
  b.service.reconcile();
  assert.equal([...b.service.uploads.values()][0].state, "ready");
});

test("an engine that comes after another one goes on at once, and the browser stays held back", async () => {
  const b = await held();
  await arrive(b);
  letGo(b);
  const again = await b.restart();
  await again.clock.pass(3000);
  assert.equal(again.count("handovers.takeBack"), 1, "when it is there, and not before");
  assert.equal(again.count("handovers.give"), 0);
  endsWell(again);
});

test("where the server has let the browser go before, the next engine leaves it to that", async () => {
  const b = await held();
  await arrive(b);
  gone(b);
  await b.browser.send(1);
  const again = await b.restart();
  await again.clock.pass(3000);
  assert.equal(again.upload("a").heldIn, "");
  assert.deepEqual([again.engine.sender.onLine.size, again.card("a").leave], [0, "continues"], "the browser has everything");
  assert.ok(again.upload("a").handedTo);
  await again.browser.send();
  await again.clock.pass(3000);
  endsWell(again);
});

test("out of the server's reach the rest is the browser's, and the engine's again when it was held back all the time", async () => {
  const b = await held();
  b.service.away = true;
  b.service.hangUp();
  await b.clock.pass(2000);
  assert.ok(b.upload("a").heldIn, "a moment is nothing");
  await b.clock.pass(2000);
  assert.deepEqual([b.upload("a").heldIn, Boolean(b.upload("a").handedTo), [...(b.upload("a").kept ?? [])]], ["", true, [1, 2, 3, 4]]);
  b.service.away = false;
  await b.clock.pass(30_000);
  assert.ok(b.upload("a").heldIn);
  letGo(b);
  await b.clock.pass(3000);
  endsWell(b);
});

test("once the browser sends, the engine sends only what it has on the line", async () => {
  const b = await held();
  const [hold] = b.service.holds.holds.values();
  hold.isLetGo = true;
  await b.browser.send(1);
  await b.clock.pass(2500);
  assert.equal(b.upload("a").heldIn, "");
  assert.equal(b.card("a").leave, "continues", "what is on the line here it has as well");
  const puts = b.puts().length;
  letGo(b);
  await b.clock.pass(1000);
  assert.equal(b.puts().length, puts);
  assert.equal(b.card("a").leave, "continues");
  await b.browser.send();
  await b.clock.pass(3000);
  endsWell(b);
});

test("pause, cancel and the last byte end what is held back", async () => {
  const b = await held();
  b.engine.lineRate.slow = () => 1;
  b.commands.pause("a");
  await b.clock.pass(1000);
  assert.equal(b.browser.registrations.size, 0);
  b.commands.resume("a");
  await b.clock.pass(3000);
  assert.equal(b.card("a").leave, "continues");
  b.commands.cancel("a");
  await b.clock.pass(1000);
  assert.equal(b.browser.registrations.size, 0);
});

test("what the browser loses stays with the engine", async () => {
  const b = await held();
  b.browser.registrations.clear();
  await b.clock.pass(2500);
  assert.deepEqual([b.upload("a").heldIn, b.upload("a").noHandover, b.card("a").leave], ["", true, "return"]);
  letGo(b);
  await b.clock.pass(3000);
  endsWell(b);
});

test("in the browser's own list somebody cancels it: a pause, as ever", async () => {
  const b = await held();
  const [id] = b.browser.registrations.keys();
  b.browser.registrations.clear();
  await b.engine.handed.heard({ id, how: "abort" });
  await b.clock.pass(500);
  assert.equal(b.card("a").state, "paused");
});

test("a server that has no such thing is asked once, and the browser sends by itself as before", async () => {
  const b = await slow({ hears: true, service: new MemoryService({ partSize: 16 }) });
  b.browser.service = b.service;
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5000);
  assert.equal(b.engine.holds.usable, false);
  assert.ok(b.count("api.hold") <= 1);
});

test("what nobody gives a form for is the engine's alone, and the card says so", async () => {
  const b = await slow({ hears: true });
  b.service.holds.has = true;
  const { handover } = b.ports.api;
  b.ports.api.handover = async (...args) => {
    const answer = await handover(...args);
    return { ...answer, parts: answer.parts.filter(({ number }) => number !== 11) };
  };
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  assert.ok(b.upload("a").heldIn);
  assert.equal(b.card("a").leave, "return");
  letGo(b);
  await b.clock.pass(3000);
  endsWell(b);
});
