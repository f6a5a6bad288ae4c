// Decides when what is left of an upload goes into the browser's own hands (Background Fetch), and what of it.
// Rule: a part is either the browser's or the engine's, so that no byte travels twice. What is on the line stays and arrives.

import { toEntry } from "../upload/entry.js";
import { ApiError, isAway } from "../ports/errors.js";
import { partSpan } from "../upload/part.js";
import { atOnce, fits, USUAL } from "../sending/schedule.js";
import { Duration } from "./duration.js";
import { bodyBytes, keptParts, leavesSome, unformed } from "./kept.js";
import { heldName, toId } from "./registration.js";
import { say } from "../words/words.js";

/** Seconds left below which it is not worth it: the browser copies all bytes once more, and the engine outlives its tabs for longer. */
const WORTH = 20;
/** Bytes/s that no browser's own sending reaches (two requests at a time): on such a line the engine is through much sooner, ... */
const FAST = 25e6;
/** ... so that there it keeps what it can finish, in seconds, before its browser ends it after the last tab. */
const OUTLIVED = 240;
const LOOK = 250; // ms between two looks whether it has become worth it
const PER_UPLOAD = 0.05; // ms of them at least for each upload that runs, since all are gone through
const CAREFUL = 2; // parts on the line before a handover
const LANES = 2; // parts read and hashed at a time, so that reading and hashing overlap
const BATCH = 100; // parts that one call to the server signs
const GATHER = 3000; // ms for which a handover waits for files that are being staged
/** What a browser says when it will not have it; after any other failure it may have it all the same. */
const REFUSALS = new Set(["NotAllowedError", "QuotaExceededError", "TypeError", "InvalidStateError"]);

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {{u: Upload, number: number, sha256: string, blob: Blob}} Prepared */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "settings" | "running" | "server" | "changed" | "wake"> & {lineRate: import("../sending/line_rate.js").LineRate, handed: import("./handed.js").Handed, journalWriter: import("../journal/writer.js").JournalWriter, reader: import("../sending/reader.js").Reader, hosts: import("../sending/hosts.js").Hosts, obstacles: {isHindered: boolean}, holds: {usable: boolean, ask: (id: string) => Promise<boolean | null>}, copyRates: import("../staging/copy_rates.js").CopyRates, metered: {waits: (u: Upload) => boolean}, sender: {through: boolean, onLine: {size: number}}}} Needs of the engine */
/** @typedef {Prepared & {url: string, fields: Record<string, string>}} Form */

export class Handover {
  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
    this.busy = false;
    /** The browser wants to see the person do something first. */
    this.needsGesture = false;
    /** Parts that may be on the line, as far as a handover waits for them: few where it is about to come, not all where it may come soon. */
    this.limit = Infinity;
    this.looksAgain = false;
    /** When it was last looked, on the engine's clock. */
    this.lookedAt = -Infinity;
    this.waitsUntil = -1;
    /** Bytes for which the browser had no room a second time. */
    this.tooMuch = Infinity;
    /** @type {WeakSet<Upload>} */
    this.hashedAhead = new WeakSet();
    this.duration = new Duration(engine);
  }

  fill() {
    if (this.busy) return;
    if (this.needsGesture || !this.engine.settings.handover || !this.engine.ports.handovers.usable()) return void (this.limit = Infinity);
    const now = this.engine.ports.clock.now();
    if (now < this.lookedAt + Math.floor(this.engine.running().size * PER_UPLOAD)) return this.lookAgain();
    this.lookedAt = now;
    this.limit = Infinity;
    // What does not get through from here does not get through from the browser's own hands either.
    if (this.engine.obstacles.isHindered) return this.lookAgain();
    const running = [...this.engine.running()];
    const ready = running.filter((u) => this.isReady(u));
    const copied = running.filter((u) => this.isCopied(u));
    const rate = this.engine.lineRate.slow();
    if (!ready.length) this.tooMuch = Infinity;
    if (unconfirmed(ready) >= this.tooMuch) return;
    if (!(ready.length + copied.length)) return;
    const together = [...ready, ...copied];
    const isWorth = this.isWorth(together, rate);
    // Nothing may happen for long on a line whose buffers are full.
    if (copied.length || !isWorth) this.lookAgain();
    // A line is often taken to be faster at first than it is.
    if (this.isWorth(together, rate / 2)) this.slow(USUAL);
    if (!isWorth) return;
    this.slow(CAREFUL);
    // Nothing is hashed for later while the first part waits for its turn, nor on a line that may turn out to be so fast that it needs the processor.
    const early = rate || this.engine.lineRate.early();
    if (!early || !this.isWorth(together, early) || (!this.engine.sender.through && !this.engine.sender.onLine.size)) return this.lookAgain();
    if (!rate) this.lookAgain();
    // While a file is copied, or the line is not quite known, there is time to hash ahead, which the sender needs as well.
    const unhashed = together.filter((u) => !this.hashedAhead.has(u));
    if (copied.length || !rate) return void (unhashed.length && this.work(unhashed, this.hashAhead(unhashed, together)));
    if (!this.isWaiting()) this.work(ready, this.give(ready));
  }

  /** What is on the line is waited for, where the engine does not go on afterwards. @param {number} limit */
  slow(limit) {
    if (!this.engine.holds.usable) this.limit = limit;
  }

  lookAgain() {
    if (this.looksAgain) return;
    this.looksAgain = true;
    this.engine.ports.clock.after(LOOK, () => {
      this.looksAgain = false;
      this.engine.wake();
    });
  }

  /**
   * Parts that may be on the line at the same time: what is on the line is what a handover waits for, and before one is through nobody
   * knows how long that takes.
   */
  get lanes() {
    const { lineRate, ports, sender, settings } = this.engine;
    const most = atOnce(settings.max_parallel_parts, lineRate.slow());
    if (!settings.handover || !ports.handovers.usable() || this.engine.holds.usable) return most;
    if (sender.through) return Math.min(this.limit, most);
    const open = [...this.engine.running()].filter((u) => !u.registration && !u.noHandover && !this.engine.metered.waits(u));
    return open.length && this.isWorth(open, lineRate.remembered) ? Math.min(CAREFUL, most) : most;
  }

  /** @param {Upload[]} uploads @param {Promise<void>} done */
  work(uploads, done) {
    this.busy = true;
    done
      .catch((error) => this.refused(uploads, error))
      .finally(() => {
        this.busy = false;
        this.engine.wake();
      });
  }

  /** @param {Upload[]} uploads @param {number} rate bytes/s, 0 when unknown */
  isWorth(uploads, rate) {
    const bytes = uploads.reduce((sum, u) => sum + u.size - u.sentBytes, 0);
    return !rate || bytes / rate >= (this.engine.lineRate.peak() > FAST ? OUTLIVED : WORTH);
  }

  /** The whole of it is being copied right now. @param {Upload} u */
  isCopied(u) {
    return u.phase === "open" && u.synced && u.staging === "snapshot" && !u.noHandover && !u.registration && !this.engine.metered.waits(u);
  }

  /** For files that are ready in a moment: browsers take one handover for each thing that a person does. */
  isWaiting() {
    const { clock } = this.engine.ports;
    const isComing = (/** @type {Upload} */ u) => (u.phase === "new" || u.phase === "open") && !u.noStaging && !u.noHandover && !u.registration && !u.allConfirmed && !this.isReady(u) && !this.engine.metered.waits(u);
    const soon = [...this.engine.running()].some(isComing);
    if (!soon) this.waitsUntil = -1;
    else if (this.waitsUntil < 0) {
      this.waitsUntil = clock.now() + GATHER;
      clock.after(GATHER, () => this.engine.wake());
    }
    return soon && clock.now() < this.waitsUntil;
  }

  /** Every byte is at hand without the person's file, and the server lets it be sent. @param {Upload} u */
  isReady(u) {
    return u.phase === "open" && u.synced && u.journaled && !u.registration && !u.offeredTo && !u.noHandover && !u.pausedAtServer && u.safeBytes >= u.size && !u.allConfirmed && !this.engine.metered.waits(u);
  }

  /** Tells whether an upload still runs as it did. @param {Upload[]} uploads @returns {(u: Upload) => boolean} */
  still(uploads) {
    const runs = new Map(uploads.map((u) => [u, u.run]));
    return (u) => u.run === runs.get(u) && u.phase === "open" && !this.engine.metered.waits(u);
  }

  /** @param {Upload[]} uploads @param {Upload[]} together what would be handed over with them */
  async hashAhead(uploads, together) {
    const runs = this.still(uploads);
    // A line that turns out to be fast needs none of it. Judged by all of them, as `fill` does: else the two would disagree for ever.
    const stays = (/** @type {Upload} */ u) => runs(u) && this.isWorth(together, this.engine.lineRate.slow());
    for (const u of uploads) {
      for (const batch of this.batches(u)) if (stays(u)) await this.prepare(u, batch, stays);
      if (stays(u)) this.hashedAhead.add(u);
    }
  }

  /** @param {Upload[]} uploads */
  async give(uploads) {
    const { journal, newId, quota } = this.engine.ports;
    // The browser makes a copy of its own of what is staged. With parts that are confirmed and freed it gets better.
    const bytes = unconfirmed(uploads);
    if (!fits(bytes, await quota.room())) return void (this.tooMuch = bytes * 0.75);
    const stays = this.still(uploads);
    const { holds, lineRate } = this.engine;
    const name = newId();
    // Held back, it may have all parts, also those on the line, and the engine goes on with any of them.
    const isHeld = (await holds.ask(toId(heldName(name), uploads))) === true;
    const id = toId(isHeld ? heldName(name) : name, uploads);
    lineRate.remember(); // later the line may have rested, while the browser took a large file
    const unhashed = unconfirmed(uploads.filter((u) => !this.hashedAhead.has(u)));
    const batches = uploads.reduce((sum, u) => sum + Math.ceil((u.partCount - u.confirmed.size) / BATCH), 0);
    const seconds = this.duration.whole({ bytes, unhashed, batches });
    for (const u of uploads.filter(stays)) offer(u, id, isHeld || keptParts(u, seconds * lineRate.slow()));
    const isOffered = (/** @type {Upload} */ u) => stays(u) && u.offeredTo === id;
    try {
      /** @type {Form[]} */
      const forms = [];
      // Held back, the browser begins where the engine ends: with the last one, from its tail.
      const worthIt = isHeld ? uploads.toReversed() : uploads.filter(leavesSome);
      for (const u of worthIt) for (const batch of this.batches(u, isHeld)) if (stays(u)) forms.push(...(await this.sign(u, await this.prepare(u, batch, stays), stays)));
      // Now it is known how long that took: of what was kept for the line meanwhile, only what goes out while the browser takes the rest.
      const more = this.duration.taking(unconfirmed(uploads));
      for (const u of uploads.filter(isOffered)) offer(u, id, isHeld || [...keptParts(u, more * lineRate.slow()), ...unformed(u, forms)]);
      const left = forms.filter(({ u, number }) => isOffered(u) && !u.confirmed.has(number) && (isHeld || !u.sends(number)));
      const given = uploads.filter((u) => isOffered(u) && left.some((part) => part.u === u));
      // The line is as quick as the browser would be.
      if (!given.length) return void uploads.filter(stays).forEach((u) => u.become("notTaken"));
      // First the journal: after a crash it is better to ask for a handover that never was than to send beside one.
      await journal.save(given.map(toEntry));
      const rest = left.filter(({ u }) => stays(u));
      if (!rest.length) return; // all of it was paused or has ended meanwhile
      await this.ask(id, given, rest, isHeld);
      this.took(id, given, rest);
      if (!given.every(stays)) await this.engine.handed.takeBack(id); // one was paused or cancelled meanwhile
    } finally {
      for (const u of uploads) if (u.offeredTo === id) u.keepAll();
    }
    this.engine.handed.watch();
  }

  /** @param {string} id @param {Upload[]} given @param {Form[]} left @param {boolean} isHeld */
  async ask(id, given, left, isHeld) {
    const { handed, ports } = this.engine;
    const title = given.length === 1 ? given[0].name : say("count-handed", { count: given.length });
    const requests = left.map(({ url, fields, blob }) => ({ url, fields, blob }));
    const bytes = left.reduce((sum, form) => sum + bodyBytes(form), 0);
    try {
      await this.duration.measured(bytes, () => ports.handovers.give({ id, title, requests, bytes, isHeld }));
    } catch (error) {
      const refused = error instanceof DOMException && REFUSALS.has(error.name);
      if (!refused && !(await handed.takeBack(id))) this.took(id, given, left, false); // it may have it, and nobody can say
      throw error;
    }
  }

  /** The browser has it, also what was paused meanwhile. @param {string} id @param {Upload[]} given @param {Form[]} forms @param {boolean} [isSure] else it goes on by itself only once somebody has looked */
  took(id, given, forms, isSure = true) {
    for (const u of given.filter(({ offeredTo }) => offeredTo === id)) {
      if (u.kept) u.handOver();
      else u.hold(unformed(u, forms));
      if (!isSure) u.become("dropped", true);
      this.engine.changed(u);
    }
  }

  /** Numbers of the parts that are left, from the tail: the head is on its way meanwhile. @param {Upload} u @param {boolean} [all] also those on the line */
  *batches(u, all = false) {
    const numbers = [];
    for (let number = u.partCount; number > 0; number -= 1) if (!u.confirmed.has(number) && (all || !u.loaded.has(number))) numbers.push(number);
    for (let at = 0; at < numbers.length; at += BATCH) yield numbers.slice(at, at + BATCH);
  }

  /** @param {Upload} u @param {number[]} numbers @param {(u: Upload) => boolean} stays @returns {Promise<Prepared[]>} */
  async prepare(u, numbers, stays) {
    const { engine } = this;
    /** @type {Prepared[]} */
    const found = [];
    const next = numbers.values();
    const lane = async () => {
      for (const number of next) {
        if (!stays(u) || u.confirmed.has(number)) continue;
        const { cut } = u.version;
        const blob = await engine.reader.blob(u, number);
        const sha256 = await engine.reader.hash(u, number, blob);
        cut.know(number, sha256);
        found.push({ u, number, sha256, blob });
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return found;
  }

  /** @param {Upload} u @param {Prepared[]} parts @param {(u: Upload) => boolean} stays */
  async sign(u, parts, stays) {
    if (!parts.length) return [];
    const { engine } = this;
    const digests = parts.map(({ number, sha256 }) => ({ number, sha256, size: partSpan(number, u.size, u.partSize).bytes }));
    const answer = await engine.server(() => engine.ports.api.handover(u.uploadId, digests, u.voucher));
    if (!stays(u) || answer.epoch !== u.epoch) return [];
    const grants = new Map(answer.parts.map((grant) => [grant.number, grant]));
    return parts.flatMap((part) => {
      const { url, fields } = grants.get(part.number) ?? {};
      return url && fields && !engine.hosts.isAway(url) ? [{ ...part, url, fields }] : [];
    });
  }

  /** It stays with the engine, which is no loss. @param {Upload[]} uploads @param {unknown} error */
  async refused(uploads, error) {
    const { engine } = this;
    engine.ports.emit({ type: "log", text: `not handed over: ${error}` });
    if (error instanceof DOMException && error.name === "NotAllowedError") this.needsGesture = true;
    else if (!isAway(error)) for (const u of uploads) u.become("notTaken");
    if (error instanceof ApiError && error.code === "upload_paused") for (const u of uploads) u.become("doubted");
    await Promise.all(uploads.map((u) => engine.journalWriter.save(u)));
  }

  /** The person did something: the browser may be asked again. */
  gesture() {
    this.needsGesture = false;
    this.engine.wake();
  }
}

/** @param {Upload} u @param {string} id @param {true | Iterable<number>} kept true: all, since the browser is held back */
const offer = (u, id, kept) => (kept === true ? u.offerHeld(id) : u.offer(id, kept));

/** @param {Upload[]} uploads */
const unconfirmed = (uploads) => uploads.reduce((sum, u) => sum + u.size - u.confirmedBytes, 0);
