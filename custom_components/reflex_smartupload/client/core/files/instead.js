// Decides what to say when something is dropped or pasted that is no file: a link, a picture of a page, a text.

import { say } from "../words/words.js";

/** @typedef {"" | "link" | "picture" | "text"} Instead of a file; empty where there are files, or nothing that anybody could mean */

const LINK = "text/uri-list";

/**
 * @param {readonly string[]} types of what is dragged, or lies in the clipboard
 * @param {{html?: string, isOwn?: boolean}} [more] what it is as HTML, where that may be read already; whether it was taken from this very page
 * @returns {Instead}
 */
export const insteadOf = (types, { html = "", isOwn = false } = {}) => {
  if (types.includes("Files")) return isOwn ? "picture" : "";
  if (types.includes(LINK)) return /<img\b/i.test(html) ? "picture" : "link";
  return types.includes("text/plain") ? "text" : "";
};

/** @param {Exclude<Instead, "">} what */
export const noFile = (what) => say(`no-file-${what}`);
