// `make simulate SEEDS=n`: takes so many runs, some on each core, and prints what each failure is a number of, and its shortest form.
// `--first` stops at the first that nobody knew of, with `--besides` at the first that the `play.js` named there does not show. `--seed n` tells one of them
// step by step, `--file f` one that was saved.

import { randomInt } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { wholeNumber } from "./numbers.js";
import { play } from "./play.js";
import { ruleOf, runOf, shortest } from "./runs.js";
import { open, SEEDS } from "./saved.js";

const CHUNK = 100;
/** Runs after which it says how far it is. */
const TELLS = 10_000;
const DAY = 86_400_000;

const { values } = parseArgs({
  options: { seeds: { type: "string", default: "10000" }, from: { type: "string" }, seed: { type: "string" }, file: { type: "string" }, save: { type: "boolean", default: false }, jobs: { type: "string" }, first: { type: "boolean", default: false }, besides: { type: "string" } },
});

/** @typedef {{number: number, violation: string}} Failure */

const known = open();

/** @param {Failure} failure */
const isNew = ({ violation }) => Boolean(values.besides) || !known.has(ruleOf(violation));

/** @param {number} from @param {number} count @param {number} jobs */
const many = async (from, count, jobs) => {
  let next = from;
  let time = 0;
  let done = 0;
  /** @type {Failure[]} */
  const failures = [];
  /** @type {Record<string, number>} */
  const events = {};
  const lane = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData: { besides: values.besides } });
      const give = () => {
        if (next >= from + count || (values.first && failures.some(isNew))) return void worker.terminate().then(resolve);
        const to = Math.min(next + CHUNK, from + count);
        worker.postMessage({ from: next, to });
        next = to;
      };
      worker.on("message", (/** @type {any} */ played) => {
        time += played.time;
        failures.push(...played.failures);
        if (!values.first) for (const { number, violation } of played.failures) console.error(`run ${number}: ${violation}`);
        done += played.count;
        if (done % TELLS < played.count && done < count) console.error(`${done} of ${count} runs, ${failures.length} violations`);
        for (const [name, times] of Object.entries(played.events)) events[name] = (events[name] ?? 0) + Number(times);
        give();
      });
      worker.on("error", reject);
      give();
    });
  await Promise.all(Array.from({ length: jobs }, lane));
  return { time, failures: failures.sort((a, b) => a.number - b.number), events };
};

/** @param {import("./play.js").Run} run */
const one = async (run) => {
  console.log(JSON.stringify(run));
  const { trace, violation, hash, time } = await play(run, { trace: true });
  console.log((trace ?? []).join("\n"));
  console.log(violation ? `\n${violation}` : `\nnothing wrong; ${(time / DAY).toFixed(2)} days, trace ${hash.toString(16)}`);
  return violation ? 1 : 0;
};

const all = async () => {
  const count = wholeNumber("SEEDS", values.seeds, 1);
  const from = values.from === undefined ? randomInt(1_000_000_000) : wholeNumber("--from", values.from);
  const jobs = values.jobs === undefined ? Math.min(availableParallelism(), 8) : wholeNumber("--jobs", values.jobs, 1);
  const begun = performance.now();
  const { time, failures, events } = await many(from, count, jobs);
  const seconds = (performance.now() - begun) / 1000;
  if (values.first) {
    const found = failures.find(isNew);
    console.log(JSON.stringify(found ? { after: found.number - from + 1, ...found } : null));
    return found ? 1 : 0;
  }
  const rules = new Map();
  for (const failure of failures) {
    const rule = ruleOf(failure.violation);
    rules.set(rule, [...(rules.get(rule) ?? []), failure]);
  }
  for (const [rule, list] of rules) {
    const [{ number, violation }] = list;
    console.log(`\n${list.length} times ${known.has(rule) ? "(known) " : ""}${violation}\n  runs ${list.slice(0, 10).map((/** @type {Failure} */ one) => one.number).join(", ")}`);
    if (known.has(rule) && !values.save) continue;
    const short = await shortest(number, rule);
    if (!short) continue;
    console.log(`  shortest: ${JSON.stringify(short.run)}\n  ${short.violation}`);
    if (values.save) writeFileSync(new URL(`${number}.json`, SEEDS), `${JSON.stringify({ rule, open: "", run: short.run }, null, 2)}\n`);
  }
  const shown = Object.entries(events).map(([name, times]) => `${name} ${times}`).join(", ");
  console.log(`\n${count} runs from ${from}: ${failures.length} violations; ${(count / seconds).toFixed(0)} runs/s on ${jobs} threads, ${(time / DAY).toFixed(0)} virtual days; went wrong on purpose: ${shown}`);
  return failures.some(isNew) ? 1 : 0;
};

if (values.file) process.exitCode = await one(JSON.parse(readFileSync(values.file, "utf8")).run);
else if (values.seed !== undefined) process.exitCode = await one(runOf(wholeNumber("SEED", values.seed)));
else process.exitCode = await all();

