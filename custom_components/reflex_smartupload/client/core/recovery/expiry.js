// Decides when staged bytes go by themselves: with their upload, and never before somebody could have missed them.

import { isOld } from "../upload/age.js";

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "settings" | "uploads" | "changed"> & {journalWriter: import("../journal/writer.js").JournalWriter}} Needs of the engine */

/**
 * What belongs to somebody else goes by its age alone, since the server says nothing of it. Of this owner's uploads the server is
 * asked about those it knows (an answer of «expired» or «gone» takes their bytes); the others keep their card, which asks
 * for the file.
 * @param {Needs} engine @param {{hidden: ReadonlyMap<string, Upload>, release: (u: Upload) => void}} owners
 */
export const expire = async (engine, owners) => {
  const { uploads } = engine;
  for (const u of [...owners.hidden.values()].filter((one) => isOld(engine, one))) {
    owners.release(u);
    await engine.journalWriter.forget(u);
  }
  for (const u of [...uploads.values()]) {
    if (!isOld(engine, u)) continue;
    if (!u.journaled || u.source || (u.alive && u.uploadId) || u.phase === "new") continue;
    if (!u.snapshot && !u.stagedParts.size) continue;
    u.become("looked", u.alive);
    const gone = engine.journalWriter.forgetBytes(u);
    engine.changed(u);
    await gone.catch(() => {});
  }
};
