// Decides how parts travel: read and hashed once ahead of the line, signed in batches, sent a few at a time,
// and what happens after each way in which that can fail.

import { ApiError, awayReason, classifyPut, isAway, NetworkError } from "../ports/errors.js";
import { partSpan } from "../upload/part.js";
import { isReadable } from "./reader.js";
import { lookAhead, nextUpload } from "./schedule.js";
import { watch } from "./watchdog.js";

/** Reads that go on at the same time; more do not help, one keeps hashing and reading from overlapping. */
const READERS = 2;
const SIGN_BATCH = 50;

/** At the fourth refusal of one part, the eighth, the sixteenth, ... @param {number} refusals */
const isTimeToAsk = (refusals) => refusals >= 4 && Number.isInteger(Math.log2(refusals));

/** The browser sends it. @param {import("../upload/upload.js").Upload} u @param {number} number */
const isHanded = (u, number) => u.handedTo !== "" && !u.sends(number);

/**
 * @typedef {object} Ready a part that may go out
 * @property {import("../upload/upload.js").Upload} u
 * @property {number} run
 * @property {number} number
 * @property {Blob} blob
 * @property {string} sha256
 * @property {string} url
 * @property {Record<string, string>} headers
 * @property {number} expiresAt ms on the engine's clock
 */

/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "settings" | "running" | "wake" | "changed" | "server" | "serverCalls" | "storeGate"> & {outcomes: import("../upload/outcomes.js").Outcomes, lineRate: import("./line_rate.js").LineRate, reader: import("./reader.js").Reader, handover: {lanes: number}}} Needs of the engine */

export class Sender {
  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
    this.reading = 0;
    /** @type {Set<Ready>} */
    this.onLine = new Set();
    /** @type {Ready[]} */
    this.signed = [];
    /** @type {Ready[]} */
    this.unsigned = [];
    /** Uploads with a sign call under way. @type {Set<string>} */
    this.signing = new Set();
    this.signingParts = 0;
    /** A part has got through. */
    this.through = false;
    /** Bytes put on the line more than once, and in all: for benchmarks and tests. */
    this.bytesPut = 0;
  }

  get parallel() {
    return this.engine.handover.lanes;
  }

  fill() {
    this.dropStale();
    this.put();
    this.read();
    this.sign();
  }

  /** @param {Ready} part */
  isStale(part) {
    const { u, run, number } = part;
    return run !== u.run || u.phase !== "open" || isHanded(u, number);
  }

  dropStale() {
    const stays = (/** @type {Ready} */ part) => {
      if (!this.isStale(part)) return true;
      // Only with what is at hand here its claim goes: were it free before, a part that is taken back at once would be read once more beside it.
      if (part.run === part.u.run) part.u.parts.putAway(part.number);
      return false;
    };
    this.signed = this.signed.filter(stays);
    this.unsigned = this.unsigned.filter(stays);
  }

  // -- read and hash ---------------------------------------------------------------------------------------------

  read() {
    const { engine } = this;
    const ahead = () => this.signed.length + this.unsigned.length + this.signingParts + this.reading;
    while (this.reading < READERS) {
      const u = nextUpload(engine.running(), (one) => one.hasToSend);
      if (!u || ahead() >= lookAhead(this.parallel, Math.min(u.partSize, u.size))) return;
      const number = u.claimNext();
      if (!number) {
        engine.outcomes.exhausted(u);
        continue;
      }
      this.readPart(u, number);
    }
  }

  /** @param {import("../upload/upload.js").Upload} u @param {number} number */
  async readPart(u, number) {
    const { engine } = this;
    const { run } = u;
    const { cut } = u.version;
    this.reading += 1;
    try {
      const blob = await engine.reader.blob(u, number);
      const sha256 = await engine.reader.hash(u, number, blob);
      if (run !== u.run) return;
      if (isHanded(u, number)) return void u.parts.putAway(number);
      cut.know(number, sha256);
      this.unsigned.push({ u, run, number, blob, sha256, url: "", headers: {}, expiresAt: 0 });
    } catch (error) {
      if (run === u.run) engine.reader.unreadable(u, number, error);
    } finally {
      this.reading -= 1;
      engine.wake();
    }
  }

  // -- sign --------------------------------------------------------------------------------------------------------

  sign() {
    const { engine } = this;
    const groups = new Map();
    for (const part of this.unsigned) {
      if (this.signing.has(part.u.id)) continue;
      const group = groups.get(part.u) ?? [];
      if (group.length < SIGN_BATCH) groups.set(part.u, [...group, part]);
    }
    for (const [u, parts] of groups) {
      if (!engine.serverCalls.allows() || this.signing.size >= this.parallel) return;
      this.signParts(u, parts);
    }
  }

  /** @param {import("../upload/upload.js").Upload} u @param {Ready[]} parts */
  async signParts(u, parts) {
    const { engine } = this;
    const taken = new Set(parts);
    this.unsigned = this.unsigned.filter((part) => !taken.has(part));
    this.signing.add(u.id);
    this.signingParts += parts.length;
    const requestedAt = engine.ports.clock.now();
    try {
      const digests = parts.map(({ number, sha256 }) => ({ number, sha256, size: partSpan(number, u.size, u.partSize).bytes }));
      const answer = await engine.server(() => engine.ports.api.sign(u.uploadId, digests, u.voucher));
      if (parts[0].run !== u.run) return;
      if (answer.epoch !== u.epoch) return engine.outcomes.reopened(u, answer.epoch);
      this.take(u, parts, answer.parts, requestedAt);
    } catch (error) {
      if (parts[0].run !== u.run) return;
      if (isAway(error)) this.unsigned.push(...parts);
      else engine.outcomes.refused(u, error);
    } finally {
      this.signing.delete(u.id);
      this.signingParts -= parts.length;
      engine.wake();
    }
  }

  /** @param {import("../upload/upload.js").Upload} u @param {Ready[]} parts @param {import("../ports/ports.js").PartGrant[]} grants @param {number} requestedAt */
  take(u, parts, grants, requestedAt) {
    const byNumber = new Map(grants.map((grant) => [grant.number, grant]));
    for (const part of parts) {
      const grant = byNumber.get(part.number);
      if (grant?.confirmed) this.confirmed(part);
      else if (grant?.url) {
        // Nine tenths of its life: the clock that matters is the store's, and the bytes still have to travel.
        const expiresAt = requestedAt + (grant.expires_in ?? 60) * 900;
        this.signed.push({ ...part, url: grant.url, headers: grant.headers ?? {}, expiresAt });
      } else u.parts.release(part.number);
    }
  }

  // -- put -----------------------------------------------------------------------------------------------------------

  put() {
    const { engine } = this;
    while (this.onLine.size < this.parallel && engine.storeGate.allows(this.onLine.size)) {
      const at = this.signed.findIndex(({ u, number }) => u.sends(number));
      if (at < 0) return;
      const [part] = this.signed.splice(at, 1);
      if (engine.ports.clock.now() >= part.expiresAt) this.unsigned.push({ ...part, url: "" });
      else this.putPart(part);
    }
  }

  /** @param {Ready} part */
  async putPart(part) {
    const { engine } = this;
    const { u, number, blob } = part;
    this.onLine.add(part);
    u.parts.load(number, 0);
    engine.changed(u);
    const guard = watch(part, engine.ports, (bytes) => {
      this.bytesPut += bytes;
      engine.lineRate.sent(u, bytes);
    });
    try {
      const answer = await engine.ports.put(part.url, part.headers, blob, { onProgress: guard.progress, signal: guard.signal });
      if (part.run === u.run) this.settle(part, answer);
    } catch (error) {
      if (part.run === u.run) await this.failed(part, error);
    } finally {
      guard.stop();
      this.onLine.delete(part);
      engine.changed(u);
      engine.wake();
    }
  }

  /** @param {Ready} part @param {import("../ports/ports.js").PutAnswer} answer */
  settle(part, answer) {
    const { engine } = this;
    const { u, number } = part;
    const { cut } = u.version;
    const meaning = classifyPut(answer, part.sha256);
    const isRefusal = meaning !== "confirmed" && meaning !== "portal" && meaning !== "wait";
    const before = cut.refusalsOf(number);
    // An answer shows that the store is there; a part that it refuses again and again must not keep the gate open for itself.
    if (meaning === "confirmed" || (isRefusal && before < 2)) engine.storeGate.ok();
    if (meaning === "confirmed") {
      this.through = true;
      return this.confirmed(part);
    }
    if (isRefusal) cut.refuse(number);
    u.parts.unload(number);
    if (meaning === "rehash") return this.rehash(part);
    if (meaning === "portal" || meaning === "wait") {
      engine.storeGate.fail(meaning === "portal" ? "portal" : "store_away");
      this.signed.push(part);
      return;
    }
    // A URL that was refused right after it was signed would be refused for ever: slow down then, and ask whether it is as it seems here.
    if (before > 1) engine.storeGate.fail("store_away");
    if (isTimeToAsk(before + 1)) u.become("doubted");
    this.unsigned.push({ ...part, url: "" });
  }

  /** @param {Ready} part */
  confirmed(part) {
    part.u.confirm(part.number);
    this.engine.outcomes.partConfirmed(part.u, part.number);
  }

  /** The store saw other bytes than were hashed: changed on the way (send again), or changed at the source. @param {Ready} part */
  async rehash(part) {
    const { engine } = this;
    const { u, number, run } = part;
    try {
      const blob = await engine.reader.blob(u, number);
      const sha256 = await engine.ports.hash(blob);
      if (run !== u.run) return;
      if (sha256 !== part.sha256) return engine.reader.torn(u, `part ${number} was read twice and differs`);
      if (u.version.cut.refusalsOf(number) > 1) engine.storeGate.fail("store_away");
      this.unsigned.push({ ...part, blob, sha256, url: "" });
    } catch (error) {
      if (run === u.run) engine.reader.unreadable(u, number, error);
    }
    engine.wake();
  }

  /** @param {Ready} part @param {unknown} error */
  async failed(part, error) {
    const { engine } = this;
    const { u, number, run } = part;
    u.parts.unload(number);
    // A file that went away looks like a network error to the sender: ask the file itself.
    const readable = await isReadable(part.blob);
    if (run !== u.run) return;
    if (!readable) return engine.reader.unreadable(u, number, error);
    engine.storeGate.fail(awayReason(error instanceof ApiError ? error : new NetworkError()));
    this.signed.push(part);
  }
}
