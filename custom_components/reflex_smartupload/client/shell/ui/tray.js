// Whether the tray is folded out (remembered for each tab, and folded at first where the page shows the cards itself), and how much room it takes.
import { createElement, useEffect, useRef, useSyncExternalStore } from "react";
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

/** What the window has below the upper edge of the tray, for whatever must not lie beneath it. */
const ROOM = "--smartupload-tray";

/** Stands in the tray and shows nothing. */
export const TrayRoom = () => {
  const element = useRef(/** @type {HTMLTemplateElement | null} */ (null));
  useEffect(() => {
    const { style } = document.documentElement;
    const tray = element.current?.parentElement;
    if (!tray) return undefined;
    const sizes = new ResizeObserver(() => {
      // A page may show none: then there is nothing to lie beneath.
      const { top, height } = tray.getBoundingClientRect();
      style.setProperty(ROOM, `${height ? Math.ceil(innerHeight - top) : 0}px`);
    });
    sizes.observe(tray);
    return () => {
      sizes.disconnect();
      style.removeProperty(ROOM);
    };
  }, []);
  return createElement("template", { ref: element });
};
