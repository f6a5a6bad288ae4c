// Decides which call to the server an upload needs next, and what its answer makes of the upload.

import { ApiError, isAway, NetworkError } from "../ports/errors.js";
import { makingOf } from "../ports/batches.js";
import { isOvertaken, stamp } from "./change_feed.js";
import { NewFiles } from "./new_files.js";

const ENDS = ["ready", "blocked", "failed", "cancelled", "expired"];

/** States in which the server says which parts it has. */
const LISTED = new Set(["uploading", "paused", "verifying"]);

/** @param {string} state @returns {state is import("../upload/outcomes.js").End} */
const isEnd = (state) => ENDS.includes(state);

/** Has another browser signed any of its parts? @param {Pick<import("../upload/upload.js").Upload, "version">} u @param {import("../ports/ports.js").ServerUpload} answer */
export const isSentByOthers = ({ version }, { confirmed = [] }) => confirmed.some(({ versions }) => versions.some((one) => one !== version.token));

/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "among" | "server" | "lanes" | "batches" | "changed" | "wake"> & {outcomes: import("../upload/outcomes.js").Outcomes, lineRate: import("../sending/line_rate.js").LineRate, reader: import("../sending/reader.js").Reader, sender: import("../sending/sender.js").Sender, journalWriter: import("../journal/writer.js").JournalWriter, cancelling: {named: (u: import("../upload/upload.js").Upload) => Promise<void>, tellLater: (u: import("../upload/upload.js").Upload) => void}, polling: import("./polling.js").Polling, anew: {split: (u: import("../upload/upload.js").Upload) => Promise<void>}, recognition: {isMadeOf: (u: import("../upload/upload.js").Upload, answer: import("../ports/ports.js").ServerUpload) => Promise<boolean>}, owners: {mayCreate: boolean, ask: () => Promise<boolean>, own: (u: import("../upload/upload.js").Upload) => void}}} Needs of the engine */

export class Lifecycle {
  /** What is all there, what else the server has to hear or is asked about, and what it does not know yet. */
  #arrived;

  #others;

  #unknown;

  /** Whose last call came to nothing: it may be due to them. @type {WeakSet<import("../upload/upload.js").Upload>} */
  #unanswered = new WeakSet();

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
    /** Their bytes are being compared with what the server has made. @type {WeakSet<import("../upload/upload.js").Upload>} */
    this.proving = new WeakSet();
    const needs = (/** @type {(step: unknown) => boolean} */ isIt) => engine.among((u) => u.alive && isIt(this.next(u)));
    this.#arrived = needs((step) => step === this.complete);
    this.#others = needs((step) => step !== null && step !== this.complete && step !== this.create);
    this.#unknown = needs((step) => step === this.create);
    this.newFiles = new NewFiles(engine, (u) => u.alive && this.next(u) === this.create);
  }

  /** First what has arrived: it never waits behind thousands that only begin. What nobody answered the last time comes after all others. */
  fill() {
    this.fillWith((u) => !this.#unanswered.has(u));
    this.fillWith((u) => this.#unanswered.has(u));
  }

  /** @param {(u: import("../upload/upload.js").Upload) => boolean} isNow */
  fillWith(isNow) {
    const { lanes, batches, owners } = this.engine;
    for (const u of this.#arrived) {
      if (!batches.completes.takes(makingOf({ parts: u.partCount }))) break;
      if (isNow(u)) this.call(u, this.complete);
    }
    for (const u of this.#others) {
      if (!lanes.free) break;
      if (isNow(u)) this.call(u, this.next(u), lanes);
    }
    if (!owners.mayCreate || !(batches.creates.takes() || this.newFiles.hasRoom)) return;
    for (const u of this.#unknown) {
      if (!isNow(u)) continue;
      if (this.newFiles.isReady(u)) {
        if (batches.creates.takes()) this.call(u, this.create);
      } else if (!this.newFiles.hasRoom) break;
    }
  }

  /** @param {import("../upload/upload.js").Upload} u */
  next(u) {
    if (u.busy || !u.taken) return null;
    if (u.phase === "finishing") return u.synced ? this.complete : null;
    // Where the answer was lost, it is asked for again, paused or not: until then the server may have what nobody here knows of.
    if (!u.uploadId) return u.phase === "new" || u.asked ? this.create : null;
    if (!u.synced) return this.refresh;
    if (u.phase === "paused") return u.pausedAtServer ? null : this.pause;
    if (u.phase === "open" && u.pausedAtServer) return this.resume;
    return u.phase === "open" && u.allConfirmed ? this.complete : null;
  }

  /** @param {import("../upload/upload.js").Upload} u @param {((u: import("../upload/upload.js").Upload) => Promise<void>) | null} step @param {import("../ports/batches.js").Lanes} [lanes] in which it goes, where it does not go together with others */
  async call(u, step, lanes) {
    if (!step) return;
    const work = () => step.call(this, u);
    u.become("called");
    try {
      await (lanes ? lanes.take(work) : work());
      this.#unanswered.delete(u);
    } catch (error) {
      if (isAway(error)) this.#unanswered.add(u);
      if (!isAway(error) && u.alive) this.engine.outcomes.refused(u, error);
    } finally {
      u.become("answered");
      if (u.phase === "cancelled" && !u.uploadId) this.engine.cancelling.tellLater(u); // meanwhile, and its name did not come
      this.engine.changed(u);
      this.engine.wake();
    }
  }

  /** @param {import("../upload/upload.js").Upload} u */
  async create(u) {
    const { engine } = this;
    const answer = await this.name(u);
    const first = this.newFiles.firstParts.take(u, answer.part_size);
    if (u.phase === "cancelled") return engine.cancelling.named(u);
    this.apply(u, answer);
    u.become("listed", false);
    if (first) engine.sender.begun(u, first, answer.signed ?? null);
    await engine.journalWriter.save(u);
  }

  /** Asked for again it is the one that was made before. @param {import("../upload/upload.js").Upload} u */
  async name(u) {
    const { batches, outcomes } = this.engine;
    u.become("asked");
    try {
      const answer = await batches.creates.ask(this.newFiles.tell(u));
      outcomes.name(u, answer.id);
      return answer;
    } catch (error) {
      this.newFiles.firstParts.drop(u);
      if (!isAway(error)) u.become("unasked");
      throw error;
    }
  }

  /**
   * A call about an upload.
   * @template T
   * @param {import("../upload/upload.js").Upload} u @param {() => Promise<T>} call
   */
  about(u, call) {
    return this.ofThisTry(u, this.engine.server(call));
  }

  /**
   * Retry begins it anew under another key: an answer to the try before says nothing of this one.
   * @template T
   * @param {import("../upload/upload.js").Upload} u @param {Promise<T>} called
   */
  async ofThisTry(u, called) {
    const { key } = u;
    const isOver = () => {
      if (u.key !== key) throw new NetworkError("begun anew meanwhile");
    };
    try {
      const answer = await called;
      isOver();
      return answer;
    } catch (error) {
      isOver();
      throw error;
    }
  }

  /**
   * What the server knows of it. A browser that lost its owner's cookie (a crash, before it was written down) is somebody
   * else to the server: the key of the create call, which the journal has, proves that the upload is its own.
   * @param {import("../upload/upload.js").Upload} u
   */
  async known(u) {
    const { engine } = this;
    const { api } = engine.ports;
    const get = () => this.about(u, () => api.get(u.uploadId));
    try {
      return await get();
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "upload_not_found") throw error;
      // Somebody else may be here by now, whom this is none of the business of.
      if (!(await engine.owners.ask())) throw new NetworkError("nobody has said who is here");
      if (u.hidden) throw error;
      await this.about(u, () => api.adopt(u.uploadId, u.key));
      return get();
    }
  }

  /** An answer that was asked for otherwise. @param {import("../upload/upload.js").Upload} u @param {import("../ports/ports.js").ServerUpload} answer */
  async take(u, answer) {
    const { engine } = this;
    if (!u.alive) return;
    this.apply(u, answer);
    engine.changed(u);
    await engine.journalWriter.save(u);
  }

  /** @param {import("../upload/upload.js").Upload} u */
  async refresh(u) {
    const { engine } = this;
    const { version } = u;
    const before = new Set(u.confirmed);
    const answer = await this.known(u);
    if (!u.alive) return;
    // What has got through while the server was asked is not in its answer, and may have been freed here.
    const since = version === u.version && answer.epoch === u.epoch ? [...u.confirmed].filter((number) => !before.has(number)) : [];
    engine.owners.own(u);
    if (answer.epoch !== u.epoch && u.epoch) engine.outcomes.reopened(u, answer.epoch);
    u.halt();
    this.apply(u, answer);
    // Of what is made already the server lists no parts: whose they were it does not say.
    if (!LISTED.has(answer.state)) return void (await engine.journalWriter.save(u));
    const there = (answer.confirmed ?? []).filter((part) => u.counts(part));
    u.parts.list([...there.map(({ number }) => number), ...since]);
    for (const { number, sha256 } of there) {
      if (sha256) u.version.cut.know(number, sha256);
    }
    u.become("listed", isSentByOthers(u, answer));
    await engine.journalWriter.save(u);
    for (const number of u.stagedParts) if (u.confirmed.has(number)) engine.outcomes.partConfirmed(u, number);
  }

  /** Other devices shall see it; what counts here does not depend on it. @param {import("../upload/upload.js").Upload} u */
  async pause(u) {
    u.become("pausedThere"); // from now on it may be so, whatever becomes of the answer: who resumes tells the server first
    try {
      this.heard(u, "paused", await this.about(u, () => this.engine.ports.api.pause(u.uploadId)));
    } catch (error) {
      if (u.phase === "paused") u.become("resumedThere");
      throw error;
    }
  }

  /** @param {import("../upload/upload.js").Upload} u */
  async resume(u) {
    this.heard(u, "uploading", await this.about(u, () => this.engine.ports.api.resume(u.uploadId)));
    u.become("resumedThere");
  }

  /** News that is older than the answer says nothing new. @param {import("../upload/upload.js").Upload} u @param {string} wanted @param {import("../ports/ports.js").ServerUpload} answer */
  heard(u, wanted, answer) {
    if (answer.state === wanted) u.become("dated", stamp(answer.updated_at));
  }

  /** @param {import("../upload/upload.js").Upload} u */
  async complete(u) {
    const { engine } = this;
    engine.outcomes.move(u, "finishing");
    engine.changed(u);
    try {
      const answer = await this.ofThisTry(u, engine.batches.completes.ask({ id: u.uploadId, parts: u.partCount }));
      if (!u.alive) return;
      this.apply(u, answer);
      await engine.journalWriter.save(u);
    } catch (error) {
      if (!u.alive || !(error instanceof ApiError) || !["parts_missing", "checksum_mismatch"].includes(error.code)) throw error;
      if (u.phase !== "finishing") return; // it was looked for anew meanwhile, and what is missing is known
      engine.outcomes.move(u, "missing");
      const { missing = [], epoch = u.epoch } = /** @type {{missing?: number[], epoch?: number}} */ (error.problem);
      if (epoch !== u.epoch) return engine.outcomes.reopened(u, epoch);
      u.halt();
      missing.forEach((number) => u.parts.miss(number));
      if (u.allConfirmed) u.become("doubted"); // it does not say what is missing: ask
    }
  }

  /** The server's word on an upload. @param {import("../upload/upload.js").Upload} u @param {import("../ports/ports.js").ServerUpload} answer */
  apply(u, answer) {
    const { engine } = this;
    if (u.phase === "cancelled" || u.hidden) return; // the person's word is the last
    if (!u.partSize && !u.stagedParts.size) u.version.recut(answer.part_size);
    else if (answer.part_size !== u.partSize) engine.outcomes.recut(u, answer.part_size);
    u.become("described", { name: answer.name, epoch: answer.epoch, shareUrl: answer.share_url });
    if (isEnd(answer.state) && u.phase === answer.state) return; // heard before
    if (isOvertaken(u, answer)) return;
    u.become("stated", { state: answer.state, at: stamp(answer.updated_at), bytes: answer.confirmed_bytes });
    engine.polling.heard(u);
    if (isEnd(answer.state)) return isInDoubt(u, answer) ? this.prove(u, answer, answer.state) : engine.outcomes.ended(u, answer.state, answer);
    if (answer.state === "verifying" || answer.state === "scanning") {
      engine.outcomes.move(u, "finishing");
      u.become("entrusted");
      engine.polling.lookLater(u);
    } else if (answer.state === "paused") engine.outcomes.move(u, "paused");
    else engine.outcomes.move(u, "opened");
  }

  /**
   * The server has made a file, and not of the version that is here, as far as it knows: another browser finished it. When that one sent other
   * bytes, what is here is a file of its own.
   * @param {import("../upload/upload.js").Upload} u @param {import("../ports/ports.js").ServerUpload} answer @param {import("../upload/outcomes.js").End} end
   */
  async prove(u, answer, end) {
    const { engine } = this;
    const { uploadId, version } = u;
    engine.outcomes.move(u, "finishing");
    u.become("entrusted");
    if (this.proving.has(u)) return;
    this.proving.add(u);
    const isSame = await engine.recognition.isMadeOf(u, answer);
    this.proving.delete(u);
    if (u.uploadId !== uploadId || u.version !== version || u.phase !== "finishing" || u.hidden) return;
    if (isSame) engine.outcomes.ended(u, end, answer);
    else await engine.anew.split(u);
    engine.changed(u);
  }
}

/** @param {import("../upload/upload.js").Upload} u @param {import("../ports/ports.js").ServerUpload} answer */
const isInDoubt = (u, { checksum, versions = [] }) => Boolean(checksum) && u.alive && !u.foreign && u.isWhole && !versions.includes(u.version.token);
