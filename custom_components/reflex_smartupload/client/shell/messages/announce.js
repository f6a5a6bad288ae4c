// What a tab says of files that came to their end while it is open, and what the service worker asks of it: to say a push, to open a file.

import { ended, toastOf } from "../../core/view/announcements.js";
import { getSnapshot, subscribe } from "../page/page.js";
import { hideToast, toast } from "./toast.js";
import { say as words } from "../../core/words/words.js";

/** @typedef {import("../../core/view/card.js").Card} Card */
/** @typedef {{kind: string, title: string, url: string, tag: string}} Push as sw.js reads it */

/** ms in which what comes to its end is said together: a thousand small files must not flicker by, nor be read out one by one. */
const TOGETHER = 4000;
const SOON = 400;

/** Uploads of which this tab has said how they ended: a push must not say it again, nor the other way round. @type {Set<string>} */
const announced = new Set();

/** @param {string} state @param {string} id */
const once = (state, id) => {
  const key = `${state} ${id}`;
  if (announced.has(key)) return false;
  announced.add(key);
  return true;
};

/** @type {Card[]} */
let endings = [];
let shown = { at: -Infinity, id: 0 };
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

const show = () => {
  timer = undefined;
  hideToast(shown.id);
  const { text, link, copy } = toastOf(endings);
  shown = { at: performance.now(), id: toast(text, { link, copy }) };
};

/** @param {Card[]} cards */
const add = (cards) => {
  // What the toast says now, it says for all since the first of them.
  if (!timer && performance.now() - shown.at > TOGETHER) {
    endings = [];
    shown.id = 0;
  }
  endings.push(...cards);
  timer ??= setTimeout(show, shown.id ? TOGETHER / 2 : SOON);
};

/** Says it in toasts when cards come to their end. @returns {() => void} stops it */
export const announceEnds = () => {
  let seen = getSnapshot().cards;
  let before = new Map(seen.map((card) => [card.id, card]));
  const look = () => {
    const { cards } = getSnapshot();
    if (cards === seen) return;
    seen = cards;
    const now = ended(before, cards).filter((card) => once(card.state, card.upload_id || card.id));
    before = new Map(cards.map((card) => [card.id, card]));
    if (now.length) add(now);
  };
  const stop = subscribe(look);
  return () => {
    stop();
    clearTimeout(timer);
    timer = undefined;
  };
};

/** @param {Push} push */
const say = ({ kind, title, url, tag }) => {
  if (!once(kind.replace("upload.", ""), tag)) return;
  const text = /[.!?。！？؟]$/.test(title) ? title : words("ended-all", { what: title });
  toast(text, { link: url === location.pathname ? "" : url, copy: kind === "upload.ready" ? new URL(url, location.href).href : "" });
};

/** How this page goes to another one; null until React has taken the page over. @type {((path: string) => void) | null} */
let navigate = null;
/** Where the service worker asked to go before that, or "". */
let asked = "";

const go = () => {
  if (!navigate || !asked) return;
  const path = asked;
  asked = "";
  if (path !== location.pathname) navigate(path);
};

/**
 * From now on this page can go where the service worker asks it to; it does so at once where that was asked before.
 * @param {(path: string) => void} to a page of the app, without loading it anew: that would end a sole tab's engine
 * @returns {() => void} stops it
 */
export const goWhereAsked = (to) => {
  navigate = to;
  go();
  return () => {
    navigate = null;
  };
};

/** @param {MessageEvent} event */
const hear = ({ data, ports }) => {
  if (data?.type === "smartupload-push") {
    if (document.visibilityState !== "visible") return;
    say(data.push);
  } else if (data?.type === "smartupload-go") {
    asked = data.url;
    go();
  } else return;
  ports[0]?.postMessage(true);
};

/**
 * Answers the service worker, from the page's first script on: without an answer it shows a notification beside a page that
 * is looked at, or opens a second window.
 */
export const answerServiceWorker = () => navigator.serviceWorker?.addEventListener("message", hear);
