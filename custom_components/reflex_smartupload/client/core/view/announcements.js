// Decides what is said when cards change: by a toast what came to its end, by the voice for screen readers the rest, each once.

import { isolated } from "../files/direction.js";
import { listText } from "../words/figures.js";
import { say } from "../words/words.js";

/** @typedef {import("./card.js").Card} Card */

/** Ends that are worth a word wherever the person is. */
const ENDS = ["ready", "blocked", "failed"];

const MANY = 2;

/** @param {Card | undefined} old @param {Card} card */
const isEnd = (old, card) => old?.section === "active" && ENDS.includes(card.state);

/** What came to its end since; what was not known before is no news. @param {Map<string, Card>} before @param {readonly Card[]} cards */
export const ended = (before, cards) => cards.filter((card) => before.get(card.id) !== card && isEnd(before.get(card.id), card));

/**
 * Where a toast leads to: the app's own list has what was given to its default uploader. What was given to another one is listed on that one's
 * page, and whoever sends by a link may see no other.
 * @param {readonly Card[]} cards @param {string} path
 */
const listed = (cards, path) => (cards.some(({ uploader }) => uploader === "") ? path : "");

/**
 * One toast for what came to its end within a moment.
 * @param {readonly Card[]} cards at least one
 * @returns {{text: string, link: string, copy: string}} where it leads to, and the link it offers to copy; both may be ""
 */
export const toastOf = (cards) => {
  if (cards.length === 1) {
    const [{ name, state, error, share_url }] = cards;
    const values = { name: isolated(name), why: error };
    if (state === "ready") return { text: say("ended-ready", values), link: share_url, copy: share_url };
    return { text: say(`ended-${state}${error && "-why"}`, values), link: listed(cards, "/"), copy: "" };
  }
  const counts = ENDS
    .map((state) => /** @type {const} */ ([state, cards.filter((card) => card.state === state).length]))
    .filter(([, count]) => count > 0)
    .map(([state, count], at) => say(`ended-${at ? "next" : "first"}-${state}`, { count }));
  return { text: say("ended-all", { what: listText(counts) }), link: listed(cards, "/files"), copy: "" };
};

/** What a screen reader should say about the way from one snapshot to the next. @param {readonly Card[]} before @param {{cards: readonly Card[], totals: {text: string}}} after */
export const spoken = (before, after) => {
  const old = new Map(before.map((card) => [card.id, card]));
  const changed = after.cards.filter((card) => {
    const was = old.get(card.id);
    return was?.state !== card.state && !isEnd(was, card);
  });
  if (changed.length > MANY) return after.totals.text;
  const [first = "", second = ""] = changed.map((card) => say("spoken-one", { name: card.name, what: card.can_undo ? say("spoken-withdrawn") : card.error || card.detail || say(`spoken-${card.state}`) }));
  return second ? say("spoken-two", { first, second }) : first;
};
