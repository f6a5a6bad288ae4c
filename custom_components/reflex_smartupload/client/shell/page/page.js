// The page's end: boots the engine, keeps this tab's copy of its cards, holds picked files until they are safe.
// Importable anywhere: no browser global is touched before start().

import { NO_TOTALS } from "../../core/ports/pages.js";
import { firstCard, Given, withdrawnCard } from "../../core/view/given.js";
import { sentence } from "../../core/ports/sentences.js";
import { roundSizeText, wordsFor } from "../../core/view/messages.js";
import { say as words } from "../../core/words/words.js";
import { follow, spokenHere, subscribeLanguage } from "../language/language.js";
import { connectAhead } from "../../io/browser/ahead.js";
import { behind } from "../../io/browser/behind.js";
import { channel, ENGINE_LOCK, TAB_LOCK } from "../../io/browser/channel.js";
import { gone, hold } from "../../io/browser/lock.js";
import { askToKeep } from "../../io/storage/quota.js";
import { momentsOf, passOn } from "./moments.js";
import { answerTakeOver, endSession } from "../../io/network/api.js";
import { createAsking } from "./asking.js";
import { createForget, leave } from "./forget.js";
import { dropImage, dropImages, keepImage } from "../pictures/own_images.js";
import * as picked from "./picked.js";
import { Withdrawn } from "../../core/engine/withdrawn.js";
import { clock } from "../../io/browser/clock.js";

/** @typedef {import("../../core/view/card.js").Card} Card */
/** @typedef {{max_file_size_text: string, wait_threshold_seconds: number}} Limits */
/** @typedef {import("../../core/ports/pages.js").Group} Group */
/** @typedef {{cards: Card[], groups: Group[], totals: import("../../core/ports/pages.js").Totals, limits: Limits}} Snapshot */

/** What a store takes at most, as far as nobody has said less. */
const LARGEST = 5e12;

/** @type {Readonly<Snapshot>} */
const EMPTY = Object.freeze({ cards: [], groups: [], totals: NO_TOTALS, limits: { max_file_size_text: roundSizeText(LARGEST), wait_threshold_seconds: 45 } });

/** Goes up with every change of what pages and engine say to each other: old and new ones must not meet. */
const VERSION = "4";
const KNOCK = 1000; // ms between two attempts to reach the engine
const SILENT = 4; // attempts after which an engine of which nothing was heard or seen is asked for once more

/** @type {Readonly<Snapshot>} */
let snapshot = EMPTY;
/** @type {Map<string, Card>} */
let cards = new Map();
/** They are what the snapshot has. */
let isListed = true;
/** @param {Card} card */
const show = (card) => {
  cards.set(card.id, card);
  isListed = false;
};
/** @param {string} id */
const hide = (id) => {
  if (cards.delete(id)) isListed = false;
  dropImage(id);
};
/** Files that were given together. */
const given = new Given();
/** Bytes of those that this page gave, as far as the engine has told. @type {Map<string, number>} */
const mine = new Map();
let epoch = "";
/** Files of this tab that would be lost with the engine. @type {Map<string, import("../../core/engine/commands.js").Pick>} */
const held = new Map();
/** Files of this tab that wait until it is known what has to be said of them. @type {Map<string, import("../../core/engine/commands.js").Pick>} */
const unsaid = new Map();
/** Of those, what was cancelled a moment ago. */
const withdrawn = new Withdrawn(clock, (id) => {
  hide(id);
  publish();
});
/** What this page has cancelled, until that is undone. @type {Set<string>} */
const cancelled = new Set();
/** What the engine has not confirmed to have heard. @type {Map<number, any>} */
const unheard = new Map();
let serial = 0;
/** @type {Set<() => void>} */
const listeners = new Set();
/** What the engine said has ended, until its card says so too. @type {Map<string, string>} */
const ending = new Map();
/** Cards whose files were looked for by this page without a question. @type {Set<string>} */
const queried = new Set();
let started = false;
/** Why this browser cannot upload, as a code of errors.js; empty where it can. */
let unable = "";
/** How often an engine was asked for. */
let hosted = 0;
/** Nobody has signed in yet, where people do. */
let anonymous = false;
/** This page is an engine's home, or about to be. */
let isHome = false;
/** What writes part files, when it was this page that started it. @type {Worker | null} */
let writer = null;
/** @type {(message: any) => void} */
let say = () => {};

export const getSnapshot = () => snapshot;
export const getServerSnapshot = () => EMPTY;
/** @param {() => void} listener */
export const subscribe = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** @param {Group[]} told */
const takeGroups = (told) => {
  given.take(told);
  for (const { id, size } of told) {
    // How large they are in all is known only now.
    if ((mine.get(id) ?? size) >= size) continue;
    mine.set(id, size);
    askToKeep(size).catch(() => {});
  }
};

/** So many files of a group come, batch by batch. @param {string} group @param {number} files */
export const comes = (group, files) => given.comes(group, files);

/** Whether a folder is gone through. @param {string} group @param {boolean} isWalked */
export const walks = (group, isWalked) => {
  given.walks(group, isWalked);
  if (!isWalked) publish();
};

/** What the engine says of all. */
let told = EMPTY.totals;

/** The list is another one only when a card is. @param {Partial<Snapshot>} [more] */
const publish = (more) => {
  told = more?.totals ?? told;
  snapshot = Object.freeze({ ...snapshot, ...more, totals: given.totals(told), cards: isListed ? snapshot.cards : [...cards.values()], groups: given.groups() });
  isListed = true;
  listeners.forEach((listener) => listener());
};

/** For whoever makes the app: what the card says is for whoever uses it. */
const NO_SERVER = "Nothing of smartupload answers at /api of this address. Mount the server half: SmartUpload().mount(app), see docs/library.md.";
let isToldOfNone = false;

/** A file that is found again without a question. @param {string} id */
const lookFor = async (id) => {
  const { allowed } = await behind(() => import("./handles.js"));
  const file = await allowed(id);
  if (file) giveFile(id, file);
};

/** @param {Card} card */
const take = (card) => {
  if (card.state !== "cancelled" && cards.get(card.id)?.state === "cancelled") cancelled.delete(card.id);
  show(card);
  if (card.detail === wordsFor("no_server") && !isToldOfNone) {
    isToldOfNone = true;
    console.error(`[smartupload] ${NO_SERVER}`);
  }
  if (card.section === "done" || card.leave === "return" || card.leave === "continues") held.delete(card.id);
  if (card.can_show && !queried.has(card.id)) {
    queried.add(card.id);
    lookFor(card.id);
  }
  if (ending.get(card.id) === card.state) {
    ending.delete(card.id);
    passOn(card.state, card);
  }
};

/** What this tab can still take back is done. */
let settle = () => {};

/** Somebody signs out, or has all forgotten, in another tab. @param {() => void} does @returns {() => void} stops it */
export const whenSettling = (does) => {
  settle = does;
  return () => (settle = () => {});
};

/** Where parts go. @type {readonly string[]} */
let stores = [];

/** @type {Record<string, (message: any) => void>} */
const handlers = {
  welcome(message) {
    if (epoch !== message.epoch) forgetCancelled();
    const own = [...cards.values()].filter(({ id }) => held.has(id) || unsaid.has(id) || withdrawn.has(id));
    // Cards that did not change keep their identity, so that they need not be drawn again.
    const before = cards;
    cards = new Map(own.map((card) => [card.id, card]));
    isListed = false;
    for (const card of message.cards) {
      const old = before.get(card.id);
      take(old && JSON.stringify(old) === JSON.stringify(card) ? old : card);
    }
    for (const id of message.later) {
      const old = before.get(id);
      if (old) show(old);
    }
    dropImages((id) => !cards.has(id) && !held.has(id) && !unsaid.has(id));
    if (epoch !== message.epoch) offer();
    epoch = message.epoch;
    // Somebody has signed in in another tab: what was picked in this one is none of theirs.
    if (anonymous && !message.anonymous) picked.forget();
    anonymous = message.anonymous;
    stores = message.stores ?? [];
    takeGroups(message.groups);
    publish({ totals: message.totals, limits: message.limits });
  },
  change(message) {
    for (const { id, state } of message.ended) ending.set(id, state);
    if (message.epoch !== epoch) return hello();
    for (const card of message.changed) {
      const moments = momentsOf(cards.get(card.id), card);
      take(card);
      for (const moment of moments) passOn(moment, card);
    }
    for (const id of message.removed) {
      const card = cards.get(id);
      // Taken off the list, it cannot be undone any more.
      if (card?.can_undo) for (const moment of momentsOf(card, { ...card, can_undo: false })) passOn(moment, card);
      hide(id);
      held.delete(id);
    }
    takeGroups(message.groups);
    publish({ totals: message.totals });
  },
  started: (message) => {
    hello();
    attached.hear(message);
  },
  handover: (message) => attached.hear(message),
  ask: ({ origin }) => asking.ask(origin),
  speak: ({ language }) => void follow(language),
  taken: (message) => unheard.delete(message.serial),
  forgot: (message) => forgetting.hear(message),
  settle: () => settle(),
  forgotten: () => leave(),
  event({ event }) {
    const card = cards.get(event.id);
    if (event.type === "duplicate" && card) passOn("duplicate", card);
    if (event.type === "given-up") giveUp(event.id);
    if (event.type === "undone") bringBack(event.id);
    if (event.type === "log") console.info(`[smartupload] ${event.text}`);
  },
  "start-writer": (message) => {
    if (message.tab !== tab) return;
    writer?.terminate(); // it hangs, or wrote for an engine that is gone
    writer = new Worker(new URL("../engine/writer.js", import.meta.url), { type: "module", name: "smartupload-writer" });
  },
};

/** What was cancelled a moment before the engine ended does not go on: nobody can undo it any more. */
const forgetCancelled = () => {
  const isCancelled = (/** @type {string} */ id) => cancelled.has(id) || cards.get(id)?.state === "cancelled";
  for (const id of held.keys()) if (isCancelled(id)) held.delete(id);
  for (const [serial, message] of unheard) unheard.set(serial, { ...message, picks: message.picks.filter((/** @type {{id: string}} */ { id }) => !isCancelled(id)) });
};

/** A new engine: tell it what this tab has, it may have lost it. */
const offer = () => {
  for (const message of unheard.values()) say(message);
  if (held.size) say({ type: "add", picks: [...held.values()], serial: 0 });
};

/** The service worker, once there is one. @type {import("./serviceworker.js").Attached} */
let attached = { backgroundRuns: false, hear: () => {}, hidden: () => {}, leaving: () => {} };

const tab = globalThis.crypto?.randomUUID?.() ?? "";

/** Whether the browser lets a SharedWorker outlive its last tab: it asks for the option only when it knows it. */
let outlives = false;
const hello = () => say({ type: "hello", outlives, backgroundRuns: attached.backgroundRuns, picked: picked.before, ...spokenHere() });

/** The engine, and other pages of this browser, go by the language of the one in which it was chosen; until the engine has said it anew this page says what it can. */
const speak = () => {
  say({ type: "speak", ...spokenHere() });
  publish(epoch ? {} : { limits: { ...EMPTY.limits, max_file_size_text: roundSizeText(LARGEST) } });
};

/** Boot the engine, once per page. */
export const start = () => {
  if (started) return;
  started = true;
  if (!globalThis.isSecureContext) return;
  if (!navigator.locks || typeof BroadcastChannel === "undefined" || typeof crypto.randomUUID !== "function") return cannot("no_engine");
  if (navigator.cookieEnabled === false) return cannot("storage_blocked"); // and locks, workers and databases with them
  say = channel((message) => handlers[message.type]?.(message));
  hold(TAB_LOCK + tab).catch(() => cannot("storage_blocked"));
  subscribeLanguage(speak);
  host();
  knock();
  followEngine().catch(() => cannot("storage_blocked"));
  behind(() => import("./serviceworker.js"))
    .then(({ attach }) => attach(tab, say))
    .then((found) => {
      attached = found;
      hello();
    })
    .catch((error) => console.info(`[smartupload] no service worker: ${error}`));
  const look = () => {
    if (document.visibilityState === "visible") say({ type: "look" });
    else if (isUnfinished()) attached.hidden();
  };
  document.addEventListener("visibilitychange", look);
  globalThis.addEventListener("online", look);
  // A page that the browser had put aside has missed what was said meanwhile.
  globalThis.addEventListener("pageshow", ({ persisted }) => persisted && hello());
  // What only this page has of a folder would be gone without a word: the browser asks.
  globalThis.addEventListener("beforeunload", (event) => given.isReading && event.preventDefault());
  // Where the engine dies with this page, the service worker may go on for a while. It finds out whether this was the last one.
  globalThis.addEventListener("pagehide", () => !outlives && isUnfinished() && attached.leaving());
};

/** What was given is told so, and so is what comes. @param {string} code of errors.js */
const cannot = (code) => {
  unable = code;
  const picks = [...unsaid.values(), ...held.values()];
  unsaid.clear();
  held.clear();
  refuseAll(picks, code);
};

/** Is there anything that could go on without this page? Before the engine has answered nobody knows. */
const isUnfinished = () => !epoch || given.isGathering || [...cards.values()].some((card) => card.section === "active" && card.state !== "paused");

/**
 * Give the engine a home: a SharedWorker, else this page. Chromium lets it live on for five minutes after the last tab
 * (https://github.com/explainers-by-googlers/extended-lifetime-shared-workers); every page must ask for the same, or it gets none.
 */
const host = () => {
  if (isHome) return;
  const mine = (hosted += 1); // one that was asked for later has taken its place
  const here = () => {
    if (mine !== hosted) return;
    isHome = true;
    // Its script could not be fetched: the server went away right after the page had come.
    import("../engine/run.js").then(({ run }) => run()).catch(() => {
      isHome = false;
      setTimeout(() => mine === hosted && host(), KNOCK);
    });
  };
  if (typeof SharedWorker === "undefined") return void here();
  let worker;
  try {
    worker = new SharedWorker(new URL("../engine/worker.js", import.meta.url), { type: "module", name: `smartupload-${VERSION}`, get extendedLifetime() { return (outlives = true); } });
  } catch {
    return void here(); // it is there, and not allowed
  }
  worker.onerror = here;
};

/** Ask until the engine has answered: it may be starting, or waiting for an older one to end. */
const knock = () => {
  hello();
  setTimeout(() => {
    if (!epoch) knock();
  }, KNOCK);
};

/**
 * An engine that is gone is started anew; so is one that never came: the page may have met it when it was about to end, as after a
 * reload, and Chromium does not always say that a script could not be fetched. Asking twice for one that is being fetched brings no second one.
 */
const followEngine = async () => {
  let silent = 0;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, KNOCK));
    await gone(ENGINE_LOCK);
    silent += 1;
    if (!epoch && silent < SILENT) continue;
    silent = 0;
    const wasHere = Boolean(epoch);
    epoch = "";
    host();
    if (wasHere) knock();
  }
};

/** Files come, or are about to. */
export const expectFiles = () => connectAhead(stores);

/**
 * Take files: the cards are there at once.
 * @param {{file: File, path?: string, handle?: Promise<FileSystemHandle | null>}[]} items
 * @param {import("./uploaders.js").Saying} [said] of all of them
 * @returns {string[]} ids of those that are not refused at once
 */
export const addFiles = (items, { later, fault, ...said } = {}) => {
  const wrong = globalThis.isSecureContext ? unable || fault : "insecure";
  if (!wrong) expectFiles();
  if (said.group && given.isStopped(said.group)) return [];
  if (said.group) given.came(said.group, items.length);
  if (wrong) {
    refuseAll(items.map((item) => ({ ...item, ...said })), wrong);
    return [];
  }
  const picks = items.map(({ file, path = "" }) => ({ id: crypto.randomUUID(), file, path, ...said }));
  if (said.group && !mine.has(said.group)) mine.set(said.group, 0);
  if (said.group) given.gather({ id: said.group, path: picks[0].path, files: picks.length, uploader: said.uploader, can_cancel: Boolean(later) });
  for (const pick of picks) {
    unsaid.set(pick.id, pick);
    keepImage(pick.id, pick.file);
    // Of many files each has its row once the engine knows it.
    if (said.group) continue;
    // No engine knows it while it waits, so nobody but this page can cancel it.
    show({ ...firstCard({ id: pick.id, name: pick.file.name, path: pick.path, size: pick.file.size, uploader: pick.uploader }), can_cancel: Boolean(later) });
  }
  if (!said.group) askToKeep(picks.reduce((sum, { file }) => sum + file.size, 0)).catch(() => {});
  const give = (/** @type {import("./uploaders.js").Saying} */ { fault: late, ...known }) => {
    const go = (/** @type {import("../../core/engine/commands.js").Pick[]} */ some) => (late ? refuseAll(some, late) : giveToEngine(some));
    const full = picks.map((pick) => ({ ...pick, ...known }));
    for (const pick of full) withdrawn.wouldGo(pick.id, () => go([pick]));
    const some = full.filter(({ id }) => unsaid.delete(id));
    if (some.length) go(some);
    if (late) return;
    items.forEach(({ handle }, at) => handle?.then((found) => found?.kind === "file" && say({ type: "remember", id: picks[at].id, handle: found })).catch(() => {}));
  };
  if (later) later.then(give);
  else give({});
  publish();
  return picks.map(({ id }) => id);
};

/** @param {import("../../core/engine/commands.js").Pick[]} picks */
const giveToEngine = (picks) => {
  for (const pick of picks) held.set(pick.id, pick);
  if (anonymous) picked.note(picks.map(({ id }) => id));
  serial += 1;
  const message = { type: "add", picks, serial };
  unheard.set(serial, message);
  say(message);
};

/** Also where there is no safe way to one. */
const newId = () => globalThis.crypto?.randomUUID?.() ?? `refused-${Math.random()}`;

/** None of these can be taken: of those that came together it is said once. @param {{file: File, path?: string, uploader?: string, group?: string, id?: string}[]} picks @param {string} code */
const refuseAll = (picks, code) => {
  for (const { file, path = "", uploader, group, id } of picks) {
    if (!group) refuse(file.name, code, { uploader, id });
    else if (!given.isStopped(group)) {
      given.stop(group);
      refuse(path.split("/")[0] || words("count-many"), code, { uploader });
    }
  }
};

/** A card for something that cannot be taken. @param {string} name @param {string} code of errors.js @param {{uploader?: string, group?: string, path?: string, id?: string}} [about] which uploader was given it, with which others, and the card that it has */
export const refuse = (name, code, { uploader = "", group = "", path = "", id = newId() } = {}) => {
  const card = firstCard({ id, name, path, size: 0, uploader, group });
  show({ ...card, state: "failed", detail: "", leave: "", leave_text: "", error: sentence(code, { name }), error_code: code, can_dismiss: true, section: "done" });
  publish();
  say({ type: "refuse", id, name, path, code, uploader, group });
};

/** @typedef {"pause" | "resume" | "cancel" | "withdraw" | "undo" | "retry" | "sendNow" | "dismiss"} Command */

/** What a command does to a file that this page alone has. @param {Command} type @param {string} id @returns {boolean} false: it is none of these */
const doesHere = (type, id) => {
  const pick = unsaid.get(id);
  const card = cards.get(id);
  if (type === "undo") return withdrawn.undo(id, (back) => (unsaid.set(id, back), show({ ...firstCard({ ...back, ...back.file, id, name: back.file.name, size: back.file.size }), can_cancel: true })));
  if (type === "dismiss" || type === "cancel") {
    if (withdrawn.settle(id)) return true;
    if (type === "dismiss" || !unsaid.delete(id)) return false;
    hide(id);
    return true;
  }
  if (type !== "withdraw" || !pick || !card) return false;
  unsaid.delete(id);
  withdrawn.add(pick);
  show(withdrawnCard(card));
  return true;
};

/** @param {Command} type @param {string} id */
export const command = (type, id) => {
  if (type === "retry") asking.again();
  if (type === "withdraw" || type === "cancel") cancelled.add(id);
  else if (type === "undo") cancelled.delete(id);
  if (doesHere(type, id)) publish();
  else say({ type, id });
};

const asking = createAsking(() => say({ type: "look" }));

/** Nothing more of a group is taken. @param {string} id */
const giveUp = (id) => {
  given.stop(id);
  for (const pick of [...unsaid.values()]) if (pick.group === id) unsaid.delete(pick.id);
  publish();
};

/** @param {string} id of a group whose cancellation was undone */
const bringBack = (id) => {
  given.bringBack(id);
  publish();
};

/** The same for all files of a group. @param {Command} does @param {string} id */
export const commandGroup = (does, id) => {
  if (does === "retry") asking.again();
  if (does === "cancel") giveUp(id);
  else if (does === "withdraw") {
    for (const card of cards.values()) if (card.group === id && card.can_cancel) cancelled.add(card.id);
    given.withdraw(id);
    publish();
  } else if (does === "undo") bringBack(id);
  say({ type: "group", does, id });
};

const forgetting = createForget((message) => say(message));

/** Wipe all that this browser keeps, and begin anew as somebody new. @returns {Promise<string>} a sentence on what did not work */
export const forgetDevice = () => forgetting.forget();

/** The same for somebody who signs out: it ends their session, and they stay who they are. @returns {Promise<string>} a sentence on what did not work */
export const signOut = () => forgetting.forget(endSession);

/** Take along, or leave, what was begun in this browser before its person signed in. @param {boolean} take */
export const takeOver = async (take) => {
  await answerTakeOver(take);
  if (take) say({ type: "taken-over" });
};

/** The file of a card whose bytes this browser has let go of. @param {string} id @param {File} file */
export const giveFile = (id, file) => say({ type: "give", id, file });

/** Find the file of such a card again, with the person's permission and without a search. @param {string} id @returns {Promise<boolean>} whether it was found */
export const showAgain = async (id) => {
  // Of a card that asks for it, the script is here already.
  const file = await import("./handles.js").then(({ findAgain }) => findAgain(id)).catch(() => null);
  if (file) giveFile(id, file);
  return file !== null;
};
