// Decides what to say to the person of something that went wrong.

import { isolated } from "../files/direction.js";
import { isSaid, say } from "../words/words.js";

/** What is unknown leaves nothing behind. @type {Record<string, string | number>} */
const UNKNOWN_VALUES = { name: "", size: "", percent: "", limit: "", types: "", count: "" };

/**
 * A sentence for a person: what is so, and what to do.
 * @param {string} code
 * @param {Record<string, string | number>} values a text stands set apart, a number as the language writes it
 * @param {string} [fallback] the server's own sentence
 */
export const sentence = (code, values, fallback = "") => {
  const key = `problem-${code}`;
  if (!isSaid(key) && fallback) return fallback;
  const put = Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? isolated(value) : value]);
  return say(isSaid(key) ? key : "problem-internal_error", { ...UNKNOWN_VALUES, ...Object.fromEntries(put) });
};
