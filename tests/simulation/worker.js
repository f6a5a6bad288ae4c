// One thread of many: plays the runs it is told to, and says which of them failed.

import { parentPort, workerData } from "node:worker_threads";
import { play } from "./play.js";
import { ruleOf, runOf } from "./runs.js";

/** The same runs without the fault that was planted here. @type {typeof play | null} */
const besides = workerData.besides ? (await import(workerData.besides)).play : null;

/** @param {number} number @param {string} violation */
const isOwn = async (number, violation) => !besides || ruleOf((await besides(runOf(number))).violation) !== ruleOf(violation);

parentPort?.on("message", async (/** @type {{from: number, to: number}} */ { from, to }) => {
  const failures = [];
  /** @type {Record<string, number>} */
  const events = {};
  let time = 0;
  for (let number = from; number < to; number += 1) {
    const outcome = await play(runOf(number));
    time += outcome.time;
    if (outcome.violation && (await isOwn(number, outcome.violation))) failures.push({ number, violation: outcome.violation });
    for (const [name, times] of Object.entries(outcome.events)) events[name] = (events[name] ?? 0) + times;
  }
  parentPort?.postMessage({ count: to - from, failures, events, time });
});
