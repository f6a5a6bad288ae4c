// Decides what is said when cards change: by a toast what came to its end, by the voice for screen readers the rest, each once.

import { isolated } from "../files/direction.js";
import { plural } from "./messages.js";

/** @typedef {import("./card.js").Card} Card */

/** Ends that are worth a word wherever the person is: [one, several]. @type {Record<string, [string, string]>} */
const ENDS = { ready: ["is ready", "are ready"], blocked: ["was blocked", "were blocked"], failed: ["failed", "failed"] };

const MANY = 2;

/** @param {Card | undefined} old @param {Card} card */
const isEnd = (old, card) => old?.section === "active" && card.state in ENDS;

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
    if (state === "ready") return { text: `${isolated(name)} is ready.`, link: share_url, copy: share_url };
    return { text: `${isolated(name)} ${ENDS[state][0]}.${error && ` ${error}`}`, link: listed(cards, "/"), copy: "" };
  }
  const counts = Object.keys(ENDS)
    .map((state) => /** @type {const} */ ([state, cards.filter((card) => card.state === state).length]))
    .filter(([, count]) => count > 0)
    .map(([state, count], at) => `${at ? count.toLocaleString("en") : plural(count, "file", "files")} ${ENDS[state][count === 1 ? 0 : 1]}`);
  return { text: `${counts.join(", ")}.`, link: listed(cards, "/files"), copy: "" };
};

/** What a screen reader should say about the way from one snapshot to the next. @param {readonly Card[]} before @param {{cards: readonly Card[], totals: {text: string}}} after */
export const spoken = (before, after) => {
  const old = new Map(before.map((card) => [card.id, card]));
  const changed = after.cards.filter((card) => {
    const was = old.get(card.id);
    return was?.state !== card.state && !isEnd(was, card);
  });
  if (changed.length > MANY) return after.totals.text;
  return changed.map((card) => `${card.name}: ${card.error || card.detail || card.state}`).join(". ");
};
