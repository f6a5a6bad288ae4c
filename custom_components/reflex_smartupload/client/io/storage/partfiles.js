// One browser capability: OPFS part files. Written by a dedicated worker (only there is a sync handle), read and removed here.

import { isReadable } from "../../core/sending/reader.js";
import { clock } from "../browser/clock.js";
import { digest, withBytes } from "../browser/hash.js";
import { read } from "../browser/reading.js";

const ROOT = "smartupload";
/** number, SHA-256 in base64url: a name that proves its content, so that no second record can disagree with it. */
const NAME = /^(\d+)\.([A-Za-z0-9_-]{43})$/;

const supported = () => typeof navigator.storage?.getDirectory === "function";

/** @param {string} id @param {boolean} create */
const folder = async (id, create) => (await (await navigator.storage.getDirectory()).getDirectoryHandle(ROOT, { create })).getDirectoryHandle(id, { create });

/** @param {string} sha256 base64 */
export const nameOf = (/** @type {number} */ number, sha256) => `${number}.${sha256.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "")}`;

/** @param {string} name */
export const parseName = (name) => {
  const found = NAME.exec(name);
  return found ? { number: Number(found[1]), sha256: `${found[2].replace(/-/g, "+").replace(/_/g, "/")}=` } : null;
};

/** @param {string} id @returns {Promise<{name: string, number: number, sha256: string}[]>} */
const parts = async (id) => {
  const found = [];
  const directory = await folder(id, false).catch(() => null);
  if (!directory) return [];
  for await (const name of directory.keys()) {
    const part = parseName(name);
    if (part) found.push({ name, ...part });
  }
  return found;
};

/** What was being written when the browser died. @param {string} id */
const sweepDrafts = async (id) => {
  const directory = await folder(id, false).catch(() => null);
  if (!directory) return;
  for await (const name of directory.keys()) if (!parseName(name)) await directory.removeEntry(name).catch(() => {});
};

/** @param {string} id @param {number} number */
const find = async (id, number) => (await parts(id)).find((part) => part.number === number);

/**
 * @param {{write: (id: string, number: number, bytes: Blob) => Promise<string>, ready: () => boolean}} writer the way to a dedicated worker
 * @returns {import("../../core/ports/ports.js").PartFiles}
 */
export const createPartFiles = (writer) => {
  /** Names seen or written, so that a read costs no listing. @type {Map<string, string>} */
  const names = new Map();
  return {
    usable: () => supported() && writer.ready(),
    write: async (id, number, bytes) => {
      const sha256 = await writer.write(id, number, bytes);
      names.set(`${id}/${number}`, nameOf(number, sha256));
      return sha256;
    },
    list: async (id) => {
      if (!supported()) return new Map();
      await sweepDrafts(id);
      const found = await parts(id);
      for (const part of found) names.set(`${id}/${part.number}`, part.name);
      return new Map(found.map((part) => [part.number, part.sha256]));
    },
    read: async (id, number) => {
      const name = names.get(`${id}/${number}`) ?? (await find(id, number))?.name;
      if (!name) return null;
      return (await (await folder(id, false)).getFileHandle(name)).getFile();
    },
    remove: async (id, number) => {
      const name = names.get(`${id}/${number}`) ?? (await find(id, number))?.name;
      names.delete(`${id}/${number}`);
      if (name) await (await folder(id, false)).removeEntry(name);
    },
    removeAll: async (id) => {
      if (!supported()) return;
      const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(ROOT, { create: true });
      await root.removeEntry(id, { recursive: true }).catch((error) => {
        if (error.name !== "NotFoundError") throw error;
      });
      for (const key of names.keys()) if (key.startsWith(`${id}/`)) names.delete(key);
    },
    ids: async () => {
      if (!supported()) return [];
      const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(ROOT, { create: true });
      const ids = [];
      for await (const id of root.keys()) ids.push(id);
      return ids;
    },
  };
};

/**
 * Write one part, for the dedicated worker: hashed, written, flushed, then given its final name.
 * @param {string} id @param {number} number @param {Blob} blob
 * @returns {Promise<string>} base64 SHA-256
 */
export const writePart = (id, number, blob) =>
  withBytes(blob, async (bytes) => {
    const sha256 = await digest(bytes);
    const directory = await folder(id, true);
    const name = nameOf(number, sha256);
    const draft = `${name}.draft`;
    const file = await directory.getFileHandle(draft, { create: true });
    const handle = await file.createSyncAccessHandle();
    try {
      // A full disk shows as a short write.
      if (handle.write(bytes, { at: 0 }) !== bytes.byteLength) throw new DOMException("the part was cut short", "QuotaExceededError");
      handle.flush();
      // Only a name makes it a part, and only bytes of a file that is still what it was may get one: nobody could tell after a crash.
      if (!(await isReadable(blob, { clock, read }))) throw new DOMException("the file changed while it was copied", "NotReadableError");
    } catch (error) {
      handle.close();
      await directory.removeEntry(draft).catch(() => {});
      throw error;
    }
    handle.close();
    await /** @type {any} */ (file).move(name);
    return sha256;
  });
