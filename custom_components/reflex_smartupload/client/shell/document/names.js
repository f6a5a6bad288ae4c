// Decides where a name that is too long for its place is cut: in the middle, so that its beginning and its ending can be read.

/** What holds a name, in one line. */
const NAME = "[data-middle]";
/** So much of it is seen before the ending. */
const BEFORE = 3;
const LONGEST = 10;

/** The last of it: its ending and some letters before. @param {string} name */
export const endOf = (name) => {
  const letters = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment);
  const dot = letters.lastIndexOf(".");
  const ending = dot > 0 && letters.length - dot <= LONGEST - BEFORE ? letters.length - dot : 0;
  return letters.slice(letters.length - ending - BEFORE).join("");
};

/** The text stays whole, for screen readers and whoever copies it: what is seen after the dots is drawn by the style sheet. @param {HTMLElement} element */
const fit = (element) => {
  const text = element.firstElementChild;
  if (!text) return;
  const isCut = text.scrollWidth > element.clientWidth;
  if (isCut) element.dataset.end = endOf(text.textContent ?? "");
  element.toggleAttribute("data-cut", isCut);
};

/** @returns {() => void} stops it */
export const keepEndings = () => {
  const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => target instanceof HTMLElement && fit(target)));
  const watch = (/** @type {ParentNode} */ root) => root.querySelectorAll(NAME).forEach((one) => sizes.observe(one));
  const nodes = new MutationObserver((records) => {
    for (const { addedNodes, removedNodes } of records) {
      for (const one of addedNodes) {
        if (!(one instanceof Element)) continue;
        if (one.matches(NAME)) sizes.observe(one);
        watch(one);
      }
      for (const one of removedNodes) if (one instanceof Element) for (const name of [one, ...one.querySelectorAll(NAME)]) sizes.unobserve(name);
    }
  });
  watch(document);
  nodes.observe(document.body, { childList: true, subtree: true });
  return () => {
    nodes.disconnect();
    sizes.disconnect();
  };
};
