// One thread of many: plays the runs it is told to, and says which of them failed.

import { parentPort } from "node:worker_threads";
import { play } from "./play.js";
import { runOf } from "./runs.js";

parentPort?.on("message", async (/** @type {{from: number, to: number}} */ { from, to }) => {
  const failures = [];
  /** @type {Record<string, number>} */
  const events = {};
  let time = 0;
  for (let number = from; number < to; number += 1) {
    const outcome = await play(runOf(number));
    time += outcome.time;
    if (outcome.violation) failures.push({ number, violation: outcome.violation });
    for (const [name, times] of Object.entries(outcome.events)) events[name] = (events[name] ?? 0) + times;
  }
  parentPort?.postMessage({ failures, events, time });
});
