// Decides what the server is told of a new file. What it is told is read before it is its turn, so that many files can be told of in one call.

import { readHead } from "../ports/blobs.js";
import { HEAD } from "../files/signs.js";
import { FirstParts } from "./first_parts.js";

/** Files whose first bytes are read or at hand, and of which the server was not told yet. */
const AHEAD = 200;

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {import("./first_parts.js").Needs & Pick<import("../upload/context.js").Context, "wake"> & {lineRate: {usual: () => number}}} Needs of the engine */

export class NewFiles {
  /** In base64, null while they are read: of which version. @type {Map<Upload, {version: Upload["version"], head: string | null}>} */
  #heads = new Map();

  /** @param {Needs} engine @param {(u: Upload) => boolean} isNew the server is still to be told of it */
  constructor(engine, isNew) {
    this.engine = engine;
    this.isNew = isNew;
    this.firstParts = new FirstParts(engine);
  }

  /** May the server be told of it now? Begins to read it where there is room. @param {Upload} u */
  isReady(u) {
    const known = this.#heads.get(u);
    if (known?.version === u.version) return known.head !== null;
    if (!known && !this.hasRoom) this.#clear();
    if (known || this.hasRoom) this.#read(u);
    return false;
  }

  /** May the first bytes of one more be read? */
  get hasRoom() {
    return this.#heads.size < AHEAD;
  }

  /** What was paused or cancelled keeps none of the others waiting. */
  #clear() {
    for (const u of this.#heads.keys()) {
      if (this.isNew(u)) continue;
      this.#heads.delete(u);
      this.firstParts.drop(u);
    }
  }

  /** @param {Upload} u */
  async #read(u) {
    const { version } = u;
    this.#heads.set(u, { version, head: null });
    const head = await headOf(u, this.engine.ports.read);
    await this.firstParts.read(u, this.rate);
    if (this.#heads.get(u)?.version !== version) return;
    this.#heads.set(u, { version, head });
    this.engine.wake();
  }

  /** Bytes/s of the line as the server is told, 0 for none. */
  get rate() {
    const { lineRate, ports } = this.engine;
    return Math.round(lineRate.usual() || ports.network.lineRate());
  }

  /** @param {Upload} u that is ready */
  tell(u) {
    const line_rate = this.rate;
    const head = this.#heads.get(u)?.head;
    const first = this.firstParts.tell(u);
    const said = { ...(Object.keys(u.metadata).length ? { metadata: u.metadata } : {}), ...(u.uploader ? { uploader: u.uploader } : {}), ...together(u), ...(first ? { first } : {}) };
    this.#heads.delete(u);
    return { name: u.name, size: u.size, type: u.type, last_modified: isoOf(u.lastModified), ...(line_rate ? { line_rate } : {}), ...(head ? { head } : {}), ...said, key: u.key };
  }
}

const LONGEST_PATH = 4096; // what the server takes

/** @param {Upload} u @returns {{group?: string, path?: string}} */
const together = ({ group, path }) => (group ? { group, ...(path && path.length <= LONGEST_PATH ? { path } : {}) } : {});

const YEAR_10000 = Date.UTC(10_000, 0); // a text for it has five digits, which no server takes

/** @param {number} ms since 1970; a file's own, so it may be nonsense */
export const isoOf = (ms) => (ms > 0 && ms < YEAR_10000 ? new Date(ms).toISOString() : null);

/** Base64 of the first bytes, so that a file the server does not take is refused before it travels. @param {Upload} u @param {import("../ports/ports.js").Read} read */
const headOf = async (u, read) => {
  try {
    const blob = u.snapshot ?? u.source; // as it is sent, so that it is read once
    if (!blob) return "";
    return btoa(String.fromCharCode(...(await readHead(blob, HEAD, read))));
  } catch {
    return ""; // an unreadable file is found out, and said, when its parts are read
  }
};
