// Decides what each event makes of what is known of an upload, and what has to be done about it: pure, one frozen state after the other. The phase
// follows the table of transitions.js.

import { nextPhase, phaseFrom, TRANSITIONS } from "./transitions.js";

/** @typedef {{code: string, text: string}} Fault */
/** @typedef {{phase: import("./transitions.js").Phase, needsFile: boolean, fault: Fault | null, synced: boolean}} Withdrawn */

/**
 * @typedef {object} State
 * @property {import("./transitions.js").Phase} phase
 * @property {string} key of the create call: another try has another one
 * @property {string} name
 * @property {number} lastModified of the person's file, ms since 1970
 * @property {FileSystemFileHandle | null} handle leads back to the person's file, once they allow it again (Chromium, from a drop)
 * @property {number} touchedAt when something was last done with it here; ms since 1970
 * @property {number} finishedAt ms since 1970
 * @property {string} owner the tag of the owner under whom it was added, "" while unknown
 * @property {boolean} hidden it belongs to somebody else than who is here
 * @property {boolean} foreign known from the server only: picked in another browser, or before this one's storage was wiped
 * @property {boolean} journaled the journal knows it; only then a crash loses nothing
 * @property {boolean} taken the journal was asked to know it: it may go on, with or without that
 * @property {boolean} busy a call to the server about it is under way
 * @property {boolean} asked the server may have it already, under a name that is not known here; so it may what the journal has without one
 * @property {string} uploadId its name at the server
 * @property {number} epoch
 * @property {number} replaces the epoch in which the person gave another version of the file, whose parts it may replace; 0 for none
 * @property {string} shareUrl
 * @property {string} serverState
 * @property {string} heardAt how new the server's last word on it is, as a stamp of change_feed.js
 * @property {boolean} synced what the server has confirmed is known here
 * @property {boolean} pausedAtServer
 * @property {number} confirmedElsewhere the server's own count in bytes, when its parts are not known here
 * @property {boolean} others some of its parts another browser has sent or is sending as well, or this one from another state of the file
 * @property {string} handedTo the registration in which the browser itself sends what is left, "" while the engine does
 * @property {string} offeredTo the registration that the browser is being asked for, or asked to give up, "" while there is none
 * @property {string} heldIn the registration that has every part as well and is held back by the server while this engine lives, "" for none: the engine sends
 * @property {boolean} dropped as far as can be told, the browser does not have that registration (any more), and what arrived of it is not known yet
 * @property {boolean} noHandover the browser refused to take it
 * @property {boolean} sendsNow its person wants it sent, whatever the line costs
 * @property {"" | "snapshot" | "opfs"} staging how it is being staged this very moment
 * @property {number} stagingSince on the engine's clock
 * @property {"" | "none" | "full"} noStaging why nothing (more) is staged: "none" is that this browser cannot
 * @property {Fault | null} fault
 * @property {boolean} needsFile nothing can go on without the person's file
 * @property {boolean} edited the file was found changed, so that another state of it is waited for
 * @property {"" | "duplicate" | "crowded" | "elsewhere"} notice
 * @property {Withdrawn | null} withdrawn what it goes back to when its cancellation is undone; null where that cannot be undone
 */

/** What the journal has of it. @param {{key: string, name: string} & Partial<import("../ports/ports.js").JournalEntry>} entry @param {Partial<State>} known besides @returns {Readonly<State>} */
export const firstState = (entry, known) =>
  Object.freeze({
    phase: phaseFrom(entry.phase ?? "new", Boolean(entry.uploadId)), key: entry.key, name: entry.name, lastModified: entry.lastModified ?? 0, handle: entry.handle ?? null,
    touchedAt: entry.touchedAt ?? entry.addedAt ?? 0, finishedAt: entry.finishedAt ?? 0, owner: entry.owner ?? "", hidden: false, foreign: false, journaled: false, taken: false, busy: false,
    asked: entry.phase !== undefined && !entry.uploadId, uploadId: entry.uploadId ?? "", epoch: entry.epoch ?? 0, replaces: entry.replaces ?? 0, shareUrl: entry.shareUrl ?? "", serverState: "", heardAt: "", synced: false, pausedAtServer: false,
    confirmedElsewhere: entry.confirmedBytes ?? 0, others: false, handedTo: entry.handedTo ?? "", offeredTo: "", heldIn: "", dropped: false, noHandover: false, sendsNow: entry.sendsNow ?? false, staging: "", stagingSince: -1, noStaging: "",
    fault: entry.faultCode ? { code: entry.faultCode, text: entry.faultText ?? "" } : null, needsFile: false, edited: entry.edited ?? false, notice: "", withdrawn: null, ...known,
  });

/** All of it is the engine's to send. */
const OWN = { handedTo: "", offeredTo: "", heldIn: "", dropped: false };

/** From the start, under a new name at the server. @param {State} _ @param {string} key */
const anew = (_, key) => ({ key, asked: false, uploadId: "", shareUrl: "", fault: null, serverState: "", heardAt: "", finishedAt: 0, synced: false, pausedAtServer: false, taken: false, replaces: 0, noHandover: false, epoch: 0, confirmedElsewhere: 0, others: false, ...OWN });

/** @typedef {{at: number, fault: Fault | null}} End */
/** @param {State} _ @param {End} end */
const ended = (_, { at, fault }) => ({ needsFile: false, finishedAt: at, fault, withdrawn: null, ...OWN });

/** It looks ended, and all that is known of it stays. @param {State} before */
const withdraw = ({ phase, needsFile, fault, synced }) => ({ withdrawn: { phase, needsFile, fault, synced }, needsFile: false, fault: null, notice: /** @type {const} */ ("") });

/** As it was. What the server has by now is asked for, unless another browser sends it. @param {State} before */
const undo = ({ withdrawn, foreign }) => ({ withdrawn: null, needsFile: withdrawn?.needsFile ?? false, fault: withdrawn?.fault ?? null, synced: foreign && (withdrawn?.synced ?? false) });

/** Errors of the create call that are about the file, not about an upload. */
const REFUSALS = new Set(["empty_file", "file_too_large", "type_not_allowed", "type_mismatch", "owner_quota_exceeded", "bad_name", "invalid_request"]);

/**
 * The server declines what it was asked for. `by` is the event of transitions.js that this is.
 * @param {State} state @param {{code: string, detail: string, isOld: boolean}} answer
 */
const declined = ({ synced, uploadId }, { code, detail }) => {
  if (code === "upload_paused") return { by: "paused", pausedAtServer: true };
  if ((code === "upload_not_open" || code === "upload_not_found") && synced) return { by: "recovered", synced: false }; // ask what it is
  const fault = { code: code || "internal_error", text: code === "upload_not_found" ? "" : detail };
  return { by: REFUSALS.has(code) && !uploadId ? "refused" : "failed", fault, ...OWN };
};

const same = () => ({});

/** What only changes what is known. */
const NOTES = {
  // What the person says.
  given: (/** @type {State} */ _, /** @type {{lastModified: number, replaces: number}} */ { lastModified, replaces }) => ({ lastModified, replaces, needsFile: false, edited: false, fault: null, foreign: false, noStaging: /** @type {const} */ ("none") }),
  /** Another file was shown. */
  mistaken: () => ({ fault: { code: "other_file", text: "" } }),
  /** It goes out, whatever the line costs. */
  sentNow: () => ({ sendsNow: true }),
  located: (/** @type {State} */ _, /** @type {FileSystemFileHandle} */ handle) => ({ handle }),

  // Whose it is.
  owned: (/** @type {State} */ _, /** @type {string} */ owner) => ({ owner }),
  hide: () => ({ hidden: true }),
  show: (/** @type {State} */ _, /** @type {string} */ owner) => ({ owner, hidden: false, synced: false }),

  // What is written down.
  touched: (/** @type {State} */ _, /** @type {number} */ touchedAt) => ({ touchedAt }),
  written: () => ({ journaled: true }),
  /** The browser has wiped what was written down. */
  wiped: () => ({ journaled: false }),
  taken: () => ({ taken: true }),

  // What the server says of it, or is told.
  called: () => ({ busy: true }),
  answered: () => ({ busy: false }),
  asked: () => ({ asked: true }),
  /** It does not have it. */
  unasked: () => ({ asked: false }),
  named: (/** @type {State} */ _, /** @type {string} */ uploadId) => ({ uploadId, asked: false }),
  described: (/** @type {State} */ _, /** @type {{name: string, epoch: number, shareUrl: string}} */ about) => about,
  stated: (/** @type {State} */ _, /** @type {{state: string, at: string, bytes: number}} */ { state, at, bytes }) => ({ serverState: state, heardAt: at, confirmedElsewhere: bytes }),
  dated: (/** @type {State} */ _, /** @type {string} */ heardAt) => ({ heardAt }),
  counted: (/** @type {State} */ _, /** @type {number} */ bytes) => ({ confirmedElsewhere: bytes }),
  /** Its parts are known here by their numbers, ... */
  enumerated: (/** @type {State} */ _, /** @type {boolean} */ others) => ({ confirmedElsewhere: 0, others }),
  /** ... and nothing else is taken for one. */
  listed: (/** @type {State} */ _, /** @type {boolean} */ others) => ({ synced: true, confirmedElsewhere: 0, others }),
  /** It has to be asked what it has. */
  doubted: () => ({ synced: false }),
  /** It is not asked for its parts: another browser's, as it was told. */
  shown: (/** @type {State} */ { phase }, /** @type {boolean} */ isLive) => ({ synced: phase !== "finishing", needsFile: isLive && phase !== "finishing" }),
  pausedThere: () => ({ pausedAtServer: true }),
  resumedThere: () => ({ pausedAtServer: false }),
  /** Nothing of it is needed from here any more, and where it stands has to be asked. */
  entrusted: () => ({ synced: false, needsFile: false }),

  // Its bytes in this browser.
  /** Is the person's file needed, as far as it was looked? */
  looked: (/** @type {State} */ _, /** @type {boolean} */ needsFile) => ({ needsFile }),
  /** The file is not here any more, or is another one; `code` says why, where it was until now. */
  lost: (/** @type {State} */ _, /** @type {string} */ code) => ({ needsFile: true, ...(code ? { edited: true, fault: { code, text: "" } } : {}) }),
  edited: () => ({ edited: true }),
  staging: (/** @type {State} */ _, /** @type {{by: "snapshot" | "opfs", since: number}} */ { by, since }) => ({ staging: by, stagingSince: since }),
  rested: () => ({ staging: /** @type {const} */ ("") }),
  unstaged: (/** @type {State} */ _, /** @type {"none" | "full"} */ noStaging) => ({ noStaging }),
  roomy: () => ({ noStaging: /** @type {const} */ ("") }),

  // The browser's own hands.
  offered: (/** @type {State} */ _, /** @type {string} */ offeredTo) => ({ offeredTo }),
  handedOver: (/** @type {State} */ { offeredTo }) => ({ handedTo: offeredTo, offeredTo: "", dropped: false }),
  /** It has them, and the server holds it back. */
  held: (/** @type {State} */ { offeredTo, handedTo }) => ({ heldIn: offeredTo || handedTo, offeredTo: "", handedTo: "", dropped: false }),
  /** It is not held back any more: the rest is the browser's. */
  letGo: (/** @type {State} */ { heldIn }) => ({ handedTo: heldIn, heldIn: "", dropped: false }),
  dropped: (/** @type {State} */ _, /** @type {boolean} */ dropped) => ({ dropped }),
  calledBack: (/** @type {State} */ { handedTo, heldIn }) => ({ offeredTo: handedTo || heldIn, handedTo: "", heldIn: "" }),
  regained: () => OWN,
  notTaken: () => ({ noHandover: true }),

  noticed: (/** @type {State} */ _, /** @type {State["notice"]} */ notice) => ({ notice }),
};

/** What changes how it goes on: the phase, by the table of transitions.js, and what has to be done. */
export const MOVES = {
  pause: same,
  resume: same,
  restart: same,
  retry: anew,
  opened: same,
  paused: () => ({ pausedAtServer: true }),
  resumed: () => ({ pausedAtServer: false }),
  finishing: same,
  missing: same,
  split: anew,
  recovered: same,
  reopened: (/** @type {State} */ _, /** @type {number} */ epoch) => ({ epoch, confirmedElsewhere: 0, ...OWN }),
  /** By this engine, before the server was asked. */
  refused: (/** @type {State} */ _, /** @type {{fault: Fault, at: number}} */ { fault, at }) => ({ fault, finishedAt: at }),
  declined,
  ready: ended,
  blocked: ended,
  failed: ended,
  cancelled: ended,
  expired: ended,
  withdraw,
  settled: ended,
  undo,
  undoNew: undo,
  undoPaused: undo,
  /** What the browser has of it is worth nothing any more. */
  recalled: () => OWN,
};

const EVENTS = { ...NOTES, ...MOVES };

/** @typedef {keyof typeof NOTES} Note */
/** @typedef {keyof typeof MOVES} Move */
/** @typedef {keyof typeof EVENTS} Event */
/** @template {Event} E @typedef {Parameters<(typeof EVENTS)[E]> extends [any, infer F] ? [F] : []} Facts */

/**
 * What can be done, in words of outcomes.js: `halt` what is under way; `own` all parts again; `restart` from no confirmed part; `takeBack` a registration
 * of the browser, or end it once nothing in it is needed (`through`); `save` it, `forget` it, or its bytes; `announce` its end; `remember` the line's speed; `changed` shows it; `wake` looks for more to do.
 * @typedef {["halt"] | ["own"] | ["restart"] | ["takeBack", string] | ["through", string] | ["save"] | ["forget"] | ["forgetBytes"] | ["announce"] | ["remember"] | ["changed"] | ["wake"]} Effect
 */

/** @param {string} id @returns {Effect[]} */
const takeBack = (id) => (id ? [["takeBack", id]] : []);

/** What the browser has of it is worth nothing any more. @param {State} before @returns {Effect[]} */
const recall = ({ handedTo, heldIn }) => [["own"], ...takeBack(handedTo || heldIn)];

/** For whoever wrote a handler for it. What another browser sent is that browser's to tell. @param {State} after @returns {Effect[]} */
const announce = ({ foreign, phase }) => (!foreign && ["ready", "blocked", "failed"].includes(phase) ? [["announce"]] : []);

/** It is cancelled, and the server has not said so yet. @param {Pick<State, "phase" | "serverState">} state */
export const isWish = ({ phase, serverState }) => phase === "cancelled" && serverState !== "cancelled";

/** What stays in this browser: a card that can be tried again, or the wish to cancel. @param {State} after @returns {Effect[]} */
const wiped = (after) => {
  if (after.phase === "expired") return [["forgetBytes"]]; // they expire with their upload
  return after.phase === "failed" || isWish(after) ? [] : [["forget"]];
};

/** @param {State} before @param {State} after @returns {Effect[]} */
const afterEnd = (before, after) => [
  ["halt"],
  ...(after.phase === "ready" ? /** @type {Effect[]} */ ([["own"], ...(before.heldIn ? [["through", before.heldIn]] : [])]) : recall(before)),
  ...wiped(after),
  ...announce(after),
  ...(after.phase === "ready" && !after.foreign ? /** @type {Effect[]} */ ([["remember"]]) : []),
  ["changed"],
];

/** @param {State} before @returns {Effect[]} */
const afterAnew = (before) => [["restart"], ...recall(before)];

/** What the browser has comes back: until it has said so nothing else may send it. @param {State} before @returns {Effect[]} */
const rest = ({ handedTo, heldIn }) => [["halt"], ["save"], ["changed"], ...takeBack(handedTo || heldIn), ["wake"]];

/** @returns {Effect[]} */
const afterUndo = () => [["save"], ["changed"], ["wake"]];

/** @type {Record<string, (before: State, after: State, facts: any) => Effect[]>} */
const EFFECTS = {
  pause: rest,
  withdraw: rest,
  settled: afterEnd,
  undo: afterUndo,
  undoNew: afterUndo,
  undoPaused: afterUndo,
  recalled: recall,
  retry: afterAnew,
  split: afterAnew,
  reopened: (before) => [...recall(before), ["restart"], ["save"], ["changed"], ["wake"]],
  declined: (before, after, /** @type {{code: string, isOld: boolean}} */ { code, isOld }) => [
    ["halt"],
    ...(after.phase === "refused" || after.phase === "failed" ? recall(before) : []),
    ...(after.phase === "failed" && code === "upload_not_found" && isOld ? /** @type {Effect[]} */ ([["forgetBytes"]]) : []),
    after.phase === "refused" && code !== "owner_quota_exceeded" ? ["forget"] : ["save"],
    ["changed"],
    ...announce(after),
  ],
  ready: afterEnd,
  blocked: afterEnd,
  failed: afterEnd,
  cancelled: afterEnd,
  expired: afterEnd,
};

/** @param {string} event @param {State} before @param {State} after @param {unknown} facts */
const effectsOf = (event, before, after, facts) => (Object.hasOwn(EFFECTS, event) ? EFFECTS[event](before, after, facts) : []);

/**
 * The state after an event, and what has to be done about it. Throws IllegalTransition when the phase has no such event.
 * @template {Event} E
 * @param {Readonly<State>} state
 * @param {E} event
 * @param {Facts<E>} facts
 * @returns {[Readonly<State>, Effect[]]}
 */
export const step = (state, event, ...facts) => {
  const change = /** @type {(state: State, ...facts: unknown[]) => Partial<State> & {by?: string}} */ (EVENTS[event]);
  const { by = event, ...changed } = change(state, ...facts);
  const phase = Object.hasOwn(TRANSITIONS, by) ? nextPhase(state.phase, by) : state.phase;
  const next = Object.freeze({ ...state, ...changed, phase });
  return [next, effectsOf(event, state, next, facts[0])];
};
