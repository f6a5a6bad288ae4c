// One browser capability: the IndexedDB database that journal and snapshots share, with its guarded upgrades.

import { openDB } from "idb";

const NAME = "smartupload";

/** One guarded step for each version; a step never changes once it has been released. */
const STEPS = [
  /** 1: entries by id, whole files by id, remembered speeds by name. @param {import("idb").IDBPDatabase} db */
  (db) => {
    db.createObjectStore("uploads", { keyPath: "id" });
    db.createObjectStore("files");
    db.createObjectStore("rates");
  },
  /** 2: what else the browser remembers, by name. @param {import("idb").IDBPDatabase} db */
  (db) => void db.createObjectStore("device"),
];

/** @type {Promise<import("idb").IDBPDatabase> | null} */
let opened = null;

/** The open database; opened anew after the browser took it away. */
export const database = () => {
  const forget = () => (opened = null);
  opened ??= openDB(NAME, STEPS.length, {
    upgrade(db, from) {
      for (const step of STEPS.slice(from)) step(db);
    },
    // A newer version of the app wants to upgrade: let it, and let go.
    blocking: (_from, _to, event) => {
      forget();
      /** @type {IDBDatabase} */ (event.target).close();
    },
    terminated: forget,
  }).catch((error) => {
    forget();
    throw error;
  });
  return opened;
};

/**
 * Deletes what is asked for in the same moment in one transaction: one each costs more than what is deleted.
 * @param {string} name of the store @returns {(key: string) => Promise<void>}
 */
export const deleting = (name) => {
  /** @type {Set<string>} */
  let keys = new Set();
  let done = Promise.resolve();
  const work = () => {
    const all = [...keys];
    keys = new Set();
    return withDatabase(async (db) => {
      const { store, done: written } = db.transaction(name, "readwrite");
      await Promise.all([...all.map((key) => store.delete(key)), written]);
    });
  };
  return (key) => {
    if (!keys.size) done = Promise.resolve().then(work);
    keys.add(key);
    return done;
  };
};

/**
 * Run once more with a new connection when the old one was closed under us (wiped storage, upgrade).
 * @template T
 * @param {(db: import("idb").IDBPDatabase) => Promise<T>} work
 * @returns {Promise<T>}
 */
export const withDatabase = async (work) => {
  try {
    return await work(await database());
  } catch (error) {
    if (!(error instanceof DOMException) || !["InvalidStateError", "NotFoundError"].includes(error.name)) throw error;
    opened = null;
    return work(await database());
  }
};
