// One browser capability: the journal in IndexedDB.

import { unwrap } from "idb";
import { onWiped, together, withDatabase } from "./database.js";

/** @type {import("../../core/ports/ports.js").Journal} */
export const journal = {
  all: () => withDatabase((db) => db.getAll("uploads")),
  save: (entries) =>
    withDatabase(async (db) => {
      if (!entries.length) return;
      const { store, done } = db.transaction("uploads", "readwrite");
      // Of a thousand each would have a promise and three listeners of its own; what fails ends the transaction in any case.
      const puts = unwrap(store);
      for (const entry of entries) puts.put(entry);
      await done;
    }),
  remove: together(async (db, ids) => {
    const { store, done } = db.transaction("uploads", "readwrite");
    const deletes = unwrap(store);
    for (const id of ids) deletes.delete(id);
    await done;
    return ids.map(() => undefined);
  }),
  rates: () =>
    withDatabase(async (db) => {
      const [names, values] = await Promise.all([db.getAllKeys("rates"), db.getAll("rates")]);
      return Object.fromEntries(names.map((name, i) => [name, values[i]]));
    }),
  owner: () => withDatabase(async (db) => (await db.get("device", "owner")) ?? ""),
  wiped: onWiped,
  saveOwner: (tag) => withDatabase(async (db) => void (await db.put("device", tag, "owner"))),
  spoken: () => withDatabase(async (db) => (await db.get("device", "spoken")) ?? null),
  saveSpoken: (spoken) => withDatabase(async (db) => void (await db.put("device", spoken, "spoken"))),
  saveRates: (rates) =>
    withDatabase(async (db) => {
      const { store, done } = db.transaction("rates", "readwrite");
      await Promise.all([...Object.entries(rates).map(([name, rate]) => store.put(rate, name)), done]);
    }),
};
