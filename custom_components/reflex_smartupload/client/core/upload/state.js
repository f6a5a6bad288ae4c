// Decides what each event makes of what is known of an upload: pure, one frozen state after the other. The phase follows the table of transitions.js.

import { nextPhase, phaseFrom, TRANSITIONS } from "./transitions.js";

/** @typedef {{code: string, text: string}} Fault */

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
 * @property {string} uploadId its name at the server
 * @property {number} epoch
 * @property {number} replaces the epoch in which the person gave another version of the file, whose parts it may replace; 0 for none
 * @property {string} shareUrl
 * @property {string} serverState
 * @property {string} heardAt how new the server's last word on it is, as a stamp of change_feed.js
 * @property {boolean} synced what the server has confirmed is known here
 * @property {boolean} pausedAtServer
 * @property {number} confirmedElsewhere the server's own count in bytes, when its parts are not known here
 * @property {string} handedTo the registration in which the browser itself sends what is left, "" while the engine does
 * @property {string} offeredTo the registration that the browser is being asked for, or asked to give up, "" while there is none
 * @property {boolean} noHandover the browser refused to take it
 * @property {"" | "snapshot" | "opfs"} staging how it is being staged this very moment
 * @property {number} stagingSince on the engine's clock
 * @property {"" | "none" | "full"} noStaging why nothing (more) is staged: "none" is that this browser cannot
 * @property {Fault | null} fault
 * @property {boolean} needsFile nothing can go on without the person's file
 * @property {boolean} edited the file was found changed, so that another state of it is waited for
 * @property {"" | "duplicate" | "elsewhere"} notice
 */

/** What the journal has of it. @param {{key: string, name: string} & Partial<import("../ports/ports.js").JournalEntry>} entry @param {Partial<State>} known besides @returns {Readonly<State>} */
export const firstState = (entry, known) =>
  Object.freeze({
    phase: phaseFrom(entry.phase ?? "new", Boolean(entry.uploadId)), key: entry.key, name: entry.name, lastModified: entry.lastModified ?? 0, handle: entry.handle ?? null,
    touchedAt: entry.touchedAt ?? entry.addedAt ?? 0, finishedAt: 0, owner: entry.owner ?? "", hidden: false, foreign: false, journaled: false, taken: false, busy: false,
    uploadId: entry.uploadId ?? "", epoch: entry.epoch ?? 0, replaces: entry.replaces ?? 0, shareUrl: entry.shareUrl ?? "", serverState: "", heardAt: "", synced: false, pausedAtServer: false,
    confirmedElsewhere: entry.confirmedBytes ?? 0, handedTo: entry.handedTo ?? "", offeredTo: "", noHandover: false, staging: "", stagingSince: -1, noStaging: "",
    fault: entry.faultCode ? { code: entry.faultCode, text: entry.faultText ?? "" } : null, needsFile: false, edited: entry.edited ?? false, notice: "", ...known,
  });

/** From the start, under a new name at the server. @param {State} _ @param {string} key */
const anew = (_, key) => ({ key, uploadId: "", shareUrl: "", fault: null, serverState: "", heardAt: "", finishedAt: 0, synced: false, pausedAtServer: false, taken: false, replaces: 0, noHandover: false });

/** @typedef {{at: number, fault: Fault | null}} End */
/** @param {State} _ @param {End} end */
const ended = (_, { at, fault }) => ({ needsFile: false, finishedAt: at, fault });

const same = () => ({});

/** What changes with each event, besides the phase. Those without a word here are events of transitions.js. */
const EVENTS = {
  // What the person says.
  pause: same,
  resume: same,
  restart: same,
  retry: anew,
  given: (/** @type {State} */ _, /** @type {{lastModified: number, replaces: number}} */ { lastModified, replaces }) => ({ lastModified, replaces, needsFile: false, edited: false, fault: null, foreign: false, noStaging: /** @type {const} */ ("none") }),
  /** Another file was shown. */
  mistaken: () => ({ fault: { code: "other_file", text: "" } }),
  located: (/** @type {State} */ _, /** @type {FileSystemFileHandle} */ handle) => ({ handle }),

  // Whose it is.
  owned: (/** @type {State} */ _, /** @type {string} */ owner) => ({ owner }),
  hide: () => ({ hidden: true }),
  show: (/** @type {State} */ _, /** @type {string} */ owner) => ({ owner, hidden: false, synced: false }),

  // What is written down.
  touched: (/** @type {State} */ _, /** @type {number} */ touchedAt) => ({ touchedAt }),
  written: () => ({ journaled: true }),
  taken: () => ({ taken: true }),

  // What the server says of it, or is told.
  called: () => ({ busy: true }),
  answered: () => ({ busy: false }),
  named: (/** @type {State} */ _, /** @type {string} */ uploadId) => ({ uploadId }),
  described: (/** @type {State} */ _, /** @type {{name: string, epoch: number, shareUrl: string}} */ about) => about,
  stated: (/** @type {State} */ _, /** @type {{state: string, at: string, bytes: number}} */ { state, at, bytes }) => ({ serverState: state, heardAt: at, confirmedElsewhere: bytes }),
  dated: (/** @type {State} */ _, /** @type {string} */ heardAt) => ({ heardAt }),
  counted: (/** @type {State} */ _, /** @type {number} */ bytes) => ({ confirmedElsewhere: bytes }),
  /** Its parts are known here by their numbers. */
  listed: () => ({ synced: true, confirmedElsewhere: 0 }),
  /** It has to be asked what it has. */
  doubted: () => ({ synced: false }),
  /** It is not asked for its parts: another browser's, as it was told. */
  shown: (/** @type {State} */ { phase }, /** @type {boolean} */ isLive) => ({ synced: phase !== "finishing", needsFile: isLive && phase !== "finishing" }),
  pausedThere: () => ({ pausedAtServer: true }),
  resumedThere: () => ({ pausedAtServer: false }),
  opened: same,
  paused: () => ({ pausedAtServer: true }),
  resumed: () => ({ pausedAtServer: false }),
  finishing: same,
  /** Nothing of it is needed from here any more, and where it stands has to be asked. */
  entrusted: () => ({ synced: false, needsFile: false }),
  missing: same,
  split: anew,
  recovered: same,
  reopened: (/** @type {State} */ _, /** @type {number} */ epoch) => ({ epoch, confirmedElsewhere: 0 }),

  // How it ends.
  refused: (/** @type {State} */ { finishedAt }, /** @type {{fault: Fault, at?: number}} */ { fault, at = finishedAt }) => ({ fault, finishedAt: at }),
  failed: (/** @type {State} */ state, /** @type {{fault: Fault | null, at?: number}} */ { fault, at }) => (at === undefined ? { fault } : ended(state, { fault, at })),
  ready: ended,
  blocked: ended,
  cancelled: ended,
  expired: ended,

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
  handedOver: (/** @type {State} */ { offeredTo }) => ({ handedTo: offeredTo, offeredTo: "" }),
  calledBack: (/** @type {State} */ { handedTo }) => ({ offeredTo: handedTo, handedTo: "" }),
  regained: () => ({ handedTo: "", offeredTo: "" }),
  notTaken: () => ({ noHandover: true }),

  noticed: (/** @type {State} */ _, /** @type {State["notice"]} */ notice) => ({ notice }),
};

/** @typedef {keyof typeof EVENTS} Event */
/** @template {Event} E @typedef {Parameters<(typeof EVENTS)[E]> extends [any, infer F] ? [F] : []} Facts */

/**
 * The state after an event. Throws IllegalTransition when the phase has no such event.
 * @template {Event} E
 * @param {Readonly<State>} state
 * @param {E} event
 * @param {Facts<E>} facts
 * @returns {Readonly<State>}
 */
export const step = (state, event, ...facts) => {
  const phase = Object.hasOwn(TRANSITIONS, event) ? nextPhase(state.phase, event) : state.phase;
  const change = /** @type {(state: State, ...facts: unknown[]) => Partial<State>} */ (EVENTS[event]);
  return Object.freeze({ ...state, ...change(state, ...facts), phase });
};
