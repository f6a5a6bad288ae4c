// What React sees of files that were given together: their card, and the list of them, of which only the rows that can be seen are in the page.
import { createElement, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { FEW, isInList, needsPerson } from "../../core/ports/pages.js";
import { rowAfter, rowsIn, seenRow, startOf, topFor } from "../../core/view/window.js";
import { commandGroup, getServerSnapshot, getSnapshot } from "../page/page.js";
import { getDrawn, subscribeDrawn } from "./drawn.js";
import { isTwice, noteCancelled } from "../messages/undo.js";
import { say } from "../../core/words/words.js";

/** @typedef {import("../../core/ports/pages.js").Card} Card */
/** @typedef {import("../../core/ports/pages.js").Group} Group */
/** @typedef {{open: boolean | null, only: boolean, top: number, room: number, height: number, current: string, at: number}} View of a group in this tab: `open` as a person chose it, `only` those that need the person; the row that the keyboard is on by the id of its card, and where that was last */

/** Until the first row has been measured, in pixels. */
const ROW = 64;
const ROOM = 480;

/** @type {Readonly<View>} */
const FIRST = Object.freeze({ open: null, only: false, top: 0, room: ROOM, height: ROW, current: "", at: 0 });
/** @type {Map<string, Readonly<View>>} */
const views = new Map();
/** @type {Set<() => void>} */
const listeners = new Set();
const listen = (/** @type {() => void} */ listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const viewOf = (/** @type {string} */ id) => views.get(id) ?? FIRST;

/** @param {string} id @param {Partial<View>} change */
const see = (id, change) => {
  const before = viewOf(id);
  if (Object.entries(change).every(([key, value]) => /** @type {Record<string, unknown>} */ (before)[key] === value)) return;
  views.set(id, Object.freeze({ ...before, ...change }));
  for (const listener of listeners) listener();
};

/** @param {string} id */
const useView = (id) => useSyncExternalStore(listen, () => viewOf(id), () => FIRST);
const useDrawn = () => useSyncExternalStore(subscribeDrawn, getDrawn, getServerSnapshot);

/** @param {string} section "active", "done" or "" for all @param {string} [uploader] of all without one @returns {Group[]} */
export const useGroups = (section, uploader) => {
  const { groups } = useDrawn();
  return useMemo(() => {
    const some = groups.filter((group) => (!section || group.section === section) && (uploader === undefined || group.uploader === uploader));
    return section === "done" ? some.reverse() : some;
  }, [groups, section, uploader]);
};

/** What was found last of each group. @type {Map<string, {cards: readonly Card[], only: boolean, found: Card[]}>} */
const lists = new Map();
/** Gone through once for each snapshot, however often somebody scrolls. @param {readonly Card[]} cards @param {string} id @param {boolean} only */
const cardsIn = (cards, id, only) => {
  const last = lists.get(id);
  if (last?.cards === cards && last.only === only) return last.found;
  const found = cards.filter((card) => card.group === id && isInList(card) && (!only || needsPerson(card)));
  lists.set(id, { cards, only, found });
  return found;
};

/** @param {View} view @param {readonly Card[]} cards */
const currentOf = ({ current, at }, cards) => {
  if (!current) return Math.min(at, cards.length - 1);
  const found = cards[at]?.id === current ? at : cards.findIndex((card) => card.id === current);
  return found < 0 ? Math.min(at, cards.length - 1) : found;
};

/**
 * What of a group is shown in this tab.
 * @param {Group} group
 */
export const useGroupView = ({ id, files, problems }) => {
  const { open, only } = useView(id);
  return useMemo(() => ({ open: open ?? files <= FEW, only: only && problems > 0 }), [open, only, files, problems]);
};

/**
 * The rows of its list that are in the page.
 * @param {Group} group
 * @returns {{card: Card, at: number, of: number, top: string, is_current: boolean}[]}
 */
export const useGroupRows = ({ id, problems }) => {
  const { cards } = useDrawn();
  const view = useView(id);
  const only = view.only && problems > 0;
  const all = useMemo(() => cardsIn(cards, id, only), [cards, id, only]);
  return useMemo(() => {
    const current = currentOf(view, all);
    return rowsIn(all.length, view, current).map((at) => ({ card: all[at], at: at + 1, of: all.length, top: `${at * view.height}px`, is_current: at === current }));
  }, [all, view]);
};

/** The list is scrolled to it already; the page may not be. @param {HTMLElement} row */
const goTo = (row) => {
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
};

/** Around the rows: scrolls them, and is where the keyboard finds its way. @param {{ group: Group, children?: import("react").ReactNode, className?: string, [attribute: string]: unknown }} props */
export const GroupFiles = ({ group: { id, problems, files, name }, children, className, ...rest }) => {
  const { height, only } = useView(id);
  const { cards } = useDrawn();
  const isOnly = only && problems > 0;
  const count = useMemo(() => cardsIn(cards, id, isOnly).length, [cards, id, isOnly]);
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  /** The row that is to have the focus once it is in the page, from 1. */
  const wanted = useRef(0);
  const measure = useCallback(() => {
    const element = box.current;
    if (!element) return;
    const row = /** @type {HTMLElement | null} */ (element.querySelector("[aria-posinset]"));
    const height = row?.offsetHeight || viewOf(id).height;
    see(id, { top: startOf(element.scrollTop, height), room: element.clientHeight, height });
  }, [id]);
  useLayoutEffect(() => {
    measure();
    const row = wanted.current && /** @type {HTMLElement | null} */ (box.current?.querySelector(`[aria-posinset="${wanted.current}"]`));
    if (!row) return;
    wanted.current = 0;
    goTo(row);
  });
  useEffect(() => {
    if (!box.current) return undefined;
    const sizes = new ResizeObserver(measure);
    sizes.observe(box.current);
    return () => sizes.disconnect();
  }, [measure]);
  const all = () => cardsIn(getDrawn().cards, id, isOnly);
  /** Where it is scrolled now. */
  const here = () => ({ ...viewOf(id), top: box.current?.scrollTop ?? 0 });
  const onScroll = () => {
    measure();
    if (box.current?.contains(document.activeElement)) return;
    const some = all();
    const view = here();
    const at = seenRow(currentOf(view, some), some.length, view);
    see(id, { current: some[at]?.id ?? "", at: Math.max(at, 0) });
  };
  const onFocus = (/** @type {any} */ { target }) => {
    const at = Number(target.closest("[aria-posinset]")?.getAttribute("aria-posinset")) - 1;
    const card = all()[at];
    if (card) see(id, { current: card.id, at });
  };
  const onKeyDown = (/** @type {any} */ event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const some = all();
    const view = here();
    const at = rowAfter(event.key, currentOf(view, some), some.length, view);
    if (at < 0 || !box.current) return;
    event.preventDefault();
    wanted.current = at + 1;
    box.current.scrollTop = topFor(at, view);
    see(id, { current: some[at].id, at, top: startOf(box.current.scrollTop, view.height) });
    // It may be in the page, and the current one, already.
    const row = /** @type {HTMLElement | null} */ (box.current.querySelector(`[aria-posinset="${at + 1}"]`));
    if (row) goTo(row);
  };
  return createElement(
    "div",
    { ...rest, ref: box, className, onScroll, onFocus, onKeyDown, "data-scrolls": "", "data-testid": "group-files" },
    createElement("ul", { role: "list", "aria-label": say(isOnly ? "group-files-label-only" : "group-files-label", { name }), style: { height: `${(count || files) * height}px` } }, children),
  );
};

/** @param {string} id @param {boolean} open */
export const foldGroup = (id, open) => see(id, { open, ...(open ? {} : { only: false }), top: 0, current: "", at: 0 });
/** @param {string} id @param {boolean} only */
export const showOnly = (id, only) => see(id, { open: true, only, top: 0, current: "", at: 0 });

export const pauseGroup = (/** @type {string} */ id) => commandGroup("pause", id);
export const resumeGroup = (/** @type {string} */ id) => commandGroup("resume", id);
export const retryGroup = (/** @type {string} */ id) => commandGroup("retry", id);
export const sendGroupNow = (/** @type {string} */ id) => commandGroup("sendNow", id);
/** @param {string} id @param {...unknown} event */
export const undoGroup = (id, ...event) => isTwice(...event) || commandGroup("undo", id);
/** It can be undone. @param {string} id */
export const cancelGroup = (id) => {
  commandGroup("withdraw", id);
  noteCancelled(() => getSnapshot().groups.some((group) => group.id === id && group.can_undo), () => undoGroup(id));
};
