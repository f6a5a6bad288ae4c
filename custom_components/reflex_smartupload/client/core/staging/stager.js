// Decides what is kept in the browser's own storage, so that a crash or a closed window loses nothing.

import { ReadError } from "../ports/errors.js";
import { ASSUMED, fits, nextToStage, stageWay, worthStaging } from "../sending/schedule.js";
import { partSpan } from "../upload/part.js";

/** Small files are staged together: a transaction each would cost more than the bytes. */
const SMALL = 1e6;
const BATCH = 100;

export class Stager {
  /** @param {import("../engine/engine.js").Engine} engine */
  constructor(engine) {
    this.engine = engine;
    this.busy = false;
    /** Remembered bytes/s by way of staging. @type {Record<string, number>} */
    this.rates = {};
    /** Ways that failed in this browser. @type {Set<string>} */
    this.broken = new Set();
  }

  /** @param {string} way */
  rate(way) {
    return this.rates[way] || ASSUMED[/** @type {"snapshot" | "opfs"} */ (way)] || ASSUMED.opfs;
  }

  /** @param {import("../upload/upload.js").Upload} u */
  wants(u) {
    return u.running && u.source !== null && !u.snapshot && !u.noStaging && u.size > u.safeBytes && u.journaled;
  }

  /** @param {import("../upload/upload.js").Upload} u @param {number} ahead bytes that go before */
  isWorth(u, ahead) {
    const { engine } = this;
    const left = u.size - u.sentBytes;
    const stageRate = this.rate(u.stagedKind || "snapshot");
    return worthStaging({ left, ahead, sendRate: engine.sendRate(), stageRate });
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
    let ahead = 0;
    for (const u of this.engine.running()) {
      if (this.wants(u) && this.isWorth(u, ahead)) {
        const together = u.size <= SMALL && this.canSnapshot();
        if (await (together ? this.stageSmall(u) : this.stageOne(u))) return true;
      }
      ahead += u.size - u.sentBytes;
    }
    return false;
  }

  canSnapshot() {
    return this.engine.ports.snapshots.usable() && !this.broken.has("snapshot");
  }

  canUsePartFiles() {
    return this.engine.ports.partFiles.usable() && !this.broken.has("opfs");
  }

  /** @param {import("../upload/upload.js").Upload} first */
  async stageSmall(first) {
    const room = await this.engine.ports.quota.room();
    const files = [];
    let bytes = 0;
    for (const u of this.engine.running()) {
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
    const way = u.stagedKind === "opfs" && this.canUsePartFiles() && room > u.partSize ? "opfs"
      : stageWay({ size: u.size, room, snapshot: this.canSnapshot(), opfs: this.canUsePartFiles(), rates: this.rates });
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
    for (const u of files) Object.assign(u, { staging: true, stagingSince: since, stagedKind: "snapshot" });
    files.forEach((u) => engine.changed(u));
    try {
      await snapshots.write(files.map((u) => ({ id: u.id, file: /** @type {Blob} */ (u.source) })));
      const bytes = files.reduce((sum, u) => sum + u.size, 0);
      if (bytes > 16e6) this.learn("snapshot", bytes, clock.now() - since);
      await Promise.all(files.map((u) => this.checkCopied(u)));
      // An upload without its source has let go of its bytes in the meantime (ended, cancelled, changed on the disk).
      const kept = files.filter((u) => u.source);
      await journal.save(kept.map((u) => u.entry())); // first the journal: only then the card may say that it is safe
      const copies = await Promise.all(kept.map((u) => snapshots.read(u.id)));
      kept.forEach((u, i) => u.source && (u.snapshot = copies[i]));
      await Promise.all(files.filter((u) => !u.source).map((u) => engine.keeper.forgetBytes(u)));
    } catch (error) {
      await this.failed("snapshot", files, error);
    }
    for (const u of files) u.staging = false;
    files.forEach((u) => engine.changed(u));
    engine.wake();
    return true;
  }

  /** A file that was changed while it was copied left a mixture behind, which nothing else would tell. @param {import("../upload/upload.js").Upload} u */
  async checkCopied(u) {
    const { engine } = this;
    const { source } = u;
    if (!source || (await engine.reader.fate(source)) !== "changed" || source !== u.source) return;
    await engine.reader.unreadable(u, 0, new ReadError("the file changed while it was copied"), true);
  }

  /** @param {import("../upload/upload.js").Upload} u @param {number} room */
  async stagePart(u, room) {
    const { engine } = this;
    const rates = { sendRate: engine.sendRate() / engine.settings.max_parallel_parts, stageRate: this.rate("opfs") };
    const number = u.partSize ? nextToStage(u, rates) : 0;
    if (!number || partSpan(number, u.size, u.partSize).bytes > room) {
      u.staging = false;
      if (number) this.cannot(u, "full");
      return false;
    }
    const { clock, partFiles, journal } = engine.ports;
    const { source } = u;
    const bytes = /** @type {Blob} */ (u.bytesOf(number));
    if (!u.staging) Object.assign(u, { staging: true, stagingSince: clock.now() });
    try {
      if (u.stagedKind !== "opfs") await journal.save([{ ...u.entry(), stagedKind: "opfs" }]);
      u.stagedKind = "opfs";
      const since = clock.now();
      const sha256 = await partFiles.write(u.id, number, bytes);
      this.learn("opfs", bytes.size, clock.now() - since);
      await this.checkCopied(u);
      // The source went away in the meantime: nobody wants any of it, or another file may have come in its place.
      if (source !== u.source) await (u.alive ? partFiles.remove(u.id, number) : partFiles.removeAll(u.id));
      else if (u.confirmed.has(number)) await partFiles.remove(u.id, number);
      else {
        u.stagedParts.add(number);
        u.hashes.set(number, sha256);
      }
      if (u.safeBytes >= u.size) u.staging = false;
    } catch (error) {
      await this.failed("opfs", [u], error);
      if (isGone(error)) return false; // with no tab there is no writer: the next tab that comes wakes the engine
    }
    engine.changed(u);
    return true;
  }

  /** @param {import("../upload/upload.js").Upload} u @param {"none" | "full"} why */
  cannot(u, why) {
    u.noStaging = why;
    this.engine.changed(u);
  }

  /** @param {string} way @param {number} bytes @param {number} ms */
  learn(way, bytes, ms) {
    const measured = (bytes * 1000) / Math.max(1, ms);
    this.rates[way] = this.rates[way] ? 0.7 * this.rates[way] + 0.3 * measured : measured;
    this.engine.ports.journal.saveRate(way, this.rates[way]).catch(() => {});
  }

  /**
   * Out of room is for now, a file that cannot be read is the file's, everything else is this browser's and for good.
   * @param {string} way @param {import("../upload/upload.js").Upload[]} files @param {unknown} error
   */
  async failed(way, files, error) {
    const name = error instanceof Error || error instanceof DOMException ? error.name : "";
    if (isGone(error)) return void files.forEach((u) => (u.staging = false)); // the writer's tab was closed: another one writes
    const lost = new Set();
    for (const u of files) {
      u.staging = false;
      if (way === "snapshot") u.stagedKind = "";
      if (u.source && !(await this.engine.reader.readable(u.source))) lost.add(u);
    }
    for (const u of lost) await this.engine.reader.unreadable(u, 0, error);
    // Files that were only in the same batch are tried again without it.
    for (const u of lost.size ? [] : files) {
      if (files.length === 1 && name === "QuotaExceededError" && (way === "opfs" || !this.canUsePartFiles())) this.cannot(u, "full");
      else if (files.length === 1 || name !== "QuotaExceededError") this.broken.add(way);
      else this.cannot(u, "full");
    }
    this.engine.ports.emit({ type: "log", text: `staging by ${way} failed: ${name} ${error instanceof Error ? error.message : ""}` });
  }
}

/** @param {unknown} error */
const isGone = (error) => error instanceof DOMException && error.name === "AbortError";
