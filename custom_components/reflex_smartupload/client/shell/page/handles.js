// Decides when a person's file is found again by the handle that a drop left in the journal (Chromium): without a question where
// the browser still allows it, else when the person says so.

import { journal } from "../../io/storage/journal.js";

/** @param {string} id @returns {Promise<{entry: import("../../core/ports/ports.js").JournalEntry, handle: any} | null>} */
const remembered = async (id) => {
  const entry = (await journal.all()).find((one) => one.id === id);
  return entry?.handle ? { entry, handle: entry.handle } : null;
};

/**
 * The file, if the browser lets us read it already ("Allow on every visit") and it is as it was when it was dropped: what was
 * changed since is for the person to decide.
 * @param {string} id @returns {Promise<File | null>}
 */
export const allowed = async (id) => {
  try {
    const { entry, handle } = (await remembered(id)) ?? {};
    if (!entry || (await handle.queryPermission({ mode: "read" })) !== "granted") return null;
    const file = await handle.getFile();
    return file.size === entry.size && file.lastModified === entry.lastModified ? file : null;
  } catch {
    return null; // moved or deleted
  }
};

/** The file, once the person has said yes; needs a click. @param {string} id @returns {Promise<File | null>} */
export const findAgain = async (id) => {
  try {
    const { handle } = (await remembered(id)) ?? {};
    return handle && (await handle.requestPermission({ mode: "read" })) === "granted" ? await handle.getFile() : null;
  } catch {
    return null;
  }
};
