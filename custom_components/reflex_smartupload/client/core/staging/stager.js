// Decides what is kept in the browser's own storage, so that a crash or a closed window loses nothing.

import { toEntry } from "../upload/entry.js";
import { WriterGone } from "../ports/errors.js";
import { isReadable } from "../sending/reader.js";
import { atOnce, fits, nextToStage, stageWay, worthStaging } from "../sending/schedule.js";
import { partSpan } from "../upload/part.js";
import { FEW } from "./copy_rates.js";

/** Small files are staged together: a transaction each would cost more than the bytes. */
const SMALL = 1e6;
const BATCH = 100;
/** How browsers say that there is no room: by the site's share, or by a transaction that came to nothing on a full disk. */
const FULL = new Set(["QuotaExceededError", "AbortError"]);

/** @typedef {{u: import("../upload/upload.js").Upload, version: import("../upload/version.js").Version, source: Blob}} Job what is copied, and of which state of the file */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "settings" | "among" | "running" | "changed" | "wake"> & {lineRate: import("../sending/line_rate.js").LineRate, copyRates: import("./copy_rates.js").CopyRates, journalWriter: import("../journal/writer.js").JournalWriter, reader: import("../sending/reader.js").Reader, metered: {waits: (u: import("../upload/upload.js").Upload) => boolean}}} Needs of the engine */

export class Stager {
  /** Those that may be staged: without any nobody goes through all that run. */
  #wanting;

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
    this.#wanting = engine.among((u) => this.wants(u));
    this.busy = false;
    /** Ways that failed in this browser. @type {Set<string>} */
    this.broken = new Set();
  }

  /** @param {import("../upload/upload.js").Upload} u */
  wants(u) {
    return u.running && u.source !== null && !u.snapshot && !u.noStaging && u.size > u.safeBytes && u.journaled;
  }

  /** @param {import("../upload/upload.js").Upload} u @param {number} ahead bytes that go before */
  isWorth(u, ahead) {
    const { engine } = this;
    const left = u.size - u.sentBytes;
    const stageRate = engine.copyRates.of(u.version.stagedKind === "opfs" ? "opfs" : "snapshot");
    return worthStaging({ left, ahead, sendRate: this.sendRate(u), stageRate });
  }

  /** Bytes/s at which it goes out, 0 where that is not known, or nothing of it does. @param {import("../upload/upload.js").Upload} u */
  sendRate(u) {
    return this.engine.metered.waits(u) ? 0 : this.engine.lineRate.usual();
  }

  async fill() {
    if (this.busy) return;
    this.busy = true;
    try {
      while (await this.step());
    } finally {
      this.busy = false;
    }
  }

  /** @returns {Promise<boolean>} whether there may be more to do at once */
  async step() {
    // What is worth it with nothing ahead is so in any case.
    for (const u of this.#wanting) {
      if (!this.isWorth(u, 0)) break;
      if (await this.stage(u)) return true;
    }
    if (!this.#wanting.size) return false;
    let ahead = 0;
    for (const u of this.engine.running()) {
      if (this.wants(u) && this.isWorth(u, ahead) && (await this.stage(u))) return true;
      ahead += u.size - u.sentBytes;
    }
    return false;
  }

  /** @param {import("../upload/upload.js").Upload} u */
  stage(u) {
    return u.size <= SMALL && this.canSnapshot() ? this.stageSmall(u) : this.stageOne(u);
  }

  canSnapshot() {
    return this.engine.ports.snapshots.usable() && !this.broken.has("snapshot");
  }

  canUsePartFiles() {
    return this.engine.ports.partFiles.usable() && !this.broken.has("opfs");
  }

  /** From the tail, as parts are: those at the head are sent meanwhile. @param {import("../upload/upload.js").Upload} first */
  async stageSmall(first) {
    const room = await this.engine.ports.quota.room();
    const files = [];
    let bytes = 0;
    for (const u of [...this.#wanting].reverse()) {
      if (files.length >= BATCH) break;
      if (u.size > SMALL || !this.wants(u) || !fits(bytes + u.size, room)) continue;
      files.push(u);
      bytes += u.size;
    }
    return files.length ? this.snapshot(files) : this.stageOne(first);
  }

  /** @param {import("../upload/upload.js").Upload} u */
  async stageOne(u) {
    const room = await this.engine.ports.quota.room();
    if (!this.wants(u)) return true; // it went meanwhile
    const way = u.version.stagedKind === "opfs" && this.canUsePartFiles() && room > u.partSize ? "opfs"
      : stageWay({ size: u.size, room, snapshot: this.canSnapshot(), opfs: this.canUsePartFiles(), rate: (one) => this.engine.copyRates.of(one) });
    if (way === "snapshot") return this.snapshot([u]);
    if (way === "opfs") return this.stagePart(u, room);
    // Full for now: parts that get confirmed make room. Nothing to stage with at all: say so on the card.
    this.cannot(u, this.canSnapshot() || this.canUsePartFiles() ? "full" : "none");
    return false;
  }

  /** @param {import("../upload/upload.js").Upload[]} files */
  async snapshot(files) {
    const { engine } = this;
    const { clock, snapshots, journal } = engine.ports;
    const since = clock.now();
    const jobs = files.map((u) => ({ u, version: u.version, source: /** @type {Blob} */ (u.source), before: u.version.stagedKind === "opfs" ? "opfs" : "" }));
    let unwanted = (/** @type {Job} */ job) => !isStill(job);
    for (const u of files) u.become("staging", { by: "snapshot", since });
    files.forEach((u) => engine.changed(u));
    try {
      await this.disown(jobs);
      await snapshots.write(jobs.map(({ version, source }) => ({ id: version.key, file: source })));
      const bytes = files.reduce((sum, u) => sum + u.size, 0);
      if (bytes > FEW) engine.copyRates.learn("snapshot", bytes, clock.now() - since);
      await Promise.all(jobs.map((job) => this.checkCopied(job)));
      // First the journal: only then the card may say that it is safe. And not before the look: a mixture must not be found after a crash.
      const kept = jobs.filter(isStill);
      for (const { version } of kept) version.stageAs("snapshot");
      await journal.save(kept.map(({ u }) => toEntry(u)));
      const copies = await Promise.all(kept.map(({ version }) => snapshots.read(version.key)));
      kept.forEach((job, i) => this.keep(job, copies[i]));
      for (const { version, before } of kept) if (before === "opfs") await engine.ports.partFiles.removeAll(version.partFiles.key).catch(() => {});
    } catch (error) {
      for (const { version, before } of jobs) version.stageAs(before);
      unwanted = () => true;
      if (jobs.some(isStill)) await this.failed("snapshot", files, error);
    }
    // Another file was given meanwhile, or it has ended: nobody wants this copy.
    await Promise.all(jobs.filter(unwanted).map(({ version }) => snapshots.remove(version.key).catch(() => {})));
    for (const u of files) u.become("rested");
    files.forEach((u) => engine.changed(u));
    engine.wake();
    return true;
  }

  /** Where a copy is made once more, over one that could not be read, the journal must not lead to it before it was looked at. @param {Job[]} jobs */
  async disown(jobs) {
    const again = jobs.filter(({ version }) => version.stagedKind === "snapshot");
    for (const { version } of again) version.stageAs("");
    if (again.length) await this.engine.ports.journal.save(again.map(({ u }) => toEntry(u)));
  }

  /** A copy that is not there, or not as long as the file, would be made again and again. @param {Job} job @param {Blob | null} copy */
  keep(job, copy) {
    if (!isStill(job)) return; // it has ended meanwhile, and its copy went with it
    if (!copy) this.broken.add("snapshot");
    else if (copy.size === job.u.size) job.version.copied(copy);
    else this.engine.reader.torn(job.u, "the copy is not as long as the file");
  }

  /** A file that was changed while it was copied left a mixture behind, which nothing else would tell. @param {Job} job */
  async checkCopied(job) {
    if (!(await isReadable(job.source, this.engine.ports)) && isStill(job)) this.engine.reader.torn(job.u, "the file changed while it was copied");
  }

  /** @param {import("../upload/upload.js").Upload} u @param {number} room */
  async stagePart(u, room) {
    const { engine } = this;
    const rate = this.sendRate(u);
    const rates = { sendRate: rate / atOnce(engine.settings.max_parallel_parts, rate), stageRate: engine.copyRates.of("opfs") };
    const number = u.partSize ? nextToStage(u, rates) : 0;
    if (!number || partSpan(number, u.size, u.partSize).bytes > room) {
      u.become("rested");
      if (number) this.cannot(u, "full");
      return false;
    }
    const { clock, partFiles } = engine.ports;
    const { version } = u;
    const { cut } = version;
    const job = { u, version, source: /** @type {Blob} */ (u.source) };
    const bytes = /** @type {Blob} */ (u.bytesOf(number));
    const { stagedKind: before } = version;
    if (!u.staging) u.become("staging", { by: "opfs", since: clock.now() });
    try {
      // Known here first, so that what else is written down meanwhile says so as well.
      version.stageAs("opfs");
      if (before !== "opfs") await this.announce(u, version, before);
      const since = clock.now();
      const sha256 = await partFiles.write(cut.key, number, bytes);
      engine.copyRates.learn("opfs", bytes.size, clock.now() - since);
      if (!u.version.owns(cut.key)) await partFiles.removeAll(cut.key);
      else if (!isStill(job) || u.confirmed.has(number)) await partFiles.remove(cut.key, number);
      else if ((cut.hashes.get(number) ?? sha256) !== sha256) {
        // Read twice, of two states: Firefox gives no other sign of a change.
        await partFiles.remove(cut.key, number);
        if (isStill(job)) engine.reader.torn(u, `part ${number} was read twice and differs`);
      } else if (version.cut === cut) cut.stage(number, sha256);
      if (u.safeBytes >= u.size) u.become("rested");
    } catch (error) {
      if (isStill(job)) await this.failed("opfs", [u], error);
      else u.become("rested"); // what it was writing to was cleared away
      if (isGone(error)) return false; // with no tab there is no writer: the next tab that comes wakes the engine
    }
    engine.changed(u);
    return true;
  }

  /** First the journal: part files that it does not lead to are swept away. @param {import("../upload/upload.js").Upload} u @param {Job["version"]} version @param {string} before */
  async announce(u, version, before) {
    try {
      await this.engine.ports.journal.save([toEntry(u)]);
    } catch (error) {
      version.stageAs(before);
      throw error;
    }
  }

  /** @param {import("../upload/upload.js").Upload} u @param {"none" | "full"} why */
  cannot(u, why) {
    u.become("unstaged", why);
    this.engine.changed(u);
  }

  /**
   * Out of room is for now, a file that cannot be read is the file's, everything else is this browser's and for good.
   * @param {string} way @param {import("../upload/upload.js").Upload[]} files @param {unknown} error
   */
  async failed(way, files, error) {
    const name = error instanceof Error || error instanceof DOMException ? error.name : "";
    const isFull = FULL.has(name);
    if (isGone(error)) return void files.forEach((u) => u.become("rested")); // the writer's tab was closed: another one writes
    const lost = new Set();
    for (const u of files) {
      u.become("rested");
      if (u.source && !(await isReadable(u.source, this.engine.ports))) lost.add(u);
    }
    for (const u of lost) await this.engine.reader.unreadable(u, 0, error);
    // Files that were only in the same batch are tried again without it.
    for (const u of lost.size ? [] : files) {
      if (files.length === 1 && isFull && (way === "opfs" || !this.canUsePartFiles())) this.cannot(u, "full");
      else if (files.length === 1 || !isFull) this.broken.add(way);
      else this.cannot(u, "full");
    }
    this.engine.ports.emit({ type: "log", text: `staging by ${way} failed: ${name} ${error instanceof Error ? error.message : ""}` });
  }
}

/** Is a copy still wanted that was begun with this file? @param {Job} job */
const isStill = ({ u, version, source }) => u.version === version && version.source === source;

/** @param {unknown} error */
const isGone = (error) => error instanceof WriterGone;
