// Decides which phase of an upload may follow which: one table, by which state.js takes every step.

/** @typedef {"new" | "open" | "paused" | "finishing" | "ready" | "refused" | "failed" | "blocked" | "cancelled" | "expired"} Phase */
/** @typedef {Partial<Record<Phase, Phase>>} Moves */

/** What is to be sent, and what the server is finishing. @type {Phase[]} */
const ALIVE = ["new", "open", "paused", "finishing"];

/** @param {Phase} after @param {Phase[]} befores */
const to = (after, ...befores) => /** @type {Moves} */ (Object.fromEntries(befores.map((before) => [before, after])));

/** By event, from which phase to which. `says` is what the event means, for the drawing in docs/architecture.md. @type {Record<string, {says: string, moves: Moves}>} */
export const TRANSITIONS = {
  pause: { says: "the person here pauses it", moves: to("paused", "new", "open") },
  resume: { says: "the person here goes on", moves: to("open", "paused") },
  restart: { says: "the same, before the server knows it", moves: to("new", "paused") },
  retry: { says: "the person tries it once more", moves: to("new", "refused", "failed", "expired") },
  split: { says: "another browser sends another version under its name: it becomes a file of its own", moves: to("new", "open", "finishing") },
  // Paused here counts until the server has heard it: that it still takes parts says nothing new.
  opened: { says: "the server takes its parts", moves: { ...to("open", "new", "open", "finishing"), ...to("paused", "paused") } },
  paused: { says: "the server says that it is paused", moves: to("paused", ...ALIVE) },
  resumed: { says: "it goes on, said on another device", moves: to("open", "paused") },
  finishing: { says: "the server makes and checks the file, or is asked to", moves: to("finishing", ...ALIVE) },
  missing: { says: "it does not: parts are missing", moves: to("open", "finishing") },
  recovered: { says: "where it stands has to be asked again", moves: { ...to("new", "new"), ...to("open", "open", "finishing"), ...to("paused", "paused") } },
  refused: { says: "the server does not take the file", moves: to("refused", "new", "paused") },
  ready: { says: "the file is there; also after it had failed here", moves: to("ready", ...ALIVE, "failed") },
  blocked: { says: "a virus, a type that is not taken, or nobody can tell", moves: to("blocked", ...ALIVE) },
  failed: { says: "it cannot be finished", moves: to("failed", ...ALIVE) },
  cancelled: { says: "a person cancels it, here or elsewhere", moves: to("cancelled", ...ALIVE) },
  expired: { says: "nobody has gone on with it for days", moves: to("expired", ...ALIVE) },
  withdraw: { says: "the person here cancels it, and can undo that for a while", moves: to("cancelled", ...ALIVE) },
  settled: { says: "the time for that is over", moves: to("cancelled", "cancelled") },
  undo: { says: "they undo it: where it stands has to be asked", moves: to("open", "cancelled") },
  undoNew: { says: "the same, before the server knows it", moves: to("new", "cancelled") },
  undoPaused: { says: "the same, of what was paused", moves: to("paused", "cancelled") },
};

const PHASES = new Set(Object.values(TRANSITIONS).flatMap(({ moves }) => [...Object.keys(moves), ...Object.values(moves)]));

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
  const next = Object.hasOwn(TRANSITIONS, event) ? TRANSITIONS[event].moves[phase] : undefined;
  if (!next) throw new IllegalTransition(phase, event);
  return next;
};

/** A phase that was written down: one that this version does not know is asked about. @param {string} phase @param {boolean} isCreated */
export const phaseFrom = (phase, isCreated) => /** @type {Phase} */ (PHASES.has(phase) ? phase : isCreated ? "open" : "new");
