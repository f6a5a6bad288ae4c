// One browser capability: calls to our own server, over fetch. An answer that is not ours (a sign-in page, a site without our server) is an ApiError without a code.

import { ApiError, NetworkError } from "../../core/ports/errors.js";
import { retryAfter } from "../../core/ports/retry.js";
import { language } from "../../core/words/words.js";

const TIMEOUT = 30_000; // ms; a WebKit worker that was restarted never answers

/** What ends each call that is under way, but for those that outlive their page. @type {Set<AbortController>} */
const underWay = new Set();

/** Calls that are under way fail now. */
export const hangUp = () => underWay.forEach((ending) => ending.abort());

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {Record<string, string>} [headers]
 * @param {boolean} [keepalive] it goes out though the page that asks is left
 */
export const call = async (method, path, body, headers = {}, keepalive = false) => {
  let response;
  let text;
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), TIMEOUT);
  if (!keepalive) underWay.add(ending);
  try {
    response = await fetch(`/api${path}`, {
      method,
      headers: { "accept-language": language(), ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      keepalive,
      signal: ending.signal,
    });
    text = response.status === 204 ? "" : await response.text();
  } catch (error) {
    throw new NetworkError(String(error));
  } finally {
    clearTimeout(timer);
    underWay.delete(ending);
  }
  const isJson = /^application\/([\w.]+\+)?json/.test(response.headers.get("content-type") ?? "");
  if (response.status === 204) return null;
  const answer = isJson ? parsed(text) : null;
  if (response.ok && answer) return answer;
  throw new ApiError(response.ok && isHere() ? 404 : response.status, (!response.ok && answer) || {}, retryAfter(response.headers.get("retry-after"), Date.now()));
};

/** Between this machine and itself no network asks to sign in: what answers there with a page instead is an app without our server. */
const isHere = () => ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);

/** @param {string} text */
const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** @param {string} id */
const at = (id) => `/uploads/${encodeURIComponent(id)}`;

/** @type {import("../../core/ports/ports.js").Api} */
export const api = {
  create: (file, key) => call("POST", "/uploads", file, { "idempotency-key": key }),
  createMany: (files) => call("POST", "/batch/create", { files }),
  get: (id) => call("GET", at(id)),
  adopt: (id, key) => call("POST", `${at(id)}/claim`, { key }),
  list: async () => {
    const all = [];
    let cursor = "";
    do {
      const page = await call("GET", `/uploads?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      all.push(...page.uploads);
      cursor = page.next_cursor ?? "";
      // Running uploads are the newest ones; a library of thousands is the Files page's business.
    } while (cursor && all.length < 500);
    return all;
  },
  sign: (id, parts, voucher) => call("POST", `${at(id)}/parts`, { parts, ...voucher }),
  signMany: (uploads) => call("POST", "/batch/sign", { uploads }),
  handover: (id, parts, voucher) => call("POST", `${at(id)}/handover`, { parts, ...voucher }),
  hold: (registration) => call("POST", "/holds", registration),
  complete: (id) => call("POST", `${at(id)}/complete`, {}),
  completeMany: (ids) => call("POST", "/batch/complete", { ids }),
  tell: (uploads) => call("POST", "/batch/tell", { uploads }),
  pause: (id) => call("POST", `${at(id)}/pause`, {}),
  resume: (id) => call("POST", `${at(id)}/resume`, {}),
  cancel: (id) => call("DELETE", at(id)),
  cancelMany: (ids) => call("POST", "/batch/cancel", { ids }),
  report: (met) => call("POST", "/obstacles", met),
  settings: () => call("GET", "/client-settings"),
};

/** Deletes a file, also while the page goes away. @param {string} id */
export const removeForGood = (id) => call("DELETE", at(id), undefined, {}, true);

/** The same for up to a hundred. @param {string[]} ids @returns {Promise<{results: {problem?: {status: number}}[]}>} */
export const removeManyForGood = (ids) => call("POST", "/batch/cancel", { ids }, {}, true);
/** One link for all files of a group; the one that it has, if it has one. @param {string} group @returns {Promise<string>} */
export const makeGroupLink = async (group) => (await call("POST", `/groups/${encodeURIComponent(group)}/link`)).link.url;

/** Whoever is signed in here is so no longer. @returns {Promise<string>} where to go, to sign out there as well; "" for nowhere */
export const endSession = async () => (await call("POST", "/logout")).to;

/** @param {boolean} take */
export const answerTakeOver = (take) => call("POST", "/take-over", { take });

/** The next request is somebody new's. */
export const forgetOwner = async () => void (await call("POST", "/forget"));
