// One browser capability: the IndexedDB database that journal and snapshots share, with its guarded upgrades.

import { openDB } from "idb";

const NAME = "smartupload";

/** One guarded step for each version; a step never changes once it has been released. @type {((db: import("idb").IDBPDatabase, change: import("idb").IDBPTransaction<unknown, string[], "versionchange">) => void)[]} */
const STEPS = [
  /** 1: entries by id, whole files by id, remembered speeds by name. */
  (db) => {
    db.createObjectStore("uploads", { keyPath: "id" });
    db.createObjectStore("files");
    db.createObjectStore("rates");
  },
  /** 2: what else the browser remembers, by name. */
  (db) => void db.createObjectStore("device"),
  /** 3: small files that lie in one Blob, and which files are in it. */
  (db, change) => {
    db.createObjectStore("packs");
    change.objectStore("files").createIndex("pack", "pack");
  },
];

/** @type {Promise<import("idb").IDBPDatabase> | null} */
let opened = null;
/** @type {(() => void)[]} */
const listeners = [];

/** Tells of a database that the browser closed by itself: it does when it wipes what a site has stored. @param {() => void} listener */
export const onWiped = (listener) => void listeners.push(listener);

/** The open database; opened anew after the browser took it away. */
export const database = () => {
  const forget = () => (opened = null);
  opened ??= openDB(NAME, STEPS.length, {
    upgrade(db, from, _to, change) {
      for (const step of STEPS.slice(from)) step(db, change);
    },
    // A newer version of the app wants to upgrade: let it, and let go.
    blocking: (_from, _to, event) => {
      forget();
      /** @type {IDBDatabase} */ (event.target).close();
    },
    terminated: () => {
      forget();
      for (const listener of listeners) listener();
    },
  }).catch((error) => {
    forget();
    throw error;
  });
  return opened;
};

/**
 * What is asked for in the same moment is done in one transaction: one each costs more than what it does.
 * @template T
 * @param {(db: import("idb").IDBPDatabase, keys: string[]) => Promise<T[]>} work
 * @returns {(key: string) => Promise<T>}
 */
export const together = (work) => {
  /** @type {Set<string>} */
  let keys = new Set();
  /** @type {Promise<Map<string, T>>} */
  let done;
  const begin = async () => {
    const all = [...keys];
    keys = new Set();
    const results = await withDatabase((db) => work(db, all));
    return new Map(all.map((key, at) => [key, results[at]]));
  };
  return async (key) => {
    if (!keys.size) done = Promise.resolve().then(begin);
    keys.add(key);
    return /** @type {T} */ ((await done).get(key));
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
