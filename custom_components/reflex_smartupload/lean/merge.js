// In the place of mergician: what is in both goes by the later one, and objects in objects are merged as well.

/** @param {unknown} one @returns {one is Record<string, unknown>} */
const isPlain = (one) => typeof one === "object" && one !== null && [Object.prototype, null].includes(Object.getPrototypeOf(one));

/** @param {Record<string, unknown>[]} objects @returns {Record<string, unknown>} */
export const mergician = (...objects) => {
  /** @type {Record<string, unknown>} */
  const merged = {};
  for (const [key, value] of objects.flatMap(Object.entries)) {
    const before = Object.hasOwn(merged, key) ? merged[key] : undefined;
    merged[key] = isPlain(value) ? mergician(isPlain(before) ? before : {}, value) : value;
  }
  return merged;
};
