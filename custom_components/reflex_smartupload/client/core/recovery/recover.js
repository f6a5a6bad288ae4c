// Decides what goes on after a start: what the journal remembers, what is staged, and what the server knows.

import { countsOn } from "../journal/writer.js";
import { understood } from "../upload/entry.js";
import { isAway, isSignedOut } from "../ports/errors.js";
import { patiently } from "../ports/retry.js";
import { stamp } from "../server/change_feed.js";
import { Upload } from "../upload/upload.js";

const AGAIN = 3000; // ms before the server is asked once more
/**
 * ms for which one that was seen to move is taken to be sent by another browser. Once may be the last parts of a browser that is no more;
 * of one that goes on moving, a part takes a while on a slow line.
 */
const MOVED = 10_000;
const MOVING = 120_000;
const LIVE = new Set(["uploading", "paused", "verifying", "scanning"]);

/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "uploads" | "add" | "alive" | "among" | "named" | "server" | "changed" | "wake" | "hurry"> & {outcomes: import("../upload/outcomes.js").Outcomes, lineRate: import("../sending/line_rate.js").LineRate, copies: import("../staging/copies.js").Copies, journalWriter: import("../journal/writer.js").JournalWriter, handed: import("../background_fetch/handed.js").Handed, cancelling: import("../server/cancelling.js").Cancelling, lifecycle: import("../server/lifecycle.js").Lifecycle, changeFeed: import("../server/change_feed.js").ChangeFeed, owners: import("./owners.js").Owners, copyRates: import("../staging/copy_rates.js").CopyRates}} Needs of the engine */

export class Recovery {
  /** Until when another browser is taken to be sending one, on the engine's clock. @type {WeakMap<Upload, number>} */
  #movesUntil = new WeakMap();

  #unborn;

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
    this.#unborn = engine.among((u) => u.alive && !u.uploadId && !u.fault && (u.phase === "new" || u.busy || u.asked));
    this.listing = false;
    this.listAgain = false;
    /** What the journal remembers is there: not before that can an answer be compared with it. */
    this.begun = false;
  }

  /** Everything that this browser remembers of the owner who is here; the server is asked afterwards, upload by upload. */
  async start() {
    const { engine } = this;
    const { journal } = engine.ports;
    const rates = await journal.rates().catch(() => ({}));
    engine.lineRate.recall(rates);
    engine.copyRates.recall(rates);
    await engine.owners.start(); // first of all, so that nobody sees another owner's files even for a moment
    const read = await this.read();
    const known = (read ?? []).map(understood).sort((a, b) => a.addedAt - b.addedAt);
    const all = known.map((entry) => new Upload(entry, { journaled: true, taken: true }));
    for (const u of all) if (!engine.owners.isHere(u)) engine.owners.hide(u);
    const past = this.past(all);
    await this.begin(all.filter((u) => !u.hidden && !past.has(u)));
    for (const u of past) engine.journalWriter.forget(u);
    if (read) this.sweep(); // without the journal nobody can say which bytes are left behind
    engine.owners.settle();
    this.begun = true;
    this.list();
    engine.changeFeed.start();
  }

  /** Of groups that came to their end on another day nothing is shown any more. @param {Upload[]} all @returns {ReadonlySet<Upload>} */
  past(all) {
    const isNow = (/** @type {Upload} */ u) => u.group !== "" && (!countsOn(u) || this.isToday(new Date(u.touchedAt).toISOString()));
    const now = new Set(all.filter(isNow).map((u) => u.group));
    return new Set(all.filter((u) => !u.hidden && countsOn(u) && !now.has(u.group)));
  }

  /** What the journal knows; null when it cannot be read, not even after a moment. Until then nothing else begins, so that nothing has to be put together. */
  async read() {
    const { clock, journal } = this.engine.ports;
    return patiently(clock, () => journal.all()).catch(() => null);
  }

  /** These go on from where they were. @param {Upload[]} uploads */
  async begin(uploads) {
    const { engine } = this;
    const cancelled = uploads.filter((u) => u.phase === "cancelled");
    const others = uploads.filter((u) => u.phase !== "cancelled");
    await Promise.all(others.map((u) => this.attach(u)));
    for (const u of uploads) {
      engine.owners.release(u);
      if (!u.hidden && !engine.owners.isHere(u)) engine.owners.hide(u); // they left while its bytes were looked for
    }
    for (const u of others) {
      if (u.alive) engine.outcomes.move(u, "recovered");
      if (u.hidden || engine.uploads.has(u.id)) continue;
      engine.add(u);
      if (u.uploadId) engine.outcomes.name(u, u.uploadId);
      engine.changed(u);
    }
    engine.wake();
    engine.handed.watch();
    for (const u of cancelled) engine.cancelling.again(u);
  }

  /** Find the staged bytes of an upload. @param {Upload} u */
  async attach(u) {
    await this.engine.copies.attach(u);
    // Part files go as they are confirmed: none left may well mean that all of them arrived, and the server will say so.
    const perhapsAll = u.version.stagedKind === "opfs" && u.uploadId !== "";
    u.become("looked", u.alive && !u.handedTo && (u.edited || (!u.snapshot && !u.source && !u.stagedParts.size && !perhapsAll)));
  }

  /** Staged bytes that no upload owns, this owner's or another's: left behind by a crash in the wrong moment. */
  async sweep() {
    const { copies, ports } = this.engine;
    for (const place of [ports.snapshots, ports.partFiles]) {
      if (!place.usable()) continue;
      for (const key of await place.ids().catch(() => [])) {
        if (copies.isOwned(key)) continue;
        await ("removeAll" in place ? place.removeAll(key) : place.remove(key)).catch(() => {});
      }
    }
  }

  /** The server's uploads of this owner: begun in another browser, or before this one's storage was wiped. */
  async list() {
    const { engine } = this;
    // While nobody knows who is here, nobody can say whose these are: asked once that is known.
    if (!this.begun || !engine.owners.isKnown) return;
    if (this.listing) return void (this.listAgain = true);
    if (this.creating()) return void engine.ports.clock.after(AGAIN, () => this.list());
    this.listing = true;
    const { owners } = engine;
    const { tag } = owners;
    try {
      const answers = await engine.server(() => engine.ports.api.list());
      if (tag !== owners.tag) this.listAgain = true; // they may be those of whoever was here before
      else if (this.creating()) engine.ports.clock.after(AGAIN, () => this.list());
      else answers.reverse().forEach((answer) => this.merge(answer));
    } catch (error) {
      // Once somebody has signed in it is asked again anyway.
      if (isAway(error) && !isSignedOut(error)) engine.ports.clock.after(AGAIN, () => this.list());
    } finally {
      this.listing = false;
      if (this.listAgain) {
        this.listAgain = false;
        this.list();
      }
    }
  }

  /** An upload that is being created here would be in the server's answers without being known: not before that is over. */
  creating() {
    return this.#unborn.size > 0 || this.engine.cancelling.seeks;
  }

  /** @param {import("../ports/ports.js").ServerUpload} answer @param {string} [since] a stamp of change_feed.js: what is newer happens now, and not here */
  merge(answer, since = "") {
    const { engine } = this;
    let [u] = /** @type {(Upload | undefined)[]} */ (engine.named(answer.id));
    if ((u && !(u.foreign && u.alive)) || engine.cancelling.cancelled.has(answer.id)) return;
    if (u && (u.busy || stamp(answer.updated_at) < u.heardAt)) return; // what a person did here counts, and is newer
    if (!u && engine.owners.isProven(answer.id)) return;
    const live = LIVE.has(answer.state);
    if (!u) {
      if (!live && !(answer.state === "ready" && this.isToday(answer.completed_at))) return;
      const lastModified = answer.last_modified ? Date.parse(answer.last_modified) : 0;
      const entry = {
        id: this.idOf(answer), key: answer.id, name: answer.name, type: answer.type, size: answer.size, lastModified,
        addedAt: Date.parse(answer.created_at), owner: engine.owners.tag, uploadId: answer.id, phase: "open",
        uploader: answer.uploader ?? "", metadata: answer.metadata ?? {},
      };
      u = new Upload(entry, { foreign: true, taken: true }); // pausing it here is heard there
      engine.add(u);
    }
    const before = u.confirmedElsewhere;
    if (u.phase === "paused" && u.pausedAtServer && answer.state === "uploading") engine.outcomes.move(u, "resumed");
    engine.lifecycle.apply(u, answer);
    u.become("shown", live);
    // It moves although nobody here sends: another browser does.
    const isNow = (/** @type {string | undefined} */ instant) => Boolean(since) && stamp(instant) > since;
    if (isNow(answer.updated_at) || (before && answer.confirmed_bytes > before)) {
      const now = engine.ports.clock.now();
      const goesOn = isNow(answer.created_at) || now < this.#until(u);
      this.#movesUntil.set(u, now + (goesOn ? MOVING : MOVED));
    }
    this.notice(u);
    engine.changed(u);
  }

  /** A card that was given its file and then became a file of its own has kept the first one. @param {import("../ports/ports.js").ServerUpload} answer */
  idOf({ id }) {
    const { owners, ports, uploads } = this.engine;
    const first = `server-${id}`;
    return uploads.has(first) || owners.hidden.has(first) ? `${first}.${ports.newId()}` : first;
  }

  /** @param {Upload} u */
  notice(u) {
    const { clock } = this.engine.ports;
    const left = this.#until(u) - clock.now();
    const moving = u.foreign && u.alive && u.serverState === "uploading" && left > 0;
    if (moving) clock.after(left, () => this.notice(u));
    const before = u.notice;
    u.become("noticed", moving ? "elsewhere" : "");
    if (u.notice !== before) this.engine.changed(u);
  }

  /** @param {Upload} u */
  #until(u) {
    return this.#movesUntil.get(u) ?? 0;
  }

  /** @param {string | null} instant */
  isToday(instant) {
    return Boolean(instant) && new Date(/** @type {string} */ (instant)).toDateString() === new Date(this.engine.ports.clock.wall()).toDateString();
  }

  /** Somebody looks: try at once, and see who it is and what other devices did. */
  look() {
    this.engine.owners.ask();
    this.engine.hurry();
    if ([...this.engine.alive()].some((u) => u.foreign)) this.list();
  }
}
