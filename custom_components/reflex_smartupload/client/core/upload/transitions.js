// Decides which phase of an upload may follow which: one table, and the only writer of a phase.

/** @typedef {keyof typeof TRANSITIONS} Phase */

/** Ways in which an upload ends; where it may end at all, each of them may come. */
const ENDS = { ready: "ready", blocked: "blocked", failed: "failed", cancelled: "cancelled", expired: "expired" };
/** What the server may say of one that it has and that has not ended. */
const SAID = { opened: "open", paused: "paused", finishing: "finishing" };

/**
 * From each phase, by event, the next one.
 *
 * The person: `pause`, `resume` (`restart` while the server does not know it yet), `retry`. The server: `opened` (it takes parts), `paused`
 * and `resumed` (elsewhere), `finishing`, `missing` (it does not finish it: parts are missing), `refused` (it does not take the file), and the
 * ends. The engine: `recovered` (whether it is finished has to be asked again).
 */
export const TRANSITIONS = Object.freeze({
  new: { ...SAID, ...ENDS, pause: "paused", refused: "refused", recovered: "new" },
  open: { ...SAID, ...ENDS, pause: "paused", recovered: "open" },
  // Paused here counts until the server has heard it: that it still takes parts says nothing new.
  paused: { ...SAID, ...ENDS, opened: "paused", resume: "open", restart: "new", resumed: "open", refused: "refused", recovered: "paused" },
  finishing: { ...SAID, ...ENDS, missing: "open", recovered: "open" },
  ready: {},
  refused: { retry: "new" },
  failed: { retry: "new", ready: "ready" },
  blocked: {},
  cancelled: {},
  expired: { retry: "new" },
});

/** Not in the table: a fault of this engine, never of the outside. */
export class IllegalTransition extends Error {
  /** @param {string} phase @param {string} event */
  constructor(phase, event) {
    super(`nothing in the phase ${phase} follows from ${event}`);
    this.name = "IllegalTransition";
  }
}

/**
 * @param {Phase} phase
 * @param {string} event
 * @returns {Phase}
 */
export const nextPhase = (phase, event) => {
  const row = /** @type {Record<string, Phase | undefined>} */ (TRANSITIONS[phase]);
  const next = Object.hasOwn(row, event) ? row[event] : undefined;
  if (!next) throw new IllegalTransition(phase, event);
  return next;
};

/** A phase that was written down: one that this version does not know is asked about. @param {string} phase @param {boolean} isCreated */
export const phaseFrom = (phase, isCreated) => /** @type {Phase} */ (Object.hasOwn(TRANSITIONS, phase) ? phase : isCreated ? "open" : "new");
