import assert from "node:assert/strict";
import test from "node:test";
import { Batches, Lanes } from "../../../../custom_components/reflex_smartupload/client/core/ports/batches.js";
import { ApiError, NetworkError } from "../../../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { Gate } from "../../../../custom_components/reflex_smartupload/client/core/ports/retry.js";
import { ServerCalls } from "../../../../custom_components/reflex_smartupload/client/core/server/calls.js";
import { MemoryClock, settled } from "../../../../custom_components/reflex_smartupload/client/io/twins/memory.js";

/** Calls that wait for their answers: `answer` gives the oldest one its own. @param {{calls?: number, lanes?: number, heaviest?: number, pace?: number}} [limits] */
const bench = ({ calls: most = 2, lanes: all = 3, heaviest = 100, pace = 0 } = {}) => {
  const clock = new MemoryClock();
  const gate = new Gate(clock, () => 0.5, () => {});
  const calls = new ServerCalls(gate);
  const lanes = new Lanes(all, calls);
  let woken = 0;
  /** @type {{about: any, answer: (value: any) => void, fail: (error: unknown) => void}[]} */
  const waiting = [];
  const call = (/** @type {any} */ about) => new Promise((resolve, reject) => waiting.push({ about, answer: resolve, fail: reject }));
  /** @type {Batches<any, any>} */
  const batches = new Batches({ calls, clock, wake: () => (woken += 1) }, lanes, { one: (item) => call(item), many: (items) => call(items), member: "upload", weight: (item) => item.weight ?? 1, heaviest, calls: most, pace });
  /** What each who asked has heard by now: an answer, or the error. @type {any[]} */
  const heard = [];
  const ask = (/** @type {any[]} */ ...items) => items.forEach((item) => {
    const at = heard.push("nothing") - 1;
    batches.ask(item).then((answer) => (heard[at] = answer), (error) => (heard[at] = error));
  });
  const last = () => {
    const next = waiting.shift();
    if (!next) throw new Error("no call is under way");
    return next;
  };
  return {
    get woken() {
      return woken;
    },
    clock, gate, calls, lanes, batches, heard, ask, waiting,
    answer: async (/** @type {any} */ value) => (last().answer(value), settled()),
    fail: async (/** @type {unknown} */ error) => (last().fail(error), settled()),
  };
};

const uploads = (/** @type {any[]} */ ...ids) => ({ results: ids.map((id) => ({ upload: { id } })) });

test("one alone goes by the call about one", async () => {
  const b = bench();
  b.ask("a");
  await settled();
  assert.deepEqual(b.waiting.map(({ about }) => about), ["a"]);
  await b.answer({ id: 1 });
  assert.deepEqual(b.heard, [{ id: 1 }]);
});

test("what is asked for in the same moment is one call, and everybody hears the answer for its own", async () => {
  const b = bench();
  b.ask("a", "b", "c");
  await settled();
  assert.deepEqual(b.waiting.map(({ about }) => about), [["a", "b", "c"]]);
  await b.answer(uploads(1, 2, 3));
  assert.deepEqual(b.heard, [{ id: 1 }, { id: 2 }, { id: 3 }]);
});

test("a call is about a hundred at most, and about no more than it may weigh", async () => {
  const b = bench({ heaviest: 1000 });
  b.ask(...Array.from({ length: 120 }, (_, at) => at));
  await settled();
  assert.deepEqual(b.waiting.map(({ about }) => about.length), [100, 20]);
  const heavy = bench({ heaviest: 10 });
  heavy.ask({ weight: 6 }, { weight: 4 }, { weight: 1 });
  await settled();
  assert.deepEqual(heavy.waiting.map(({ about }) => about.length ?? 1), [2, 1]);
  const alone = bench({ heaviest: 10 });
  alone.ask({ weight: 11 });
  await settled();
  assert.equal(alone.waiting.length, 1, "what is too heavy even alone is for the server to refuse");
});

test("so many calls are under way and no more; which is known at once, and lasts until they are answered", async () => {
  const b = bench({ calls: 2 });
  b.ask("a");
  assert.equal(b.batches.takes(), true, "one more goes with it");
  await settled();
  assert.equal(b.batches.takes(), true);
  b.ask("b");
  await settled();
  assert.equal(b.batches.takes(), false);
  await b.answer({ id: 1 });
  assert.equal(b.batches.takes(), true);
});

test("whoever hears an answer finds its place free", async () => {
  const b = bench({ calls: 1, lanes: 1 });
  const taken = b.batches.ask("a").then(() => b.batches.takes());
  await settled();
  await b.answer({ id: 1 });
  assert.equal(await taken, true);
});

test("what comes one by one goes together, at its pace; the first goes at once", async () => {
  const b = bench({ pace: 100 });
  b.ask("a");
  await settled();
  await b.answer({ id: 1 });
  assert.equal(b.batches.takes(), false);
  await b.clock.pass(60);
  assert.deepEqual([b.batches.takes(), b.woken], [false, 0]);
  await b.clock.pass(40);
  assert.deepEqual([b.batches.takes(), b.woken], [true, 1], "whoever asked in vain is told, once");
  b.ask("b", "c");
  await settled();
  assert.deepEqual(b.waiting.map(({ about }) => about), [["b", "c"]]);
  await b.answer(uploads(2, 3));
  await b.clock.pass(1000);
  assert.deepEqual([b.batches.takes(), b.woken], [true, 1], "after a while the next one goes at once, too");
});

test("kinds share the lanes, and a call is in its lane from the moment in which it is gathered", async () => {
  const b = bench({ calls: 3, lanes: 2 });
  /** @type {() => void} */
  let end = () => {};
  const other = b.lanes.take(() => new Promise((resolve) => (end = () => resolve(null))));
  assert.equal(b.lanes.free, true);
  b.ask("a");
  assert.equal(b.lanes.free, false);
  assert.deepEqual([b.batches.takes(1), b.batches.takes(100)], [true, false], "only with the one that is gathered");
  end();
  await other;
  assert.equal(b.lanes.free, true);
});

test("a refusal is its own item's, as the call about it alone would have thrown it", async () => {
  const b = bench();
  b.ask("a", "b", "c");
  await settled();
  await b.answer({ results: [{ upload: { id: 1 } }, { problem: { status: 409, code: "parts_missing", detail: "No.", missing: [2] } }, { upload: { id: 3 } }] });
  assert.deepEqual([b.heard[0], b.heard[2]], [{ id: 1 }, { id: 3 }]);
  const error = b.heard[1];
  assert.ok(error instanceof ApiError);
  assert.deepEqual([error.status, error.code, error.problem.missing, error.message], [409, "parts_missing", [2], "No."]);
  assert.equal(b.gate.closed, false);
});

test("an error of the whole call is everybody's, and closes the gate once", async () => {
  for (const error of [new NetworkError("cut"), new ApiError(503, { code: "store_unavailable" }, 30), new ApiError(429, { code: "slow_down" }), new ApiError(200, {})]) {
    const b = bench();
    b.ask("a", "b", "c");
    await settled();
    await b.fail(error);
    assert.deepEqual(b.heard, [error, error, error]);
    assert.equal(b.gate.attempt, 1);
    assert.equal(b.batches.takes(), false);
    await b.clock.pass(29_000);
    assert.equal(b.batches.takes(), error instanceof NetworkError || error.retryAfter === 0, "not before the server said");
  }
});

test("what the server takes no more of for now waits as it says, and nothing else does", async () => {
  for (const [code, status] of /** @type {[string, number][]} */ ([["too_many_requests", 429], ["too_many_open_uploads", 429], ["site_full", 507]])) {
    const b = bench();
    b.ask("a", "b", "c");
    await settled();
    const error = new ApiError(status, { code }, 30);
    await b.fail(error);
    assert.deepEqual(b.heard, [error, error, error], "all are asked for again");
    assert.equal(b.gate.closed, false, "the server is there");
    assert.deepEqual([b.batches.held, b.batches.takes(), b.lanes.free], [code, false, true]);
    await b.clock.pass(29_000);
    assert.equal(b.batches.takes(), false, "not before the server said");
    await b.clock.pass(1000);
    assert.equal(b.batches.takes(), true);
    assert.ok(b.woken > 0, "and whoever waits is told");
    b.ask("a");
    await settled();
    assert.equal(b.batches.held, code, "until one is taken");
    await b.answer({ id: 1 });
    assert.equal(b.batches.held, "");
  }
});

test("one of many that is too much holds the others back, and they keep their answers", async () => {
  const b = bench();
  b.ask("a", "b");
  await settled();
  await b.answer({ results: [{ upload: { id: 1 } }, { problem: { status: 429, code: "too_many_open_uploads", detail: "Wait.", retry_after: 5 } }] });
  assert.deepEqual(b.heard[0], { id: 1 });
  assert.equal(b.heard[1].code, "too_many_open_uploads");
  await b.clock.pass(4900);
  assert.equal(b.batches.takes(), false);
  await b.clock.pass(100);
  assert.equal(b.batches.takes(), true);
});

test("while the gate is closed one call finds out, with all that waits", async () => {
  const b = bench();
  b.ask("a");
  await settled();
  await b.fail(new NetworkError("cut"));
  await b.clock.pass(60_000);
  b.ask("a");
  assert.equal(b.batches.takes(), true, "with that one");
  assert.equal(b.lanes.free, false, "nothing else");
  b.ask("b");
  await settled();
  assert.deepEqual(b.waiting.map(({ about }) => about), [["a", "b"]]);
  await b.answer(uploads(1, 2));
  assert.equal(b.gate.closed, false);
});

for (const [what, answer, known] of /** @type {[string, any, number[]][]} */ ([
  ["no results", {}, []],
  ["no list", { results: "all went well" }, []],
  ["nothing", null, []],
  ["too few", { results: [{ upload: { id: 1 } }] }, [0]],
  ["neither", { results: [{ upload: { id: 1 } }, {}, { upload: { id: 3 } }] }, [0, 2]],
  ["null", { results: [{ upload: { id: 1 } }, null, { upload: null }] }, [0]],
  ["a problem without a status", { results: [{ problem: { code: "upload_paused" } }, { upload: { id: 2 } }, { upload: { id: 3 } }] }, [1, 2]],
]))
  test(`an answer that says ${what}: it is not ours for those whom it concerns, and the gate closes`, async () => {
    const b = bench();
    b.ask("a", "b", "c");
    await settled();
    await b.answer(answer);
    b.heard.forEach((one, at) => {
      if (known.includes(at)) assert.deepEqual(one, { id: at + 1 });
      else assert.deepEqual([one instanceof ApiError, one.code], [true, ""], String(at));
    });
    assert.deepEqual([b.gate.attempt, b.gate.reason], [1, "portal"]);
  });

test("where the server cannot say it of one now, the gate closes as after a call about it, and the others have their answers", async () => {
  const b = bench();
  b.ask("a", "b");
  await settled();
  await b.answer({ results: [{ problem: { status: 503, code: "store_unavailable" } }, { upload: { id: 2 } }] });
  assert.equal(b.heard[0].code, "store_unavailable");
  assert.deepEqual(b.heard[1], { id: 2 });
  assert.deepEqual([b.gate.attempt, b.gate.reason], [1, "store_unreachable"]);
});

test("a refusal of the whole says nothing of each: they are asked for one by one", async () => {
  const b = bench();
  b.ask("a", "b", "c");
  await settled();
  await b.fail(new ApiError(413, { code: "body_too_large" }));
  assert.deepEqual(b.waiting.map(({ about }) => about), ["a"]);
  await b.answer({ id: 1 });
  const refusal = new ApiError(422, { code: "invalid_request" });
  await b.fail(refusal);
  assert.equal(b.batches.takes(), true, "another call may go out meanwhile");
  await b.answer({ id: 3 });
  assert.deepEqual(b.heard, [{ id: 1 }, refusal, { id: 3 }]);
  assert.equal(b.gate.closed, false);
});

test("the line goes while they are asked for one by one: those that were not heard of wait", async () => {
  const b = bench();
  b.ask("a", "b", "c");
  await settled();
  await b.fail(new ApiError(413, { code: "body_too_large" }));
  await b.answer({ id: 1 });
  const cut = new NetworkError("cut");
  await b.fail(cut);
  assert.deepEqual(b.heard, [{ id: 1 }, cut, cut]);
  assert.equal(b.gate.attempt, 1);
  assert.deepEqual(b.waiting, []);
});

test("what brings a call about many down comes to be asked about alone, and the others get through", async () => {
  const b = bench({ calls: 1 });
  let left = ["a", "b", "poison", "c", "d", "e", "f", "g"];
  let calls = 0;
  for (; left.length > 1 && calls < 20; calls += 1) {
    await b.clock.pass(60_000);
    const asked = left.filter((item) => b.batches.takes() && (b.ask(item), true));
    await settled();
    const [{ about }] = b.waiting;
    const items = [about].flat();
    assert.deepEqual(items, asked);
    if (items.includes("poison")) await b.fail(new ApiError(500, { code: "internal_error" }));
    else await b.answer(Array.isArray(about) ? uploads(...items) : { id: about });
    left = [...left.filter((item) => !items.includes(item)), ...(items.includes("poison") ? items : [])]; // who heard nothing asks after the others
  }
  assert.deepEqual(left, ["poison"]);
});
