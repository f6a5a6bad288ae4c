// Decides what becomes of a text that the browser's translator has put another one in the place of: React goes on with its own, and must meet no error.

/** What stands in the place of a text. @type {WeakMap<Node, Element>} */
const standIns = new WeakMap();

/** @param {Node | null | undefined} node */
const isFont = (node) => node?.nodeName === "FONT";

/** A translator takes a text out and puts a `<font>` there, in one step or in two. @param {MutationRecord[]} records @param {MutationObserver} texts */
const note = (records, texts) => {
  for (const { removedNodes, addedNodes, previousSibling, nextSibling } of records) {
    const text = removedNodes[0];
    if (removedNodes.length !== 1 || text.nodeType !== Node.TEXT_NODE) continue;
    const font = [addedNodes[0], previousSibling, nextSibling].find(isFont);
    if (!font) continue;
    standIns.set(text, /** @type {Element} */ (font));
    texts.observe(text, { characterData: true });
  }
};

/** Once per page. A text that changes comes back, to be translated anew; one that goes takes what stood in its place along. */
export const endureTranslators = () => {
  const texts = new MutationObserver((records) => {
    for (const { target } of records) {
      const font = standIns.get(target);
      standIns.delete(target);
      if (font?.isConnected) font.replaceWith(target);
    }
  });
  const nodes = new MutationObserver((records) => note(records, texts));
  nodes.observe(document.documentElement, { childList: true, subtree: true });
  const { removeChild, insertBefore } = Node.prototype;
  /** Where a child is for its parent: itself, or what stands in its place. @param {Node} parent @param {Node | null} child */
  const placeOf = (parent, child) => {
    if (!child || child.parentNode === parent) return child;
    note(nodes.takeRecords(), texts);
    const font = standIns.get(child);
    return font?.parentNode === parent ? font : null;
  };
  /** @type {any} */ (Node.prototype).removeChild = function (/** @type {Node} */ child) {
    const there = placeOf(this, child);
    if (there) removeChild.call(this, there);
    return child;
  };
  /** @type {any} */ (Node.prototype).insertBefore = function (/** @type {Node} */ node, /** @type {Node | null} */ before) {
    return insertBefore.call(this, node, placeOf(this, before));
  };
};
