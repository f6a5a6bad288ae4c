// What must hold at every step of a run, whatever happens.

import { PHASE, SERVER } from "./tables.js";

/** @typedef {import("./world.js").World} World */
/** @typedef {import("./browser.js").Browser} Browser */

/** Parts read, hashed, signed or on the line in one engine: what schedule.js and sender.js promise together. */
const MOST_IN_HAND = 30;

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
  }

  /** @param {string} id @param {string} before @param {string} after */
  server(id, before, after) {
    if (before !== after && !SERVER[before].includes(after)) this.world.fail("a state that the table does not know", `${id}: ${before} → ${after}`);
  }

  /** `ready` means: byte for byte one state of the file that the person had. @param {string} id @param {any} u @param {string} text */
  ready(id, u, text) {
    const { world } = this;
    const files = world.files.filter((file) => file.name === u.name);
    if (files.some((file) => file.versions.has(text))) return;
    // Where a browser gives other bytes in silence, nothing in it can tell.
    if (files.some((file) => file.silent && file.edits)) return;
    world.fail("ready, and not what the person had", `${id} ${u.name} (${u.size} bytes): ${text.length} bytes ${text}, had ${files.map((file) => [...file.versions].join(" | ")).join(" ; ")}`);
  }

  /** @param {Browser} browser @param {import("../../custom_components/reflex_smartupload/client/core/view/card.js").Card} card */
  card(browser, card) {
    const { world } = this;
    if (card.state !== "ready" || !card.upload_id) return;
    const state = world.service.uploads.get(card.upload_id)?.state;
    if (state !== "ready" && state !== "cancelled") world.fail("a card is further than the server", `${browser.name} ${card.id} ${card.upload_id}: ${state}`);
  }

  /** After everything that happened. */
  look() {
    const { world, phases } = this;
    for (const { name, home } of world.browsers) {
      if (!home) continue;
      const { engine } = home;
      for (const u of engine.uploads.values()) {
        const before = phases.get(u) ?? "";
        if (before === u.phase) continue;
        if (!PHASE[before].includes(u.phase)) world.fail("a phase that the table does not know", `${name} ${u.id}: ${before} → ${u.phase}`);
        phases.set(u, u.phase);
        world.note(name, u.id, u.phase);
      }
      const { sender } = engine;
      const inHand = sender.signed.length + sender.unsigned.length + sender.signingParts + sender.reading + sender.onLine.size;
      if (inHand > MOST_IN_HAND) world.fail("more parts in hand than promised", `${name}: ${inHand}`);
    }
  }

  /** @param {import("./line.js").Line} line @param {string} url @param {Record<string, string>} headers */
  putBegins(line, url, headers) {
    const { world } = this;
    const most = Math.max(4, world.service.twin.settings.max_parallel_parts); // before an engine has heard better, it is four
    if (line.flying > most) world.fail("more parts on the line than promised", `${line.browser.name}: ${line.flying} of ${most}`);
    const digest = headers["x-amz-checksum-sha256"];
    const key = `${url} ${digest}`;
    const [id, number, epoch] = url.split("/");
    const u = world.service.uploads.get(id);
    const there = u?.epoch === Number(epoch) && u.parts.get(Number(number));
    if (there && there.sha === digest && (this.reasons.get(key) ?? line.browser.name) === line.browser.name) world.fail("a confirmed part sent again", `${line.browser.name}: part ${number} of ${id}`);
  }

  /** @param {string} url @param {string} digest @param {string} reason or the name of the browser that knows that it is there */
  arrived(url, digest, reason) {
    this.reasons.set(`${url} ${digest}`, reason);
  }
}
