// What must hold at every step of a run, whatever happens.

import { pathOf } from "../../custom_components/reflex_smartupload/client/io/twins/memorystore.js";
import { SERVER, UPLOADER } from "./tables.js";

/** @typedef {import("./world.js").World} World */
/** @typedef {import("./browser.js").Browser} Browser */

/**
 * What schedule.js and sender.js promise together: of parts that are read, hashed, signed or on the line one engine has no more at hand than one call
 * signs, those on the line, and as many that came back from it. Of large ones only those on the line are in memory.
 */
const MOST_PARTS = 100 + 14;
/** ms after which the journal has what was done. */
const WRITING = 2000;

export class Rules {
  /** @param {World} world */
  constructor(world) {
    this.world = world;
    /**
     * Why a part may be sent once more although the store has it, by part and digest: the answer was lost or somebody else gave it
     * ("unsure"), it was stopped on its way ("stopped"), the browser sent it by itself ("background"), another browser did ("b2").
     * @type {Map<string, string>}
     */
    this.reasons = new Map();
    /** @type {Map<unknown, string>} */
    this.phases = new Map();
    /** What each upload has of a file, and whether any of its bytes can tell it from another one. @type {Map<unknown, {version: unknown, tells: boolean}>} */
    this.versions = new Map();
    /** What each upload took of what was picked for it or chosen on its card. @type {Map<any, Set<import("./files.js").DiskFile>>} */
    this.sources = new Map();
    /** Cards that took a file when there was nothing of the one before to compare it with: name, size and date had to do. @type {Set<string>} */
    this.blind = new Set();
    /** Whose each upload of the server ever was: one browser may adopt what another one goes on showing. @type {Map<string | null, Set<string>>} */
    this.owners = new Map();
    /** What was cancelled and can be undone, since when, and whether the journal must know it, by browser and card. @type {Map<string, {u: import("../../custom_components/reflex_smartupload/client/core/upload/upload.js").Upload, since: number, isKept: boolean}>} */
    this.withdrawn = new Map();
  }

  /** @param {string} id @param {string} owner */
  owned(id, owner) {
    this.owners.set(id, (this.owners.get(id) ?? new Set()).add(owner));
  }

  /** @param {string} id @param {string} before @param {string} after */
  server(id, before, after) {
    if (before !== after && !SERVER[before].includes(after)) this.world.fail("a state that the table does not know", `${id}: ${before} → ${after}`);
  }

  /** `ready` means: byte for byte one state of the file that the person had, with what the page said of it. @param {string} id @param {any} u @param {string} text */
  ready(id, u, text) {
    const { world } = this;
    if (u.metadata.of !== u.name || u.uploader !== UPLOADER) world.fail("ready, and what the page said of it is lost", `${id} ${u.name}: ${u.uploader} ${JSON.stringify(u.metadata)}`);
    const files = world.had("wrong") ? world.files : world.files.filter((file) => file.name === u.name);
    if (files.some((file) => file.versions.has(text))) return;
    // Where a browser gives other bytes in silence, nothing in it can tell.
    if (files.some((file) => file.silent && file.edits)) return;
    const had = `${id} ${u.name} (${u.size} bytes): ${text.length} bytes ${text}, had ${files.map((file) => [...file.versions].join(" | ")).join(" ; ")}`;
    world.fail(world.browsers.length > 1 ? "two files of one name became one" : "ready, and not what the person had", had);
  }

  /** Nobody's file is forgotten: each that was picked and not given up is there in the end. */
  complete() {
    const { world } = this;
    if (world.had("lose", "forget", "cookie", "unsafe", "wrong", "expire", "fail", "edit")) return;
    const there = new Set([...world.service.uploads.values()].filter((u) => u.state === "ready").map((u) => world.service.twin.content(u.id).toString("latin1")));
    for (const { id, file } of world.picks) if (!world.givenUp.has(file.name) && !this.blind.has(id) && ![...file.versions].some((text) => there.has(text))) world.fail(world.browsers.length > 1 && world.files.filter(({ name }) => name === file.name).length > 1 ? "two files of one name became one" : "a file that was picked is nowhere", `${id} ${file.name} ${[...file.versions].join(" | ")}`);
  }

  /** What a card says is so. @param {Browser} browser @param {import("../../custom_components/reflex_smartupload/client/core/view/card.js").Card} card */
  card(browser, card) {
    const { world } = this;
    if (card.error_code === "file_changed" && !world.had("edit", "lose", "disk", "wrong")) world.fail("called changed, and nobody changed it", `${browser.name} ${card.id}`);
    if (card.can_send_now) world.happened("asked");
    if (card.can_send_now && (card.state !== "waiting" || card.eta || card.speed || card.leave === "continues")) world.fail("what waits for another line is said to go on", `${browser.name} ${card.id} ${card.state} ${card.eta} ${card.speed} ${card.leave}`);
    if (card.state !== "ready" || !card.upload_id) return;
    const state = world.service.uploads.get(card.upload_id)?.state;
    if (state !== "ready" && state !== "cancelled") world.fail("a card is further than the server", `${browser.name} ${card.id} ${card.upload_id}: ${state}`);
    if (state === "ready") this.own(browser, card);
  }

  /** The file behind a card that is ready is one that was picked for it. @param {Browser} browser @param {import("../../custom_components/reflex_smartupload/client/core/view/card.js").Card} card */
  own(browser, card) {
    const { world } = this;
    const picked = world.picks.filter(({ id }) => id === card.id);
    // On the card of another browser a file may have been chosen for it, too.
    const taken = [...this.sources].filter(([u]) => u.id === card.id || u.uploadId === card.upload_id).flatMap(([, disks]) => [...disks]);
    const files = [...picked.map(({ file }) => file), ...taken];
    if (!picked.length || world.had("wrong") || this.blind.has(card.id) || files.some((file) => file.silent && file.edits)) return;
    const text = world.service.twin.content(/** @type {string} */ (card.upload_id)).toString("latin1");
    if (files.some((file) => file.versions.has(text))) return;
    world.fail("a card is ready with another file", `${browser.name} ${card.id} ${card.upload_id}: ${text}, had ${files.map((file) => [...file.versions].join(" | ")).join(" ; ")}`);
  }

  /** After everything that happened. */
  look() {
    const { world, phases } = this;
    for (const browser of world.browsers) {
      const { name, home } = browser;
      if (!home) continue;
      this.pages(browser, home);
      const { engine } = home;
      this.kept(name, engine);
      this.belongs(browser, engine);
      for (const u of engine.uploads.values()) {
        this.taken(u);
        this.cancelled(browser, u);
        const before = phases.get(u) ?? "";
        if (before === u.phase) continue;
        phases.set(u, u.phase);
        world.note(name, u.id, u.phase);
      }
      const { sender } = engine;
      const inHand = sender.ahead.parts + sender.onLine.size;
      if (inHand > MOST_PARTS) world.fail("more parts in hand than promised", `${name}: ${inHand}`);
    }
  }

  /** What an engine keeps at hand of its uploads is what it would find if it went through all of them. @param {string} name @param {import("../../custom_components/reflex_smartupload/client/core/engine/engine.js").Engine} engine */
  kept(name, engine) {
    const all = [...engine.uploads.values()];
    for (const [kept, found] of [[[...engine.alive()], all.filter((u) => u.alive)], [[...engine.running()], all.filter((u) => u.running)]])
      if (kept.length !== found.length || kept.some((u, at) => u !== found[at])) this.world.fail("an upload that has changed was not looked at", `${name}: ${kept.map((u) => u.id)} for ${found.map((u) => u.id)}`);
    for (const u of all) if (u.uploadId && !engine.named(u.uploadId).includes(u)) this.world.fail("an upload that has changed was not looked at", `${name}: ${u.id} as ${u.uploadId}`);
  }

  /** Once an engine knows who is here, it shows nothing of anybody else. @param {Browser} browser @param {import("../../custom_components/reflex_smartupload/client/core/engine/engine.js").Engine} engine */
  belongs({ name, jar }, { owners, uploads }) {
    if (owners.tag !== `tag of ${jar.owner}`) return;
    for (const { id, uploadId, foreign } of uploads.values()) {
      const known = this.owners.get(uploadId);
      // What was picked or begun anew here comes along, also where the engine heard only afterwards who its person is by now.
      const isFromHere = !foreign || this.world.service.uploads.get(uploadId)?.key.startsWith(`${name}-`);
      if (!isFromHere && known && !known.has(jar.owner)) this.world.fail("a card shows what is somebody else's", `${name} ${id} ${uploadId} of ${[...known]}, here is ${jar.owner}`);
    }
  }

  /** What was cancelled goes on only if its person undoes it, which nobody can once its engine has ended. @param {Browser} browser @param {import("../../custom_components/reflex_smartupload/client/core/upload/upload.js").Upload} u */
  cancelled({ name, disk }, u) {
    const { id, alive, undoable } = u;
    const key = `${name} ${id}`;
    const { world } = this;
    const isWritten = disk.entries.get(id)?.phase === "cancelled";
    let before = this.withdrawn.get(key);
    if (undoable && before?.u !== u) this.withdrawn.set(key, (before = { u, since: world.clock.now(), isKept: false }));
    if (!before) return;
    if (undoable) before.isKept ||= isWritten || (world.clock.now() - before.since > WRITING && !world.had("disk", "lose"));
    if (!alive) return;
    // Undone, and written down in the very moment in which its engine ended.
    const wasUndone = before.u.phase !== "cancelled";
    if (before.u !== u && before.isKept && !wasUndone) world.fail("what was cancelled goes on", key);
    if (isWritten) return;
    this.withdrawn.delete(key);
    this.world.undone(id);
  }

  /** @param {import("../../custom_components/reflex_smartupload/client/core/upload/upload.js").Upload} u */
  taken(u) {
    const { version, uploadId, edited } = u;
    const last = this.versions.get(u);
    const source = /** @type {{disk?: unknown} | null} */ (version.source);
    const disk = /** @type {import("./files.js").DiskFile | undefined} */ (source?.disk);
    if (disk) this.sources.set(u, (this.sources.get(u) ?? new Set()).add(disk));
    // It may also take one in the moment in which it is read from the journal.
    if (disk && (!last || (last.version !== version && !last.tells))) {
      const picked = this.world.picks.find(({ id }) => id === u.id)?.file;
      if (picked && disk !== picked) this.blind.add(u.id);
    }
    const there = edited ? 0 : (this.world.service.uploads.get(uploadId)?.parts.size ?? 0);
    this.versions.set(u, { version, tells: version.cut.hashes.size + there > 0 || version.snapshot !== null });
  }

  /** A page that has heard everything shows what its engine has. @param {Browser} browser @param {import("./home.js").Home} home */
  pages({ name, pages }, { engine, epoch }) {
    const { publisher, uploads } = engine;
    if (publisher.dirty.size || publisher.gone.size) return;
    for (const page of pages) {
      if (page.epoch !== epoch) continue;
      const { cards, held } = page;
      const wrong = [...[...uploads.keys()].filter((id) => !cards.has(id)), ...[...cards.keys()].filter((id) => !uploads.has(id) && !held.has(id))];
      if (wrong.length) this.world.fail("a page shows other cards than its engine has", `${name}: ${wrong.join(", ")}`);
    }
  }

  /** @param {import("./line.js").Line} line @param {string} url @param {Record<string, string>} headers */
  putBegins(line, url, headers) {
    const { world } = this;
    const most = Math.max(4, world.service.twin.settings.max_parallel_parts); // before an engine has heard better, it is four
    if (line.flying > most) world.fail("more parts on the line than promised", `${line.browser.name}: ${line.flying} of ${most}`);
    const [id, number, epoch] = pathOf(url).split("/");
    if (line.browser.isWithdrawn(id)) world.fail("sent after it was cancelled", `${line.browser.name}: part ${number} of ${id}`);
    if (line.browser.gave(`${pathOf(url).split("?")[0]}?`)) world.fail("sent beside the browser, which has it in hand", `${line.browser.name}: part ${number} of ${id}`);
    const u = world.service.uploads.get(id);
    const there = u?.epoch === parseInt(epoch, 10) && u.parts.get(Number(number));
    if (!there || there.sha !== headers[DIGEST] || (this.reasons.get(keyOf(url, headers)) ?? line.browser.name) !== line.browser.name) return;
    world.fail("a confirmed part sent again", `${line.browser.name}: part ${number} of ${id}`);
  }

  /** @param {string} url @param {Record<string, string>} headers @param {string} reason or the name of the browser that knows that it is there */
  arrived(url, headers, reason) {
    this.reasons.set(keyOf(url, headers), reason);
  }
}

const DIGEST = "x-amz-checksum-sha256";

/** One part and its bytes, however often it was signed. @param {string} url @param {Record<string, string>} headers */
const keyOf = (url, headers) => `${pathOf(url).split("?")[0]} ${headers[DIGEST]}`;
