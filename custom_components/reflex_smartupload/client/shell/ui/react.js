// The only script that knows React and Reflex: hooks, components and the twins for events.
import { Children, createElement, Fragment, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { refs } from "$/utils/state";
import { spoken } from "../../core/view/announcements.js";
import { firstCard } from "../../core/view/given.js";
import { signInAddress } from "../../core/view/sign_in_address.js";
import { DEFAULTS } from "./defaults.js";
import { getDrawn, subscribeDrawn } from "./drawn.js";
import { replaceForbidden } from "../../io/browser/storages.js";
import { command, commandGroup, forgetDevice as forget, getServerSnapshot, getSnapshot, showAgain as findAgain, signOut as endSession, start, takeOver as answerTakeOver, whenSettling } from "../page/page.js";
import { announceEnds, answerServiceWorker, goWhereAsked } from "../messages/announce.js";
import { listenToWindow } from "../page/picker.js";
import { behind } from "../../io/browser/behind.js";
import { afterPaint, soon } from "../../io/browser/soon.js";
import { isPage } from "./routes.js";
import { keepFocus } from "../document/focus.js";
import { listenForKeys } from "../document/keys.js";
import { say } from "../../core/words/words.js";
import { fetchAhead } from "../language/language.js";
import { Spoken } from "./language.js";
import { clockText, dayText } from "../../core/words/figures.js";
import { followTitle } from "./title.js";
import { endureTranslators } from "../document/translated.js";
import { isolated } from "../../core/files/direction.js";
import { keepEndings } from "../document/names.js";
import { canShareLink, copyGroupLink, copyLink, shareLink } from "../messages/links.js";
import { getRemoved, isTwice, listenForUndo, noteCancelled, settle, subscribeRemoved, undoable } from "../messages/undo.js";
import { getToasts, hideToast, holdToasts, leaveToasts, subscribeToasts, toast as sayToast, followVisibility, undoToast } from "../messages/toast.js";

/** @typedef {import("../../core/view/card.js").Card} Card */
/** @typedef {import("../page/page.js").Snapshot} Snapshot */

// ---------------------------------------------------------------- what pages read

const useSnapshot = () => useSyncExternalStore(subscribeDrawn, getDrawn, getServerSnapshot);

export const useTotals = () => useSnapshot().totals;
export const useLimits = () => useSnapshot().limits;

// So many cards fit into one frame on a slow machine; the rest follows slice by slice.
const SLICE = 40;

/** How many of so many cards are shown: it grows by one slice a frame until all are. @param {number} length */
const useSlices = (length) => {
  const [shown, setShown] = useState(SLICE);
  // A few more than before (one more file was dropped) are not worth a second frame.
  const count = length <= shown + SLICE / 4 ? length : shown;
  useEffect(() => {
    if (count >= length) return undefined;
    return (count > SLICE ? soon : afterPaint)(() => setShown(count + SLICE));
  }, [count, length]);
  return count;
};

/** @param {string} section "active", "done" or "" for all @param {number} first at most so many, 0 for all @param {string} [uploader] of all without one @param {string} [group] of all without one, "" for those that came singly */
export const useCards = (section, first, uploader, group) => {
  const { cards } = useSnapshot();
  const all = useMemo(() => {
    const isOne = (/** @type {Card} */ card) => (!section || card.section === section) && (uploader === undefined || card.uploader === uploader) && (group === undefined || card.group === group);
    const some = section || uploader !== undefined || group !== undefined ? cards.filter(isOne) : cards;
    // What is on its way goes in the order it was given; of what is done, the newest matters.
    return section === "done" ? some.reverse() : some;
  }, [cards, section, uploader, group]);
  const count = useSlices(first > 0 ? Math.min(first, all.length) : all.length);
  return useMemo(() => (count < all.length ? all.slice(0, count) : all), [all, count]);
};

/** Of an upload that has no card here. */
const NO_CARD = { ...firstCard({ id: "", name: "", path: "", size: 0 }), state: "", detail: "", leave: "", leave_text: "" };

/** @param {string} uploadId the card of this upload in this browser */
export const useCardOf = (uploadId) => useSnapshot().cards.find((card) => uploadId && card.upload_id === uploadId) ?? NO_CARD;

// ---------------------------------------------------------------- what pages do

// A handler on the server knows the id of the upload, a page that of the card.
/** @param {string} id */
const cardId = (id) => getSnapshot().cards.find((card) => card.id === id || card.upload_id === id)?.id ?? id;

export const pause = (/** @type {string} */ id) => command("pause", cardId(id));
export const resume = (/** @type {string} */ id) => command("resume", cardId(id));
/** A handler cancels at once and for good; what a person presses can be undone. @param {string} id */
const cancelNow = (id) => command("cancel", cardId(id));
/** @param {string} id @param {...unknown} event */
export const undo = (id, ...event) => isTwice(...event) || command("undo", cardId(id));
/** @param {string} id */
export const cancel = (id) => {
  const key = cardId(id);
  command("withdraw", key);
  noteCancelled(() => getSnapshot().cards.some((card) => card.id === key && card.can_undo), () => undo(key));
};
export const retry = (/** @type {string} */ id) => command("retry", cardId(id));
export const sendNow = (/** @type {string} */ id) => command("sendNow", cardId(id));
/** A handler takes it off the list; what a person presses can be taken back. @param {string} id */
const dismissNow = (id) => command("dismiss", cardId(id));

/** @param {Card[]} cards @param {import("../../core/ports/pages.js").Group[]} [groups] */
const takeOff = (cards, groups = []) => {
  const [first] = [...cards, ...groups];
  if (!first) return;
  const files = groups.reduce((sum, group) => sum + group.files, cards.length);
  const text = cards.length + groups.length > 1 ? say("message-off-list-many", { count: files }) : say("message-off-list-one", { name: isolated(first.name) });
  const does = () => {
    cards.forEach(({ id }) => command("dismiss", id));
    groups.forEach(({ id }) => commandGroup("dismiss", id));
  };
  undoable(text, [...cards, ...groups].map(({ id }) => id), does, cards[0]?.upload_id);
};

/** Whoever has cancelled it a moment ago is sure of that. @param {string} id @param {...unknown} event */
export const dismissGroup = (id, ...event) => {
  const groups = getDrawn().groups.filter((group) => group.id === id);
  if (!groups.some(({ can_undo }) => can_undo)) takeOff([], groups);
  else if (!isTwice(...event)) commandGroup("dismiss", id);
};

/** @param {string} id @param {...unknown} event */
export const dismiss = (id, ...event) => {
  const cards = getDrawn().cards.filter((card) => card.id === cardId(id));
  if (!cards.some(({ can_undo }) => can_undo)) takeOff(cards);
  else if (!isTwice(...event)) dismissNow(id);
};

/** @param {string} id */
export const showAgain = async (id) => {
  if (!(await findAgain(cardId(id)))) toast(say("message-not-found-again"));
};

/** @param {unknown} [uploader] a name; anything else, as a click gives it, is all */
export const dismissAll = (uploader) => {
  const { cards, groups } = getDrawn();
  const isIts = (/** @type {{can_dismiss: boolean, can_undo: boolean, uploader: string}} */ one) => one.can_dismiss && !one.can_undo && (typeof uploader !== "string" || one.uploader === uploader);
  // What came together goes together, once none of it is on its way.
  takeOff(cards.filter((card) => !card.group && isIts(card)), groups.filter(isIts));
};

/** What looks removed: ids of uploads and of cards. */
export const useRemoved = () => useSyncExternalStore(subscribeRemoved, getRemoved, getRemoved);

/** @returns {Promise<void>} never, when it worked: the page begins anew */
export const forgetDevice = async () => {
  // Nobody could delete it afterwards; what it came to is said.
  if (!(await settle())) return;
  toast(say("message-wiping"));
  const fault = await forget();
  if (fault) sayToast(fault, { stays: true });
};

/** @returns {Promise<void>} never, when it worked: the page begins anew */
export const signOut = async () => {
  if (!(await settle())) return;
  toast(say("message-signing-out"));
  const fault = await endSession();
  if (fault) sayToast(fault, { stays: true });
};

/** @param {boolean} take */
export const takeOver = async (take) => {
  try {
    await answerTakeOver(take);
  } catch {
    toast(say("message-no-answer"));
  }
};

/** Off to where one signs in, and back to this page. @param {string} url */
export const signIn = (url) => location.assign(signInAddress(url, location));

const never = () => () => {};
export const useCanShareLink = () => useSyncExternalStore(never, canShareLink, () => false);

/** @param {string} text */
export const toast = (text) => void sayToast(text);

export { say };
export { copyGroupLink, copyLink, shareLink };
export { LanguageMenu } from "./language.js";
export { roundSizeText } from "../../core/view/messages.js";
export { Sentence } from "./sentence.js";
export { TellButton } from "./tell.js";

export { cancelGroup, foldGroup, GroupFiles, pauseGroup, resumeGroup, retryGroup, sendGroupNow, showOnly, undoGroup, useGroupRows, useGroups, useGroupView } from "./groups.js";
export { FileIcon } from "../pictures/file_icon.js";
export { FileInput, UploaderMark } from "./inputs.js";
export { KeySwitch } from "../lists/keys.js";
export { toggleTray, TrayRoom, useTrayOpen } from "./tray.js";

/** The first of its children comes last: what Reflex wraps around an app stands before it. @param {{ children?: import("react").ReactNode }} props */
export const Behind = ({ children }) => {
  const [first, ...rest] = Children.toArray(children);
  return createElement(Fragment, null, ...rest, first);
};

// ---------------------------------------------------------------- time

const DAY = 86_400_000;

/** @param {string} instant ISO 8601 */
export const localTime = (instant) => {
  if (!instant) return "";
  const then = new Date(instant);
  const now = new Date();
  const time = clockText(then);
  if (then.toDateString() === now.toDateString()) return say("moment-today", { time });
  if (then.toDateString() === new Date(now.getTime() - DAY).toDateString()) return say("moment-yesterday", { time });
  return dayText(then, then.getFullYear() !== now.getFullYear());
};

// ---------------------------------------------------------------- toasts and the voice

/** @type {readonly import("../messages/toast.js").Toast[]} */
const NO_TOASTS = Object.freeze([]);

const Toasts = () => {
  const toasts = useSyncExternalStore(subscribeToasts, getToasts, () => NO_TOASTS);
  useEffect(followVisibility, []);
  const here = useLocation().pathname;
  const path = (/** @type {string} */ link) => new URL(link, location.href).pathname;
  const row = (/** @type {import("../messages/toast.js").Toast} */ { id, text, link, copy, undo }) =>
    createElement(
      "div",
      { key: id, className: "toast", "data-testid": "toast" },
      createElement("span", null, text),
      createElement(
        "div",
        { className: "toast-acts" },
        undo && createElement("button", { type: "button", "aria-keyshortcuts": "Control+Z", onClick: () => undoToast(id) }, say("message-undo")),
        link && path(link) !== here && createElement(Link, { to: path(link), reloadDocument: !isPage(path(link)), onClick: () => hideToast(id) }, say("message-open")),
        copy && createElement("button", { type: "button", onClick: () => copyLink(copy) }, say("message-copy")),
        createElement("button", { type: "button", "aria-label": say("message-close"), className: "toast-close", onClick: () => hideToast(id) }, "×"),
      ),
    );
  return createElement(
    "div",
    {
      className: "toasts",
      role: "status",
      "aria-atomic": false, // each toast is read once, not all of them again with the next
      onMouseEnter: () => holdToasts(true),
      onMouseLeave: () => holdToasts(false),
      onFocus: () => holdToasts(true),
      onBlur: () => holdToasts(false),
    },
    toasts.map(row),
  );
};

const Voice = () => {
  const snapshot = useSnapshot();
  const before = useRef(snapshot);
  const [text, setText] = useState("");
  useEffect(() => {
    if (before.current.cards === snapshot.cards) return;
    const next = spoken(before.current.cards, snapshot);
    before.current = snapshot;
    if (next) setText(next);
  }, [snapshot]);
  return createElement("div", { className: "sr-only smartupload-voice", "aria-live": "polite" }, text);
};

// ---------------------------------------------------------------- once around every page

// The engine begins while React still takes over the page: what was on its way when the browser ended goes on some hundred milliseconds sooner.
if (typeof document !== "undefined") {
  fetchAhead();
  replaceForbidden();
  endureTranslators();
  answerServiceWorker();
  start();
}

refs.__smartupload = { pause, resume, cancel: cancelNow, undo, retry, sendNow, dismiss: dismissNow, copyLink, toast, forgetDevice, signOut };

/** What draws it is fetched with the first file that is dragged; the last word counts. */
let dragging = 0;
const showDragged = (/** @type {import("../page/picker.js").Dragged | null} */ dragged) => {
  const mine = (dragging += 1);
  // Without it the place for files is highlighted all the same.
  import("../document/dropping.js").then(({ showDropping }) => mine === dragging && showDropping(dragged), () => {});
};

/** Files that other apps have shared: with an installed app alone, and only then it is looked for them. */
const lookForShared = () => {
  const isInstalled = !matchMedia("(display-mode: browser)").matches;
  const what = new URLSearchParams(location.search).get("shared") ?? "";
  if (what || isInstalled) import("../messages/shared.js").then(({ takeShared }) => takeShared(what, isInstalled)).catch(() => {});
};

/** Who never allowed a push has no subscription, and what looks after it is not fetched. */
const renewSubscription = () => {
  if (globalThis.Notification?.permission === "granted") behind(() => import("../notices/notifications.js")).then(({ renewSubscription: renew }) => renew());
};

/** @param {{ children?: import("react").ReactNode }} props */
export const SmartuploadProvider = ({ children }) => {
  const navigate = useRef(useNavigate());
  useEffect(() => {
    renewSubscription();
    lookForShared();
    const stops = [listenToWindow((why, how) => toast(say(`place-${how}-${why}`)), toast, showDragged), followTitle(), keepFocus(), keepEndings(), listenForUndo(), listenForKeys(), whenSettling(leaveToasts), announceEnds(), goWhereAsked((path) => (isPage(path) ? navigate.current(path) : location.assign(path)))];
    return () => stops.forEach((stop) => stop());
  }, []);
  return createElement(
    "div",
    { style: { display: "contents" } },
    createElement("style", { href: "smartupload", precedence: "default" }, DEFAULTS),
    createElement(Spoken, null, children, createElement(Voice), createElement(Toasts)),
  );
};
