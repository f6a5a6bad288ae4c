// Decides what a registration is called: the service worker and the next engine read in it whose parts it has.

/** @param {string} first @param {{uploadId: string}[]} uploads */
export const toId = (first, uploads) => [first, ...uploads.map(({ uploadId }) => uploadId)].join(".");

/** Of one that was held back, so that nobody can tell what of it had arrived when it began to go out. */
const HELD = "held-";

/** @param {string} name */
export const heldName = (name) => HELD + name;

/** @param {string} id */
export const wasHeld = (id) => id.startsWith(HELD);

/** What the server calls it. @param {string} id */
export const nameOf = (id) => id.split(".", 1)[0];

/** @param {string} id @returns {string[]} */
export const uploadsOf = (id) => id.split(".").slice(1);
