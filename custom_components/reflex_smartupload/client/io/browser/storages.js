// One browser capability: local and session storage. For one that the browser forbids a memory of this page stands in, so that nothing fails that only wanted to remember something.

/** @returns {Storage} */
const memory = () => {
  /** @type {Map<string, string>} */
  const kept = new Map();
  return {
    get length() { return kept.size; },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (key) => kept.get(String(key)) ?? null,
    setItem: (key, value) => void kept.set(String(key), String(value)),
    removeItem: (key) => void kept.delete(String(key)),
    clear: () => kept.clear(),
  };
};

/** Even to look at one that is forbidden is an error. @param {any} [page] the global object */
export const replaceForbidden = (page = globalThis) => {
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      page[name]?.getItem("");
    } catch {
      Object.defineProperty(page, name, { value: memory(), configurable: true });
    }
  }
};
