// Decides nothing by itself: puts the parts of an engine together, and has each of them look whenever something may have changed.

import { Anew } from "./anew.js";
import { Asleep } from "../line/asleep.js";
import { Cancelling } from "../server/cancelling.js";
import { Copies } from "../staging/copies.js";
import { CopyRates } from "../staging/copy_rates.js";
import { Handed } from "../background_fetch/handed.js";
import { Handover } from "../background_fetch/handover.js";
import { Holds } from "../background_fetch/holds.js";
import { Lanes, together } from "../ports/batches.js";
import { ServerCalls } from "../server/calls.js";
import { Lifecycle } from "../server/lifecycle.js";
import { Outcomes } from "../upload/outcomes.js";
import { Owners } from "../recovery/owners.js";
import { Hosts } from "../sending/hosts.js";
import { JournalWriter } from "../journal/writer.js";
import { ChangeFeed } from "../server/change_feed.js";
import { LineRate } from "../sending/line_rate.js";
import { Metered } from "../line/metered.js";
import { Obstacles } from "../sending/obstacles.js";
import { Reader } from "../sending/reader.js";
import { Recognition } from "./recognition.js";
import { Recovery } from "../recovery/recover.js";
import { Gate } from "../ports/retry.js";
import { Sender } from "../sending/sender.js";
import { Telling } from "../server/telling.js";
import { Stager } from "../staging/stager.js";
import { Standing } from "../background_fetch/standing.js";
import { Polling } from "../server/polling.js";
import { Publisher } from "../view/publisher.js";
import { Speaking } from "../recovery/speaking.js";
import { Uploads } from "./uploads.js";
import { Wiped } from "../recovery/wiped.js";

/** Calls to the server at the same time: browsers have six connections to it, where they speak HTTP/1.1, and the news take one. */
const WHOLE = 3; // about whole uploads
const SIGNING = 2;

/** @typedef {import("../upload/upload.js").Upload} Upload */

export class Engine {
  #uploads = new Uploads();

  #alive = this.#uploads.among((u) => u.alive);

  #running = this.#uploads.among((u) => u.running);

  /** @param {import("../ports/ports.js").Ports} ports */
  constructor(ports) {
    this.ports = ports;
    /** @type {import("../ports/ports.js").Settings} */
    this.settings = { wait_threshold_seconds: 45, max_file_size: null, allowed_types: [], max_parallel_parts: 4 };
    /** @type {import("../view/leave.js").Home} */
    this.home = { shared: true, outlives: false, backgroundRuns: false };
    const wake = () => this.wake();
    this.serverGate = new Gate(ports.clock, ports.random, wake);
    this.serverCalls = new ServerCalls(this.serverGate, () => this.owners.signIn.signedOut());
    /** @type {ServerCalls["make"]} */
    this.server = (call) => this.serverCalls.make(call);
    this.lanes = new Lanes(WHOLE, this.serverCalls);
    this.batches = together(ports.api, { calls: this.serverCalls, clock: ports.clock, wake }, this.lanes, new Lanes(SIGNING, this.serverCalls));
    this.storeGate = new Gate(ports.clock, ports.random, wake);
    this.hosts = new Hosts(this);
    this.obstacles = new Obstacles(this);
    this.asleep = new Asleep(this, () => this.woke());
    /** @type {Metered} */
    this.metered = new Metered(this);
    /** @type {JournalWriter} */
    this.journalWriter = new JournalWriter(this);
    /** @type {Outcomes} */
    this.outcomes = new Outcomes(this);
    this.lineRate = new LineRate(this);
    this.copyRates = new CopyRates(this);
    this.copies = new Copies(this);
    this.recognition = new Recognition(this);
    /** @type {Owners} */
    this.owners = new Owners(this);
    /** @type {Recovery} */
    this.recovery = new Recovery(this);
    /** @type {ChangeFeed} */
    this.changeFeed = new ChangeFeed(this);
    this.reader = new Reader(this);
    /** @type {Cancelling} */
    this.cancelling = new Cancelling(this);
    /** @type {Lifecycle} */
    this.lifecycle = new Lifecycle(this);
    /** @type {Polling} */
    this.polling = new Polling(this);
    /** @type {Sender} */
    this.sender = new Sender(this);
    this.stager = new Stager(this);
    /** @type {Handed} */
    this.handed = new Handed(this);
    this.holds = new Holds(this);
    this.standing = new Standing(this);
    this.handover = new Handover(this);
    /** @type {Anew} */
    this.anew = new Anew(this);
    this.telling = new Telling(this);
    this.publisher = new Publisher(this);
    this.speaking = new Speaking(this);
    this.wiped = new Wiped(this);
    this.awake = false;
  }

  // -- the loop ----------------------------------------------------------------------------------------------------

  /** Look at everything once more, soon; any number of calls make one look. */
  wake() {
    if (this.awake) return;
    this.awake = true;
    queueMicrotask(() => {
      this.awake = false;
      this.asleep.fill();
      this.metered.fill();
      this.lifecycle.fill();
      this.sender.fill();
      this.stager.fill();
      this.standing.fill();
      this.handover.fill();
    });
  }

  /** @returns {ReadonlyMap<string, Upload>} */
  get uploads() {
    return this.#uploads.all;
  }

  alive() {
    return this.#alive;
  }

  running() {
    return this.#running;
  }

  /** @param {(u: Upload) => boolean} holds */
  among(holds) {
    return this.#uploads.among(holds);
  }

  /** @param {string} uploadId */
  named(uploadId) {
    return this.#uploads.named(uploadId);
  }

  /** @param {import("../view/leave.js").Home} home */
  livesIn(home) {
    this.home = home;
  }

  /** What the server says of them. @param {Partial<import("../ports/ports.js").Settings>} settings */
  configure(settings) {
    this.settings = { ...this.settings, ...settings };
  }

  /** The line is back, or somebody looks. */
  hurry() {
    this.serverGate.hurry();
    this.storeGate.hurry();
    this.hosts.hurry();
    this.obstacles.hurry();
    this.changeFeed.hurry();
    this.owners.hurry();
    this.wake();
  }

  /** This computer has slept: whatever was under way hangs on connections that are dead by now. */
  woke() {
    this.ports.hangUp?.();
    this.sender.renew();
    this.changeFeed.renew();
    this.hurry();
  }

  // -- cards --------------------------------------------------------------------------------------------------------------

  /** @param {Upload} u */
  add(u) {
    this.#uploads.add(u);
  }

  /** Take the card away. @param {Upload} u */
  drop(u) {
    if (this.#uploads.drop(u)) this.publisher.removed(u.id);
  }

  /** @param {Upload} u @param {boolean} [progressOnly] */
  changed(u, progressOnly = false) {
    this.publisher.changed(u, progressOnly);
  }
}
