// Decides what a run in the background is: one careful engine after the last page is gone, until nothing is left that it could send, or a page is back.

import { Engine } from "./engine.js";
import { mortal } from "../ports/life.js";

/** ms in which a part has to be through for one more to be sent at the same time. */
const QUICK = 5000;
/** ms for a part, since nothing is seen of it before it is through. */
const PATIENCE = 180_000;

/** @typedef {import("../ports/ports.js").Ports} Ports */

export class BackgroundRun {
  /** @param {Ports} ports */
  constructor(ports) {
    this.life = mortal({ ...ports, ...this.careful(ports), publish: () => this.look(), emit: () => {}, patience: PATIENCE });
    this.engine = new Engine(this.life.ports);
    this.engine.settings.max_parallel_parts = 1;
    this.over = false;
    /** @type {(through: boolean) => void} */
    this.settle = () => {};
  }

  /**
   * It may end at any moment, and what is on the line is lost then. So one part at a time, which is the sooner confirmed,
   * and one more for each that shows a fast line. A speed that is seen by whole parts only is not worth remembering.
   * @param {Ports} ports @returns {Pick<Ports, "api" | "journal" | "put">}
   */
  careful({ api, clock, journal, put }) {
    let lanes = 1;
    let most = 1;
    return {
      api: {
        ...api,
        settings: async () => {
          const settings = await api.settings();
          most = settings.max_parallel_parts;
          return { ...settings, max_parallel_parts: lanes };
        },
      },
      journal: { ...journal, saveRates: async () => {} },
      put: async (...args) => {
        const since = clock.now();
        const answer = await put(...args);
        if (answer.status === 200 && clock.now() - since < QUICK && lanes < most) this.engine.settings.max_parallel_parts = lanes += 1;
        return answer;
      },
    };
  }

  /** @returns {Promise<boolean>} whether nothing is left; not before the next engine may begin */
  run() {
    /** @type {Promise<boolean>} */
    const ended = new Promise((resolve) => (this.settle = resolve));
    this.engine.recovery.start().then(() => this.look(), () => this.stop());
    return ended;
  }

  /** Is anything left that this browser could do without a page? */
  look() {
    const { metered } = this.engine;
    const left = [...this.engine.alive()].filter(isLeft);
    // What waits for another line is there on the next visit, or when the browser asks again.
    if (left.every((u) => metered.waits(u) && !u.loaded.size)) this.end(!left.length);
  }

  /** A page is back: its engine takes over. */
  stop() {
    return this.end(false);
  }

  /** @param {boolean} through */
  async end(through) {
    if (this.over) return;
    this.over = true;
    if (through) await this.life.rest();
    const calm = this.life.end();
    for (const u of this.engine.uploads.values()) u.halt();
    await calm;
    this.settle(through);
  }
}

/** @param {import("../upload/upload.js").Upload} u */
const isLeft = (u) => u.running && (!u.handedTo || u.keepsSome) && !u.arrived && !(u.phase === "paused" && u.pausedAtServer);
