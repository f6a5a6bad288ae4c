// Decides when staged bytes go by themselves: with their upload, and never before somebody could have missed them.

const DAY = 86_400_000; // ms

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "settings">} Ages what tells how old is too old */
/** @typedef {Ages & Pick<import("../upload/context.js").Context, "uploads" | "changed"> & {journalWriter: import("../journal/writer.js").JournalWriter}} Needs of the engine */

/** Nothing has been done with it here for longer than the server keeps an upload. @param {Ages} engine @param {Upload} u */
export const isOld = (engine, u) => {
  const { abandon_after_days: days } = engine.settings;
  return Boolean(days) && engine.ports.clock.wall() - u.touchedAt > /** @type {number} */ (days) * DAY;
};

/**
 * What belongs to somebody else goes by its age alone, since the server says nothing of it. Of this owner's uploads the server is
 * asked about those it knows (an answer of «expired» or «gone» takes their bytes); the others keep their card, which asks
 * for the file.
 * @param {Needs} engine @param {Map<string, Upload>} hidden of other owners
 */
export const expire = async (engine, hidden) => {
  const { uploads } = engine;
  for (const u of [...hidden.values()].filter((one) => isOld(engine, one))) {
    hidden.delete(u.id);
    await engine.journalWriter.forget(u);
  }
  for (const u of [...uploads.values()]) {
    if (!isOld(engine, u)) continue;
    if (!u.journaled || u.source || (u.alive && u.uploadId) || u.phase === "new") continue;
    if (!u.snapshot && !u.stagedParts.size) continue;
    u.needsFile = u.alive;
    const gone = engine.journalWriter.forgetBytes(u);
    engine.changed(u);
    await gone.catch(() => {});
  }
};
