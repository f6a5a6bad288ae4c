// Whether the tray is folded out: remembered for each tab, and folded at first where the page shows the cards itself.
import { useEffect, useSyncExternalStore } from "react";
import { useLocation } from "react-router";

const SMALL = "(max-width: 640px)";
/** @type {Set<() => void>} */
const trayListeners = new Set();
const trayKey = (/** @type {boolean} */ folded) => `smartupload-tray-${folded ? "folded" : "open"}`;

const readTray = (/** @type {boolean} */ folded) => {
  const kept = sessionStorage.getItem(trayKey(folded));
  return kept === null ? !folded && !matchMedia(SMALL).matches : kept === "yes";
};

let tray = { folded: false, open: false };

/** @param {string[]} foldedOn paths on which it starts folded */
export const useTrayOpen = (foldedOn) => {
  const folded = foldedOn.includes(useLocation().pathname);
  const open = useSyncExternalStore(
    (listener) => {
      trayListeners.add(listener);
      return () => trayListeners.delete(listener);
    },
    () => readTray(folded),
    () => false,
  );
  useEffect(() => {
    tray = { folded, open };
  }, [folded, open]);
  return open;
};

export const toggleTray = () => {
  sessionStorage.setItem(trayKey(tray.folded), tray.open ? "no" : "yes");
  for (const listener of trayListeners) listener();
};
