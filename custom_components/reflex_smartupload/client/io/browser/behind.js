// One browser capability: to fetch a script that the first frame does without, and again while the server is away.

const AGAIN = 1000; // ms

/** @template T @param {() => Promise<T>} fetch @returns {Promise<T>} */
export const behind = (fetch) => fetch().catch(() => new Promise((wake) => setTimeout(wake, AGAIN)).then(() => behind(fetch)));
