// Uploads over scripted lines, as a card and the totals tell of them: `node tests/js/core/view/replays.js` prints each reading.

import { LineRate } from "../../../../custom_components/reflex_smartupload/client/core/sending/line_rate.js";
import { Upload } from "../../../../custom_components/reflex_smartupload/client/core/upload/upload.js";
import { toCard } from "../../../../custom_components/reflex_smartupload/client/core/view/card.js";
import { goes, toTotals } from "../../../../custom_components/reflex_smartupload/client/core/view/totals.js";
import { queueOf } from "../../../../custom_components/reflex_smartupload/client/core/view/queue.js";
import { MemoryBrowser, MemoryClock, MemoryDisk, memoryPorts, MemoryService } from "../../../../custom_components/reflex_smartupload/client/io/twins/memory.js";

const STEP = 100; // ms
const PART = 8 * 2 ** 20;
const ENGINE = 4; // parts on the line at a time
const BROWSER = 2;
const COUNTS = 3000; // ms between two counts of the server
const MOST = 20_000; // steps
const LOOKS = 1000; // ms between two readings

/**
 * @typedef {object} Script
 * @property {number} size bytes
 * @property {(seconds: number) => number} line bytes/s at that time
 * @property {(seconds: number) => "engine" | "browser" | "nobody"} [who] sends
 * @property {(seconds: number) => boolean} [cut] what is on the line is lost
 * @property {number} [remembered] bytes/s, of an earlier visit
 */
/** @typedef {{at: number, low: number, high: number, percent: number, total: number, title: number, bytes: number, eta: string, trayEta: string, sends: string}} Reading times in seconds */

/** @param {Script} script @returns {Promise<{readings: Reading[], took: number}>} */
export const replay = async ({ size, line, who = () => "engine", cut = () => false, remembered = 0 }) => {
  const clock = new MemoryClock();
  const service = new MemoryService();
  const ports = memoryPorts({ clock, service, disk: new MemoryDisk(), browser: new MemoryBrowser(service) });
  const rate = new LineRate({ ports, changed: () => {} });
  if (remembered) rate.recall({ send: remembered });
  const u = new Upload({ id: "a", key: "a", name: "film.mov", size, partSize: PART, uploadId: "u1", phase: "open", epoch: 1 }, { synced: true, journaled: true });
  u.version.give(new Blob(["x"]));
  const began = clock.now();
  /** What the browser has on the line, and has sent, by part. @type {Map<number, number>} */
  let alone = new Map();
  /** What the store has of that and the server has not counted. @type {number[]} */
  const uncounted = [];
  let countedAt = 0;
  let sends = "engine";
  /** @type {Reading[]} */
  const readings = [];
  const bytesOf = (/** @type {number} */ number) => Math.min(PART, size - (number - 1) * PART);
  /** @type {import("../../../../custom_components/reflex_smartupload/client/core/sending/forecast.js").Range | null} */
  let said = null;
  const left = (/** @type {number} */ bytes, /** @type {number} */ grain) => (said = rate.left(bytes, grain));
  for (let step = 0; step < MOST && !u.allConfirmed; step += 1) {
    await clock.pass(STEP);
    const ms = clock.now() - began;
    const now = who(ms / 1000);
    if (now !== sends) {
      // The parts on the line are lost at each change of hands.
      u.halt();
      alone = new Map();
      if (now === "browser") [u.offer("x.u1", []), u.handOver()];
      else if (sends === "browser") u.keepAll();
      sends = now;
    }
    if (cut(ms / 1000)) [u.halt(), (alone = new Map())];
    const budget = (line(ms / 1000) * STEP) / 1000;
    if (now === "engine") {
      while (u.loaded.size < ENGINE) {
        const number = u.claimNext();
        if (!number) break;
        u.parts.load(number, 0);
      }
      const share = budget / (u.loaded.size || 1);
      for (const [number, before] of [...u.loaded]) {
        const bytes = Math.min(share, bytesOf(number) - before);
        u.parts.load(number, before + bytes);
        if (bytes) rate.sent(u, bytes);
        if (before + bytes >= bytesOf(number)) u.confirm(number);
      }
    } else if (now === "browser") {
      for (let number = 1; number <= u.partCount && alone.size < BROWSER; number += 1) if (!u.confirmed.has(number) && !uncounted.includes(number) && !alone.has(number)) alone.set(number, 0);
      const share = budget / (alone.size || 1);
      for (const [number, before] of [...alone]) {
        const bytes = Math.min(share, bytesOf(number) - before);
        alone.set(number, before + bytes);
        if (before + bytes < bytesOf(number)) continue;
        alone.delete(number);
        uncounted.push(number);
      }
    }
    if (ms - countedAt >= COUNTS) {
      countedAt = ms;
      const before = u.confirmedBytes;
      for (const number of uncounted.splice(0)) u.confirm(number);
      if (u.confirmedBytes > before) rate.sent(u, u.confirmedBytes - before, u.grain);
    }
    if (ms % LOOKS || u.allConfirmed) continue;
    const turn = queueOf(goes(u) ? [{ id: u.id, left: u.size - u.sentBytes }] : []).get("a") ?? { until: Infinity, abreast: 0 };
    const around = { now: clock.now(), away: now === "nobody" ? "no_connection" : "", left, speed: (/** @type {number} */ grain) => rate.speed(grain), stageRate: 1e8 };
    const totals = toTotals([u], { ...around, speed: around.speed(u.grain), home: { shared: true, outlives: true, backgroundRuns: true }, since: 0 });
    said = null;
    const card = toCard(u, { ...around, turn, stillSends: () => false, waitThreshold: 45 });
    const { low = NaN, high = NaN } = card.eta ? /** @type {{low: number, high: number}} */ (/** @type {unknown} */ (said)) : {};
    readings.push({ at: ms / 1000, low, high, percent: card.percent, total: totals.percent, title: parseInt(totals.title, 10), bytes: u.reachedBytes, eta: card.eta, trayEta: totals.eta, sends });
  }
  return { readings, took: (clock.now() - began) / 1000 };
};

const MBIT = 125_000;
const between = (/** @type {number} */ seconds, /** @type {number} */ from, /** @type {number} */ to) => seconds >= from && seconds < to;

/** Each line with what happens on it. @type {Record<string, Script>} */
export const SCRIPTS = Object.fromEntries(
  [5, 16, 100].flatMap((mbit) => {
    const rate = mbit * MBIT;
    const size = Math.round(rate * 200);
    const steady = () => rate;
    /** @type {[string, Script][]} */
    const all = [
      ["steady", { size, line: steady }],
      ["handed over after 20 s", { size, line: steady, who: (s) => (s < 20 ? "engine" : "browser") }],
      ["the browser has it for a minute", { size, line: steady, who: (s) => (between(s, 40, 100) ? "browser" : "engine") }],
      ["paused for half a minute", { size, line: steady, who: (s) => (between(s, 40, 70) ? "nobody" : "engine") }],
      ["loses what is on the line now and then", { size, line: steady, cut: (s) => s % 90 === 70 }],
      ["half as fast, then as before", { size, line: (s) => (between(s, 50, 110) ? rate / 2 : rate) }],
      ["handed over, and slower meanwhile", { size, line: (s) => (s > 60 ? rate * 0.7 : rate), who: (s) => (s < 30 ? "engine" : "browser") }],
      ["known from an earlier visit, twice as fast", { size, line: steady, remembered: rate * 2 }],
    ];
    return all.map(([name, script]) => /** @type {[string, Script]} */ ([`${mbit} Mbit/s, ${name}`, script]));
  }),
);

/** How often the time said is within a factor of two of the truth, of the readings after five seconds. @param {{readings: Reading[], took: number}} run @returns {{right: number, said: number, all: number}} */
export const judged = ({ readings, took }) => {
  const after = readings.filter(({ at, sends }) => at > 5 && sends !== "nobody");
  const said = after.filter(({ eta }) => eta);
  // Within two seconds of the end nobody reads the difference.
  const right = said.filter(({ low, high, at }) => {
    const truth = took - at;
    const middle = Math.sqrt(low * high);
    return truth < 2 || (middle <= 2 * truth + 1 && middle >= truth / 2 - 1);
  });
  return { right: right.length, said: said.length, all: after.length };
};

if (process.argv[1] === import.meta.filename) {
  const wanted = process.argv[2];
  for (const [name, script] of Object.entries(SCRIPTS)) {
    if (wanted && !name.includes(wanted)) continue;
    const run = await replay(script);
    const { right, said, all } = judged(run);
    console.info(`${name.padEnd(60)} right ${right} of ${said} said, ${all} in all; took ${run.took.toFixed(0)} s`);
    if (wanted) for (const { at, eta, percent, low, high, sends } of run.readings) console.info(at, sends, `${percent} %`, eta, (run.took - at).toFixed(0), low.toFixed(0), high.toFixed(0));
  }
}
