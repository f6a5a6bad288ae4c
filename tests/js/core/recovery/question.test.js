import assert from "node:assert/strict";
import test from "node:test";
import { Question, within } from "../../../../custom_components/reflex_smartupload/client/core/recovery/question.js";
import { MemoryClock } from "../bench.js";

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
