// Decides how the messages look that are on every page, and what room the page keeps for the tray, for apps that bring no rules of their own.

/** In `:where`, so that any rule of the app counts more; below what is said in toasts only screen readers hear. */
export const DEFAULTS = `
:where(.toasts) { position: fixed; left: 50%; bottom: 24px; transform: translateX(-50%); z-index: 40; display: grid; gap: 8px; justify-items: center; width: max-content; max-width: min(560px, calc(100vw - 32px)); pointer-events: none; font-size: 14px; line-height: 1.5; }
:where(.toasts > .toast) { pointer-events: auto; display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; gap: 0 6px; max-width: 100%; padding-block: 6px; padding-inline: 16px 6px; border-radius: 12px; background: #1d2027; color: #f3f4f6; box-shadow: 0 12px 32px -10px rgb(16 24 40 / 0.5); }
:where(.toasts > .toast > span) { flex: 1 1 auto; padding-block: 5px; padding-inline: 0 10px; overflow-wrap: anywhere; }
:where(.toasts .toast-acts) { display: flex; align-items: center; gap: 6px; }
:where(.toasts .toast-acts > *) { padding: 6px 10px; border: 0; border-radius: 8px; background: none; color: #c7c9ff; font: inherit; font-weight: 550; text-decoration: none; white-space: nowrap; cursor: pointer; }
:where(body) { padding-bottom: var(--smartupload-tray, 0px); }
:where(html) { scroll-padding-bottom: var(--smartupload-tray, 0px); }
@media (max-width: 1300px) { :where(.toasts) { bottom: calc(24px + var(--smartupload-tray, 0px)); } }
:where([data-middle]) { white-space: nowrap; overflow: hidden; }
:where([data-middle] > span) { display: block; min-width: 0; overflow: hidden; text-overflow: ellipsis; }
:where([data-middle][data-cut]) { display: flex; }
:where([data-middle][data-cut])::after { content: attr(data-end) / ""; flex: none; unicode-bidi: isolate; }
@keyframes smartupload-settles { from { transform: scale(0.4); } }
:where(.smartupload-voice) { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;
