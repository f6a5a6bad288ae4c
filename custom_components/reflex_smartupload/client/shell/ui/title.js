// What the title of the document says: the percentage before the page's own title.
import { getDrawn, subscribeDrawn } from "./drawn.js";

/** Keeps it so, whatever a change of the route sets. @returns {() => void} stops it */
export const followTitle = () => {
  let own = document.title;
  let written = own;
  const write = () => {
    const { title } = getDrawn().totals;
    const next = title ? `${title} – ${own}` : own;
    if (next !== written || document.title !== written) {
      written = next;
      document.title = next;
    }
  };
  const observer = new MutationObserver(() => {
    if (document.title === written) return;
    own = document.title;
    write();
  });
  observer.observe(document.head, { childList: true, subtree: true, characterData: true });
  const unsubscribe = subscribeDrawn(write);
  return () => {
    observer.disconnect();
    unsubscribe();
  };
};
