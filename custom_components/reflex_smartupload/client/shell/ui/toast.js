// Short messages that go away by themselves: which are shown, and for how long.

/**
 * @typedef {object} Toast
 * @property {number} id
 * @property {string} text
 * @property {string} link  Where the toast leads to, or empty.
 * @property {string} copy  A link that it offers to copy, or empty.
 * @property {boolean} stays  Until somebody closes it.
 */

const SHOWN_MS = 7000;
const BRIEF_MS = 3000;
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

/** @param {number} id */
export const hideToast = (id) => {
  clearTimeout(timers.get(id));
  timers.delete(id);
  publish(toasts.filter((toast) => toast.id !== id));
};

/** @param {number} id */
const startTimer = (id) => {
  clearTimeout(timers.get(id));
  const { link = "", stays = false } = toasts.find((toast) => toast.id === id) ?? {};
  if (!stays) timers.set(id, setTimeout(() => hideToast(id), link ? SHOWN_MS : BRIEF_MS));
};

/**
 * Shows a sentence.
 * @param {string} text
 * @param {{link?: string, copy?: string, stays?: boolean}} [more] see Toast
 * @returns {number} its id
 */
export const toast = (text, { link = "", copy = "", stays = false } = {}) => {
  const id = ++lastId;
  publish([...toasts, { id, text, link, copy, stays }].slice(-AT_MOST));
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
