// Short messages that go away by themselves: which are shown, and for how long.

/**
 * @typedef {object} Toast
 * @property {number} id
 * @property {string} text
 * @property {string} link  Where the toast leads to, or empty.
 * @property {string} copy  A link that it offers to copy, or empty.
 * @property {boolean} stays  Until somebody closes it.
 * @property {(() => void) | null} undo  Takes back what it says, or null.
 * @property {() => void} gone  Called when it goes without that.
 */

const SHOWN_MS = 7000;
const BRIEF_MS = 3000;
const UNDO_MS = 10_000;
const AT_MOST = 3;

/** @type {readonly Toast[]} */
let toasts = Object.freeze([]);
/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {Map<number, ReturnType<typeof setTimeout>>} */
const timers = new Map();
let lastId = 0;
let held = false;

/** @param {Toast[]} next */
const publish = (next) => {
  toasts = Object.freeze(next);
  for (const listener of listeners) listener();
};

/** @param {() => void} listener */
export const subscribeToasts = (listener) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const getToasts = () => toasts;

/** @param {number} id @returns {Toast | undefined} */
const take = (id) => {
  clearTimeout(timers.get(id));
  timers.delete(id);
  const found = toasts.find((toast) => toast.id === id);
  publish(toasts.filter((toast) => toast !== found));
  return found;
};

/** @param {number} id */
export const hideToast = (id) => take(id)?.gone();

/** @param {number} [id] the newest that can be undone, without one */
export const undoToast = (id) => {
  const found = id ?? toasts.findLast(({ undo }) => undo)?.id;
  if (found !== undefined) take(found)?.undo?.();
};

/** Whoever leaves takes nothing back any more. */
export const leaveToasts = () => toasts.filter(({ undo }) => undo).forEach(({ id }) => hideToast(id));

/** @param {number} id */
const startTimer = (id) => {
  clearTimeout(timers.get(id));
  const { link = "", stays = false, undo = null } = toasts.find((toast) => toast.id === id) ?? {};
  if (!stays) timers.set(id, setTimeout(() => hideToast(id), undo ? UNDO_MS : link ? SHOWN_MS : BRIEF_MS));
};

/**
 * Shows a sentence.
 * @param {string} text
 * @param {Partial<Omit<Toast, "id" | "text">>} [more] see Toast
 * @returns {number} its id
 */
export const toast = (text, { link = "", copy = "", stays = false, undo = null, gone = () => {} } = {}) => {
  const id = ++lastId;
  toasts.slice(0, 1 - AT_MOST).forEach((one) => hideToast(one.id));
  publish([...toasts, { id, text, link, copy, stays, undo, gone }]);
  // Nobody reads a toast in a hidden tab: its time starts when the tab is looked at.
  if (!held && !document.hidden) startTimer(id);
  return id;
};

/**
 * Holds all toasts while the pointer or the focus is on them.
 * @param {boolean} hold
 */
export const holdToasts = (hold) => {
  held = hold;
  for (const { id } of toasts) {
    if (hold) clearTimeout(timers.get(id));
    else if (!document.hidden) startTimer(id);
  }
};

/** Starts the time of what came in while the tab was hidden. */
export const followVisibility = () => {
  const seen = () => {
    if (!document.hidden && !held) for (const { id } of toasts) startTimer(id);
  };
  document.addEventListener("visibilitychange", seen);
  return () => document.removeEventListener("visibilitychange", seen);
};
