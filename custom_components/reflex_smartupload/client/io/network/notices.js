// One capability: the server's calls about who is told of what, and how.

import { call } from "./api.js";

/** @typedef {{email: string, asked: string, mails: boolean, pushes: boolean, subscriptions: number}} Notices */

/** @param {string} token of a share link */
const watch = (token) => `/shared/${encodeURIComponent(token)}/watch`;

export const notices = {
  /** @returns {Promise<Notices>} */
  get: () => call("GET", "/notifications"),
  /** @param {Partial<Notices>} changed @returns {Promise<Notices>} */
  put: (changed) => call("PUT", "/notifications", changed),
  /** @returns {Promise<string>} the key that pushes are signed with */
  key: async () => (await call("GET", "/push-key")).key,
  /** @returns {Promise<string>} who is here */
  owner: async () => (await call("GET", "/client-settings")).owner ?? "",
  /** @param {PushSubscription} subscription */
  add: (subscription) => {
    const { endpoint, keys } = subscription.toJSON();
    return call("POST", "/push-subscriptions", { endpoint, keys });
  },
  /** @param {string} endpoint */
  remove: (endpoint) => call("DELETE", "/push-subscriptions", { endpoint }),
  /** @param {string} token @returns {Promise<boolean>} */
  watching: async (token) => (await call("GET", watch(token))).watching,
  /** @param {string} token */
  watch: (token) => call("PUT", watch(token)),
};
