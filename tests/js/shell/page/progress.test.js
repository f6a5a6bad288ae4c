import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { followProgress } from "../../../../custom_components/reflex_smartupload/client/shell/page/progress.js";

/** @typedef {import("../../../../custom_components/reflex_smartupload/client/core/ports/pages.js").Totals} Totals */

let visibility = "visible";
Object.defineProperty(globalThis, "document", { value: { get visibilityState() { return visibility; } }, configurable: true });
let now = 0;
mock.method(performance, "now", () => now);

/** A page of which these totals are said one after the other, and what a handler hears of them. @param {number} every ms */
const followed = (every) => {
  let totals = /** @type {Totals} */ ({ active: 0, done: 0, percent: 0 });
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** @type {number[]} */
  const heard = [];
  const page = { getSnapshot: () => ({ totals }), subscribe: (/** @type {() => void} */ listener) => (listeners.add(listener), () => void listeners.delete(listener)) };
  const stop = followProgress(page, every, ({ percent }) => heard.push(percent));
  const say = (/** @type {Partial<Totals>} */ more, after = 0) => {
    now += after;
    mock.timers.tick(after);
    totals = { ...totals, ...more };
    listeners.forEach((listener) => listener());
    mock.timers.tick(0);
  };
  const wait = (/** @type {number} */ ms) => {
    now += ms;
    mock.timers.tick(ms);
  };
  return { heard, say, wait, stop };
};

test("a handler hears how far it is now and then, and once more when all is there", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { heard, say, wait, stop } = followed(2000);
  say({ percent: 0 });
  assert.deepEqual(heard, [], "nothing is on its way");
  say({ active: 1, percent: 1 });
  assert.deepEqual(heard, [1]);
  for (let percent = 2; percent <= 20; percent += 1) say({ percent }, 100);
  assert.deepEqual(heard, [1], "1.9 s later");
  wait(200);
  assert.deepEqual(heard, [1, 20]);
  say({ percent: 20 }, 3000);
  assert.deepEqual(heard, [1, 20], "nothing has changed");
  say({ active: 0, done: 1, percent: 100 }, 3000);
  assert.deepEqual(heard, [1, 20, 100]);
  stop();
  say({ active: 1, percent: 5 }, 3000);
  assert.deepEqual(heard, [1, 20, 100]);
  mock.timers.reset();
});

test("a tab that nobody sees tells nothing", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { heard, say } = followed(2000);
  visibility = "hidden";
  say({ active: 1, percent: 10 });
  visibility = "visible";
  say({ percent: 11 }, 10);
  assert.deepEqual(heard, [11]);
  mock.timers.reset();
});
