// Decides what a card shows, from what the engine knows: plain values and finished texts, so that pages only place them.

import "../words/english_engine.js";
import { isObstacle } from "../ports/answers.js";
import { sentence } from "../ports/sentences.js";
import { leaveRule } from "./leave.js";
import { amountText, kindText, sizeText, spanText, speedText, timeText, wordsFor } from "./messages.js";
import { clockText } from "../words/figures.js";
import { say } from "../words/words.js";
import { percentOf } from "../upload/progress.js";

/** @typedef {import("../ports/pages.js").Card} Card */

/**
 * @typedef {object} Surroundings what a card needs to know beyond its own upload
 * @property {number} now ms
 * @property {string} away reason code while the line or the server is away, else ""
 * @property {import("./queue.js").Turn} turn when it is its turn
 * @property {(grain: number) => number} speed bytes/s of this line, as far as can be said
 * @property {(bytes: number, grain: number) => import("../sending/forecast.js").Range | null} left how long so many bytes take on this line
 * @property {number} stageRate bytes/s
 * @property {boolean} [silent] the server hangs
 * @property {(uploadId: string) => boolean} stillSends whether the browser goes on sending by itself what was cancelled
 * @property {boolean} [isHindered] something between this browser and the store keeps what the browser sends by itself from getting through
 * @property {number} waitThreshold seconds
 * @property {(u: import("../upload/upload.js").Upload) => boolean} [waits] whether it is kept back until its person wants it sent, or the line costs nothing
 * @property {string} [signIn] where one signs in, "" where that is not known
 */

/**
 * Another browser is sending it, or will once it is resumed: nobody is asked for the file here before it is seen to stand still.
 * @param {import("../upload/upload.js").Upload} u
 */
const isElsewhere = (u) => u.notice === "elsewhere" || (u.foreign && u.phase === "paused");

const CONTRACT_STATE = new Set(["paused", "ready", "blocked", "failed", "cancelled", "expired"]);

/** @param {import("../upload/upload.js").Upload} u @param {Surroundings} s */
const stateOf = (u, s) => {
  if (u.phase === "refused") return "failed";
  if (CONTRACT_STATE.has(u.phase)) return u.phase;
  if (u.phase === "finishing" && (u.serverState === "scanning" || u.serverState === "verifying")) return u.serverState;
  if ((u.needsFile && !isElsewhere(u)) || s.away) return "waiting";
  // Nothing of it is left to send, whether the server was told so or not.
  if (u.phase === "finishing" || u.allConfirmed) return "verifying";
  return u.loaded.size || u.confirmed.size || !u.staging ? "uploading" : "staging";
};

/** @param {import("../upload/upload.js").Upload} u @param {string} state @param {Surroundings} s */
const detailOf = (u, state, s) => {
  if (u.notice) return wordsFor(u.notice);
  if (u.undoable) return wordsFor(s.stillSends(u.uploadId) ? "withdrawn_handed" : "withdrawn");
  if ((u.needsFile && !isElsewhere(u)) || u.fault) return "";
  if (state === "waiting") return wordsFor(s.away, { size: sizeText(u.size - u.sentBytes) });
  if (u.handedTo && !u.dropped && (state === "uploading" || state === "paused")) return wordsFor(state === "paused" ? "paused_handed" : "handed");
  if (state === "cancelled" && s.stillSends(u.uploadId)) return wordsFor("cancelled_handed");
  if (state === "uploading" && u.anew) return wordsFor("anew");
  if (state === "uploading" && !u.loaded.size && (!u.claimed.size || s.turn.abreast !== 1)) return wordsFor(u.uploadId && u.synced ? "queued" : "starting");
  return wordsFor(state);
};

/** It waits for a line that costs nothing, and its person can have it sent all the same. @param {string} reason */
const isCost = (reason) => reason === "metered" || reason === "saving";

/** A range within a sentence, where no line ends: of "4–6 min" each half alone is another time. @param {string} text */
const unbroken = (text) => text.replace("–", "–\u2060");

/** @param {import("../sending/forecast.js").Range} left @param {string} leave */
export const waitText = (left, leave) => say(leave === "continues" ? "wait-itself" : "wait-meanwhile", { time: unbroken(spanText(left)) });

/** Seconds until the last unsafe byte is staged or sent. @param {import("../upload/upload.js").Upload} u @param {number} rate @param {Pick<Surroundings, "now" | "stageRate">} s */
const secondsToSafe = (u, rate, s) => {
  const unsafe = u.size - u.safeBytes;
  if (u.staging === "snapshot") {
    const seconds = u.size / s.stageRate - (s.now - u.stagingSince) / 1000;
    return seconds < 1 ? 0 : seconds; // slower than it ever was: no figure rather than a wrong one
  }
  if (u.staging) return unsafe / (s.stageRate + rate);
  return rate ? (u.size - u.sentBytes) / rate : 0;
};

/**
 * @param {import("../upload/upload.js").Upload} u
 * @param {Surroundings} s
 * @returns {Card}
 */
export const toCard = (u, s) => {
  const state = stateOf(u, s);
  const moving = state === "uploading" || state === "staging";
  const isGoing = moving && !u.asksForFile && !u.foreign;
  const isSent = isGoing && s.turn.abreast > 0 && (u.loaded.size > 0 || u.grain > 0);
  const rate = isSent ? s.speed(u.grain) / s.turn.abreast : 0;
  const left = isGoing && Number.isFinite(s.turn.until) ? s.left(s.turn.until, u.grain) : null;
  const hasEnded = u.phase === "ready" || ["refused", "failed", "blocked", "cancelled", "expired"].includes(u.phase);
  const done = hasEnded && !u.undoable;
  const reached = u.reachedBytes;
  const sent = percentOf(reached, u.size);
  const percent = u.phase === "ready" ? 100 : Math.min(99, u.size ? sent : 0);
  const { leave, text } = leaveRule(leaveFacts(u, rate, s));
  const detail = detailOf(u, state, s);
  const wait = left !== null && left.high > s.waitThreshold;
  return {
    id: u.id,
    upload_id: u.uploadId,
    name: u.name,
    path: u.path,
    kind: kindText(u.name),
    size: u.size,
    state,
    percent,
    percent_safe: Math.max(percent, u.phase === "ready" ? 100 : percentOf(u.safeBytes, u.size || 1)),
    amount: hasEnded ? sizeText(u.size) : amountText(reached, u.size),
    speed: speedText(rate),
    eta: detail === wordsFor("queued") ? "" : timeText(left),
    detail,
    leave,
    leave_text: text,
    error: faultText(u),
    error_code: u.fault?.code ?? (u.asksForFile && !isElsewhere(u) ? "file_needed" : ""),
    wait,
    wait_text: wait ? waitText(left, leave) : "",
    can_pause: ["new", "open"].includes(u.phase) && (!u.needsFile || isElsewhere(u)),
    can_resume: u.phase === "paused" && (!u.needsFile || u.foreign),
    can_cancel: ["new", "open", "paused"].includes(u.phase),
    can_retry: ["failed", "expired"].includes(u.phase) || (u.phase === "refused" && u.fault?.code === "owner_quota_exceeded"),
    can_undo: u.undoable,
    can_dismiss: hasEnded,
    needs_file: u.asksForFile && !isElsewhere(u),
    can_show: u.asksForFile && u.handle !== null,
    share_url: ["refused", "blocked", "cancelled", "failed", "expired"].includes(u.phase) ? "" : u.shareUrl,
    // What was sent by a drop link has neither here: it is theirs who asked for it.
    download_url: u.phase === "ready" && u.shareUrl ? `/api/uploads/${u.uploadId}/download` : "",
    section: done ? "done" : "active",
    finished_at: u.finishedAt ? clockText(u.finishedAt) : "",
    uploader: u.uploader,
    group: u.group,
    sign_in_url: s.away === "signed_out" && state === "waiting" ? (s.signIn ?? "") : "",
    can_try_again: state === "waiting" && u.phase === "open" && isObstacle(s.away),
    can_send_now: state === "waiting" && isCost(s.away),
  };
};

/**
 * Before the server has said what is confirmed, and without a File in hand, leaving loses nothing; but whether it goes on without
 * the person can only be said of what is wholly here.
 * @param {import("../upload/upload.js").Upload} u
 */
const isUnsure = (u) => !u.source && !u.synced && !u.goesOnAlone && u.safeBytes < u.size;

/** @param {import("../upload/upload.js").Upload} u @param {number} rate @param {Pick<Surroundings, "now" | "stageRate" | "silent" | "isHindered" | "waits">} s */
export const leaveFacts = (u, rate, s) => ({
  running: u.running && !u.foreign && !u.lacksBytes && !isUnsure(u),
  paused: u.phase === "paused",
  waits: s.waits?.(u) ?? false,
  // With every byte in the store the server finishes alone. What is held back goes on once the server has let it.
  handed: u.goesOnAlone && !(s.silent && u.heldIn) && !(s.isHindered && !u.arrived && !u.allConfirmed),
  journaled: u.journaled || u.arrived,
  unsafe: u.source || u.synced ? u.size - u.safeBytes : 0,
  noStaging: u.noStaging,
  seconds: secondsToSafe(u, s.waits?.(u) ? 0 : rate, s),
});

/** @param {import("../upload/upload.js").Upload} u */
const faultText = (u) => {
  const values = { name: u.name, size: sizeText(u.size), percent: percentOf(u.confirmedBytes, u.size) };
  if (u.fault) return u.fault.text || sentence(u.fault.code, values);
  if (isElsewhere(u)) return "";
  if (u.needsFile) return sentence("file_needed", values);
  return u.lacksBytes ? sentence("rest_needed", values) : "";
};
