// Decides what can be taken back for a while: it looks done at once, and is done when the time is over or the page is left.
import { getToasts, leaveToasts, toast, undoToast } from "./toast.js";

/** Ids of cards and uploads that are shown no more. @type {readonly string[]} */
let removed = Object.freeze([]);
/** @type {Set<() => void>} */
const listeners = new Set();
/** What is being done, and nobody can take back any more. @type {Set<Promise<boolean>>} */
const doing = new Set();

/** What was done, the newest last, and whether it can still be undone. @type {{isStill: () => boolean, undo: () => void}[]} */
const steps = [];

/** An upload was cancelled: its card says so, and until when that can be undone is the engine's to say. @param {() => boolean} isStill @param {() => void} undo */
export const noteCancelled = (isStill, undo) => void steps.push({ isStill, undo });

/** The one that was done last, and can be. */
const undoLast = () => {
  for (let step = steps.pop(); step; step = steps.pop()) if (step.isStill()) return step.undo();
};

/** The second click of a double one: it was meant for the button that stood there before. @param {...unknown} given what a handler of a page is given, the event among it */
export const isTwice = (...given) => given.some((one) => one instanceof Object && "detail" in one && Number(one.detail) > 1);

/** @param {readonly string[]} next */
const publish = (next) => {
  removed = Object.freeze(next);
  for (const listener of listeners) listener();
};

/** @param {() => void} listener */
export const subscribeRemoved = (listener) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const getRemoved = () => removed;

/** @param {readonly string[]} ids */
export const bringBack = (ids) => publish(removed.filter((id) => !ids.includes(id)));

/** The focus goes to what is back: the message that had it is gone. @param {string} key of an upload */
const goTo = (key) => {
  const row = key && document.querySelector(`[data-upload-id="${CSS.escape(key)}"]`);
  /** @type {HTMLElement | null} */ (row && row.querySelector("button, a[href]"))?.focus();
};

/**
 * @param {string} text what is said of it
 * @param {readonly string[]} ids what is shown no more, unless it is taken back
 * @param {() => Promise<boolean> | void} does what it takes; false when it could not be done, and was said
 * @param {string} [key] of the upload that has the focus when it is back
 */
export const undoable = (text, ids, does, key = "") => {
  publish([...removed, ...ids]);
  const undo = () => {
    const at = document.activeElement;
    const hadFocus = at?.closest(".toasts") || at === document.body || at?.matches("main");
    bringBack(ids);
    if (hadFocus) requestAnimationFrame(() => goTo(key));
  };
  const gone = () => {
    const done = Promise.resolve(does()).then((isDone) => isDone !== false);
    doing.add(done);
    done.finally(() => doing.delete(done));
  };
  const id = toast(text, { undo, gone });
  steps.push({ isStill: () => getToasts().some((one) => one.id === id), undo: () => undoToast(id) });
};

/** Before whoever is here is so no longer: it is theirs to do. @returns {Promise<boolean>} whether all of it could be done */
export const settle = async () => {
  leaveToasts();
  return (await Promise.all(doing)).every((isDone) => isDone);
};

/** What is typed is undone by the browser. @param {EventTarget | null} target */
const isField = (target) => target instanceof HTMLElement && target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;

/** @returns {() => void} stops it */
export const listenForUndo = () => {
  const stopping = new AbortController();
  const { signal } = stopping;
  globalThis.addEventListener("pagehide", leaveToasts, { signal });
  document.addEventListener("keydown", ({ key, ctrlKey, metaKey, shiftKey, target }) => {
    if (key.toLowerCase() === "z" && (ctrlKey || metaKey) && !shiftKey && !isField(target)) undoLast();
  }, { signal });
  return () => stopping.abort();
};
