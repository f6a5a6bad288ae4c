// What this tab knows of how the person is told, and what it does about it. Nobody is asked for anything but on a click.

import { faultText, isPushed, isPushTrouble, needsPush, NOTHING_KNOWN, PushFault, renewal, wantsHomeScreen } from "../../core/view/notifications.js";
import { notices } from "../../io/network/notices.js";
import { able, ask, closeAll, current, device, keyOf, onPermission, permission, remember, remembered, subscribe } from "../../io/browser/push.js";

/** @typedef {import("../../core/view/notifications.js").Facts} Facts */
/**
 * @typedef {object} Notifications
 * @property {Facts} facts
 * @property {Readonly<Record<string, boolean>>} watched by token of a share link: whether this person is on its list
 * @property {boolean} busy
 * @property {string} error a sentence, or ""
 * @property {string} at which control it belongs to
 */

/** @type {Readonly<Notifications>} */
const BEFORE = Object.freeze({ facts: NOTHING_KNOWN, watched: Object.freeze({}), busy: false, error: "", at: "" });

/** @type {Readonly<Notifications>} */
let state = BEFORE;
/** @type {Set<() => void>} */
const listeners = new Set();

export const getNotifications = () => state;
export const getNotificationsBefore = () => BEFORE;
/** @param {() => void} listener */
export const subscribeNotifications = (listener) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** @param {Partial<Notifications>} more @param {Partial<Facts>} [facts] */
const change = (more, facts) => {
  state = Object.freeze({ ...state, ...more, facts: facts ? Object.freeze({ ...state.facts, ...facts }) : state.facts });
  listeners.forEach((listener) => listener());
};

// ---------------------------------------------------------------- the subscription of this browser

/** Away with it, here and at the server. @param {PushSubscription} subscription */
const drop = async (subscription) => {
  const { endpoint } = subscription;
  await subscription.unsubscribe();
  remember(null);
  await notices.remove(endpoint);
};

/** @param {PushSubscription} subscription @param {string} owner */
const send = async (subscription, owner) => {
  const before = remembered();
  await notices.add(subscription);
  remember({ endpoint: subscription.endpoint, owner });
  if (before && before.owner === owner && before.endpoint !== subscription.endpoint) await notices.remove(before.endpoint).catch(() => {});
};

/** @param {string} key @param {string} owner */
const anew = async (key, owner) => {
  const old = await current();
  if (old && keyOf(old) && keyOf(old) !== key) await drop(old);
  await send(await subscribe(key), owner);
};

/** What a start does about it; nothing, and no call, for those who never allowed anything. */
const renew = async () => {
  if (!able() || permission() !== "granted") return;
  const [subscription, sent] = [await current(), remembered()];
  if (!subscription && !sent) return;
  const [key, owner, { pushes, subscriptions: count }] = await Promise.all([notices.key(), notices.owner(), notices.get()]);
  const found = subscription && { endpoint: subscription.endpoint, key: keyOf(subscription) };
  const todo = renewal({ permission: permission(), subscription: found, sent, key, owner, pushes, count });
  if (todo === "send" && subscription) await send(subscription, owner);
  if (todo === "anew") await anew(key, owner);
  if (todo !== "drop") return;
  remember(null);
  // Not the server's business: under this name it knows nothing of it, and the next push to it finds it gone.
  await subscription?.unsubscribe();
};

/** @type {Promise<void> | null} */
let renewing = null;

/** Once per page. */
export const renewSubscription = () => {
  renewing ??= renew().catch((error) => console.info(`[smartupload] the push subscription was not renewed: ${error}`));
};

// ---------------------------------------------------------------- what controls show

let looking = false;

/** @param {import("../../io/network/notices.js").Notices} answer */
const known = ({ email, asked, mails, pushes }) => change({}, { known: true, email, asked, mails, pushes });

const look = async () => {
  renewSubscription();
  await renewing;
  const subscription = await current().catch(() => null);
  const subscribed = subscription !== null && remembered()?.endpoint === subscription.endpoint;
  change({}, { able: able(), permission: permission(), subscribed, homeScreen: !able() && wantsHomeScreen(device()) });
  // Without an answer it is offered all the same; the click says what is wrong.
  await notices.get().then(known, () => change({}, { known: true }));
};

/** The first control that is shown looks, and again whenever the person comes back: from a mailbox, or the browser's settings. */
export const lookAtNotifications = () => {
  if (looking) return;
  looking = true;
  look();
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && !state.busy && look());
  onPermission(look);
};

/** @param {string} token */
export const lookAtWatched = async (token) => {
  const watching = await notices.watching(token).catch(() => false);
  change({ watched: Object.freeze({ ...state.watched, [token]: watching }) });
};

// ---------------------------------------------------------------- what a click does

/** One at a time; what went wrong is said where it was clicked. @param {string} at @param {() => Promise<void>} work */
const doing = async (at, work) => {
  if (state.busy) return;
  change({ busy: true, error: "", at });
  try {
    await work();
    change({ busy: false }, { known: true, failed: false });
  } catch (error) {
    change({ busy: false, error: faultText(error) }, { permission: permission(), failed: state.facts.failed || isPushTrouble(error) });
  }
};

const allow = async () => {
  // The browser's question comes before anything else, while the click is fresh.
  const answer = await ask();
  change({}, { permission: answer });
  if (answer === "default") throw new PushFault("dismissed");
  if (answer !== "granted") return;
  const [key, owner] = await Promise.all([notices.key(), notices.owner()]);
  await anew(key, owner);
  // To subscribe is the word that pushes are wanted, to the server as well.
  change({}, { subscribed: true, pushes: true });
};

/** @param {string} token */
const watch = async (token) => {
  if (!token) return;
  await notices.watch(token);
  change({ watched: Object.freeze({ ...state.watched, [token]: true }) });
};

/** @param {string} at @param {string} [token] */
export const notifyMe = (at, token = "") =>
  doing(at, async () => {
    const asks = needsPush(state.facts);
    if (asks) await allow();
    // Declined: on the list once there is an address.
    if (!asks || isPushed(state.facts)) await watch(token);
  });

/** Pushes to this browser, whatever other way there is. @param {string} at */
export const pushMe = (at) => doing(at, allow);

/** @param {string} at @param {string} email @param {string} [token] */
export const mailMe = (at, email, token = "") =>
  doing(at, async () => {
    const answer = await notices.put({ email, mails: true });
    await watch(token);
    known(answer);
  });

/** No pushes to this browser any more. @param {string} at */
export const stopPushes = (at) =>
  doing(at, async () => {
    const subscription = await current();
    if (subscription) await drop(subscription);
    remember(null);
    change({}, { subscribed: false });
  });

/** Whoever uses this browser next is told nothing of this person's files. */
export const forgetNotifications = async () => {
  const subscription = await current();
  if (subscription) await drop(subscription);
  remember(null);
  await closeAll();
};
