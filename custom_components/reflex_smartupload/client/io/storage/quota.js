// One browser capability: how much may still be staged here.

/** Left free, since Chromium wipes a whole origin when writing fills the disk. */
const RESERVE = 256e6;

/** @type {import("../../core/ports/ports.js").Quota} */
export const quota = {
  room: async () => {
    const { quota: limit = 0, usage = 0 } = /** @type {StorageEstimate} */ ((await navigator.storage?.estimate?.().catch(() => ({}))) ?? {});
    if (!limit) return 500e6; // a browser that does not say: modest, and a failed write is met anyway
    return Math.max(0, limit - usage - Math.min(RESERVE, limit / 10));
  },
};

/**
 * Ask the browser not to throw away what is staged when its disk gets full, and in Firefox for more room. For large files only,
 * since Firefox asks the person. https://developer.mozilla.org/docs/Web/API/Storage_API/Storage_quotas_and_eviction_criteria
 * @param {number} bytes that were picked
 */
export const askToKeep = async (bytes) => {
  const { storage } = navigator;
  if (!storage?.persist || bytes < (await quota.room()) / 4 || (await storage.persisted())) return;
  await storage.persist();
};
