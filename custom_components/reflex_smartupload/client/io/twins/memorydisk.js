// The in-memory twin of what a browser keeps over a crash: journal, snapshots, part files.

import { createHash } from "node:crypto";
import { ReadError } from "../../core/ports/errors.js";
import { isReadable } from "../../core/sending/reader.js";

/** @type {import("../../core/ports/ports.js").Read} */
export const read = (blob) => blob.arrayBuffer();

/** Blobs in memory answer at once. */
const REAL = { clock: { now: () => 0, wall: () => 0, after: () => () => {} }, read };

/** @param {Blob} blob */
export const sha256 = async (blob) => {
  const bytes = await blob.arrayBuffer().catch((/** @type {unknown} */ error) => {
    throw new ReadError(String(error));
  });
  return createHash("sha256").update(Buffer.from(bytes)).digest("base64");
};

/** @param {Blob} blob */
const hang = (blob) => {
  const never = () => new Promise(() => {});
  const dead = { size: 0, slice: (from = 0, to = blob.size) => ({ ...dead, size: to - from }), arrayBuffer: never, bytes: never };
  Object.assign(blob, { slice: dead.slice, arrayBuffer: never, bytes: never });
};

/** What a browser keeps over a crash. */
export class MemoryDisk {
  constructor() {
    this.entries = new Map();
    this.files = new Map();
    this.parts = new Map();
    this.speeds = /** @type {Record<string, number>} */ ({});
    this.owner = "";
    /** @type {import("../../core/ports/ports.js").Spoken | null} */
    this.language = null;
    this.whenWiped = () => {};
    /** Bytes that may still be staged. */
    this.free = 1e9;
    this.snapshotFault = "";
    this.partFault = "";
    this.hasPartFiles = true;
    this.hasSnapshots = true;
  }

  /** @type {import("../../core/ports/ports.js").Journal} */
  journal = {
    all: async () => [...this.entries.values()].map((entry) => ({ ...entry })),
    save: async (entries) => entries.forEach((entry) => this.entries.set(entry.id, { ...entry })),
    remove: async (id) => void this.entries.delete(id),
    rates: async () => ({ ...this.speeds }),
    saveRates: async (rates) => void Object.assign(this.speeds, rates),
    owner: async () => this.owner,
    spoken: async () => this.language,
    saveSpoken: async (spoken) => void (this.language = spoken),
    saveOwner: async (tag) => void (this.owner = tag),
    wiped: (listener) => void (this.whenWiped = listener),
  };

  /** What is stored goes, and reads of what was handed out of it never end, as in Chromium's shared workers. */
  wipe() {
    for (const blob of [...this.files.values(), ...[...this.parts.values()].map(({ copy }) => copy)]) hang(blob);
    for (const map of [this.entries, this.files, this.parts]) map.clear();
    Object.assign(this, { owner: "", language: null, speeds: {} });
    this.whenWiped();
  }

  /** @type {import("../../core/ports/ports.js").Snapshots} */
  snapshots = {
    usable: () => this.hasSnapshots,
    write: async (files) => {
      if (this.snapshotFault) throw new DOMException("snapshot", this.snapshotFault);
      for (const { id, file } of files) this.files.set(id, new Blob([await file.arrayBuffer()]));
    },
    read: async (id) => this.files.get(id) ?? null,
    remove: async (id) => void this.files.delete(id),
    ids: async () => [...this.files.keys()],
  };

  /** @type {import("../../core/ports/ports.js").PartFiles} */
  partFiles = {
    usable: () => this.hasPartFiles,
    write: async (id, number, bytes) => {
      if (this.partFault) throw new DOMException("part", this.partFault);
      const copy = new Blob([await bytes.arrayBuffer()]);
      const sha = await sha256(copy);
      if (!(await isReadable(bytes, REAL))) throw new DOMException("the file changed while it was copied", "NotReadableError");
      this.parts.set(`${id}/${number}`, { copy, sha });
      return sha;
    },
    list: async (id) =>
      new Map([...this.parts.entries()].filter(([key]) => key.startsWith(`${id}/`)).map(([key, part]) => [Number(key.split("/")[1]), part.sha])),
    read: async (id, number) => this.parts.get(`${id}/${number}`)?.copy ?? null,
    remove: async (id, number) => void this.parts.delete(`${id}/${number}`),
    removeAll: async (id) => [...this.parts.keys()].filter((key) => key.startsWith(`${id}/`)).forEach((key) => this.parts.delete(key)),
    ids: async () => [...new Set([...this.parts.keys()].map((key) => key.split("/")[0]))],
  };
}
