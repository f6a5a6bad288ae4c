// Decides what goes on after a start: what the journal remembers, what is staged, and what the server knows.

import { isAway } from "./errors.js";
import { Upload } from "./upload.js";

const AGAIN = 3000; // ms before the server is asked once more
const LIVE = new Set(["uploading", "paused", "verifying", "scanning"]);

export class Recovery {
  /** @param {import("./engine.js").Engine} engine */
  constructor(engine) {
    this.engine = engine;
    this.listing = false;
  }

  /** Everything this browser remembers; the server is asked afterwards, upload by upload. */
  async start() {
    const { engine } = this;
    const { journal } = engine.ports;
    engine.stager.rates = await journal.rates().catch(() => ({}));
    const read = await journal.all().catch(() => null);
    const entries = read ?? [];
    entries.sort((a, b) => a.addedAt - b.addedAt);
    const cancelled = [];
    for (const entry of entries) {
      if (engine.uploads.has(entry.id)) continue;
      const u = new Upload(entry);
      u.journaled = u.taken = true;
      if (u.phase === "finishing") u.phase = "open";
      if (u.phase === "cancelled") cancelled.push(u);
      else engine.uploads.set(u.id, u);
    }
    const copies = [...engine.uploads.values()];
    await Promise.all(copies.map((u) => this.attach(u)));
    for (const u of copies) engine.changed(u);
    engine.wake();
    engine.handed.watch();
    for (const u of cancelled) engine.lifecycle.tellCancelled(u);
    if (read) this.sweep(); // without the journal nobody can say which bytes are left behind
    this.settings();
    this.list();
  }

  /** Find the staged bytes of an upload. @param {Upload} u */
  async attach(u) {
    const { snapshots, partFiles } = this.engine.ports;
    if (u.stagedKind === "snapshot") u.snapshot = await snapshots.read(u.id).catch(() => null);
    if (u.stagedKind === "opfs") {
      u.hashes = await partFiles.list(u.id).catch(() => new Map());
      u.stagedParts = new Set(u.hashes.keys());
    }
    if (u.snapshot && u.snapshot.size !== u.size) u.snapshot = null;
    // Part files go as they are confirmed: none left may well mean that all of them arrived, and the server will say so.
    const perhapsAll = u.stagedKind === "opfs" && u.uploadId !== "";
    u.needsFile = u.alive && !u.handedTo && !u.snapshot && !u.source && !u.stagedParts.size && !perhapsAll;
  }

  /** Staged bytes that no upload owns: left behind by a crash in the wrong moment. */
  async sweep() {
    const { uploads, ports } = this.engine;
    for (const place of [ports.snapshots, ports.partFiles]) {
      if (!place.usable()) continue;
      for (const id of await place.ids().catch(() => [])) {
        if (uploads.has(id)) continue;
        await ("removeAll" in place ? place.removeAll(id) : place.remove(id)).catch(() => {});
      }
    }
  }

  async settings() {
    const { engine } = this;
    try {
      engine.settings = { ...engine.settings, ...(await engine.server(() => engine.ports.api.settings())) };
      engine.ports.emit({ type: "settings" });
    } catch {
      engine.ports.clock.after(AGAIN, () => this.settings());
    }
  }

  /** The server's uploads of this owner: begun in another browser, or before this one's storage was wiped. */
  async list() {
    const { engine } = this;
    if (this.listing) return;
    // An upload that is being created here would be in the list without being known: not before that is over.
    const creating = () => [...engine.alive()].some((u) => !u.uploadId && !u.fault && (u.phase === "new" || u.busy));
    if (creating()) return void engine.ports.clock.after(AGAIN, () => this.list());
    this.listing = true;
    try {
      const answers = await engine.server(() => engine.ports.api.list());
      if (creating()) engine.ports.clock.after(AGAIN, () => this.list());
      else answers.reverse().forEach((answer) => this.merge(answer));
    } catch (error) {
      if (isAway(error)) engine.ports.clock.after(AGAIN, () => this.list());
    } finally {
      this.listing = false;
    }
  }

  /** @param {import("./ports.js").ServerUpload} answer */
  merge(answer) {
    const { engine } = this;
    let u = [...engine.uploads.values()].find((one) => one.uploadId === answer.id);
    if ((u && !(u.foreign && u.alive)) || engine.lifecycle.cancelled.has(answer.id)) return;
    const live = LIVE.has(answer.state);
    if (!u) {
      if (!live && !(answer.state === "ready" && this.isToday(answer.completed_at))) return;
      const lastModified = answer.last_modified ? Date.parse(answer.last_modified) : 0;
      u = new Upload({
        id: `server-${answer.id}`, key: answer.id, name: answer.name, type: answer.type, size: answer.size, lastModified,
        addedAt: Date.parse(answer.created_at), uploadId: answer.id, phase: "open",
      });
      u.foreign = true;
      engine.uploads.set(u.id, u);
    }
    const before = u.confirmedElsewhere;
    engine.lifecycle.apply(u, answer);
    u.synced = true;
    u.needsFile = live && u.phase !== "finishing";
    // It moves although nobody here sends: another browser does.
    u.notice = live && before && answer.confirmed_bytes > before ? "elsewhere" : "";
    engine.changed(u);
  }

  /** @param {string | null} instant */
  isToday(instant) {
    return Boolean(instant) && new Date(/** @type {string} */ (instant)).toDateString() === new Date(this.engine.ports.clock.wall()).toDateString();
  }

  /** Somebody looks: try at once, and see what other devices did. */
  look() {
    this.engine.hurry();
    if ([...this.engine.alive()].some((u) => u.foreign)) this.list();
  }
}
