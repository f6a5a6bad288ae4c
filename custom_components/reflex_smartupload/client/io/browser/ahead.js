// One browser capability: to be connected to a host before anything is asked of it. A connection, with TLS several round trips, then waits for the first part.

/** ms for which browsers keep a connection that nobody uses, rather less. */
const KEPT = 5000;

/** @type {Map<string, {link: HTMLLinkElement, at: number}>} */
const links = new Map();

/** A file comes, or is about to. @param {readonly string[]} origins */
export const connectAhead = (origins) => {
  for (const origin of origins) {
    const last = links.get(origin);
    if (last && performance.now() - last.at < KEPT) continue;
    last?.link.remove();
    // As parts go: without cookies, which connections of their own are for.
    const link = Object.assign(document.createElement("link"), { rel: "preconnect", crossOrigin: "anonymous", href: origin });
    document.head.append(link);
    links.set(origin, { link, at: performance.now() });
  }
};
