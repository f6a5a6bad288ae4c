// Decides how a person can be told that a file is there: by a push to this browser, by mail, and what is asked of them for it.

import { ApiError } from "../ports/errors.js";
import { say } from "../words/words.js";

/**
 * @typedef {object} Facts what is known of this person and this browser
 * @property {boolean} known somebody has looked
 * @property {boolean} able this browser can take pushes
 * @property {string} permission "default" | "granted" | "denied"
 * @property {boolean} subscribed the server knows where this browser takes them
 * @property {boolean} pushes the person wants them
 * @property {string} email confirmed address
 * @property {string} asked address that waits for its confirmation
 * @property {boolean} mails the person wants them
 * @property {boolean} failed the browser could not be set up just now
 * @property {boolean} homeScreen pushes come here once the site is on the home screen (iOS, iPadOS)
 */

/** @type {Readonly<Facts>} */
export const NOTHING_KNOWN = Object.freeze({ known: false, able: false, permission: "default", subscribed: false, pushes: true, email: "", asked: "", mails: true, failed: false, homeScreen: false });

/** Pushes reach this browser, if the person wants any. @param {Facts} facts */
export const isSubscribed = ({ able, permission, subscribed }) => able && permission === "granted" && subscribed;

/** @param {Facts} facts */
export const isPushed = (facts) => isSubscribed(facts) && facts.pushes;

/** @param {Facts} facts */
const isMailed = ({ email, mails }) => email !== "" && mails;

/** Whether a click has to ask the browser for pushes, or whether there is a way to the person already. @param {Facts} facts */
export const needsPush = (facts) => !isPushed(facts) && !isMailed(facts) && facts.able && facts.permission !== "denied";

/**
 * What a place that offers to tell shows: `""` nothing yet; `ask` a button; `told` that it will be so; `confirm` that a mail waits
 * for an answer; `mail` a field for an address.
 * @param {Facts} facts
 * @param {boolean} [watching] for the file of somebody else: they are on its list
 */
export const offer = (facts, watching = true) => {
  if (!facts.known) return "";
  if (isPushed(facts) || isMailed(facts)) return watching ? "told" : "ask";
  if (needsPush(facts) && !(facts.failed && facts.asked)) return "ask";
  if (facts.asked) return watching ? "confirm" : "ask";
  return "mail";
};

/** @param {Facts} facts */
const whyNot = ({ able, homeScreen }) => (homeScreen ? "home-screen" : able ? "blocked" : "unable");

/** Why no push can come to this browser, in a sentence; and the same, and that a mail can. */
const WHY = {
  "home-screen": { no: () => say("notify-home-screen"), mail: () => say("notify-home-screen-mail") },
  blocked: { no: () => say("notify-blocked"), mail: () => say("notify-blocked-mail") },
  unable: { no: () => say("notify-unable"), mail: () => say("notify-unable-mail") },
};

/** @param {Facts} facts */
export const whyNoPush = (facts) => WHY[whyNot(facts)].no();

/** @param {Facts} facts */
export const whyMail = (facts) => WHY[whyNot(facts)].mail();

/**
 * What a start does about the subscription of this browser. Nothing without a permission: nobody is asked on a start.
 *
 * `nothing`; `keep`; `send` (the server does not know it); `anew` (it is gone, or made for another key of the server); `drop`
 * (it was made by somebody else who used this browser).
 * @param {object} facts
 * @param {string} facts.permission
 * @param {{endpoint: string, key: string} | null} facts.subscription what the browser has; key "" when it does not say
 * @param {{endpoint: string, owner: string} | null} facts.sent what the server was told last
 * @param {string} facts.key the server's
 * @param {string} facts.owner who is here
 * @param {boolean} facts.pushes the person wants them
 * @param {number} facts.count subscriptions that the server has of this person
 */
export const renewal = ({ permission, subscription, sent, key, owner, pushes, count }) => {
  if (permission !== "granted") return "nothing";
  if (sent && sent.owner !== owner) return "drop";
  if (!pushes) return "nothing";
  if (!subscription) return sent ? "anew" : "nothing";
  if (subscription.key && subscription.key !== key) return "anew";
  return sent?.endpoint === subscription.endpoint && count > 0 ? "keep" : "send";
};

/** Safari on a phone or a tablet (which calls itself a Mac) outside of the home screen. @param {{agent: string, touch: number, installed: boolean}} device */
export const wantsHomeScreen = ({ agent, touch, installed }) => !installed && (/\b(?:iPhone|iPad|iPod)\b/.test(agent) || (/\bMacintosh\b/.test(agent) && touch > 1));

/** @param {string} base64url @returns {Uint8Array<ArrayBuffer>} */
export const bytesOf = (base64url) => Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

/** @param {Uint8Array} bytes base64url without padding */
export const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** The browser, or its maker's service, does not take part. */
export class PushFault extends Error {
  /** @param {"dismissed" | "silent" | "refused"} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

const FAULTS = {
  dismissed: () => say("notify-dismissed"),
  silent: () => say("notify-silent"),
  refused: () => say("notify-refused"),
};

/** Pushes do not work here just now, for a reason that a second click may not mend. @param {unknown} error */
export const isPushTrouble = (error) => error instanceof PushFault || (error instanceof ApiError && error.code.startsWith("push_"));

/** @param {unknown} error @returns {string} a sentence that says what to do */
export const faultText = (error) => {
  if (error instanceof PushFault) return FAULTS[error.code]();
  return (error instanceof ApiError && error.code && String(error.problem.detail ?? "")) || say("notify-away");
};
