// Decides the one true sentence about leaving: may the person close this window now, and what happens then.

/**
 * @typedef {object} LeaveFacts
 * @property {boolean} running is there anything left to send
 * @property {boolean} paused by a person: it goes on when a person says so
 * @property {boolean} handed the browser itself sends what is left
 * @property {boolean} journaled the journal knows the upload
 * @property {number} unsafe bytes that are neither confirmed nor staged
 * @property {string} noStaging why nothing more can be staged: "" | "none" | "full"
 * @property {number} seconds until the last unsafe byte is staged or sent; 0 when unknown
 */

const CONTINUES = "You can close this window. It goes on by itself.";
const RETURN = "You can close this window. It continues when you are back.";
const PAUSED = "You can close this window. It stays paused until you press Resume.";

/**
 * @param {LeaveFacts} facts
 * @returns {{leave: "" | "stay" | "return" | "continues", text: string, seconds: number}}
 */
export const leaveRule = ({ running, paused, handed, journaled, unsafe, noStaging, seconds }) => {
  if (!running) return { leave: "", text: "", seconds: 0 };
  if (handed && journaled && !paused) return { leave: "continues", text: CONTINUES, seconds: 0 };
  if (journaled && unsafe <= 0) return { leave: "return", text: paused ? PAUSED : RETURN, seconds: 0 };
  const left = Math.max(1, Math.ceil(seconds));
  if (noStaging) {
    const why = noStaging === "full" ? "this browser’s storage is full" : "this browser keeps nothing for later";
    return { leave: "stay", text: `Keep a tab of this site open until it is done: ${why}.`, seconds: left };
  }
  if (!seconds) return { leave: "stay", text: "Keep this tab open for a moment, then you can leave.", seconds: 0 };
  return { leave: "stay", text: `Keep this tab open for ${span(left)}, then you can leave.`, seconds: left };
};

/** @param {number} seconds */
const span = (seconds) =>
  seconds < 90 ? `${seconds} more second${seconds === 1 ? "" : "s"}` : `about ${Math.ceil(seconds / 60)} more minutes`;

/**
 * The sentence for several uploads: as good as the worst of them. What a person paused keeps nobody, once it is safe.
 * @param {{leave: string, seconds: number, paused?: boolean}[]} given
 * @returns {{leave: string, text: string, paused?: boolean}}
 */
export const leaveForAll = (given) => {
  const all = given.filter((one) => !one.paused || one.leave === "stay");
  if (given.length && !all.length) return { leave: "return", text: PAUSED, paused: true };
  const waiting = all.filter((one) => one.leave === "stay");
  if (waiting.length) {
    const seconds = Math.max(...waiting.map((one) => one.seconds));
    return { leave: "stay", text: seconds ? `${span(seconds)} until you can close everything` : "Keep this tab open for a moment" };
  }
  if (!all.length) return { leave: "", text: "" };
  return all.every((one) => one.leave === "continues") ? { leave: "continues", text: CONTINUES } : { leave: "return", text: RETURN };
};

/**
 * @typedef {object} Home where the engine lives
 * @property {boolean} shared in a SharedWorker
 * @property {boolean} outlives in one that outlives its last tab
 * @property {boolean} backgroundRuns the service worker goes on after it: some seconds in one browser, minutes in another
 */

const WHEN_BACK = "goes on when you are back";
const FOR_A_WHILE = "goes on for a little while, then when you are back";
const ASKS_AGAIN = "you are asked for the file again";

/**
 * What happens if a person leaves this page for another one here, closes this tab while another one is open, all tabs, the browser, the computer.
 * @param {string} leave of everything that is on its way
 * @param {Home} home
 * @param {boolean} [paused] all of it, by a person
 * @returns {{page: string, tab: string, tabs: string, browser: string, computer: string}}
 */
export const closing = (leave, { shared, outlives, backgroundRuns }, paused = false) => {
  if (paused) return { page: "stays paused", tab: "stays paused", tabs: "stays paused", browser: "stays paused", computer: "stays paused" };
  const unsafe = leave === "stay";
  const later = leave === "continues" ? "goes on when it is next opened" : unsafe ? ASKS_AGAIN : WHEN_BACK;
  const tab = shared || !unsafe ? "goes on" : ASKS_AGAIN;
  const awhile = unsafe ? "goes on for 5 minutes; keep it open until it is safe" : "goes on for 5 minutes, then when you are back";
  const tabs = leave === "continues" ? "goes on by itself" : outlives ? awhile : unsafe ? ASKS_AGAIN : backgroundRuns ? FOR_A_WHILE : WHEN_BACK;
  return { page: "goes on", tab, tabs, browser: later, computer: later };
};
