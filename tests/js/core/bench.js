// A whole engine over in-memory twins: what every engine test starts from.

import { toCard } from "../../../custom_components/reflex_smartupload/client/core/view/card.js";
import { LATER } from "../../../custom_components/reflex_smartupload/client/core/view/queue.js";
import { Commands } from "../../../custom_components/reflex_smartupload/client/core/engine/commands.js";
import { Device } from "../../../custom_components/reflex_smartupload/client/core/recovery/device.js";
import { Engine } from "../../../custom_components/reflex_smartupload/client/core/engine/engine.js";
import { ApiError } from "../../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { MemoryBrowser, MemoryClock, MemoryDisk, memoryPorts, MemoryService } from "../../../custom_components/reflex_smartupload/client/io/twins/memory.js";

export { MemoryBrowser, MemoryClock, MemoryDisk, MemoryService, read, settled, sha256 } from "../../../custom_components/reflex_smartupload/client/io/twins/memory.js";

/** @typedef {import("../../../custom_components/reflex_smartupload/client/core/view/card.js").Card} Card */
/** @typedef {Awaited<ReturnType<typeof bench>>} Bench */

/** The ports of one engine's life: once it is killed, nothing it asked for is answered and nothing more happens. */
const mortal = (/** @type {any} */ ports, /** @type {(what: string) => void} */ watch) => {
  const life = { dead: false };
  const never = new Promise(() => {});
  const guard = (/** @type {string} */ name, /** @type {any} */ holder, /** @type {string} */ key) => async (/** @type {any[]} */ ...args) => {
    if (life.dead) return never;
    watch(`before ${name}`);
    if (life.dead) return never;
    try {
      const answer = await holder[key](...args);
      if (!life.dead) watch(`after ${name}`);
      return life.dead ? never : answer;
    } catch (error) {
      if (life.dead) return never;
      throw error;
    }
  };
  const group = (/** @type {string} */ name, /** @type {string[]} */ keys, /** @type {any} */ more = {}) =>
    Object.fromEntries([...keys.map((key) => [key, guard(`${name}.${key}`, ports[name], key)]), ...Object.entries(more)]);
  const wrapped = {
    ...ports,
    clock: {
      now: ports.clock.now,
      wall: ports.clock.wall,
      after: (/** @type {number} */ ms, /** @type {() => void} */ run) => ports.clock.after(ms, () => life.dead || run()),
    },
    api: group("api", ["create", "createMany", "get", "adopt", "list", "sign", "signMany", "handover", "hold", "complete", "completeMany", "pause", "resume", "cancel", "cancelMany", "settings"]),
    put: guard("put", ports, "put"),
    postForm: guard("postForm", ports, "postForm"),
    hash: guard("hash", ports, "hash"),
    journal: group("journal", ["all", "save", "remove", "rates", "saveRates", "owner", "saveOwner", "spoken", "saveSpoken"], { wiped: ports.journal.wiped }),
    snapshots: group("snapshots", ["write", "read", "remove", "ids"], { usable: ports.snapshots.usable }),
    partFiles: group("partFiles", ["write", "list", "read", "remove", "removeAll", "ids"], { usable: ports.partFiles.usable }),
    handovers: group("handovers", ["give", "takeBack", "active", "sent"], { usable: ports.handovers.usable }),
    publish: (/** @type {any} */ change) => life.dead || ports.publish(change),
    emit: (/** @type {any} */ event) => life.dead || ports.emit(event),
  };
  return { life, wrapped };
};

/**
 * @param {Partial<{service: MemoryService, disk: MemoryDisk, clock: MemoryClock, browser: MemoryBrowser, random: () => number, memory: number, hears: boolean, watch: (what: string) => void}>} [parts]
 *   what outlives an engine may be handed on; `memory`: bytes ahead of the line, 16 parts of the usual size; `hears`: the server tells by itself; `watch` hears of every port call before and after it
 */
export const bench = async ({ service = new MemoryService(), disk = new MemoryDisk(), clock = new MemoryClock(), browser = new MemoryBrowser(service), random = () => 0.5, memory = 16 * service.partSize, hears = false, watch = () => {} } = {}) => {
  const ports = Object.assign(memoryPorts({ service, disk, clock, browser }), { random, memory });
  /** @type {string[]} */
  const calls = [];
  const { life, wrapped } = mortal(ports, (what) => {
    calls.push(what);
    watch(what);
  });
  if (hears) wrapped.stream = service.stream;
  const engine = new Engine(wrapped);
  const commands = new Commands(engine);
  const device = new Device(engine);
  const { recovery } = engine;
  engine.lifecycle.newFiles.firstParts.expect(service.partSize);
  const start = recovery.start();
  await Promise.race([start, clock.pass(50)]);
  await clock.pass(50);
  const b = {
    service, disk, clock, browser, ports, engine, commands, device, recovery,
    /** Every port call so far, "before put", "after journal.save". */
    calls,
    /** @param {string} what e.g. "hash" */
    count: (what) => calls.filter((one) => one === `before ${what}`).length,
    /** The browser dies: nothing of this engine goes on. */
    kill: () => {
      life.dead = true;
      engine.changeFeed.stop();
    },
    /** The cards as a page sees them. */
    cards: () => engine.publisher.all().cards,
    /** @param {string} id */
    card: (id) => {
      const found = engine.publisher.all().cards.find((card) => card.id === id);
      if (!found) throw new Error(`no card ${id}`);
      return found;
    },
    /** What the card would say this very moment, without waiting for the publisher. @param {string} id @returns {Card} */
    now: (id) => toCard(b.upload(id), { ...engine.publisher.surroundings(), away: "", turn: engine.publisher.queue().get(id) ?? LATER }),
    /** @param {string} id */
    upload: (id) => {
      const u = engine.uploads.get(id);
      if (!u) throw new Error(`no upload ${id}`);
      return u;
    },
    /** Kill it and start another one over the same disk and service. @param {Partial<Parameters<typeof bench>[0]>} [more] */
    restart: (more = {}) => {
      b.kill();
      return bench({ service, disk, browser, hears, ...more });
    },
    /** Numbers of the parts put since the given length of the service's log. @param {number} [from] */
    puts: (from = 0) => service.log.slice(from).filter((line) => line.startsWith("put")).map((line) => Number(line.slice(4))),
    logs: () => ports.events.filter((event) => event.type === "log").map((event) => event.text),
  };
  return b;
};

/** A file as a page hands it over. @param {string} id @param {string} text @param {{name?: string, path?: string, lastModified?: number}} [options] */
export const pick = (id, text, { name = `${id}.txt`, path = "", lastModified = 1 } = {}) => ({ id, path, file: new File([text], name, { type: "text/plain", lastModified }) });

/** Which uploads have a copy: where it is kept is the name of one and of its version. @param {MemoryDisk} disk */
export const copied = (disk) => [...disk.files.keys()].map((key) => key.split(".")[0]).sort();

export const LETTERS = "abcdefghijklmnopqrstuvwxyz".repeat(4);

/**
 * Some way into an upload: two of its parts have arrived, the others are on the line, where the service holds them.
 * @param {Bench} b @param {{file?: any, before?: number, after?: number}} [how] `before` and `after`: ms that pass until they arrive, and then
 */
export const twoArrive = async (b, { file = pick("a", LETTERS), before = 300, after = 100 } = {}) => {
  b.service.held = [];
  await b.commands.add([file]);
  await b.clock.pass(before);
  b.service.held.splice(0, 2).forEach((go) => go());
  await b.clock.pass(after);
};

/**
 * The next `times` calls of the API method give `error` instead of an answer; what was done before it is kept away.
 * @param {MemoryService} service @param {keyof MemoryService["api"]} name @param {() => unknown} error
 * @param {{times?: number, after?: boolean}} [options] `after`: the server does it, only the answer is another
 */
export const fail = (service, name, error, options) => failOf(service.api, name, error, { ...options, log: service.log });

/** The same of any port. @param {object} port @param {string} name @param {() => unknown} error @param {{times?: number, after?: boolean, log?: string[]}} [options] */
export const failOf = (port, name, error, { times = 1, after = false, log } = {}) => {
  const api = /** @type {any} */ (port);
  const real = api[name];
  let left = times;
  api[name] = async (/** @type {any[]} */ ...args) => {
    if (left <= 0) return real(...args);
    left -= 1;
    if (after) await real(...args);
    else log?.push(`${name} failed`);
    throw error();
  };
};

/** A disk that fails for a moment, or for longer. */
export const notNow = () => new DOMException("not now", "InvalidStateError");

/** Hold calls of an API method until `go` is called. @param {MemoryService} service @param {keyof MemoryService["api"]} name @param {{answer?: boolean}} [options] `answer`: done at once, the answer waits */
export const hold = (service, name, options) => holdOf(service.api, name, options);

/** The same of any port. @param {object} port @param {string} name @param {{answer?: boolean}} [options] */
export const holdOf = (port, name, { answer = false } = {}) => {
  const api = /** @type {any} */ (port);
  const real = api[name];
  /** @type {(() => void)[]} */
  const waiting = [];
  let open = false;
  const gate = () => open || new Promise((resolve) => waiting.push(() => resolve(null)));
  api[name] = async (/** @type {any[]} */ ...args) => {
    if (!answer) await gate();
    const result = await real(...args);
    if (answer) await gate();
    return result;
  };
  return {
    waiting,
    go: () => {
      open = true;
      waiting.splice(0).forEach((run) => run());
    },
  };
};

/** @param {number} status @param {string} code @param {object} [more] */
export const problem = (status, code, more = {}) => () => new ApiError(status, { code, detail: `Sentence of ${code}.`, ...more });

/** @param {number} status @param {string} code what the store says in its error document */
export const storeSays = (status, code) => ({ status, body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>m</Message></Error>` });

/** A slice of a file that may vanish or change under it. */
class FickleBlob extends Blob {
  /** @param {{gone: boolean, changed: boolean, text: string}} disk @param {number} start @param {number} end */
  constructor(disk, start, end) {
    super([disk.text.slice(start, end)]);
    this.disk = disk;
    this.start = start;
    this.end = end;
  }

  async arrayBuffer() {
    if (this.disk.gone) throw new DOMException("The file is gone.", "NotFoundError");
    if (this.disk.changed) throw new DOMException("The file is another one.", "NotReadableError");
    return new Blob([this.disk.text.slice(this.start, this.end)]).arrayBuffer();
  }

  /** @param {number} [start] @param {number} [end] */
  slice(start = 0, end = this.size) {
    return new FickleBlob(this.disk, this.start + start, Math.min(this.end, this.start + end));
  }
}

/** The pick of a file that can be deleted (`disk.gone = true`), edited as Chromium sees it (`disk.changed = true`) or in silence (`disk.text = …`) afterwards. @param {string} id @param {string} text @param {{name?: string, lastModified?: number}} [options] */
export const ficklePick = (id, text, { name = `${id}.txt`, lastModified = 1 } = {}) => {
  const disk = { gone: false, changed: false, text };
  const whole = new FickleBlob(disk, 0, text.length);
  const file = Object.assign(new File([text], name, { type: "text/plain", lastModified }), { disk, arrayBuffer: () => whole.arrayBuffer(), slice: (/** @type {number} */ a, /** @type {number} */ b) => whole.slice(a, b) });
  return { id, path: "", file, disk };
};

/** A small seeded generator (mulberry32): the same seed, the same story. @param {number} seed */
export const seeded = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
