// Decides which files of a folder nobody means to send: those that systems and programs leave there for themselves.

import { say } from "../words/words.js";

const NAMES = new Set([".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini"]);
/** What macOS writes beside a file on other people's disks, and Office while a document is open. */
const BEGINNINGS = ["._", "~$"];
/** What macOS puts into archives. */
const FOLDER = "__macosx";

/** @param {string} path of a file in a folder, with slashes */
export const isSystemFile = (path) => {
  const names = path.toLowerCase().split("/");
  const name = names.at(-1) ?? "";
  return NAMES.has(name) || BEGINNINGS.some((beginning) => name.startsWith(beginning)) || names.slice(0, -1).includes(FOLDER);
};

/** One sentence on those that were left out. @param {string[]} paths one or more */
export const leftOut = (paths) => {
  const [first] = paths[0].split("/").slice(-1);
  return paths.length === 1 ? say("left-out-one", { name: first }) : say("left-out-many", { count: paths.length, name: first });
};
