// Which parts the twin of the server takes to have arrived, which it signs, and how part objects become parts.

import { ApiError } from "../../core/ports/errors.js";
import { partCount, sizeOfPart } from "./memorylimits.js";
import { problem } from "./memoryproblems.js";
import { objectKey, OPEN } from "./memoryrows.js";
import { Gone, Refused, SinglePut } from "./memorystore.js";

const MAX_BATCH = 100;
const COUNT_AGE = 2000; // ms

/** @typedef {import("./memoryrows.js").Row} Row */
/** @typedef {import("./memoryrows.js").MemoryRows} MemoryRows */
/** @typedef {import("../../core/ports/ports.js").PartDigest} PartDigest */

/** Part objects of the epoch. @param {Row} u @returns {{number: number, key: string, size: number}[]} */
export const partObjects = (u) =>
  u.store.objectsBelow(u.formKey(0).slice(0, -1)).map(({ key, size }) => ({ key, size, number: Number(key.split("/").at(-1)) }));

/** What has arrived, part objects included. Throws Gone. @param {Row} u @returns {{number: number, size: number, sha256: string | null}[]} in order */
export const arrived = (u) => {
  const found = new Map(partObjects(u).map(({ number, size }) => [number, { number, size, sha256: null }]));
  for (const part of u.store.list(u.multipart)) found.set(part.number, /** @type {any} */ (part));
  return [...found.values()].sort((a, b) => a.number - b.number);
};

/** The digest of a part that arrived: the store's word, else the one that was signed. @param {Row} u @param {{number: number, sha256: string | null}} part */
export const known = (u, { number, sha256 }) => sha256 ?? u.signed.get(number)?.sha256 ?? null;

/** The versions that vouch for all of it. @param {Row} u */
export const versionsOf = (u) => {
  const [first, ...others] = [...u.signed.values()].map(({ versions }) => versions);
  return [...(first ?? [])].filter((version) => others.every((versions) => versions.has(version)));
};

/** The parts for which the version vouches that vouches for most. @param {Row} u @param {number[]} numbers @returns {Set<number>} */
export const vouched = (u, numbers) => {
  const names = new Set([...u.signed.values()].flatMap(({ versions }) => [...versions]));
  let most = /** @type {number[]} */ ([]);
  for (const name of [...names].sort()) {
    const its = numbers.filter((number) => u.signed.get(number)?.versions.has(name));
    if (its.length > most.length) most = its;
  }
  return new Set(most);
};

/** @param {MemoryRows} rows @param {Row} u @param {number} bytes */
export const counted = (rows, u, bytes) => {
  if (bytes !== u.counted) rows.touch(u, { counted: bytes });
  u.countedAt = rows.now();
};

/** A count that is not too old, where parts may have arrived. @param {MemoryRows} rows @param {Row} u */
export const refresh = (rows, u) => {
  const isOld = !rows.wall || rows.now() - u.countedAt >= COUNT_AGE + partCount(u);
  if (!OPEN.has(u.state) || u.signedAt === null || u.counted >= u.size || !isOld || u.vanished || u.store.away) return;
  counted(rows, u, arrived(u).reduce((sum, part) => sum + part.size, 0));
};

/** Every part that the store holds and that was signed, counted. @param {MemoryRows} rows @param {Row} u @returns {import("../../core/ports/ports.js").StoredPart[]} */
export const confirmedParts = (rows, u) => {
  if (!OPEN.has(u.state) || u.signedAt === null) return [];
  try {
    const parts = arrived(u).flatMap((part) => listed(u, part));
    counted(rows, u, parts.reduce((sum, part) => sum + part.size, 0));
    return parts;
  } catch (error) {
    if (!(error instanceof Gone)) throw error;
    if (!vanished(rows, u)) return [];
    return [...u.signed.keys()].sort((a, b) => a - b).flatMap((number) => listed(u, { number, size: sizeOfPart(u, number), sha256: null }));
  }
};

/** @param {Row} u @param {{number: number, size: number, sha256: string | null}} part */
const listed = (u, part) => {
  const signed = u.signed.get(part.number);
  return signed ? [{ number: part.number, size: part.size, sha256: known(u, part), versions: [...signed.versions] }] : [];
};

/** With nothing confirmed, under the next epoch. @param {MemoryRows} rows @param {Row} u @param {Partial<Row>} [change] */
export const openAnew = (rows, u, change = {}) => {
  const { multipart: left } = u;
  const epoch = u.epoch + 1;
  const multipart = u.store.open(objectKey(u.id, epoch), partCount(u));
  const state = u.state === "paused" ? "paused" : "uploading";
  const signedAt = left instanceof SinglePut ? u.signedAt : null; // of what still can come
  rows.touch(u, { ...change, state, epoch, multipart, signed: new Map(), checksum: "", counted: 0, countedAt: rows.now(), signedAt });
  removeEpoch(u, left);
};

/** What an epoch has in the store goes. @param {Row} u @param {import("./memorystore.js").Multipart} multipart */
export const removeEpoch = (u, multipart) => {
  if (u.store.away) return;
  u.store.abort(multipart);
  u.store.objects.delete(multipart.key);
  removeObjects(u);
};

/** The store does not know the multipart upload; whether that is since the whole object is there. @param {MemoryRows} rows @param {Row} u */
export const vanished = (rows, u) => {
  if (u.store.head(u.objectKey)?.size === u.size) return true;
  openAnew(rows, u);
  return false;
};

/** Part objects go, all of them; not now, where the store is away. @param {Row} u */
export const removeObjects = (u) => {
  if (u.store.away) return;
  for (const { key } of u.store.objectsBelow(`handover/${u.id}/`)) u.store.objects.delete(key);
};

/** Move part objects into the multipart upload; those of an earlier epoch go. Throws Gone. @param {Row} u */
export const collect = (u) => {
  const objects = partObjects(u);
  const keys = new Set(objects.map(({ key }) => key));
  for (const { key } of u.store.objectsBelow(`handover/${u.id}/`)) if (!keys.has(key)) u.store.objects.delete(key);
  if (!objects.length) return;
  const there = new Set(u.store.list(u.multipart).map((part) => part.number));
  for (const { number, key } of objects) {
    const signed = u.signed.get(number);
    const wanted = signed && !there.has(number);
    try {
      if (wanted) u.store.copy(u.multipart, number, key);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
    u.store.objects.delete(key);
  }
};

/** @param {Row} u */
const checkState = (u) => {
  if (u.state === "paused") throw problem("upload_paused");
  if (u.state !== "uploading" && u.state !== "verifying") throw problem("upload_not_open", { state: u.state });
};

/** @param {Row} u @param {PartDigest[]} claims */
const checkClaims = (u, claims) => {
  if (!claims.length || claims.length > MAX_BATCH || new Set(claims.map((claim) => claim.number)).size !== claims.length) throw problem("invalid_request");
  for (const { number, size, sha256 } of claims) {
    if (!(number >= 1 && number <= partCount(u))) throw problem("part_out_of_range", { number });
    if (size !== sizeOfPart(u, number)) throw problem("part_size_mismatch", { number, expected_size: sizeOfPart(u, number) });
    if (sha256.length !== u.store.hash(new Uint8Array()).length) throw problem("invalid_request", { number });
  }
};

/**
 * The claims that may be signed and are written down; the others have arrived. null: the browser does not know the epoch, nothing is signed.
 * The store is asked only about what was signed before.
 * @param {MemoryRows} rows @param {Row} u @param {PartDigest[]} claims @param {import("../../core/ports/ports.js").Voucher} [voucher] @returns {Set<PartDigest> | null}
 */
export const settle = (rows, u, claims, { version = "", epoch, replace = false } = {}) => {
  checkState(u);
  checkClaims(u, claims);
  if (!/^[!-~]{0,100}$/.test(version)) throw problem("invalid_request");
  const isOld = () => epoch !== undefined && epoch !== u.epoch;
  if (isOld()) return null;
  /** @type {Map<number, {number: number, sha256: string | null}>} */
  let found = new Map();
  if (claims.some((claim) => u.signed.has(claim.number))) {
    try {
      found = new Map(arrived(u).map((part) => [part.number, part]));
    } catch (error) {
      if (!(error instanceof Gone)) throw error;
      if (vanished(rows, u)) {
        const isMadeOfThese = claims.every(({ number, sha256 }) => u.signed.get(number)?.sha256 === sha256);
        if (!isMadeOfThese) throw problem("upload_not_open", { state: u.state });
        vouch(u, claims, version);
        return new Set();
      }
      if (isOld()) return null;
    }
  }
  const others = claims.filter(({ number, sha256 }) => (u.signed.get(number)?.sha256 ?? sha256) !== sha256);
  if (others.length) {
    // Read twice with two results, the file changed in between: nothing that was signed for it counts.
    const isOwn = others.every(({ number }) => [...(u.signed.get(number)?.versions ?? [])].join(" ") === version);
    if (version && !replace && !isOwn) throw problem("other_version", { number: others[0].number });
    openAnew(rows, u);
    found.clear();
  }
  const wanted = claims.filter((claim) => !found.has(claim.number) || !u.signed.has(claim.number) || known(u, /** @type {any} */ (found.get(claim.number))) !== claim.sha256);
  vouch(u, claims, version);
  // Whoever makes the object of what was there must not take it for the whole: something is still to come.
  if (wanted.length) rows.touch(u, { state: "uploading", checksum: "", signedAt: rows.now(), expires: rows.now() + rows.abandonAfter });
  return new Set(wanted);
};

/** The version vouches for these from now on. @param {Row} u @param {PartDigest[]} claims @param {string} version */
const vouch = (u, claims, version) => {
  for (const { number, sha256 } of claims) {
    const versions = u.signed.get(number)?.versions ?? new Set();
    u.signed.set(number, { sha256, versions: versions.add(version) });
  }
};

/**
 * The first part of an upload that has just begun; null where it cannot be signed.
 * @param {{sign: (id: string, parts: import("../../core/ports/ports.js").PartDigest[], voucher: import("../../core/ports/ports.js").Voucher) => import("../../core/ports/ports.js").Signed}} service
 * @param {import("../../core/ports/ports.js").ServerUpload} upload @param {import("../../core/ports/ports.js").NewFile["first"]} first
 */
export const signFirst = (service, upload, first) => {
  if (!first || upload.state !== "uploading" || first.size !== Math.min(upload.size, upload.part_size)) return null;
  const { size, sha256, version } = first;
  try {
    const signed = service.sign(upload.id, [{ number: 1, size, sha256 }], { version, epoch: upload.epoch });
    return signed.parts.length ? signed : null;
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
};
