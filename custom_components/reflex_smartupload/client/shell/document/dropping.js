// Decides what is seen while files are dragged over a page: how many there are, and where they go. Nobody can know more before they are dropped.

import { isolated } from "../../core/files/direction.js";
import { filesText } from "../../core/view/messages.js";
import { say } from "../../core/words/words.js";

/** @typedef {import("../page/picker.js").Dragged} Dragged */

/** The page's own colours where it has some. Nothing of it takes the drop: what is below is hit. */
const RULES = `
:where(.smartupload-dropping) { --edge: var(--accent, var(--accent-9, #4f46e5)); position: fixed; inset: 0; z-index: 60; display: grid; place-items: center; padding: 24px; pointer-events: none; text-align: center; font-size: 15px; line-height: 1.5; color: var(--ink, var(--gray-12, CanvasText)); background: color-mix(in srgb, var(--ground, var(--gray-2, Canvas)) 84%, transparent); animation: smartupload-dropping 0.14s ease-out; }
:where(.smartupload-dropping)::before { content: ""; position: absolute; inset: 12px; border: 3px dashed var(--edge); border-radius: 20px; background: color-mix(in srgb, var(--edge) 9%, transparent); }
:where(.smartupload-dropping > div) { position: relative; display: grid; justify-items: center; gap: 4px; max-width: 560px; padding: 26px 44px; border-radius: 20px; background: var(--paper, var(--color-panel-solid, Canvas)); box-shadow: 0 16px 48px -16px rgb(16 24 40 / 0.35); overflow-wrap: anywhere; text-wrap: balance; }
:where(.smartupload-dropping svg) { width: 52px; height: 52px; margin-bottom: 8px; padding: 12px; box-sizing: border-box; border-radius: 50%; background: var(--edge); fill: none; stroke: var(--on-accent, var(--accent-contrast, #fff)); stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
:where(.smartupload-dropping strong) { font-size: 28px; font-weight: 650; line-height: 1.25; letter-spacing: -0.01em; }
:where(.smartupload-dropping[data-nobody]) { place-items: end center; background: none; }
:where(.smartupload-dropping[data-nobody])::before { display: none; }
:where(.smartupload-dropping[data-nobody] > div) { padding: 12px 18px; border-radius: 12px; background: #1d2027; color: #f3f4f6; }
:where(.smartupload-dropping[data-nobody] svg) { display: none; }
@keyframes smartupload-dropping { from { opacity: 0; } }
@media (prefers-reduced-motion: reduce) { :where(.smartupload-dropping) { animation: none; } }
@media (forced-colors: active) { :where(.smartupload-dropping) { --edge: Highlight; background: Canvas; } :where(.smartupload-dropping svg) { stroke: HighlightText; forced-color-adjust: none; } :where(.smartupload-dropping[data-nobody]) { background: none; } :where(.smartupload-dropping[data-nobody] > div) { border: 1px solid CanvasText; } }
`;

/** @param {Dragged} dragged @returns {{what: string, where: string}} */
export const draggedTexts = ({ count, isMixed, nobody, place }) => {
  if (nobody) return { what: "", where: say(`place-drop-${nobody}`) };
  const what = !count ? say("drag-some") : isMixed ? say("drag-mixed", { count }) : filesText(count);
  return { what, where: place ? say("drag-into", { place: isolated(place) }) : say("drag-here") };
};

/** @type {HTMLElement | null} */
let overlay = null;

const made = () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const element = document.createElement("div");
  element.className = "smartupload-dropping";
  element.dataset.testid = "dropping";
  element.setAttribute("aria-hidden", "true"); // who drags looks
  element.innerHTML = '<div><svg viewBox="0 0 24 24"><path d="M12 19V5m-6 6 6-6 6 6"/></svg><strong></strong><span></span></div>';
  return element;
};

/** @param {Dragged | null} dragged null: nothing is any more */
export const showDropping = (dragged) => {
  if (!dragged) return overlay?.remove();
  overlay ??= made();
  const { what, where } = draggedTexts(dragged);
  const [large, small] = /** @type {[HTMLElement, HTMLElement]} */ ([overlay.querySelector("strong"), overlay.querySelector("span")]);
  large.textContent = what;
  small.textContent = where;
  overlay.toggleAttribute("data-nobody", dragged.nobody !== "");
  document.body.append(overlay);
};
