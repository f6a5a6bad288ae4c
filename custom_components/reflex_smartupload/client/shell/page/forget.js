// The page's part in forgetting: the engine wipes what is kept here, then the server takes the cookie away, then every page begins anew.

import { forgetOwner } from "../../io/network/api.js";
import { BASE } from "./base.js";
import { say as words } from "../../core/words/words.js";

const AGAIN = 2000; // ms between two attempts to reach the engine, which may have just died
const PATIENCE = 60_000; // ms; a copy of many GiB that is being made comes to its end first

/** Files that other apps have shared and no page has taken yet (sw-share.js); rejected where nothing can be kept at all. @returns {Promise<unknown>} */
const wipeShared = () =>
  new Promise((done) => {
    const asked = indexedDB.deleteDatabase("smartupload-shared");
    asked.onsuccess = asked.onerror = asked.onblocked = done; // where it is open just now, it goes once it is closed
  });

/** @param {(message: any) => void} say */
export const createForget = (say) => {
  /** @type {Map<string, (fault: string) => void>} */
  const pending = new Map();

  const wiped = () =>
    new Promise((resolve) => {
      const id = crypto.randomUUID();
      const ask = () => say({ type: "forget", id });
      const again = setInterval(ask, AGAIN);
      const settle = (/** @type {string} */ fault) => {
        clearInterval(again);
        clearTimeout(timer);
        pending.delete(id);
        resolve(fault);
      };
      const timer = setTimeout(() => settle(words("wipe-no-engine")), PATIENCE);
      pending.set(id, settle);
      ask();
    });

  return {
    /** @param {{id: string, fault: string}} answer of the engine */
    hear: ({ id, fault }) => pending.get(id)?.(fault),
    /**
     * @param {() => Promise<string | void>} [end] what ends the owner at the server, and says where to go then
     * @returns {Promise<string>} what did not work, in a sentence; "" when this page is about to begin anew
     */
    forget: async (end = forgetOwner) => {
      // What other tabs can still take back they do now.
      say({ type: "settle" });
      // Without a secure address there is no engine, and nothing is kept.
      const fault = globalThis.isSecureContext ? await wiped() : "";
      if (fault) return fault;
      await import("../notices/notifications.js").then(({ forgetNotifications }) => forgetNotifications()).catch(() => {});
      await wipeShared().catch(() => {});
      let next;
      try {
        next = await end();
      } catch {
        return words("wipe-no-server");
      }
      say({ type: "forgotten" });
      leave(next || BASE);
      return "";
    },
  };
};

/** What this tab remembers goes too: under its name the server still has the lists that it showed. @param {string} [to] */
export const leave = (to) => {
  sessionStorage.clear();
  if (to) location.replace(to);
  else location.reload();
};
