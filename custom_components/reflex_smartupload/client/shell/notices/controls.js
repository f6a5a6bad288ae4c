// The two controls by which a person says that they want to be told; unstyled, so that each page brings its own look.
import { createElement, useEffect, useId, useRef, useSyncExternalStore } from "react";
import { isSubscribed, offer, whyMail, whyNoPush } from "../../core/view/notifications.js";
import { getNotifications, getNotificationsBefore, lookAtNotifications, lookAtWatched, mailMe, pushMe, subscribeNotifications, notifyMe, stopPushes } from "./notifications.js";
import { say } from "../../core/words/words.js";
import "../words/notify.js";

/** @param {string} token of a share link, or "" */
const useNotifications = (token) => {
  useEffect(lookAtNotifications, []);
  useEffect(() => void (token && lookAtWatched(token)), [token]);
  return useSyncExternalStore(subscribeNotifications, getNotifications, getNotificationsBefore);
};

/** @param {{ at: string, label: string, email: string, watch: string, className?: string }} props */
const MailField = ({ at, label, email, watch, className }) =>
  createElement(
    "form",
    {
      className: "tell-mail",
      onSubmit: (/** @type {any} */ event) => {
        event.preventDefault();
        mailMe(at, event.currentTarget.elements.namedItem("email").value.trim(), watch);
      },
    },
    createElement("label", { htmlFor: `${at}-email` }, label),
    createElement("input", { id: `${at}-email`, name: "email", type: "email", required: true, autoComplete: "email", placeholder: say("notify-example"), defaultValue: email, maxLength: 254 }),
    createElement("button", { type: "submit", className }, say("notify-mail")),
  );

/** @param {{ label: string, watch?: string, className?: string, [attribute: string]: unknown }} props `className` is the buttons' */
export const TellButton = ({ label, watch = "", className, ...rest }) => {
  const at = useId();
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const { facts, watched, busy, error, at: where } = useNotifications(watch);
  const shown = watch && !(watch in watched) ? "" : offer(facts, !watch || watched[watch]);
  useEffect(() => {
    // The button that had the focus is gone: who uses the keyboard stays where they were.
    if (where === at && document.activeElement === document.body) place.current?.focus();
  }, [shown, where, at]);
  const mail = shown === "mail" || (shown === "ask" && facts.failed);
  return createElement(
    "div",
    { ...rest, ref: place, tabIndex: -1, className: "tell", "data-testid": "tell", "data-tell": shown, "aria-live": "polite", "aria-busy": busy },
    shown === "ask" && createElement("button", { type: "button", className, "aria-disabled": busy, onClick: () => notifyMe(at, watch) }, label),
    (shown === "told" || shown === "confirm") && createElement("span", { className: "tell-told" }, shown === "told" ? say("notify-told") : say("notify-confirm")),
    where === at && error && createElement("p", { className: "problem" }, error),
    mail && createElement(MailField, { at, label: shown === "mail" ? whyMail(facts) : say("notify-or-mail"), email: facts.email || facts.asked, watch, className }),
  );
};

/** @param {{ label: string, className?: string, [attribute: string]: unknown }} props `className` is the switch's */
export const TellSwitch = ({ label, className, ...rest }) => {
  const at = useId();
  const { facts, busy, error, at: where } = useNotifications("");
  const on = isSubscribed(facts);
  const never = facts.known && (!facts.able || facts.permission === "denied");
  return createElement(
    "div",
    { ...rest, className: "tell-switch", "data-testid": "tell-switch", "aria-busy": busy },
    createElement("button", { type: "button", role: "switch", "aria-checked": on, "aria-describedby": `${at}-why`, className, disabled: never, onClick: () => (on ? stopPushes : pushMe)(at) }, label),
    createElement("p", { id: `${at}-why`, "aria-live": "polite" }, never ? whyNoPush(facts) : where === at && error),
  );
};
