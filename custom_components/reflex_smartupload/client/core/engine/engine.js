// Decides what happens to every upload: takes commands, keeps sender, stager and server calls going, tells the pages.

import { ApiError } from "../ports/errors.js";
import { Copies } from "../staging/copies.js";
import { Handed } from "../background_fetch/handed.js";
import { Handover } from "../background_fetch/handover.js";
import { ServerCalls } from "../server/calls.js";
import { Lifecycle } from "../server/lifecycle.js";
import { isOld } from "../recovery/expiry.js";
import { Owners } from "../recovery/owners.js";
import { JournalWriter } from "../journal/writer.js";
import { ChangeFeed } from "../server/change_feed.js";
import { LineRate } from "../sending/line_rate.js";
import { Reader } from "../sending/reader.js";
import { Recognition } from "./recognition.js";
import { Recovery } from "../recovery/recover.js";
import { Gate } from "../ports/retry.js";
import { Sender } from "../sending/sender.js";
import { Stager } from "../staging/stager.js";
import { IllegalTransition } from "../upload/transitions.js";
import { Publisher } from "../view/publisher.js";

/** @typedef {import("../upload/upload.js").Upload} Upload */

/** Errors of the create call that are about the file, not about an upload. */
const REFUSALS = new Set(["empty_file", "file_too_large", "type_not_allowed", "type_mismatch", "owner_quota_exceeded", "bad_name", "invalid_request"]);

export class Engine {
  /** @param {import("../ports/ports.js").Ports} ports */
  constructor(ports) {
    this.ports = ports;
    /** @type {Map<string, Upload>} in the order in which they came */
    this.uploads = new Map();
    /** @type {import("../ports/ports.js").Settings} */
    this.settings = { wait_threshold_seconds: 45, max_file_size: null, allowed_types: [], max_parallel_parts: 4 };
    /** @type {import("../view/leave.js").Home} */
    this.home = { shared: true, outlives: false, backgroundRuns: false };
    const wake = () => this.wake();
    this.serverGate = new Gate(ports.clock, ports.random, wake);
    this.serverCalls = new ServerCalls(this.serverGate);
    /** @type {ServerCalls["make"]} */
    this.server = (call) => this.serverCalls.make(call);
    this.storeGate = new Gate(ports.clock, ports.random, wake);
    /** @type {JournalWriter} */
    this.journalWriter = new JournalWriter(this);
    this.lineRate = new LineRate(this);
    this.copies = new Copies(this);
    this.recognition = new Recognition(this);
    /** @type {Owners} */
    this.owners = new Owners(this);
    /** @type {Recovery} */
    this.recovery = new Recovery(this);
    /** @type {ChangeFeed} */
    this.changeFeed = new ChangeFeed(this);
    this.reader = new Reader(this);
    /** @type {Lifecycle} */
    this.lifecycle = new Lifecycle(this);
    /** @type {Sender} */
    this.sender = new Sender(this);
    this.stager = new Stager(this);
    /** @type {Handed} */
    this.handed = new Handed(this);
    this.handover = new Handover(this);
    this.publisher = new Publisher(this);
    this.awake = false;
  }

  // -- the loop ----------------------------------------------------------------------------------------------------

  /** Look at everything once more, soon; any number of calls make one look. */
  wake() {
    if (this.awake) return;
    this.awake = true;
    queueMicrotask(() => {
      this.awake = false;
      this.lifecycle.fill();
      this.sender.fill();
      this.stager.fill();
      this.handed.fill();
      this.handover.fill();
    });
  }

  /**
   * The one way in which a phase changes. What the table does not have is a mistake of this engine: tests stop at it, in the field it is
   * reported and not obeyed.
   * @param {Upload} u @param {string} event
   */
  move(u, event) {
    try {
      u.become(event);
    } catch (error) {
      if (this.ports.strict || !(error instanceof IllegalTransition)) throw error;
      this.ports.emit({ type: "log", text: `${u.id}: ${error.message}` });
    }
  }

  *alive() {
    for (const u of this.uploads.values()) if (u.alive) yield u;
  }

  *running() {
    for (const u of this.uploads.values()) if (u.running) yield u;
  }

  /** The line is back, or somebody looks. */
  hurry() {
    this.serverGate.hurry();
    this.storeGate.hurry();
    this.changeFeed.hurry();
    this.owners.hurry();
    this.wake();
  }

  // -- what became of parts ---------------------------------------------------------------------------------------------

  /** No part left to claim: either all are on their way, or bytes are missing here. @param {Upload} u */
  exhausted(u) {
    if (u.claimed.size || u.allConfirmed || u.needsFile || u.kept) return;
    u.needsFile = true;
    this.changed(u);
  }

  /** @param {Upload} u */
  pauseUpload(u) {
    const { handedTo } = u;
    u.halt();
    this.move(u, "pause");
    this.journalWriter.save(u);
    this.changed(u);
    if (handedTo) this.handed.takeBack(handedTo);
    this.wake();
  }

  /** @param {Upload} u @param {number} number */
  partConfirmed(u, number) {
    // Where the server's list alone does not count, the journal must know before the part's bytes may go.
    const known = u.trusted ? this.journalWriter.save(u) : this.journalWriter.note(u).then(() => true);
    const { key, staged } = u.version.cut;
    if (staged.delete(number)) known.then((isWritten) => (isWritten ? this.ports.partFiles.remove(key, number) : undefined)).catch(() => {});
    if (u.version.stagedKind === "opfs" && u.journaled) u.noStaging = ""; // there is room again
    if (!u.again.length && u.cursor > u.partCount) this.exhausted(u);
    this.changed(u, true);
    this.wake();
  }

  // -- what the server said -----------------------------------------------------------------------------------------------

  /** The upload has its name at the server; a card that stood for it goes, with all that was done for it. @param {Upload} u @param {string} uploadId */
  adopt(u, uploadId) {
    for (const other of this.uploads.values()) {
      if (other === u || other.uploadId !== uploadId) continue;
      other.halt();
      other.hidden = true; // what is under way for it writes nothing down any more
      this.drop(other);
      if (other.journaled) this.journalWriter.forget(other);
    }
    u.uploadId = uploadId;
  }

  /** The store had lost the multipart upload: everything is sent again, from what is staged here. @param {Upload} u @param {number} epoch */
  reopened(u, epoch) {
    if (u.handedTo) this.handed.takeBack(u.handedTo);
    u.reopen(epoch);
    this.journalWriter.save(u);
    this.changed(u);
    this.wake();
  }

  /** The server cuts it into parts of another size. @param {Upload} u @param {number} partSize */
  recut(u, partSize) {
    const { version } = u;
    const done = this.copies.recut(u, partSize);
    if (u.handedTo) this.handed.takeBack(u.handedTo); // with bodies of the old length
    u.synced = false;
    done.then(() => {
      if (version !== u.version || u.partSize !== partSize) return;
      u.cursor = 1;
      u.needsFile = u.alive && !u.handedTo && !u.foreign && !u.source && !u.snapshot;
      this.journalWriter.save(u);
      this.changed(u);
      this.wake();
    });
  }

  /** @param {Upload} u @param {unknown} error */
  refused(u, error) {
    if (u.hidden) return; // whoever is here now gets no answer for it
    const code = error instanceof ApiError ? error.code : "internal_error";
    const detail = error instanceof ApiError ? String(error.problem.detail ?? "") : "";
    if (code === "upload_paused") {
      this.move(u, "paused");
      u.pausedAtServer = true;
    }
    else if ((code === "upload_not_open" || code === "upload_not_found") && u.synced) {
      this.move(u, "recovered"); // ask what it is
      u.synced = false;
    }
    else {
      this.move(u, REFUSALS.has(code) && !u.uploadId ? "refused" : "failed");
      u.fault = { code: code || "internal_error", text: code === "upload_not_found" ? "" : detail };
    }
    u.halt();
    if (code === "upload_not_found" && u.phase === "failed" && isOld(this, u)) this.journalWriter.forgetBytes(u).catch(() => {});
    if (u.phase === "refused" && code !== "owner_quota_exceeded") this.journalWriter.forget(u);
    else this.journalWriter.save(u);
    this.changed(u);
    this.announce(u);
    this.ports.emit({ type: "log", text: `${u.id} refused: ${code} ${error}` });
  }

  /** @param {Upload} u @param {string} state @param {import("../ports/ports.js").ServerUpload} [answer] */
  ended(u, state, answer) {
    const { handedTo } = u;
    u.halt();
    u.keepAll();
    if (handedTo && state !== "ready") this.handed.takeBack(handedTo);
    this.move(u, state);
    u.needsFile = false;
    u.finishedAt = answer?.completed_at ? Date.parse(answer.completed_at) : this.ports.clock.wall();
    if (answer?.error) u.fault = { code: answer.error.code, text: answer.error.detail };
    else u.fault = state === "expired" ? { code: "expired", text: "" } : null;
    if (!["failed", "expired", "cancelled"].includes(state)) this.journalWriter.forget(u);
    else if (state === "expired") this.journalWriter.forgetBytes(u).catch(() => {}); // staged bytes expire with their upload
    this.announce(u);
    if (state === "ready" && !u.foreign) this.lineRate.remember();
    this.changed(u);
  }

  /** For whoever wrote a handler for it. What another browser sent is that browser's to tell. @param {Upload} u */
  announce(u) {
    if (!u.foreign && ["ready", "blocked", "failed"].includes(u.phase)) this.ports.emit({ type: "ended", id: u.id, state: u.phase });
  }

  // -- cards --------------------------------------------------------------------------------------------------------------

  /** Take the card away. @param {Upload} u */
  drop(u) {
    this.uploads.delete(u.id);
    this.publisher.removed(u.id);
  }

  /** @param {Upload} u @param {boolean} [progressOnly] */
  changed(u, progressOnly = false) {
    this.publisher.changed(u, progressOnly);
  }
}
