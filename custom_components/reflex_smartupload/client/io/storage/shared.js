// One browser capability: the files that the service worker was given by other apps (sw-share.js), until they are safe with the engine.

import { openDB } from "idb";

/** @typedef {{batch: string, file: File, at: number}} Shared */

/** @template T @param {(db: import("idb").IDBPDatabase) => Promise<T>} work @returns {Promise<T>} */
const during = async (work) => {
  const db = await openDB("smartupload-shared", 1, { upgrade: (made) => void made.createObjectStore("files", { autoIncrement: true }) });
  try {
    return await work(db);
  } finally {
    // Open it would be in the way of whoever wipes it.
    db.close();
  }
};

export const shared = {
  /** In the order in which they came. @returns {Promise<(Shared & {key: IDBValidKey})[]>} */
  all: () =>
    during(async (db) => {
      const [keys, rows] = await Promise.all([db.getAllKeys("files"), db.getAll("files")]);
      return rows.map((row, at) => ({ ...row, key: keys[at] }));
    }),
  /** @param {IDBValidKey} key */
  remove: (key) => during((db) => db.delete("files", key)),
};
