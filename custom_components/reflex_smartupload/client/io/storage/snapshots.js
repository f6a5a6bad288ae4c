// One browser capability: staging whole files as Blobs in IndexedDB, native and atomic copies. Short ones that are staged together become one Blob: a file on the disk
// for each, and its way there, cost more than their bytes.

import { unwrap } from "idb";
import { isShort } from "../../core/ports/blobs.js";
import { laid } from "../browser/laid.js";
import { together, withDatabase } from "./database.js";

/** Bytes of one Blob that has several: they take room until the last of them is sent. */
const MOST = 8e6;

/** @typedef {{id: string, file: Blob}} Copy */
/** @typedef {{pack: string, start: number, end: number}} Place in a Blob that has several */

/** @param {Copy[]} files @returns {Copy[][]} those of one Blob each */
const packed = (files) => {
  /** @type {Copy[][]} */
  const packs = [];
  let bytes = Infinity;
  for (const copy of files) {
    const { size } = copy.file;
    if (!isShort(copy.file)) packs.unshift([copy]);
    else if (bytes + size > MOST) (packs.push([copy]), (bytes = size));
    else (packs[packs.length - 1].push(copy), (bytes += size));
  }
  return packs;
};

/** What was written or read by this engine, which need not be looked up. @type {Map<string, Place>} */
const known = new Map();

/** @param {any} value @returns {value is Place} */
const isPlace = (value) => value !== undefined && !(value instanceof Blob);

/** A Blob of which no file is left goes as well. @param {import("idb").IDBPTransaction<unknown, string[], "readwrite">} change @param {Iterable<string>} names */
const removeEmpty = async (change, names) => {
  const within = change.objectStore("files").index("pack");
  for (const name of new Set(names)) if (!(await within.count(name))) await change.objectStore("packs").delete(name);
};

/**
 * Each group becomes one Blob.
 * @param {Copy[][]} groups @returns {Promise<{group: Copy[], places: Place[] | null, fits: boolean}[]>} where each is, and whether it is there
 */
const put = (groups) =>
  withDatabase(async (db) => {
    // Strict: when this is done the bytes are on the disk, and the card may say so.
    const change = db.transaction(["files", "packs"], "readwrite", { durability: "strict" });
    const [files, packs] = [unwrap(change.objectStore("files")), unwrap(change.objectStore("packs"))];
    const made = groups.map((group) => {
      if (group.length === 1) {
        files.put(group[0].file, group[0].id);
        return { group, pack: "", places: null, fits: () => true };
      }
      const pack = crypto.randomUUID();
      const { whole, places: within, fits } = laid(group.map(({ file }) => file));
      const places = within.map((place) => ({ pack, ...place }));
      packs.put(whole, pack);
      group.forEach(({ id }, i) => files.put(places[i], id));
      return { group, pack, places, fits };
    });
    await change.done;
    return Promise.all(made.map(async ({ group, pack, places, fits }) => ({ group, places, fits: !pack || fits(await (await db.get("packs", pack)).arrayBuffer()) })));
  });

/** @type {import("../../core/ports/ports.js").Snapshots} */
export const snapshots = {
  usable: () => typeof indexedDB !== "undefined",
  write: async (files) => {
    const together = await put(packed(files));
    const shifted = together.filter(({ fits }) => !fits).flatMap(({ group }) => group);
    // One that is of another length by now has moved those behind it.
    if (shifted.length) await put(shifted.map((copy) => [copy]));
    const apart = new Set(shifted);
    for (const { id } of files) known.delete(id);
    for (const { group, places } of together) group.forEach((copy, i) => places && !apart.has(copy) && known.set(copy.id, places[i]));
  },
  read: together(async (db, ids) => {
    const look = db.transaction(["files", "packs"], "readonly");
    const found = await Promise.all(ids.map((id) => known.get(id) ?? look.objectStore("files").get(id)));
    const names = [...new Set(found.filter(isPlace).map(({ pack }) => pack))];
    const packs = new Map(await Promise.all(names.map(async (name) => /** @type {const} */ ([name, await look.objectStore("packs").get(name)]))));
    await look.done;
    return found.map((value) => (isPlace(value) ? (packs.get(value.pack)?.slice(value.start, value.end) ?? null) : (value ?? null)));
  }),
  remove: together(async (db, ids) => {
    const change = db.transaction(["files", "packs"], "readwrite");
    const places = change.objectStore("files");
    const found = await Promise.all(ids.map((id) => known.get(id) ?? places.get(id)));
    for (const id of ids) known.delete(id);
    const deletes = unwrap(places);
    for (const id of ids) deletes.delete(id);
    await removeEmpty(change, found.filter(isPlace).map(({ pack }) => pack));
    await change.done;
    return ids.map(() => undefined);
  }),
  ids: () =>
    withDatabase(async (db) => {
      const change = db.transaction(["files", "packs"], "readwrite");
      // A copy that was made once more left its place in another Blob.
      await removeEmpty(change, (await change.objectStore("packs").getAllKeys()).map(String));
      const ids = await change.objectStore("files").getAllKeys();
      await change.done;
      return ids.map(String);
    }),
};
