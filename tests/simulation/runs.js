// Which runs there are: fast-check makes one from a number, replays it, and shrinks one that fails to the shortest that still does.

import fc from "fast-check";
import { WAITS, WEIGHTS } from "./actions.js";
import { play } from "./play.js";

/** @typedef {import("./play.js").Run} Run */

const name = fc.oneof(...Object.entries(WEIGHTS).map(([value, weight]) => ({ arbitrary: fc.constant(value), weight })));
const action = fc.tuple(name, fc.nat(31), fc.nat(999), fc.nat(WAITS.length - 1));

/** @type {fc.Arbitrary<Run>} */
export const runs = fc.record({ seed: fc.nat(0x7fffffff), kind: fc.nat(9), second: fc.nat(7), believes: fc.nat(1), weather: fc.nat(19), holds: fc.nat(4), actions: fc.array(action, { minLength: 1, maxLength: 30, size: "max" }) });

const STEPS = 400; // of shrinking, before the shortest so far is taken

/** The run that a number stands for. @param {number} number @returns {Run} */
export const runOf = (number) => fc.sample(runs, { seed: number, numRuns: 1 })[0];

/**
 * The shortest run that fails in the same way.
 * @param {number} number @param {string} rule
 * @returns {Promise<{run: Run, violation: string} | null>} null when it does not fail
 */
export const shortest = async (number, rule) => {
  let left = STEPS;
  const holds = async (/** @type {Run} */ run) => {
    if ((left -= 1) < 0) return true;
    const { violation } = await play(run);
    return ruleOf(violation) !== rule;
  };
  const found = await fc.check(fc.asyncProperty(runs, holds), { seed: number, numRuns: 1 });
  if (!found.failed || !found.counterexample) return null;
  const [run] = found.counterexample;
  return { run, violation: (await play(run)).violation };
};

/** @param {string} violation */
export const ruleOf = (violation) => violation.split(":")[0];
