// Decides what one card says of all files that were given together: those of a folder, or many at once.

import { needsPerson } from "../ports/pages.js";
import { leaveFacts, waitText } from "./card.js";
import { leaveForAll, leaveRule } from "./leave.js";
import { amountText, countText, filesText, groupName, sizeText, speedText, timeText, wordsFor } from "./messages.js";
import { goes } from "./totals.js";
import { percentOf } from "../upload/progress.js";
import { clockText } from "../words/figures.js";
import { say } from "../words/words.js";

/** @typedef {import("../ports/pages.js").Card} Card */
/** @typedef {import("../ports/pages.js").Group} Group */
/** @typedef {import("../upload/upload.js").Upload} Upload */

/** @typedef {{now: number, away: string, speed: number, left: (bytes: number, grain: number) => import("../sending/forecast.js").Range | null, stageRate: number, isHindered?: boolean, silent?: boolean, waits?: (u: Upload) => boolean, cost?: string, waitThreshold: number}} Surroundings */

/** What is known of one group, file by file. */
class Sum {
  #known = { there: 0, cancelled: 0, active: 0, size: 0, reached: 0, safe: 0, problems: 0, paused: 0, checked: 0, kept: 0, finishedAt: 0 };

  #can = { pause: false, resume: false, cancel: false, undo: false, retry: false, share: false };

  /** What goes out first of those that go on: it says how all of them go. @type {Card | null} */
  #front = null;

  #loaded = false;

  /** @type {{leave: string, seconds: number, paused: boolean, waits: boolean}[]} */
  #leaves = [];

  /** Bytes that the line carries until the last of them is there, and how large the pieces are. */
  #until = 0;

  #grain = 0;

  /** @param {Upload} first */
  constructor(first) {
    this.first = first;
  }

  /** @param {Upload} u @param {Card} card @param {Surroundings} s */
  add(u, card, s) {
    const known = this.#known;
    this.#can.undo ||= card.can_undo;
    if (u.phase === "cancelled") return void (known.cancelled += 1);
    known.size += u.size;
    known.reached += u.phase === "ready" ? u.size : u.reachedBytes;
    known.safe += u.phase === "ready" ? u.size : u.safeBytes;
    known.there += u.phase === "ready" ? 1 : 0;
    known.finishedAt = Math.max(known.finishedAt, u.finishedAt);
    if (needsPerson(card)) known.problems += 1;
    this.#can.retry ||= card.can_retry;
    this.#can.share ||= card.share_url !== "";
    if (card.section !== "active") return;
    known.active += 1;
    this.#can.pause ||= card.can_pause;
    this.#can.resume ||= card.can_resume;
    this.#can.cancel ||= card.can_cancel;
    if (card.can_send_now) known.kept += u.size - u.sentBytes;
    this.#loaded ||= u.loaded.size > 0;
    if (card.state === "paused") known.paused += 1;
    else if (card.state === "verifying" || card.state === "scanning") known.checked += 1;
    else if (!card.needs_file) this.#front ??= card;
    const facts = leaveFacts(u, s.speed, s);
    const { leave, seconds } = leaveRule(facts);
    if (leave) this.#leaves.push({ leave, seconds, paused: facts.paused, waits: facts.waits });
  }

  /** @param {number} until @param {number} grain */
  goes(until, grain) {
    this.#until = until;
    this.#grain = grain;
  }

  #state() {
    const { active, there, problems, paused, checked } = this.#known;
    if (active) return this.#front?.state ?? (checked ? "verifying" : paused ? "paused" : "waiting");
    if (this.#can.undo) return "cancelled";
    return problems ? "failed" : there ? "ready" : "cancelled";
  }

  /** @param {number} files all of them @param {Surroundings} s @returns {Group} */
  group(files, s) {
    const { there, cancelled, active, size, reached, safe, problems, kept, finishedAt } = this.#known;
    const { group: id, path, uploader } = this.first;
    const state = this.#state();
    const wanted = files - cancelled;
    const isMoving = state === "uploading" || state === "staging";
    const left = isMoving && this.#until && !s.away ? s.left(this.#until, this.#grain) : null;
    const { leave, text: leave_text } = leaveForAll(this.#leaves);
    const wait = left !== null && left.high > s.waitThreshold;
    const percent = active ? Math.min(99, percentOf(reached, size)) : percentOf(reached, size);
    const isUndoable = !active && this.#can.undo;
    const detail = (this.#front?.can_send_now ? wordsFor(s.cost ?? "", { size: sizeText(kept) }) : this.#front?.detail) ?? (active ? wordsFor(state) : isUndoable ? wordsFor("withdrawn") : "");
    return {
      id,
      name: groupName(path, wanted || files),
      is_folder: path.includes("/"),
      files: wanted,
      there,
      size,
      count: there < wanted ? countText(there, wanted) : filesText(wanted || files),
      amount: active ? amountText(reached, size) : sizeText(size),
      state,
      percent,
      percent_safe: Math.max(percent, percentOf(safe, size)),
      speed: isMoving && this.#loaded ? speedText(s.speed) : "",
      eta: timeText(left),
      detail: detail === wordsFor("queued") && there ? "" : detail,
      leave,
      leave_text,
      wait,
      wait_text: wait ? waitText(left, leave) : "",
      problems,
      problem_text: problems ? say("count-need-you", { count: problems }) : "",
      can_pause: this.#can.pause,
      can_resume: this.#can.resume,
      can_cancel: this.#can.cancel,
      can_undo: isUndoable,
      can_retry: this.#can.retry && !isUndoable,
      can_send_now: kept > 0,
      can_dismiss: !active,
      can_share: this.#can.share,
      section: active || isUndoable ? "active" : "done",
      finished_at: !active && !isUndoable && finishedAt ? clockText(finishedAt) : "",
      sign_in_url: this.#front?.sign_in_url ?? "",
      uploader,
    };
  }
}

/**
 * What the cards of all groups show.
 * @param {Iterable<Upload>} uploads @param {ReadonlyMap<string, Card>} cards theirs, as they were last made @param {Iterable<Upload>} running in the order in which they go out
 * @param {Surroundings} s
 * @returns {Group[]} in the order in which they came
 */
export const toGroups = (uploads, cards, running, s) => {
  /** @type {Map<string, {sum: Sum, files: number}>} */
  const found = new Map();
  for (const u of uploads) {
    const card = u.group && cards.get(u.id);
    if (!card) continue;
    const one = found.get(u.group) ?? { sum: new Sum(u), files: 0 };
    if (!one.files) found.set(u.group, one);
    one.files += 1;
    one.sum.add(u, card, s);
  }
  if (!found.size) return [];
  let until = 0;
  let grain = 0;
  for (const u of running) {
    if (!goes(u) || s.waits?.(u)) continue;
    until += u.size - u.sentBytes;
    grain = Math.max(grain, u.grain);
    found.get(u.group)?.sum.goes(until, grain);
  }
  return [...found.values()].map(({ sum, files }) => sum.group(files, s));
};
