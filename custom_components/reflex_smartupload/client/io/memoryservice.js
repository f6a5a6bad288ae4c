// The in-memory twin of the server and its store, with faults to switch on.

import { createHash } from "node:crypto";
import { ApiError, NetworkError } from "../core/ports/errors.js";
import { settled } from "./memoryclock.js";

/** A server and its store, with faults to switch on. */
export class MemoryService {
  /** @param {{partSize?: number}} [options] */
  constructor({ partSize = 10 } = {}) {
    this.partSize = partSize;
    /** @type {Map<string, any>} */
    this.uploads = new Map();
    /** @type {Map<string, string>} */
    this.keys = new Map();
    this.away = false; // the server does not answer
    this.cut = false; // the store does not answer
    /** Answers the next PUTs give instead of storing. @type {{status: number, etag?: string, body?: string}[]} */
    this.answers = [];
    /** Every call that came in, "create", "sign 1,2", "put 1". @type {string[]} */
    this.log = [];
    this.maxPart = 0;
    this.onLine = 0;
    /** @type {import("../core/ports/ports.js").Settings} */
    this.settings = { wait_threshold_seconds: 45, max_file_size: null, allowed_types: [], max_parallel_parts: 4, handover: true, abandon_after_days: 7 };
    this.expiresIn = 3600;
    /** Whose cookie the browser has. */
    this.owner = "anna";
    /** Hold PUTs until let go. @type {(() => void)[] | null} */
    this.held = null;
  }

  /** @param {any} u what a test put here itself is everybody's */
  isMine(u) {
    return (u.owner ?? this.owner) === this.owner;
  }

  /** @param {string} id */
  find(id) {
    const upload = this.uploads.get(id);
    if (!upload || !this.isMine(upload)) throw new ApiError(404, { code: "upload_not_found", detail: "no such upload" });
    return upload;
  }

  /** @param {string} id @param {string} before @param {string} after */
  move(id, before, after) {
    const u = this.find(id);
    if (u.state === before) u.state = after;
    else if (![after, "verifying", "scanning", "ready"].includes(u.state)) throw new ApiError(409, { code: "upload_not_open", detail: "Not open." });
  }

  /** @param {any} u */
  view(u) {
    const confirmed = [...u.parts.entries()].map(([number, part]) => ({ number, size: part.bytes.length }));
    return {
      id: u.id, name: u.name, size: u.size, type: u.type, last_modified: u.last_modified, state: u.state, part_size: u.partSize,
      part_count: Math.max(1, Math.ceil(u.size / u.partSize)), confirmed_bytes: u.state === "ready" ? u.size : confirmed.reduce((sum, part) => sum + part.size, 0),
      epoch: u.epoch, created_at: u.created ?? "2026-11-23T00:00:00Z", updated_at: u.updated, completed_at: u.state === "ready" ? "2026-11-23T00:00:01Z" : null,
      share_url: `http://x/f/${u.id}`, error: null, confirmed,
    };
  }

  /** @param {string} what */
  async arrive(what) {
    await settled();
    if (this.away) throw new NetworkError("server away");
    this.log.push(what);
  }

  /** @type {import("../core/ports/ports.js").Api} */
  api = {
    create: async (file, key) => {
      await this.arrive("create");
      if (this.settings.allowed_types.includes("none")) throw new ApiError(415, { code: "type_not_allowed", detail: "Not this type." });
      const known = this.keys.get(key);
      if (known && this.isMine(this.uploads.get(known))) return this.view(this.find(known));
      const id = `u${this.uploads.size + 1}`;
      this.keys.set(key, id);
      this.uploads.set(id, { ...file, id, owner: this.owner, key, state: "uploading", partSize: this.partSize, epoch: 1, parts: new Map(), signed: new Map() });
      return this.view(this.find(id));
    },
    get: async (id) => {
      await this.arrive(`get ${id}`);
      return this.view(this.find(id));
    },
    claim: async (id, key) => {
      await this.arrive(`claim ${id}`);
      const u = this.uploads.get(id);
      const all = [...this.uploads.values()];
      const wasHereBefore = all.slice(0, all.indexOf(u)).some((one) => one.owner === this.owner && !one.claimed);
      if (u?.key === key && !wasHereBefore) Object.assign(u, { claimed: u.claimed || u.owner !== this.owner, owner: this.owner });
      this.find(id);
    },
    list: async () => {
      await this.arrive("list");
      return [...this.uploads.values()].filter((u) => this.isMine(u) && u.state !== "cancelled").map((u) => this.view(u)).reverse();
    },
    sign: async (id, parts) => {
      await this.arrive(`sign ${parts.map((part) => part.number).join(",")}`);
      const u = this.find(id);
      if (u.state === "paused") throw new ApiError(409, { code: "upload_paused", detail: "Paused." });
      if (u.state !== "uploading") throw new ApiError(409, { code: "upload_not_open", detail: "Not open." });
      if (u.vanished) Object.assign(u, { vanished: false, epoch: u.epoch + 1, parts: new Map() });
      return {
        epoch: u.epoch,
        parts: parts.map(({ number, sha256: sha }) => {
          if (u.parts.get(number)?.sha === sha) return { number, confirmed: true };
          return { number, url: `${id}/${number}/${u.epoch}`, headers: { "x-amz-checksum-sha256": sha }, expires_in: this.expiresIn };
        }),
      };
    },
    handover: async (id, parts) => {
      await this.arrive(`handover ${parts.map((part) => part.number).join(",")}`);
      const u = this.find(id);
      if (u.state === "paused") throw new ApiError(409, { code: "upload_paused", detail: "Paused." });
      return {
        epoch: u.epoch,
        parts: parts.map(({ number, sha256: sha }) =>
          u.parts.get(number)?.sha === sha ? { number, confirmed: true } : { number, url: `${id}/${number}/${u.epoch}`, fields: { sha } },
        ),
      };
    },
    complete: async (id) => {
      await this.arrive("complete");
      const u = this.find(id);
      if (["ready", "verifying", "scanning"].includes(u.state)) return this.view(u);
      if (u.state !== "uploading" && u.state !== "paused") throw new ApiError(409, { code: "upload_not_open", detail: "Not open." });
      const missing = Array.from({ length: Math.max(1, Math.ceil(u.size / u.partSize)) }, (_, i) => i + 1).filter((number) => !u.parts.has(number));
      if (missing.length) throw new ApiError(409, { code: "parts_missing", detail: "Parts are missing.", missing, epoch: u.epoch });
      u.state = "ready";
      return this.view(u);
    },
    pause: async (id) => {
      await this.arrive("pause");
      this.move(id, "uploading", "paused");
      return this.view(this.find(id));
    },
    resume: async (id) => {
      await this.arrive("resume");
      this.move(id, "paused", "uploading");
      return this.view(this.find(id));
    },
    cancel: async (id) => {
      await this.arrive("cancel");
      this.find(id).state = "cancelled";
    },
    settings: async () => {
      await this.arrive("settings");
      return { ...this.settings, owner: `tag of ${this.owner}` };
    },
  };

  /** Who listens to what changes. @type {Set<{heard: (kind: string, place: string, data: any) => void, lost: () => void}>} */
  ears = new Set();
  places = 0;

  /** What tells by itself; a test has it tell with `tell`. @type {import("../core/ports/ports.js").Events} */
  stream = {
    open: (after, ears) => {
      this.log.push(`open ${after}`);
      const end = () => void this.ears.delete(ears);
      queueMicrotask(() => {
        if (this.away) return ears.lost();
        this.ears.add(ears);
        ears.heard("hello", "", { owner: `tag of ${this.owner}`, at: this.time() });
        this.beat();
      });
      return end;
    },
  };

  /** Now, as the server says it. */
  time = () => `2026-11-23T01:00:${String(Math.floor((this.places += 1) / 1000)).padStart(2, "0")}.${String(this.places % 1000).padStart(3, "0")}Z`;

  beat() {
    for (const { heard } of this.ears) heard("beat", `place ${this.places}`, {});
  }

  /** Change an upload from elsewhere and tell of it. @param {string} id @param {object} [change] */
  tell(id, change = {}) {
    const u = Object.assign(this.uploads.get(id), change, { updated: this.time() });
    for (const { heard } of this.ears) heard("upload", `place ${this.places}`, { ...this.view(u), confirmed: undefined });
  }

  /** The connections break. */
  hangUp() {
    for (const ears of [...this.ears]) {
      this.ears.delete(ears);
      ears.lost();
    }
  }

  /** @type {import("../core/ports/ports.js").Put} */
  put = async (url, headers, body, { onProgress, signal }) => {
    const [id, number, epoch] = url.split("/");
    this.onLine += 1;
    this.maxPart = Math.max(this.maxPart, this.onLine);
    try {
      this.log.push(`put ${number}`);
      onProgress(Math.ceil(body.size / 2));
      if (this.held) {
        const held = this.held;
        await new Promise((resolve, reject) => {
          held.push(() => resolve(null));
          signal.addEventListener("abort", () => reject(new NetworkError("stopped")));
        });
      } else await settled();
      if (signal.aborted || this.cut) throw new NetworkError("cut");
      const planned = this.answers.shift();
      if (planned) return { etag: "", checksum: "", body: "", ...planned };
      const bytes = Buffer.from(await body.arrayBuffer());
      const sha = createHash("sha256").update(bytes).digest("base64");
      if (sha !== headers["x-amz-checksum-sha256"]) return { status: 400, etag: "", checksum: "", body: "<Error><Code>BadDigest</Code></Error>" };
      const u = this.uploads.get(id);
      if (u.vanished || u.epoch !== Number(epoch)) return { status: 404, etag: "", checksum: "", body: "<Error><Code>NoSuchUpload</Code></Error>" };
      u.parts.set(Number(number), { bytes, sha });
      onProgress(body.size);
      return { status: 200, etag: '"e"', checksum: sha, body: "" };
    } finally {
      this.onLine -= 1;
    }
  };

  /** What arrived, as one buffer. @param {string} id */
  content(id) {
    const u = this.uploads.get(id);
    return Buffer.concat([...u.parts.entries()].sort(([a], [b]) => a - b).map(([, part]) => part.bytes));
  }
}
