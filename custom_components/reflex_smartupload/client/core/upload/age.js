// Decides when an upload is too old to go on.

const DAY = 86_400_000; // ms

/** @typedef {Pick<import("./context.js").Context, "ports" | "settings">} Needs of the engine */

/** Nothing has been done with it here for longer than the server keeps an upload. @param {Needs} engine @param {{touchedAt: number}} u */
export const isOld = (engine, u) => {
  const { abandon_after_days: days } = engine.settings;
  return Boolean(days) && engine.ports.clock.wall() - u.touchedAt > /** @type {number} */ (days) * DAY;
};
