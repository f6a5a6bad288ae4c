// Decides how parts travel: read and hashed once ahead of the line, signed, sent a few at a time,
// and what happens after each way in which that can fail.

import { ApiError, awayReason, classifyPut, NetworkError } from "../ports/errors.js";
import { partSpan } from "../upload/part.js";
import { isMute, isStores } from "../ports/answers.js";
import { Forms } from "./forms.js";
import { PER_HOST } from "./hosts.js";
import { isReadable } from "./reader.js";
import { isSignedAhead, mayReadAhead, nextForLine, nextUpload } from "./schedule.js";
import { isAlone, Signing } from "./signing.js";
import { watch } from "./watchdog.js";

/** Reads that go on at the same time; more do not help, one keeps hashing and reading from overlapping. */
const READERS = 2;
/** Signed parts for each that may be on the line that are enough for a while. */
const ENOUGH = 6;
/** ... and that are enough while more are read, until so many can be signed in one call. */
const SOME = 1;
const WORTH_A_CALL = 25;

/** At the fourth refusal of one part, the eighth, the sixteenth, ... @param {number} refusals */
const isTimeToAsk = (refusals) => refusals >= 4 && Number.isInteger(Math.log2(refusals));

/** The browser sends it. @param {import("../upload/upload.js").Upload} u @param {number} number */
const isHanded = (u, number) => u.handedTo !== "" && !u.sends(number);

/** @typedef {import("./signing.js").Ready} Ready */
/** @typedef {{since: number, put: number, isAlone: boolean}} Flight since when a part is on the line, on the engine's clock, and what was put until then; whether no other may be beside it */
/** @typedef {{version: import("../upload/version.js").Version, size: number, sha256: string, askedAt: number}} First a part that was read before the server knew of its file. `sha256`: "" while it is read; `askedAt`: ms on the engine's clock */
/** @typedef {First & {following: ReadonlyMap<number, string>}} Begun `following`: SHA-256 of the parts after it, as far as they are read */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "among" | "wake" | "changed" | "batches" | "storeGate"> & {hosts: import("./hosts.js").Hosts, obstacles: import("./obstacles.js").Obstacles, outcomes: import("../upload/outcomes.js").Outcomes, lineRate: import("./line_rate.js").LineRate, reader: import("./reader.js").Reader, handover: {lanes: number}, metered: {waits: (u: import("../upload/upload.js").Upload) => boolean}, asleep: {look: () => void, since: (moment: number) => boolean}}} Needs of the engine */

export class Sender {
  /** Those that a part may be chosen of. */
  #open;

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
    this.#open = engine.among((u) => u.running && u.hasToSend);
    this.reading = 0;
    this.forms = new Forms(engine);
    /** @type {Set<Ready>} */
    this.onLine = new Set();
    /** What watches each of them. @type {Map<Ready, ReturnType<typeof watch>>} */
    this.guards = new Map();
    /** @type {Ready[]} */
    this.signed = [];
    this.signing = new Signing(engine, { signed: (part) => this.signed.push(part), confirmed: (part) => this.confirmed(part, null) });
    /** Bytes that are being read. */
    this.readingBytes = 0;
    /** What went on the line last was the only part of its file. */
    this.wasAlone = false;
    /** A part has got through. */
    this.through = false;
    /** Bytes put on the line more than once, and in all: for benchmarks and tests. */
    this.bytesPut = 0;
  }

  get parallel() {
    return Math.min(this.engine.obstacles.width, this.engine.handover.lanes);
  }

  fill() {
    this.dropStale();
    this.put();
    this.read();
    this.signing.fill(this.enough);
  }

  /** Is so much signed that there is time to gather for the next call, of files of one part and of several? */
  get enough() {
    const { engine, parallel } = this;
    const going = this.signed.filter((part) => mayGo(part) && engine.obstacles.mayGo(part));
    const several = going.filter((part) => !isAlone(part));
    const gathers = this.reading > 0 && this.signing.parts.length < WORTH_A_CALL;
    return {
      alone: going.length > (gathers ? SOME : ENOUGH) * parallel,
      several: isSignedAhead({ parts: several.length, bytes: several.reduce((sum, { blob }) => sum + blob.size, 0) }, { parallel, rate: engine.lineRate.peak() }),
    };
  }

  /** @param {Ready} part */
  isStale(part) {
    const { u, run, number } = part;
    return run !== u.run || u.phase !== "open" || isHanded(u, number) || this.engine.metered.waits(u);
  }

  dropStale() {
    const stays = (/** @type {Ready} */ part) => {
      if (!this.isStale(part)) return true;
      // Only with what is at hand here its claim goes: were it free before, a part that is taken back at once would be read once more beside it.
      if (part.run !== part.u.run) return false;
      if (this.engine.metered.waits(part.u)) part.u.parts.release(part.number);
      else part.u.parts.putAway(part.number);
      return false;
    };
    this.signed = this.signed.filter(stays);
    this.signing.keep(stays);
  }

  // -- read and hash ---------------------------------------------------------------------------------------------

  /** Parts at hand ahead of the line, with those that are being read. */
  get ahead() {
    const there = [...this.signed, ...this.signing.parts];
    return { parts: there.length + this.reading, bytes: there.reduce((sum, { blob }) => sum + blob.size, this.readingBytes) };
  }

  read() {
    const { engine } = this;
    while (this.reading < READERS) {
      const u = nextUpload(this.#open, (one) => one.hasToSend && !engine.metered.waits(one));
      if (!u || !this.#mayRead(Math.min(u.partSize, u.size))) return;
      const number = u.claimNext();
      if (!number) {
        engine.outcomes.exhausted(u);
        continue;
      }
      this.readPart(u, number);
    }
  }

  /** May the first part of a file that the server does not know yet be read now? @param {number} bytes @param {{parts: number, bytes: number}} besides of other such files */
  mayReadFirst(bytes, besides) {
    return this.#mayRead(bytes, besides);
  }

  /** @param {number} bytes @param {{parts: number, bytes: number}} [besides] what is at hand elsewhere */
  #mayRead(bytes, besides = { parts: 0, bytes: 0 }) {
    const { ahead, engine, parallel } = this;
    return mayReadAhead({ parts: ahead.parts + besides.parts, bytes: ahead.bytes + besides.bytes }, bytes, { parallel: Math.min(parallel, PER_HOST), rate: engine.lineRate.peak(), most: engine.ports.memory });
  }

  /** The server knows the file now, and has signed its first part if it could. @param {import("../upload/upload.js").Upload} u @param {Begun} first @param {import("../ports/ports.js").Signed | null} signed */
  begun(u, { sha256, askedAt, following }, signed) {
    const { cut } = u.version;
    cut.know(1, sha256);
    for (const [number, digest] of following) cut.know(number, digest);
    if (u.phase !== "open" || signed?.epoch !== u.epoch) return;
    for (let left = following.size + 1; left > 0; left -= 1) {
      const part = this.#known(u);
      if (!part) return;
      if (part.number === 1) this.signing.granted(u, [part], signed.parts, askedAt);
      else this.signing.add(part);
    }
  }

  /** The next part, where it is read already. @param {import("../upload/upload.js").Upload} u @returns {Ready | null} */
  #known(u) {
    const number = u.claimNext();
    const blob = number ? u.bytesOf(number) : null;
    const sha256 = u.hashes.get(number);
    if (blob && sha256) return unsigned(u, number, blob, sha256);
    if (number) u.parts.release(number);
    return null;
  }

  /** @param {import("../upload/upload.js").Upload} u @param {number} number */
  async readPart(u, number) {
    const { engine } = this;
    const { run } = u;
    const { cut } = u.version;
    const { bytes } = partSpan(number, u.size, u.partSize);
    this.reading += 1;
    this.readingBytes += bytes;
    try {
      const blob = await engine.reader.blob(u, number);
      const sha256 = await engine.reader.hash(u, number, blob);
      if (run !== u.run) return;
      if (isHanded(u, number)) return void u.parts.putAway(number);
      cut.know(number, sha256);
      this.signing.add(unsigned(u, number, blob, sha256));
    } catch (error) {
      if (run === u.run) engine.reader.unreadable(u, number, error);
    } finally {
      this.reading -= 1;
      this.readingBytes -= bytes;
      engine.wake();
    }
  }

  // -- put -----------------------------------------------------------------------------------------------------------

  put() {
    const { engine } = this;
    while (this.onLine.size < this.parallel && engine.storeGate.allows(this.onLine.size)) {
      const at = this.next();
      if (at < 0) return;
      const [part] = this.signed.splice(at, 1);
      if (engine.ports.clock.now() >= part.expiresAt) this.signing.add({ ...part, url: "" });
      else {
        const way = engine.obstacles.way(part);
        this.putPart(way.direct ? way : (engine.hosts.choose(part, this.onLine) ?? part));
      }
    }
  }

  /** This computer has slept: URLs may be too old, whatever the clock says, and what is on the line has to show that it goes on. */
  renew() {
    this.signing.add(...this.signed.splice(0).map((part) => ({ ...part, url: "" })));
    for (const guard of this.guards.values()) guard.doubt();
  }

  /** Of the signed ones. */
  next() {
    const line = { alone: [...this.onLine].filter(isAlone).length, all: this.onLine.size, wasAlone: this.wasAlone };
    return nextForLine(this.signed.map((part) => ({ isAlone: isAlone(part), mayGo: mayGo(part) && this.engine.obstacles.mayGo(part) && (this.engine.obstacles.goesAround(part) || this.engine.hosts.choose(part, this.onLine) !== null) })), line);
  }

  /** @param {Ready} part */
  async putPart(part) {
    const { engine } = this;
    const { u, number } = part;
    this.onLine.add(part);
    this.wasAlone = isAlone(part);
    const guard = watch(part, engine.ports, (bytes) => {
      this.bytesPut += bytes;
      engine.lineRate.sent(u, bytes);
      engine.asleep.look();
    });
    this.guards.set(part, guard);
    const flight = { since: engine.ports.clock.now(), put: this.bytesPut, isAlone: this.parallel === 1 };
    try {
      const away = engine.obstacles.asks(part) ? await engine.obstacles.ask(part, guard.signal) : "";
      if (part.run !== u.run) return;
      if (away) return void this.waits(part, away);
      u.parts.load(number, 0);
      engine.changed(u);
      flight.since = engine.ports.clock.now();
      flight.put = this.bytesPut;
      const answer = await this.forms.send(part, guard);
      if (part.run === u.run) this.settle(part, answer, flight);
    } catch (error) {
      if (part.run === u.run) await this.failed(part, error, flight);
    } finally {
      guard.stop();
      this.onLine.delete(part);
      this.guards.delete(part);
      engine.changed(u);
      engine.wake();
    }
  }

  /** @param {Ready} part @param {import("../ports/ports.js").PutAnswer} answer @param {Flight} flight */
  settle(part, answer, { since, put }) {
    const { engine } = this;
    if (part.direct) return this.settleAround(part.direct, answer);
    const { u, number } = part;
    const { cut } = u.version;
    const meaning = classifyPut(answer, part.sha256);
    const isRefusal = meaning !== "confirmed" && meaning !== "portal" && meaning !== "wait";
    const before = cut.refusalsOf(number);
    // An answer shows that the store is there; a part that it refuses again and again must not keep the gate open for itself.
    if (meaning === "confirmed" || (isRefusal && before < 2)) engine.hosts.answered(part);
    if (meaning === "confirmed") {
      this.through = true;
      return this.confirmed(part, { ms: engine.ports.clock.now() - since, size: part.blob.size, out: Math.max(part.blob.size, this.bytesPut - put) });
    }
    if (isRefusal) cut.refuse(number);
    u.parts.unload(number);
    if (meaning === "rehash") return this.rehash(part);
    if (meaning === "portal" || meaning === "wait") {
      if (isMute(answer)) {
        // The server knows what the store has, also where the store's answer cannot be read here.
        engine.obstacles.mute(part);
        return void this.signing.add({ ...part, url: "" });
      }
      if (!isStores(answer)) engine.obstacles.refused(part, answer);
      return this.waits(part, meaning === "portal" ? "portal" : "store_away");
    }
    // A URL that was refused right after it was signed would be refused for ever: slow down then, and ask whether it is as it seems here.
    if (before > 1) engine.hosts.failed(part, "store_away");
    if (isTimeToAsk(before + 1)) u.become("doubted");
    this.signing.add({ ...part, url: "" });
  }

  /** What the app said of a part that went through it. @param {Ready} part @param {import("../ports/ports.js").PutAnswer} answer */
  settleAround(part, { status, etag }) {
    const { engine } = this;
    if (status === 200 && etag) {
      engine.obstacles.throughAround();
      engine.storeGate.ok();
      return this.confirmed(part, null);
    }
    part.u.parts.unload(part.number);
    engine.obstacles.notAround(part);
    this.signing.add({ ...part, url: "" }); // what has become of the upload is said there
  }

  /** It goes out later, as it is. @param {Ready} part @param {string} reason */
  waits(part, reason) {
    const { engine } = this;
    if (engine.obstacles.goesAround(part)) engine.storeGate.ok();
    else engine.hosts.failed(part, reason);
    this.signed.push(part);
  }

  /** @param {Ready} part @param {import("./trouble.js").Through | null} flight of one that went out to the store itself, just now */
  confirmed(part, flight) {
    part.u.confirm(part.number);
    this.engine.obstacles.through(part.u, part.number, flight);
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
      if (u.version.cut.refusalsOf(number) > 1) engine.hosts.failed(part, "store_away");
      this.signing.add({ ...part, blob, sha256, url: "" });
    } catch (error) {
      if (run === u.run) engine.reader.unreadable(u, number, error);
    }
    engine.wake();
  }

  /** @param {Ready} part @param {unknown} error @param {Flight} flight */
  async failed(part, error, { since, isAlone }) {
    const { engine } = this;
    const { u, number, run } = part;
    const slept = engine.asleep.since(since);
    const ms = engine.ports.clock.now() - since;
    const bytes = u.loaded.get(number) ?? 0;
    u.parts.unload(number);
    // A file that went away looks like a network error to the sender: ask the file itself.
    const readable = await isReadable(part.blob, engine.ports);
    if (run !== u.run) return;
    if (!readable) return engine.reader.unreadable(u, number, error);
    // Nothing stands in its way that anybody knows of: its connection did not outlive the sleep.
    if (slept) return void this.signing.add({ ...(part.direct ?? part), url: "" });
    this.waits(part.direct ?? part, awayReason(error instanceof ApiError ? error : new NetworkError()));
    if (part.direct) engine.obstacles.notAround(part);
    // Of several hosts another one is tried first.
    else if (!part.others.length) engine.obstacles.cut(part, { bytes, ms, isAlone });
  }
}

/** A part that is read and hashed, of this run. @param {import("../upload/upload.js").Upload} u @param {number} number @param {Blob} blob @param {string} sha256 @returns {Ready} */
const unsigned = (u, number, blob, sha256) => ({ u, run: u.run, number, blob, sha256, url: "", others: [], relay: "", headers: {}, expiresAt: 0 });

/** @param {Ready} part */
const mayGo = ({ u, number }) => u.sends(number);
