// Decides whose answer to a PUT it was: the store's own, or that of something on the way, and what that says.

import { storeErrorCode } from "./errors.js";

/** Whoever answers so wants somebody to sign in first. */
const SIGN_IN = new Set([200, 401, 407, 511]);

/** @typedef {import("./ports.js").PutAnswer} PutAnswer */

/** Something stands between this browser and the store. @param {string} reason */
export const isObstacle = (reason) => reason.startsWith("way_") || reason === "store_private" || reason === "portal";

/** Only the store knows an ETag, and its error codes. @param {PutAnswer} answer */
export const isStores = ({ status, etag, body }) => (status === 200 && etag !== "") || storeErrorCode(body) !== "";

/** The store has taken it, most likely, and something on the way keeps the page from reading what it said. @param {PutAnswer} answer */
export const isMute = ({ status, etag, body }) => status === 200 && !etag && !body;

/** What somebody else than the store means. @param {PutAnswer} answer @returns {string} a reason */
export const reasonOf = ({ status }) => {
  if (status === 413) return "way_too_large";
  if (status === 407) return "way_proxy";
  if (SIGN_IN.has(status)) return "portal";
  return status === 408 || status === 429 || status >= 500 ? "way_gateway" : "way_refused";
};
