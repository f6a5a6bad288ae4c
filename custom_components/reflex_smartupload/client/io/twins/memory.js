// In-memory twins of every port, for tests in node: no browser, no clock, no network.

import { bodyBytes } from "../../core/background_fetch/kept.js";
import { nameOf } from "../../core/background_fetch/registration.js";
import { MemoryClock, settled } from "./memoryclock.js";
import { MemoryDisk, read, sha256 } from "./memorydisk.js";
import { MemoryService } from "./memoryservice.js";

export { MemoryClock, MemoryDisk, MemoryService, read, settled, sha256 };

/** A browser that sends by itself, part by part when told to; it outlives engines. */
export class MemoryBrowser {
  /** @param {MemoryService} service */
  constructor(service) {
    this.service = service;
    /** It is one that does such things. */
    this.has = false;
    /** What it says of its line. @type {"" | "metered" | "saving"} */
    this.cost = "";
    /** No page is open. */
    this.closed = false;
    /** Bytes of parts that are on their way: what has left cannot be ended. */
    this.onLine = 0;
    /** What the next handover is refused with: the name of a DOMException. */
    this.refuses = "";
    /** @type {Map<string, import("../../core/ports/ports.js").Registration>} */
    this.registrations = new Map();
  }

  page() {
    if (this.closed) throw new DOMException("no page", "AbortError");
    if (!this.has) throw new DOMException("not here", "NotSupportedError");
  }

  /** @type {import("../../core/ports/ports.js").Handovers} */
  handovers = {
    usable: () => this.has && !this.closed,
    give: async (registration) => {
      await settled();
      if (this.refuses) throw new DOMException("no", this.refuses);
      if (!registration.requests.length) throw new DOMException("no requests", "TypeError");
      this.registrations.set(registration.id, { ...registration, requests: [...registration.requests] });
    },
    takeBack: async (id, stoodAt = 0) => {
      this.page();
      if (this.registrations.has(id) && (await this.handovers.sent(id)).bytes !== stoodAt) throw new DOMException("it is being sent", "InvalidStateError");
      this.registrations.delete(id);
    },
    active: async () => {
      this.page();
      return [...this.registrations.keys()];
    },
    sent: async (id) => {
      const { bytes = 0, requests = [] } = this.registrations.get(id) ?? {};
      return { bytes: bytes - requests.reduce((sum, form) => sum + bodyBytes(form), 0) + this.onLine, of: bytes };
    },
  };

  /** Send so many parts of the first registration. @param {number} [count] @returns {Promise<string>} its id */
  async send(count = Infinity) {
    const [[id, registration]] = this.registrations;
    // Of one that is held back nothing leaves.
    if (registration.isHeld && this.service.holds.told(nameOf(id), -Infinity).told !== "go") return id;
    for (const { url, fields, blob } of registration.requests.splice(0, count)) await this.service.post(url, fields, blob);
    if (!registration.requests.length) this.registrations.delete(id);
    return id;
  }
}

/** No engine makes a name that one before has made. */
let ids = 0;

/**
 * All ports at once.
 * @param {{service: MemoryService, disk: MemoryDisk, clock: MemoryClock, browser: MemoryBrowser}} parts
 */
export const memoryPorts = ({ service, disk, clock, browser }) => {
  /** @type {any[]} */
  const published = [];
  /** @type {any[]} */
  const events = [];
  return {
    clock,
    random: () => 0.5,
    newId: () => `new-${(ids += 1)}`,
    api: service.api,
    put: service.put,
    postForm: service.postForm,
    hash: sha256,
    read,
    journal: disk.journal,
    snapshots: disk.snapshots,
    partFiles: disk.partFiles,
    handovers: browser.handovers,
    network: { online: () => true, lineRate: () => 0, cost: () => browser.cost },
    memory: 16 * service.partSize,
    quota: { room: async () => disk.free - [...disk.files.values(), ...[...disk.parts.values()].map((part) => part.copy)].reduce((sum, blob) => sum + blob.size, 0) },
    publish: (/** @type {any} */ change) => published.push(change),
    emit: (/** @type {any} */ event) => events.push(event),
    strict: true,
    published,
    events,
  };
};
