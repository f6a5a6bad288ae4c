// One browser capability: staging whole files as Blobs in IndexedDB, native and atomic copies. Short ones that are staged together become one Blob: a file on the disk
// for each, and its way there, cost more than their bytes.

import { unwrap } from "idb";
import { isShort } from "../../core/ports/blobs.js";
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

/** @type {import("../../core/ports/ports.js").Snapshots} */
export const snapshots = {
  usable: () => typeof indexedDB !== "undefined",
  write: (files) =>
    withDatabase(async (db) => {
      // Strict: when this is done the bytes are on the disk, and the card may say so.
      const change = db.transaction(["files", "packs"], "readwrite", { durability: "strict" });
      const [places, packs] = [unwrap(change.objectStore("files")), unwrap(change.objectStore("packs"))];
      /** @type {Map<string, Place>} */
      const made = new Map();
      for (const group of packed(files)) {
        if (group.length === 1) {
          places.put(group[0].file, group[0].id);
          continue;
        }
        const pack = crypto.randomUUID();
        let end = 0;
        packs.put(new Blob(group.map(({ file }) => file)), pack);
        for (const { id, file } of group) {
          const place = { pack, start: end, end: (end += file.size) };
          made.set(id, place);
          places.put(place, id);
        }
      }
      await change.done;
      for (const { id } of files) known.delete(id);
      for (const [id, place] of made) known.set(id, place);
    }),
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
