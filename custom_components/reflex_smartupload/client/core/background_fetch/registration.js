// Decides what a registration is called: the service worker and the next engine read in it whose parts it has.

/** @param {string} first @param {{uploadId: string}[]} uploads */
export const toId = (first, uploads) => [first, ...uploads.map(({ uploadId }) => uploadId)].join(".");

/** @param {string} id @returns {string[]} */
export const uploadsOf = (id) => id.split(".").slice(1);
