// Decides how a caller waits: on the clock that it was given, so that tests and runs of the simulator decide how long that is.

/** @param {Pick<import("./ports.js").Clock, "after">} clock @param {number} ms @returns {Promise<void>} */
export const elapsed = (clock, ms) => new Promise((resolve) => void clock.after(ms, () => resolve()));
