// Decides what a page shows of files that it alone has, or some of those that were given together: none is left out of what is said, and nobody may leave.
// What the engine says of the others is made elsewhere, so that a page does not fetch it.

import { say } from "../words/words.js";
import { amountText, countText, filesText, groupName, kindText, momentText, wordsFor } from "./messages.js";

/** @typedef {import("../ports/pages.js").Card} Card */
/** @typedef {import("../ports/pages.js").Group} Group */

/** The card of a file of which no engine knows, and which was cancelled a moment ago. @param {Card} card @returns {Card} */
export const withdrawnCard = (card) => ({ ...card, state: "cancelled", detail: wordsFor("withdrawn"), leave: "", leave_text: "", can_cancel: false, can_undo: true, can_dismiss: true });

/** A card for a file of which the engine has not heard yet, so that it is there at once. @param {{id: string, name: string, path: string, size: number, uploader?: string, group?: string}} file @returns {Card} */
export const firstCard = ({ id, name, path, size, uploader = "", group = "" }) => ({
  id, upload_id: "", name, path, kind: kindText(name), size, state: "staging", percent: 0, percent_safe: 0, amount: amountText(0, size), speed: "", eta: "",
  detail: wordsFor("starting"), leave: "stay", leave_text: momentText(size), error: "", error_code: "", wait: false, wait_text: "",
  can_pause: false, can_resume: false, can_cancel: false, can_undo: false, can_retry: false, can_dismiss: false, needs_file: false, can_show: false, share_url: "", download_url: "",
  section: "active", finished_at: "", uploader, group, sign_in_url: "", can_try_again: false, can_send_now: false,
});

/**
 * The card of a group of which the engine has not heard yet, so that it is there at once. How large they are is not asked: that takes
 * a millisecond for each, in which the page stands still.
 * @param {{id: string, path: string, files: number, uploader?: string, can_cancel: boolean}} given `path` of one of them
 * @returns {Group}
 */
export const firstGroup = ({ id, path, files, uploader = "", can_cancel }) => {
  const { leave, leave_text, detail } = firstCard({ id: "", name: "", path: "", size: 0 });
  return {
    id, name: groupName(path, files), is_folder: path.includes("/"), files, there: 0, size: 0, count: countText(0, files), amount: "", state: "staging", percent: 0, percent_safe: 0,
    speed: "", eta: "", detail, leave, leave_text, wait: false, wait_text: "", problems: 0, problem_text: "", can_pause: false, can_resume: false, can_cancel, can_undo: false, can_retry: false, can_send_now: false, can_dismiss: false, can_share: false, section: "active",
    finished_at: "", sign_in_url: "", uploader,
  };
};

/** The card of a group that was cancelled a moment ago, and of which this page has files that the engine does not know. @param {Group} group @returns {Group} */
const withdrawnGroup = (group) => ({
  ...group, state: "cancelled", detail: wordsFor("withdrawn"), leave: "", leave_text: "", eta: "", speed: "", wait: false, wait_text: "",
  can_pause: false, can_resume: false, can_cancel: false, can_undo: true, can_retry: false, can_send_now: false, can_dismiss: true, section: "active", finished_at: "",
});

/** What is said while only this page has some of them; in a folder nobody knows how many. */
const readText = () => say("leaving-read");

/**
 * What is so while the page still has files of it to give, which the engine does not know: who closes it now has to give them again.
 * @param {Group} group as the engine says it @param {number} more files, as far as they are known
 * @returns {Group}
 */
export const withMore = (group, more) => {
  const files = group.files + more;
  // As if they were as large as the others: how many bytes they have nobody knows yet.
  const part = (/** @type {number} */ percent) => Math.floor((percent * group.files) / Math.max(files, 1));
  return { ...group, files, amount: "", percent: part(group.percent), percent_safe: part(group.percent_safe), name: group.is_folder ? group.name : filesText(files), count: countText(group.there, files), eta: "", leave: "stay", leave_text: readText(), wait: false, can_dismiss: false, section: "active" };
};

/** The same for all that is on its way. @template {{leave: string, leave_text: string}} T @param {T} totals @returns {T} */
export const totalsWithMore = (totals) => ({ ...totals, leave: "stay", leave_text: readText() });

export class Given {
  /** What the engine says, by the id of a group. @type {Map<string, Group>} */
  #told = new Map();

  /** What this page gave, until the engine says something of it. @type {Map<string, Parameters<typeof firstGroup>[0]>} */
  #gathered = new Map();

  /** How many files the page still has to give. @type {Map<string, number>} */
  #coming = new Map();

  /** Folders that are still gone through. @type {Set<string>} */
  #walked = new Set();

  /** Given up while the rest of them was still being read. @type {Set<string>} */
  #stopped = new Set();

  /** Cancelled a moment ago, which can be undone. @type {Set<string>} */
  #withdrawn = new Set();

  /** @type {readonly Group[]} */
  #shown = [];

  /** Those that did not change keep their identity. @param {Group[]} told */
  take(told) {
    this.#told = new Map(told.map((group) => {
      const old = this.#told.get(group.id);
      return [group.id, old && JSON.stringify(old) === JSON.stringify(group) ? old : group];
    }));
    for (const { id } of told) this.#gathered.delete(id);
  }

  /** The page has these of a group, which the engine may not know yet. @param {Parameters<typeof firstGroup>[0]} some */
  gather(some) {
    if (this.#told.has(some.id)) return;
    this.#gathered.set(some.id, { ...some, files: some.files + (this.#gathered.get(some.id)?.files ?? 0) });
  }

  /** So many files come, batch by batch. @param {string} id @param {number} files */
  comes(id, files) {
    if (this.#stopped.has(id)) return; // a folder of it may still be gone through
    this.#coming.set(id, (this.#coming.get(id) ?? 0) + files);
  }

  /** @param {string} id @param {number} files that have come */
  came(id, files) {
    const left = (this.#coming.get(id) ?? 0) - files;
    if (left > 0) this.#coming.set(id, left);
    else this.#coming.delete(id);
  }

  /** Whether a folder is gone through. @param {string} id @param {boolean} isWalked */
  walks(id, isWalked) {
    if (isWalked) this.#walked.add(id);
    else this.#walked.delete(id);
  }

  /** It is cancelled, and goes on being read: that can be undone. @param {string} id */
  withdraw(id) {
    this.#withdrawn.add(id);
  }

  /** That was undone. @param {string} id */
  bringBack(id) {
    this.#withdrawn.delete(id);
  }

  /** It is given up: nothing more of it is taken. @param {string} id */
  stop(id) {
    this.#withdrawn.delete(id);
    this.#stopped.add(id);
    this.#gathered.delete(id);
    this.#coming.delete(id);
    this.#walked.delete(id);
  }

  /** @param {string} id */
  isStopped(id) {
    return this.#stopped.has(id);
  }

  /** Is there anything of which the engine has not said a word? */
  get isGathering() {
    return this.#gathered.size > 0;
  }

  /** Is there anything that this page alone has? */
  get isReading() {
    return [...this.#coming.keys(), ...this.#walked].some((id) => !this.#withdrawn.has(id));
  }

  /** Another list only when one of them is. @returns {Group[]} */
  groups() {
    const isComing = (/** @type {Group} */ { id }) => this.#coming.has(id) || this.#walked.has(id);
    const all = [...this.#told.values(), ...[...this.#gathered.values()].map(firstGroup)];
    const shown = (/** @type {Group} */ group) => {
      const whole = isComing(group) ? withMore(group, this.#coming.get(group.id) ?? 0) : group;
      return whole !== group || !this.#told.has(group.id) ? (this.#withdrawn.has(group.id) ? withdrawnGroup(whole) : whole) : group;
    };
    const now = all.map(shown);
    if (now.length !== this.#shown.length || now.some((group, at) => group !== this.#shown[at])) this.#shown = now;
    return /** @type {Group[]} */ (this.#shown);
  }

  /** @template {{leave: string, leave_text: string}} T @param {T} told by the engine, of all @returns {T} */
  totals(told) {
    return this.isReading ? totalsWithMore(told) : told;
  }
}
