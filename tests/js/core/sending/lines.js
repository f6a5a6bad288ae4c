// Lines whose rate changes, and how often the time that an upload takes is in the range that was said: `node tests/js/core/sending/lines.js 100`.

import { Forecast } from "../../../../custom_components/reflex_smartupload/client/core/sending/forecast.js";
import { Dice } from "../../../simulation/dice.js";

const STEP = 0.1; // seconds
/** Shares of a file at which it is looked; 0: two seconds after its first byte. */
const MARKS = [0, 0.1, 0.25, 0.5, 0.75];

/** @typedef {{gauss: () => number, uniform: () => number, wait: (mean: number) => number}} Chance */
/** @typedef {{mark: number, inside: boolean, width: number}} Seen `width`: how many times the shortest the longest is */

/** @param {number} seed @returns {Chance} */
const chance = (seed) => {
  const dice = new Dice(seed);
  const uniform = () => dice.next() + 1e-12;
  return { uniform, gauss: () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()), wait: (mean) => -mean * Math.log(uniform()) };
};

/** Bytes/s of the next step, of a line that is usually so fast. @type {Record<string, (usual: number, chance: Chance) => () => number>} */
export const LINES = {
  steady: (usual, { gauss }) => () => usual * Math.exp(0.1 * gauss()),
  "wireless, up and down around a mean": (usual, { gauss }) => {
    let log = 0.4 * gauss();
    return () => {
      log += (-log / 15) * STEP + 0.4 * Math.sqrt((2 / 15) * STEP) * gauss();
      return usual * Math.exp(log);
    };
  },
  "another rate every 20 s": (usual, { gauss, uniform, wait }) => {
    let left = 0;
    let rate = usual;
    return () => {
      if ((left -= STEP) <= 0) [left, rate] = [wait(20), usual * (0.3 + 0.7 * uniform())];
      return rate * Math.exp(0.1 * gauss());
    };
  },
  "drifts away": (usual, { gauss }) => {
    let log = 0;
    return () => {
      log = Math.max(-1.5, Math.min(1.5, log + 0.08 * Math.sqrt(STEP) * gauss()));
      return usual * Math.exp(log + 0.1 * gauss());
    };
  },
  "shared now and then": (usual, { gauss, wait }) => {
    let left = wait(20);
    let half = false;
    return () => {
      if ((left -= STEP) <= 0) [half, left] = [!half, wait(half ? 25 : 15)];
      return (half ? usual / 2 : usual) * Math.exp(0.1 * gauss());
    };
  },
  "gone for some seconds": (usual, { gauss, uniform, wait }) => {
    let left = wait(30);
    let off = false;
    return () => {
      if ((left -= STEP) <= 0) [off, left] = [!off, off ? wait(30) : 1 + 4 * uniform()];
      return off ? 0 : usual * Math.exp(0.1 * gauss());
    };
  },
};

/** One upload after the other on lines of a kind, in a browser that remembers. @param {string} name @param {number} count @param {number} seed @returns {Seen[]} */
export const seenOn = (name, count, seed) => {
  const dice = chance(seed);
  /** @type {Record<string, number>} */
  let learned = {};
  return Array.from({ length: count }).flatMap(() => {
    const usual = 1e6 * Math.exp(1.5 * dice.gauss());
    const forecast = new Forecast(learned);
    const seen = upload(LINES[name](usual, dice), usual * 20 * 30 ** dice.uniform(), forecast);
    ({ learned } = forecast);
    return seen;
  });
};

/** @param {() => number} rate @param {number} size @param {Forecast} forecast @returns {Seen[]} */
const upload = (rate, size, forecast) => {
  const said = [];
  let sent = 0;
  let steps = 0;
  while (sent < size) {
    const bytes = Math.min(size - sent, rate() * STEP);
    const now = (steps += 1) * STEP * 1000;
    sent += bytes;
    if (bytes) forecast.sent(now, bytes);
    if (now < 2000 || !(sent / size >= MARKS[said.length])) continue;
    const range = forecast.range(now, size - sent);
    if (range) said.push({ mark: MARKS[said.length], steps, range });
  }
  return said.map(({ mark, steps: then, range }) => {
    const took = (steps - then) * STEP;
    return { mark, inside: range.low <= took && took <= range.high, width: range.high / range.low };
  });
};

/** @param {Seen[]} seen */
export const share = (seen) => seen.filter(({ inside }) => inside).length / seen.length;

/** @param {Seen[]} seen */
const middle = (seen) => seen.map(({ width }) => width).sort((a, b) => a - b)[seen.length >> 1];

if (process.argv[1] === import.meta.filename) {
  const count = Number(process.argv[2] ?? 100);
  const all = Object.keys(LINES).map((name) => /** @type {[string, Seen[]]} */ ([name, seenOn(name, count, 1)]));
  const changing = all.slice(1).flatMap(([, seen]) => seen);
  const rows = [...all, ...MARKS.map((mark) => /** @type {[string, Seen[]]} */ ([`changing, at ${mark * 100} %`, changing.filter((one) => one.mark === mark)])), /** @type {[string, Seen[]]} */ (["all that change", changing])];
  for (const [name, seen] of rows) console.info(`${name.padEnd(36)} in the range ${(100 * share(seen)).toFixed(1).padStart(5)} %, which is ${middle(seen).toFixed(2)} times as long as short`);
}
