// One browser capability: the windows that a service worker knows of, loaded or about to be.

/** @returns {Promise<number>} how many of this site there are */
export const windows = async () => (await /** @type {any} */ (globalThis).clients.matchAll({ type: "window", includeUncontrolled: true })).length;
