// The in-memory twin of the server in front of the store's twin, with faults to switch on. tests/contract_cases hold it against the real ones.

import { hash } from "node:crypto";
import { NetworkError } from "../../core/ports/errors.js";
import { partSizeOf, unitOf } from "../../core/upload/part.js";
import { settled } from "./memoryclock.js";
import { complete, expire, finish, reconcile, remove, sweep } from "./memoryfinish.js";
import { checked, cleanKey } from "./memorylimits.js";
import { confirmedParts, openAnew, refresh, settle, signFirst } from "./memoryparts.js";
import { fits, problem, resultsOf } from "./memoryproblems.js";
import { MemoryHolds } from "./memoryholds.js";
import { MemoryRows, OPEN } from "./memoryrows.js";
import { hostOf, joined, MemoryStore, pathOf } from "./memorystore.js";
import { MemoryStream } from "./memorystream.js";

/** @typedef {import("./memoryrows.js").Row} Row */

const QUOTA = new Set(["uploading", "paused", "verifying", "scanning", "ready", "blocked"]);
const FORM_SECONDS = 7 * 86_400;

/** @param {Uint8Array} bytes */
const sha256 = (bytes) => hash("sha256", bytes, "base64");

/** @param {Blob} blob */
const bytesOf = async (blob) => new Uint8Array(await blob.arrayBuffer());

/** A server and its store, with faults to switch on. */
export class MemoryService extends MemoryRows {
  /**
   * @param {{partSize?: number, hash?: (bytes: Uint8Array) => string, read?: (blob: Blob) => Promise<Uint8Array>, pause?: () => Promise<void>, wall?: (() => number) | null, listsDigests?: boolean}} [options]
   *   `partSize`: bytes of a part for whoever reports no line, 8 units; `hash`: the same that the engine gets; `read`: the bytes of a body;
   *   `pause`: the time a call takes; `wall`: the server's clock in ms since 1970, without one it stands still; `listsDigests`: as the store does
   */
  constructor({ partSize = 10, hash: digest = sha256, read = bytesOf, pause = settled, wall = null, listsDigests = false } = {}) {
    super(new MemoryStore({ hash: digest, now: () => this.now(), listsDigests }), wall);
    this.partSize = partSize;
    this.read = read;
    this.pause = pause;
    this.away = false; // the server does not answer
    this.cut = false; // the store does not answer
    this.signedOut = false; // whoever asks is nobody
    /** Hosts of the store that do not. @type {Set<string>} */
    this.dead = new Set();
    /** Answers the next PUTs give instead of storing. @type {{status: number, etag?: string, body?: string}[]} */
    this.answers = [];
    /** The same for the next forms, or that they are cut. @type {({status: number, etag?: string, body?: string} | "cut")[]} */
    this.formAnswers = [];
    /** Every call that came in, "create", "sign 1,2", "put 1", "batch complete 3". @type {string[]} */
    this.log = [];
    this.maxPart = 0;
    this.onLine = 0;
    /** @type {import("../../core/ports/ports.js").Settings} */
    this.settings = { wait_threshold_seconds: 45, max_file_size: null, allowed_types: [], max_parallel_parts: 6, handover: true, abandon_after_days: 7, ask_on_metered_mb: 50, sign_in: "", anonymous: false, stores: [] };
    /** Bytes that an owner may have here. @type {number | null} */
    this.quota = null;
    /** Uploads that an owner may have on their way. */
    this.mostOpen = 2000;
    /** Bytes that all may have here. @type {number | null} */
    this.siteQuota = null;
    this.expiresIn = 3600;
    /** Whether a file is ready when `complete` answers; else it is `scanning` until `finish` is called. */
    this.finishesAtOnce = true;
    /** Called when something was done for good and the rest of the call was not; throwing there is the server's end. @type {(what: string) => void} */
    this.effect = () => {};
    /** Hold PUTs until let go. @type {(() => void)[] | null} */
    this.held = null;
    this.holds = new MemoryHolds(this);
    this.stream = new MemoryStream(this);
  }

  /** @param {string} what */
  async arrive(what) {
    await this.pause();
    if (this.away) throw new NetworkError("server away");
    this.log.push(what);
    if (this.signedOut && what !== "settings") throw problem("not_signed_in");
  }

  /** What an owner may still begin. */
  free() {
    if (this.quota === null) return null;
    return this.quota - this.mine().reduce((sum, u) => sum + (QUOTA.has(u.state) ? u.size : 0), 0);
  }

  /** @param {string} id @param {string} before @param {string} after */
  move(id, before, after) {
    const u = this.find(id);
    if (u.state === before) this.touch(u, { state: after });
    else if (![after, "verifying", "scanning", "ready"].includes(u.state)) throw problem("upload_not_open", { state: u.state });
    return this.view(u);
  }

  /**
   * @template {object} Grant
   * @param {string} id @param {import("../../core/ports/ports.js").PartDigest[]} claims @param {import("../../core/ports/ports.js").Voucher | undefined} voucher @param {number} seconds
   * @param {(u: Row, path: string, number: number, terms: import("./memorystore.js").Terms) => Grant} grant
   */
  grants(id, claims, voucher, seconds, grant) {
    const u = this.find(id);
    const wanted = settle(this, u, claims, voucher);
    if (!wanted) return { epoch: u.epoch, parts: [] };
    const parts = claims.map((claim) => {
      const { number, size, sha256: sha } = claim;
      if (!wanted.has(claim)) return { number, confirmed: true };
      return { number, ...grant(u, `${id}/${number}/${u.epoch}`, number, { size, sha256: sha, until: this.now() + seconds * 1000 }), expires_in: seconds };
    });
    refresh(this, u);
    return { epoch: u.epoch, parts };
  }

  /** @param {import("./memorylimits.js").NewFile} file @param {string} key */
  create(file, key) {
    const clean = cleanKey(key);
    const request = JSON.stringify([file.name, file.size, file.type, file.last_modified]);
    const known = [...this.uploads.values()].find((u) => u.key === clean && this.isMine(u));
    if (known && known.request !== request) throw problem("idempotency_key_reused");
    if (known) return this.view(known);
    const taken = checked(file, this.settings, this.free());
    if (this.mine().filter(({ state }) => OPEN.has(state)).length >= this.mostOpen) throw problem("too_many_open_uploads", { most: this.mostOpen });
    const used = [...this.uploads.values()].reduce((sum, u) => sum + (QUOTA.has(u.state) ? u.size : 0), 0);
    if (this.siteQuota !== null && used + file.size > this.siteQuota) throw problem("site_full");
    const partSize = partSizeOf(file.size, file.line_rate ?? 0, unitOf(this.partSize));
    return this.view(this.write({ ...taken, id: `u${this.uploads.size + 1}`, owner: this.owner, key: clean, request, partSize }));
  }

  /** @param {string} id @param {import("../../core/ports/ports.js").PartDigest[]} parts @param {import("../../core/ports/ports.js").Voucher} [voucher] */
  sign(id, parts, voucher) {
    return this.grants(id, parts, voucher, this.expiresIn, (u, path, number, terms) => this.store.signPart(path, u.multipart, number, terms));
  }

  /** @param {string} id */
  complete(id) {
    const u = this.find(id);
    if (u.state !== "scanning" && u.state !== "ready") complete(this, u, this.effect);
    if (this.finishesAtOnce) finish(this, u);
    return this.view(u);
  }

  /** @param {string} id */
  cancel(id) {
    const u = this.find(id);
    remove(this, u, "cancelled");
    return this.view(u);
  }

  /** @type {import("../../core/ports/ports.js").Api} */
  api = {
    create: async ({ first, ...file }, key) => {
      await this.arrive("create");
      const upload = this.create(file, key);
      return { ...upload, signed: signFirst(this, upload, first) };
    },
    createMany: async (files) => {
      await this.arrive(`batch create ${files.length}`);
      fits(files.length);
      const { results } = resultsOf("upload", files, ({ key, first: _, ...file }) => this.create(file, key));
      const signed = results.map((result, at) => ("upload" in result ? signFirst(this, result.upload, files[at].first) : null));
      return { results: results.map((result, at) => ({ ...result, ...(signed[at] && { signed: signed[at] }) })) };
    },
    get: async (id) => {
      await this.arrive(`get ${id}`);
      const u = this.find(id);
      const confirmed = confirmedParts(this, u);
      return { ...this.view(u), confirmed };
    },
    adopt: async (id, key) => {
      await this.arrive(`adopt ${id}`);
      const u = this.uploads.get(id);
      if (u && u.key !== key.trim()) throw problem("upload_not_found");
      if (!u || this.isMine(u)) return this.view(this.find(id));
      const wasHereBefore = this.mine().some((one) => one.owner && !one.claimed && one.created < u.created);
      if (wasHereBefore || u.state === "cancelled" || this.mine().some((one) => one.key === u.key)) throw problem("upload_not_found");
      this.touch(u, { claimed: true, owner: this.owner });
      return this.view(u);
    },
    list: async () => {
      await this.arrive("list");
      const uploads = this.mine().filter((u) => u.state !== "cancelled");
      for (const u of uploads) refresh(this, u);
      return uploads.map((u) => ({ ...this.view(u), tags: [] }));
    },
    sign: async (id, parts, voucher) => {
      await this.arrive(`sign ${parts.map((part) => part.number).join(",")}`);
      return this.sign(id, parts, voucher);
    },
    signMany: async (uploads) => {
      await this.arrive(`batch sign ${uploads.length}`);
      fits(uploads.length, uploads.reduce((sum, { parts }) => sum + parts.length, 0));
      return resultsOf("signed", uploads, ({ id, parts, ...voucher }) => this.sign(id, parts, voucher));
    },
    handover: async (id, parts, voucher) => {
      await this.arrive(`handover ${parts.map((part) => part.number).join(",")}`);
      this.find(id);
      if (!this.settings.handover) throw problem("handover_unavailable");
      return this.grants(id, parts, voucher, FORM_SECONDS, (u, path, number, terms) => this.store.signForm(path, u.formKey(number), terms));
    },
    hold: async (registration) => {
      await this.arrive(`hold ${registration.registration}`);
      return this.holds.ask(registration);
    },
    complete: async (id) => {
      await this.arrive("complete");
      return this.complete(id);
    },
    completeMany: async (ids) => {
      await this.arrive(`batch complete ${ids.length}`);
      fits(ids.length);
      return resultsOf("upload", ids, (id) => this.complete(id));
    },
    pause: async (id) => {
      await this.arrive("pause");
      return this.move(id, "uploading", "paused");
    },
    resume: async (id) => {
      await this.arrive("resume");
      return this.move(id, "paused", "uploading");
    },
    cancel: async (id) => {
      await this.arrive("cancel");
      this.cancel(id);
    },
    cancelMany: async (ids) => {
      await this.arrive(`batch cancel ${ids.length}`);
      fits(ids.length);
      return resultsOf("upload", ids, (id) => this.cancel(id));
    },
    settings: async () => {
      await this.arrive("settings");
      return { ...this.settings, signed_in: !this.signedOut, owner: `tag of ${this.owner}` };
    },
  };

  // -- what the server does by itself --------------------------------------------------------------------------------

  /** Look at what is silent: what is all there is completed. */
  reconcile() {
    reconcile(this, this.effect);
    if (this.finishesAtOnce) for (const u of this.uploads.values()) finish(this, u);
  }

  /** What was left alone for too long ends, and what came too late goes. */
  houseKeep() {
    expire(this);
    sweep(this);
  }

  /** The store has lost the multipart upload, and another browser has found out. @param {string} id */
  opensAnew(id) {
    openAnew(this, this.uploads.get(id));
  }

  /** The scan is through. @param {string} id @param {string} [state] @param {{code: string, detail: string} | null} [error] */
  finish(id, state = "ready", error = null) {
    finish(this, this.uploads.get(id), state, error);
  }

  // -- what it tells by itself ---------------------------------------------------------------------------------------

  /** @param {Row} u */
  changed(u) {
    this.stream.changed(u);
  }

  /** Change an upload from elsewhere and tell of it. @param {string} id @param {Partial<Row>} [change] */
  tell(id, change) {
    this.stream.tell(id, change);
  }

  /** The connections break. */
  hangUp() {
    this.stream.hangUp();
  }

  // -- the way to the store ------------------------------------------------------------------------------------------

  /** @type {import("../../core/ports/ports.js").Put} */
  put = (url, headers, body, { onProgress, signal }) => {
    onProgress(Math.ceil(body.size / 2));
    return this.sent("put", url, body, { onProgress, signal }, (bytes) => this.store.put(url, headers, bytes));
  };

  /** @type {import("../../core/ports/ports.js").Put} */
  postForm = (url, fields, body, options) => this.sent("form", url, body, options, (bytes) => this.store.post(url, fields, bytes));

  /** @param {string} what @param {string} url @param {Blob} body @param {{onProgress: (loaded: number) => void, signal: AbortSignal}} options @param {(bytes: Uint8Array) => import("../../core/ports/ports.js").PutAnswer} store */
  async sent(what, url, body, { onProgress, signal }, store) {
    this.onLine += 1;
    this.maxPart = Math.max(this.maxPart, this.onLine);
    try {
      this.log.push(`${what} ${pathOf(url).split("/")[1]}`);
      if (this.held) {
        const held = this.held;
        await new Promise((resolve, reject) => {
          held.push(() => resolve(null));
          signal.addEventListener("abort", () => reject(new NetworkError("stopped")));
        });
      } else await this.pause();
      if (signal.aborted || this.cut || this.dead.has(hostOf(url))) throw new NetworkError("cut");
      const planned = (what === "form" && this.formAnswers.shift()) || this.answers.shift();
      if (planned === "cut") throw new NetworkError("cut");
      if (planned) return { etag: "", checksum: "", body: "", ...planned };
      const bytes = await this.read(body).catch(() => {
        throw new NetworkError("the body cannot be read");
      });
      const answer = store(bytes);
      if (answer.status < 300) onProgress(body.size);
      return answer;
    } finally {
      this.onLine -= 1;
    }
  }

  /** What a browser sends by itself. @param {string} url @param {Record<string, string>} fields @param {Blob} blob */
  async post(url, fields, blob) {
    this.log.push(`post ${pathOf(url).split("/")[1]}`);
    return this.store.post(url, fields, await this.read(blob));
  }

  /** What arrived: the file, else the parts that are there. @param {string} id */
  content(id) {
    const u = this.uploads.get(id);
    const whole = u.store.objects.get(u.objectKey);
    return whole ? Buffer.from(whole.bytes) : joined([...u.parts.entries()].sort(([a], [b]) => a - b).map(([, part]) => part));
  }
}
