// Decides which files of this tab were picked before anybody had signed in here: the browser keeps that for the tab alone, also while it is at the sign-in.

const KEY = "smartupload-picked";
const MOST = 1000;

/** @returns {string[]} */
const read = () => {
  try {
    const found = JSON.parse(globalThis.sessionStorage?.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((id) => typeof id === "string") : [];
  } catch {
    return []; // nothing is kept there, as in a page without an origin
  }
};

/** By the pages that this tab showed before this one. */
export const before = read();

/** @param {string[]} ids */
export const note = (ids) => {
  try {
    globalThis.sessionStorage?.setItem(KEY, JSON.stringify([...read(), ...ids].slice(-MOST)));
  } catch {
    // No room: what is not known again waits for whoever picked it, unseen.
  }
};

export const forget = () => {
  try {
    globalThis.sessionStorage?.removeItem(KEY);
  } catch {
    // There is nothing.
  }
};
