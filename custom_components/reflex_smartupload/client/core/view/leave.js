// Decides the one true sentence about leaving: may the person close this window now, and what happens then.

import "../words/english_engine.js";
import { momentText, sizeText } from "./messages.js";
import { say } from "../words/words.js";

/**
 * @typedef {object} LeaveFacts
 * @property {boolean} running is there anything left to send
 * @property {boolean} paused by a person: it goes on when a person says so
 * @property {boolean} [waits] for a line that costs nothing, or until its person wants it sent
 * @property {boolean} handed the browser itself sends what is left
 * @property {boolean} journaled the journal knows the upload
 * @property {number} unsafe bytes that are neither confirmed nor staged
 * @property {string} noStaging why nothing more can be staged: "" | "none" | "full"
 * @property {number} seconds until the last unsafe byte is staged or sent; 0 when unknown
 */

/**
 * @param {LeaveFacts} facts
 * @returns {{leave: "" | "stay" | "return" | "continues", text: string, seconds: number}}
 */
export const leaveRule = ({ running, paused, waits, handed, journaled, unsafe, noStaging, seconds }) => {
  if (!running) return { leave: "", text: "", seconds: 0 };
  if (handed && journaled && !paused) return { leave: "continues", text: say("leaving-continues"), seconds: 0 };
  if (journaled && unsafe <= 0) return { leave: "return", text: say(paused ? "leaving-paused" : waits ? "leaving-waits" : "leaving-return"), seconds: 0 };
  const left = Math.max(1, Math.ceil(seconds));
  if (noStaging) return { leave: "stay", text: say(noStaging === "full" ? "leaving-full" : "leaving-none"), seconds: left };
  if (!seconds || unsafe <= 0) return { leave: "stay", text: momentText(unsafe), seconds: seconds ? left : 0 };
  return { leave: "stay", text: inTime("leaving", left, { size: sizeText(unsafe) }), seconds: left };
};

/** @param {"leaving" | "leaving-all"} what @param {number} seconds @param {{size?: string}} [more] */
const inTime = (what, seconds, more) => (seconds < 90 ? say(`${what}-seconds`, { count: seconds, ...more }) : say(`${what}-minutes`, { count: Math.ceil(seconds / 60), ...more }));

/**
 * The sentence for several uploads: as good as the worst of them. What a person paused keeps nobody, once it is safe.
 * @param {{leave: string, seconds: number, paused?: boolean, waits?: boolean}[]} given
 * @returns {{leave: string, text: string, paused?: boolean}}
 */
export const leaveForAll = (given) => {
  const all = given.filter((one) => !one.paused || one.leave === "stay");
  if (given.length && !all.length) return { leave: "return", text: say("leaving-paused"), paused: true };
  const waiting = all.filter((one) => one.leave === "stay");
  if (waiting.length) {
    const seconds = Math.max(...waiting.map((one) => one.seconds));
    return { leave: "stay", text: seconds ? inTime("leaving-all", seconds) : say("leaving-all-moment") };
  }
  if (!all.length) return { leave: "", text: "" };
  if (all.every((one) => one.leave === "continues")) return { leave: "continues", text: say("leaving-continues") };
  return { leave: "return", text: say(all.every((one) => one.waits) ? "leaving-waits" : "leaving-return") };
};

/**
 * @typedef {object} Home where the engine lives
 * @property {boolean} shared in a SharedWorker
 * @property {boolean} outlives in one that outlives its last tab
 * @property {boolean} backgroundRuns the service worker goes on after it: some seconds in one browser, minutes in another
 */

/**
 * What happens if a person leaves this page for another one here, closes this tab while another one is open, all tabs, the browser, the computer.
 * @param {string} leave of everything that is on its way
 * @param {Home} home
 * @param {boolean} [paused] all of it, by a person
 * @param {boolean} [waits] all of it, for a line that costs nothing
 * @returns {{page: string, tab: string, tabs: string, browser: string, computer: string}}
 */
export const closing = (leave, { shared, outlives, backgroundRuns }, paused = false, waits = false) => {
  /** @param {string} how */
  const goes = (how) => say(`closing-${how}`);
  if (paused) return { page: goes("paused"), tab: goes("paused"), tabs: goes("paused"), browser: goes("paused"), computer: goes("paused") };
  const unsafe = leave === "stay";
  const later = goes(leave === "continues" ? "opened" : unsafe ? "asked" : "back");
  const on = goes(waits ? "waits" : "on");
  const tab = shared || !unsafe ? on : goes("asked");
  const awhile = unsafe ? "minutes-safe" : "minutes";
  const tabs = goes(leave === "continues" ? "itself" : waits && !unsafe ? "back" : outlives ? awhile : unsafe ? "asked" : backgroundRuns ? "little" : "back");
  return { page: on, tab, tabs, browser: later, computer: later };
};
