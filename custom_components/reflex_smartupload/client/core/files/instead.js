// Decides what to say when something is dropped or pasted that is no file: a link, a picture of a page, a text.

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

/** @type {Record<Exclude<Instead, "">, string>} */
const SENTENCES = {
  link: "That is a link and not a file. Save what it leads to, then drop the file here.",
  picture: "That is a picture of a page and not a file. Save it first, then drop the file here.",
  text: "That is text and not a file. Save it as a file, then choose that one.",
};

/** @param {Exclude<Instead, "">} what */
export const noFile = (what) => SENTENCES[what];
