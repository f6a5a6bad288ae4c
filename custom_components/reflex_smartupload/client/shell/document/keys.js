// Decides which key does what on a page: an element says by `aria-keyshortcuts` which one is its own. While somebody types, keys are letters.
import { ROW } from "./focus.js";

const FIELD = "input:not([type=checkbox]):not([type=radio]):not([type=file]), textarea, select, [contenteditable]";

/** @param {EventTarget | null} target */
const isField = (target) => target instanceof HTMLElement && target.closest(FIELD) !== null;

/** @type {Set<() => void>} */
const listeners = new Set();
const OFF = "smartupload-keys"; // in localStorage: somebody wants no single letter to do anything, as who dictates

/** @param {() => void} listener */
export const subscribeKeys = (listener) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const hasKeys = () => {
  try {
    return localStorage.getItem(OFF) !== "off";
  } catch {
    return true; // where nothing is kept, nobody has switched them off
  }
};

/** @param {boolean} isOn */
export const switchKeys = (isOn) => {
  try {
    if (isOn) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "off");
  } catch {
    // Nothing is kept here.
  }
  for (const listener of listeners) listener();
};

/** The ways in that stand on a page anyway. @type {Record<string, string>} */
const ANYWAY = { u: "[data-testid=file-input]:not(:disabled)" };

/** The first one that can be seen; a file input is seen by its label. @param {ParentNode} root @param {string} key @returns {HTMLElement | undefined} */
const ownerOf = (root, key) => {
  const all = /** @type {HTMLElement[]} */ ([...root.querySelectorAll([`[aria-keyshortcuts="${CSS.escape(key)}"]`, ...(ANYWAY[key] ? [ANYWAY[key]] : [])].join(", "))]);
  return all.find((one) => one.checkVisibility?.() ?? true);
};

/** @param {HTMLElement} element */
const press = (element) => {
  if (!(element instanceof HTMLInputElement) || element.type === "file") return element.click();
  element.focus();
  element.select();
};

/** What is renamed is mostly the name, and seldom its extension. @param {HTMLInputElement} field */
const selectStem = (field) => {
  const dot = field.value.lastIndexOf(".");
  field.setSelectionRange(0, dot > 0 ? dot : field.value.length);
};

/** @returns {() => void} stops it */
export const listenForKeys = () => {
  const stopping = new AbortController();
  const { signal } = stopping;
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isField(target)) return;
    if (document.querySelector("dialog[open]")) return;
    // A key with a name is about the row that has the focus, a letter about the page.
    const row = target instanceof HTMLElement ? target.closest(ROW) : null;
    const found = key === "F2" ? row && ownerOf(row, key) : key.length === 1 && hasKeys() && ownerOf(document, key);
    if (!found) return;
    event.preventDefault();
    press(found);
  }, { signal });
  document.addEventListener("focusin", ({ target }) => target instanceof HTMLInputElement && target.dataset.stem === "" && ((target.dataset.stem = "selected"), selectStem(target)), { signal });
  return () => stopping.abort();
};
