// The switch by which somebody who dictates, or touches keys by accident, takes single letters away from the page.
import { createElement, useSyncExternalStore } from "react";
import { hasKeys, subscribeKeys, switchKeys } from "../document/keys.js";

/** @param {{ label: string, className?: string }} props */
export const KeySwitch = ({ label, className }) => {
  const isOn = useSyncExternalStore(subscribeKeys, hasKeys, () => true);
  return createElement("label", { className }, createElement("input", { type: "checkbox", checked: isOn, onChange: () => switchKeys(!isOn) }), label);
};
