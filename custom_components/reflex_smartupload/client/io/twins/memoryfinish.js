// How uploads end in the twin of the server: completed and held against the parts' digests, finished alone, given up, removed.

import { ApiError } from "../../core/ports/errors.js";
import { partCount } from "./memorylimits.js";
import { arrived, collect, counted, known, openAnew, removeEpoch, removeObjects, versionsOf, vouched } from "./memoryparts.js";
import { problem } from "./memoryproblems.js";
import { OPEN } from "./memoryrows.js";
import { Gone, Refused } from "./memorystore.js";

const MAX_MISMATCHES = 3;
const QUIET = 8000; // ms without a word from the browser
const MEANWHILE = 60_000; // ms in which another process may be making the object

/** @typedef {import("./memoryrows.js").Row} Row */
/** @typedef {import("./memoryrows.js").MemoryRows} MemoryRows */
/** @typedef {(what: string) => void} Effect called when something was done for good and the rest was not: throwing there is the server's end */

/** @param {Row} u */
const numbers = (u) => Array.from({ length: partCount(u) }, (_, index) => index + 1);

/** @param {Row} u @returns {never} */
const allMissing = (u) => {
  throw problem("parts_missing", { missing: numbers(u), epoch: u.epoch });
};

/** Make the object and hold it against the digests; the upload is `scanning` then. @param {MemoryRows} rows @param {Row} u @param {Effect} effect */
export const complete = (rows, u, effect) => {
  if (!OPEN.has(u.state)) throw problem("upload_not_open", { state: u.state });
  const alone = u.state !== "verifying" || !rows.wall || rows.now() - u.movedAt >= MEANWHILE;
  try {
    collect(u);
    effect("collected");
    const named = u.store.list(u.multipart).flatMap(({ number, sha, sha256: listed }) => {
      const sha256 = u.signed.get(number)?.sha256;
      return sha256 && (listed ?? sha256) === sha256 ? [{ number, sha, sha256 }] : [];
    });
    const there = vouched(u, named.map((part) => part.number));
    const missing = numbers(u).filter((number) => !there.has(number));
    if (missing.length) throw problem("parts_missing", { missing, epoch: u.epoch });
    rows.touch(u, { state: "verifying", checksum: u.store.composite(named.map((part) => part.sha256)), versions: versionsOf(u) });
    effect("verifying");
    const checksum = u.store.complete(u.multipart, named);
    effect("object made");
    judge(rows, u, checksum);
  } catch (error) {
    if (error instanceof Gone) afterGone(rows, u);
    else if (error instanceof Refused) refused(rows, u, alone);
    else throw error;
  }
};

/** The store makes no object of what it holds: that costs the parts it can be due to, and a second time all of them. @param {MemoryRows} rows @param {Row} u @param {boolean} alone */
const refused = (rows, u, alone) => {
  if (!alone) throw problem("store_unavailable"); // somebody else may be at it
  spoiled(rows, u);
};

/** @param {MemoryRows} rows @param {Row} u @param {string} checksum of the object */
const judge = (rows, u, checksum) => {
  if (checksum !== u.checksum) return spoiled(rows, u);
  const completed = rows.time();
  rows.touch(u, { state: "scanning", counted: u.size, completed, signed: new Map(), error: null });
  removeObjects(u);
};

/** It was completed and the answer was lost, or the store lost the parts. @param {MemoryRows} rows @param {Row} u */
const afterGone = (rows, u) => {
  const found = u.store.head(u.objectKey);
  if (!found) {
    openAnew(rows, u);
    allMissing(u);
  } else {
    if (u.signed.size === partCount(u)) u.versions = versionsOf(u);
    if (u.signed.size === partCount(u)) u.checksum = u.store.composite(numbers(u).map((number) => u.signed.get(number)?.sha256 ?? ""));
    judge(rows, u, found.checksum);
  }
};

/** The object is not what was sent: everything once more, three times at most. @param {MemoryRows} rows @param {Row} u */
const spoiled = (rows, u) => {
  const mismatches = u.mismatches + 1;
  if (mismatches < MAX_MISMATCHES) {
    openAnew(rows, u, { mismatches });
    allMissing(u);
  }
  const error = problem("checksum_mismatch", { epoch: u.epoch });
  rows.touch(u, { state: "failed", mismatches, signed: new Map(), error: { code: error.code, detail: error.message } });
  removeEpoch(u, u.multipart);
  throw error;
};

/** After the scan: `ready`, `blocked` or `failed`. @param {MemoryRows} rows @param {Row} u @param {string} [state] @param {{code: string, detail: string} | null} [error] */
export const finish = (rows, u, state = "ready", error = null) => {
  if (u.state !== "scanning") return;
  removeOthers(u, state === "ready" ? u.objectKey : "");
  rows.touch(u, { state, error, scan: state === "ready" ? "off" : u.scan });
};

/** The server looks at what is silent, counts what arrived, and completes what is all there. @param {MemoryRows} rows @param {Effect} effect */
export const reconcile = (rows, effect) => {
  for (const u of rows.uploads.values()) {
    if (!["uploading", "verifying"].includes(u.state) || u.signedAt === null) continue;
    const silent = !rows.wall || rows.now() - u.signedAt >= QUIET;
    try {
      collect(u);
      const there = arrived(u);
      counted(rows, u, there.reduce((sum, part) => sum + part.size, 0));
      if (!silent || there.length < partCount(u)) continue;
      if (u.state !== "verifying" && !there.every((part) => u.signed.has(part.number) && known(u, part) === u.signed.get(part.number)?.sha256)) continue;
      if (u.state !== "verifying" && vouched(u, numbers(u)).size < partCount(u)) continue;
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      if (!silent) continue;
    }
    try {
      complete(rows, u, effect);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error; // its browser has to send again
    }
  }
};

/** What nobody has gone on with is given up. @param {MemoryRows} rows */
export const expire = (rows) => {
  for (const u of rows.uploads.values()) {
    const quiet = rows.now() - u.movedAt;
    if (!["uploading", "paused"].includes(u.state) || u.expires >= rows.now() || quiet <= rows.abandonAfter) continue;
    const isWhole = u.vanished ? u.store.head(u.objectKey)?.size === u.size : arrived(u).length >= partCount(u);
    if (u.state === "uploading" && u.signedAt !== null && quiet <= 2 * rows.abandonAfter && isWhole) continue;
    remove(rows, u, "expired");
  }
};

/** An upload ends without a file. @param {MemoryRows} rows @param {Row} u @param {string} state */
export const remove = (rows, u, state) => {
  if (u.state !== state) rows.touch(u, { state, signed: new Map() });
  removeBytes(u);
};

/** Now, or when the store is back. @param {Row} u */
const removeBytes = (u) => {
  if (u.store.away) return;
  u.store.abort(u.multipart);
  removeOthers(u, "");
  removeObjects(u);
};

/** Objects of all epochs go, but one; not now, where the store is away. @param {Row} u @param {string} kept */
const removeOthers = (u, kept) => {
  if (u.store.away) return;
  for (const { key } of u.store.objectsBelow(`uploads/${u.id}/`)) if (key !== kept) u.store.objects.delete(key);
};

/** What could not be removed at once, and what came after the end, or after the end of an epoch. @param {MemoryRows} rows */
export const sweep = (rows) => {
  for (const u of rows.uploads.values()) {
    if (OPEN.has(u.state) || u.store.away) continue;
    if (u.state === "cancelled" || u.state === "expired") u.store.abort(u.multipart);
    removeOthers(u, u.state === "scanning" || u.state === "ready" ? u.objectKey : "");
    removeObjects(u);
  }
};
