// What the twin of the server has written down: a row for each upload, whose it is, when it changed, and how it answers.

import { partCount } from "./memorylimits.js";
import { problem } from "./memoryproblems.js";

const BEGIN = Date.UTC(2026, 10, 23, 1); // where nobody says what time it is
const DAY = 86_400_000;
/** What is a move when it becomes another. @type {(keyof Row)[]} */
const MOVES = ["state", "epoch", "signedAt", "counted", "owner"];

/** The store holds a multipart upload for it. */
export const OPEN = new Set(["uploading", "paused", "verifying"]);

/** The object was made. */
const MADE = new Set(["scanning", "ready", "blocked"]);

/** Where an epoch's object lies. @param {string} id @param {number} epoch */
export const objectKey = (id, epoch) => `uploads/${id}/${epoch}`;

/** One upload. What was `signed` is known by part number, with the versions of the file that vouch for it. */
export class Row {
  /** @param {import("./memorystore.js").MemoryStore} store @param {{id: string, size: number, partSize: number, [more: string]: any}} values */
  constructor(store, values) {
    this.store = store;
    this.id = values.id;
    /** Whose; what a test wrote down itself is everybody's. @type {string | undefined} */
    this.owner = undefined;
    this.key = "";
    /** What the creation asked for. */
    this.request = "";
    this.claimed = false;
    this.name = "";
    this.size = values.size;
    this.type = "";
    /** @type {Record<string, string>} */
    this.metadata = {};
    this.uploader = "";
    /** @type {string | null} */
    this.last_modified = null;
    this.state = "uploading";
    this.partSize = values.partSize;
    this.epoch = 1;
    this.mismatches = 0;
    this.checksum = "";
    /** Those that vouched for all of it when the object was begun. @type {string[]} */
    this.versions = [];
    /** Bytes that had arrived when they were last counted. */
    this.counted = 0;
    this.countedAt = 0;
    /** @type {number | null} */
    this.signedAt = null;
    /** @type {Map<number, {sha256: string, versions: Set<string>}>} */
    this.signed = new Map();
    this.created = "";
    this.updated = "";
    /** When anything of it last moved: signed, arrived, adopted, another state or epoch. Completing it once more is none of that. */
    this.movedAt = 0;
    /** @type {string | null} */
    this.completed = null;
    this.expires = 0;
    this.scan = "";
    /** @type {{code: string, detail: string} | null} */
    this.error = null;
    this.multipart = store.open(this.objectKey, partCount(values));
    Object.assign(this, values);
  }

  get objectKey() {
    return objectKey(this.id, this.epoch);
  }

  /** @param {number} number where a form's part object lies */
  formKey(number) {
    return `handover/${this.id}/${this.epoch}/${number}`;
  }

  /** What the multipart upload holds. */
  get parts() {
    return this.multipart.parts;
  }

  set parts(parts) {
    this.multipart.parts = parts;
  }

  /** The store has no multipart upload for it (any more). */
  get vanished() {
    return !this.store.isOpen(this.multipart);
  }

  set vanished(vanished) {
    if (vanished) this.store.lose(this.multipart);
  }
}

export class MemoryRows {
  /** @param {import("./memorystore.js").MemoryStore} store @param {(() => number) | null} wall the server's clock, ms since 1970 */
  constructor(store, wall) {
    this.store = store;
    this.wall = wall;
    /** Rows; a test may look at them as it likes. @type {Map<string, any>} */
    this.uploads = new Map();
    /** Whose cookie the browser has. */
    this.owner = "anna";
    this.last = 0; // µs
    this.abandonAfter = 7 * DAY;
  }

  now() {
    return this.wall ? this.wall() : BEGIN;
  }

  /** The server's time, later with every call. */
  time() {
    this.last = Math.max(this.last + (this.wall ? 1 : 1000), this.now() * 1000);
    return `${new Date(Math.floor(this.last / 1000)).toISOString().slice(0, -1)}${String(this.last % 1000).padStart(3, "0")}Z`;
  }

  /** Something happened to it. @param {Row} u @param {Partial<Row>} [change] */
  touch(u, change = {}) {
    if (MOVES.some((name) => name in change && change[name] !== u[name])) u.movedAt = this.now();
    Object.assign(u, change, { updated: this.time() });
    this.changed(u);
  }

  /** Whoever listens shall hear of it. @param {Row} _u */
  changed(_u) {}

  /** @param {Row} u what nobody owns is everybody's */
  isMine(u) {
    return (u.owner ?? this.owner) === this.owner;
  }

  /** @param {string} id @returns {Row} */
  find(id) {
    const u = this.uploads.get(id);
    if (!u || !this.isMine(u)) throw problem("upload_not_found");
    return u;
  }

  /** Newest first. */
  mine() {
    return [...this.uploads.values()].filter((u) => this.isMine(u)).sort((a, b) => (a.created < b.created ? 1 : -1));
  }

  /** @param {{id: string, size: number, partSize: number, [more: string]: any}} values @returns {Row} */
  write(values) {
    const created = this.time();
    const u = new Row(this.store, { created, updated: created, expires: this.now() + this.abandonAfter, countedAt: this.now(), movedAt: this.now(), ...values });
    this.uploads.set(u.id, u);
    this.changed(u);
    return u;
  }

  /** As the server answers, in lists as well. @param {Row} u @returns {import("../../core/ports/ports.js").ServerUpload & {expires_at: string, share_token: string, scan: string}} */
  view(u) {
    return {
      id: u.id,
      name: u.name,
      size: u.size,
      type: u.type,
      last_modified: u.last_modified,
      state: u.state,
      part_size: u.partSize,
      part_count: partCount(u),
      confirmed_bytes: u.counted,
      epoch: u.epoch,
      created_at: u.created,
      updated_at: u.updated,
      completed_at: u.completed,
      expires_at: new Date(u.expires).toISOString(),
      share_token: u.id,
      share_url: `http://x/f/${u.id}`,
      metadata: u.metadata,
      uploader: u.uploader,
      scan: u.scan,
      checksum: MADE.has(u.state) ? u.checksum : null,
      versions: MADE.has(u.state) ? u.versions : [],
      error: u.error,
    };
  }
}
