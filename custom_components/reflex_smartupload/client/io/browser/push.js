// One browser capability: Web Push, the subscription of this browser and the permission for it. https://www.w3.org/TR/push-api/

import { base64url, bytesOf, PushFault } from "../../core/view/notifications.js";

const MEMORY = "smartupload-push";
/** ms; without a network `subscribe` never answers, and without a service worker `ready` does not. */
const PATIENCE = 15_000;

/** @template T @param {Promise<T>} work @returns {Promise<T>} */
const within = (work) => {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new PushFault("silent")), PATIENCE)));
  return /** @type {Promise<T>} */ (Promise.race([work, late]).finally(() => clearTimeout(timer)));
};

export const able = () => Boolean(globalThis.isSecureContext && navigator.serviceWorker && "PushManager" in globalThis && "Notification" in globalThis);

/** @returns {string} */
export const permission = () => ("Notification" in globalThis ? Notification.permission : "denied");

/** The browser's own question; only from a click. @returns {Promise<string>} */
export const ask = async () => Notification.requestPermission();

/** @param {() => void} call when the person changed it in the browser's own settings */
export const onPermission = (call) => {
  navigator.permissions?.query({ name: "notifications" }).then((status) => status.addEventListener("change", call)).catch(() => {});
};

/** What wantsHomeScreen decides by. */
export const device = () => ({ agent: navigator.userAgent, touch: navigator.maxTouchPoints ?? 0, installed: /** @type {any} */ (navigator).standalone === true });

/** @returns {Promise<PushSubscription | null>} */
export const current = async () => (able() && (await (await navigator.serviceWorker.getRegistration())?.pushManager.getSubscription())) || null;

/** The server's key that it was made with; "" when the browser does not say. @param {PushSubscription} subscription */
export const keyOf = ({ options }) => (options?.applicationServerKey ? base64url(new Uint8Array(options.applicationServerKey)) : "");

/**
 * @param {string} key the server's, base64url
 * @returns {Promise<PushSubscription>} raises PushFault
 */
export const subscribe = async (key) => {
  const { pushManager } = await within(navigator.serviceWorker.ready);
  try {
    return await within(pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) }));
  } catch (error) {
    if (!(error instanceof PushFault)) console.info(`[smartupload] no subscription: ${error}`);
    throw error instanceof PushFault ? error : new PushFault("refused");
  }
};

/** Everything that was shown here goes as well: it may be about somebody else's files. */
export const closeAll = async () => {
  const worker = await navigator.serviceWorker?.getRegistration();
  for (const shown of (await worker?.getNotifications?.()) ?? []) shown.close();
};

/** What the server was told last from here. @returns {{endpoint: string, owner: string} | null} */
export const remembered = () => {
  try {
    return JSON.parse(localStorage.getItem(MEMORY) ?? "null");
  } catch {
    return null;
  }
};

/** @param {{endpoint: string, owner: string} | null} sent */
export const remember = (sent) => {
  try {
    if (sent) localStorage.setItem(MEMORY, JSON.stringify(sent));
    else localStorage.removeItem(MEMORY);
  } catch {
    // A browser that keeps nothing: the next start sends it again.
  }
};
