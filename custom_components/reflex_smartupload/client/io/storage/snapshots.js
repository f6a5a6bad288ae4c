// One browser capability: staging a whole file as a Blob in IndexedDB, one native and atomic copy.

import { deleting, getting, withDatabase } from "./database.js";

const stored = getting("files");

/** @type {import("../../core/ports/ports.js").Snapshots} */
export const snapshots = {
  usable: () => typeof indexedDB !== "undefined",
  write: (files) =>
    withDatabase(async (db) => {
      // Strict: when this is done the bytes are on the disk, and the card may say so.
      const { store, done } = db.transaction("files", "readwrite", { durability: "strict" });
      await Promise.all([...files.map(({ id, file }) => store.put(file, id)), done]);
    }),
  read: async (id) => (await stored(id)) ?? null,
  remove: deleting("files"),
  ids: () => withDatabase(async (db) => (await db.getAllKeys("files")).map(String)),
};
