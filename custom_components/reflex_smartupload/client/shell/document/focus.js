// Decides where the focus goes when what has it is taken away: to what took its place, else to the next row, else to the page's content. By itself it falls to the body,
// and whoever works without a mouse begins at the top of the page again.

export const ROW = ["[data-row]", ...["file-card", "group-card", "tray-row", "file-row", "link-panel"].map((kind) => `[data-testid=${kind}]`)].join(", ");
const FOCUSABLE = "button:not(:disabled), a[href], input:not(:disabled):not([type=hidden]), select, textarea, summary";

/** @typedef {{element: HTMLElement, path: string, text: string, opener: string, inRow: number, kind: string, id: string, rows: HTMLElement[], at: number}} Place */

/** @param {ParentNode} root @returns {HTMLElement[]} */
const focusable = (root) => /** @type {HTMLElement[]} */ ([...root.querySelectorAll(FOCUSABLE)]).filter((one) => one.checkVisibility?.() ?? true);

/** @param {HTMLElement} row */
const actsOf = (row) => focusable(row.querySelector(".acts, [class*=acts]") ?? row);

/** @param {HTMLElement} element @param {Place | null} [before] what had the focus @returns {Place} */
const placeOf = (element, before = null) => {
  const asks = element.closest("[role=group]")?.querySelector("[data-escape]");
  const row = /** @type {HTMLElement | null} */ (element.closest(ROW));
  const kind = row?.dataset.testid ?? "";
  const rows = /** @type {HTMLElement[]} */ (row ? [...document.querySelectorAll(`[data-testid=${kind}]`)] : []);
  const text = element.textContent ?? "";
  // What was pressed to be asked something has the focus again when that is answered.
  const opener = asks && before ? before.opener || before.text : "";
  return { element, path: location.pathname, text, opener, inRow: row ? actsOf(row).indexOf(element) : -1, kind, id: row?.dataset.uploadId ?? "", rows, at: row ? rows.indexOf(row) : -1 };
};

/** @param {Place} place @returns {HTMLElement | undefined} */
const successorOf = ({ path, opener, inRow, kind, id, rows, at }) => {
  const there = (/** @type {HTMLElement | null | undefined} */ row) => {
    if (!row?.isConnected) return undefined;
    const acts = actsOf(row);
    const asks = /** @type {HTMLElement | null} */ (row.querySelector("[data-escape], [data-undo]"));
    return asks ?? acts.find(({ textContent }) => opener && textContent === opener) ?? acts[Math.min(Math.max(inRow, 0), acts.length - 1)];
  };
  if (path === location.pathname && kind) {
    // The same file may have another row by now: it is in the other list.
    const same = rows[at]?.isConnected ? rows[at] : id ? /** @type {HTMLElement | null} */ (document.querySelector(`[data-testid=${kind}][data-upload-id="${CSS.escape(id)}"]`)) : null;
    const near = [same, ...rows.slice(at + 1), ...rows.slice(0, Math.max(at, 0)).toReversed()];
    for (const row of near) {
      const found = there(row);
      if (found) return found;
    }
  }
  const main = document.querySelector("main");
  if (main && !main.hasAttribute("tabindex")) main.tabIndex = -1;
  return main ?? undefined;
};

/** @returns {() => void} stops it */
export const keepFocus = () => {
  const stopping = new AbortController();
  const { signal } = stopping;
  /** @type {Place | null} */
  let last = null;
  const isNowhere = () => document.activeElement === document.body || document.activeElement === null;
  const restore = () => {
    if (!last || last.element.isConnected) return;
    if (isNowhere()) successorOf(last)?.focus();
    if (last && !last.element.isConnected && !isNowhere()) last = document.activeElement instanceof HTMLElement ? placeOf(document.activeElement) : null;
  };
  document.addEventListener("focusin", ({ target }) => target instanceof HTMLElement && (last = placeOf(target, last)), { signal });
  // Somebody has clicked beside it: that is no loss.
  document.addEventListener("focusout", ({ relatedTarget }) => relatedTarget || setTimeout(() => isNowhere() && last?.element.isConnected && document.hasFocus() && (last = null)), { signal });
  document.addEventListener("keydown", ({ key, target }) => {
    if (key !== "Escape" || !(target instanceof HTMLElement)) return;
    /** @type {HTMLElement | null | undefined} */ (target.closest("[role=group]")?.querySelector("[data-escape]"))?.click();
  }, { signal });
  const observer = new MutationObserver(restore);
  observer.observe(document.body, { childList: true, subtree: true });
  return () => {
    stopping.abort();
    observer.disconnect();
  };
};
