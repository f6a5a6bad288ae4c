import assert from "node:assert/strict";
import test from "node:test";
import { Question, within } from "../../../../custom_components/reflex_smartupload/client/core/recovery/question.js";
import { bench, hold, MemoryClock, MemoryService } from "../bench.js";

/** A server that answers when it is told to. */
const asking = () => {
  const clock = new MemoryClock();
  /** @type {{yes: (owner: string) => void, no: () => void}[]} */
  const open = [];
  /** @type {string[]} */
  const heard = [];
  const settings = () => new Promise((resolve, reject) => open.push({ yes: (owner) => resolve({ owner, max_parallel_parts: 4 }), no: () => reject(new Error("away")) }));
  const engine = { settings: {}, configure: () => {}, server: (/** @type {() => unknown} */ call) => call(), ports: { clock, emit: () => {}, api: { settings } } };
  return { clock, open, heard, question: new Question(/** @type {any} */ (engine), (tag) => heard.push(tag)) };
};

test("who asks while an answer is under way shares the next one, since that one may be about somebody who has gone", async () => {
  const { clock, open, heard, question } = asking();
  const first = question.ask();
  const others = [question.ask(), question.ask()];
  assert.equal(open.length, 1);
  open[0].yes("anna");
  assert.equal(await first, true);
  await clock.pass(1);
  assert.equal(open.length, 2);
  open[1].yes("berta");
  assert.deepEqual(await Promise.all(others), [true, true]);
  assert.deepEqual(heard, ["anna", "berta"]);
  assert.equal(question.asking, false);
});

test("an answer that comes after one to a later question does not count", async () => {
  const { clock, open, heard, question } = asking();
  question.ask();
  const second = question.ask();
  await clock.pass(1000); // the first does not come
  open[1].yes("berta");
  await second;
  open[0].yes("anna");
  await clock.pass(1);
  assert.deepEqual(heard, ["berta"]);
});

test("a server that is away is asked again, however many asked", async () => {
  const { clock, open, heard, question } = asking();
  const first = question.ask();
  open[0].no();
  assert.equal(await first, false);
  await clock.pass(2000);
  assert.equal(open.length, 1);
  await clock.pass(2000);
  assert.equal(open.length, 2);
  open[1].yes("anna");
  await clock.pass(10_000);
  assert.deepEqual([heard, open.length], [["anna"], 2]);
});

test("what does not come in time has not come", async () => {
  const clock = new MemoryClock();
  const late = within(clock, 100, new Promise(() => {}));
  await clock.pass(200);
  assert.deepEqual([await late, await within(clock, 100, Promise.resolve(true))], [false, true]);
});

test("a stream that was opened before, and says only now whose it is, does not count: it is opened anew", async () => {
  const service = new MemoryService();
  const { stream } = service;
  const { open } = stream;
  /** @type {(() => void)[]} */
  const waiting = [];
  stream.open = (after, { heard, lost }, name) => open(after, { lost, heard: (...said) => void waiting.push(() => heard(...said)) }, name);
  const b = await bench({ service, hears: true });
  await b.clock.pass(500);
  stream.open = open;
  service.owner = "ben";
  b.recovery.look();
  await b.clock.pass(500);
  assert.equal(b.engine.owners.tag, "tag of ben");
  waiting.forEach((say) => say());
  assert.equal(b.engine.owners.tag, "tag of ben", "anna has gone");
  await b.clock.pass(500);
  assert.deepEqual([b.engine.owners.tag, b.engine.changeFeed.tag, [...stream.listeners.values()]], ["tag of ben", "tag of ben", ["ben"]]);
});

test("an answer to a question from before the stream was opened says nothing of who is here; its settings count", async () => {
  const b = await bench({ hears: true });
  await b.clock.pass(500);
  b.service.settings.max_parallel_parts = 3;
  const settings = hold(b.service, "settings", { answer: true });
  b.recovery.look();
  await b.clock.pass(100);
  b.service.owner = "ben";
  b.service.hangUp();
  await b.clock.pass(3000);
  assert.equal(b.engine.owners.tag, "tag of ben");
  const opened = b.service.log.filter((line) => line.startsWith("open")).length;
  settings.go();
  await b.clock.pass(500);
  assert.deepEqual([b.engine.owners.tag, b.engine.settings.max_parallel_parts], ["tag of ben", 3]);
  assert.equal(b.service.log.filter((line) => line.startsWith("open")).length, opened, "nobody was taken for anna meanwhile");
});
