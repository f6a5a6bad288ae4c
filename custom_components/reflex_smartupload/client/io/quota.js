// One browser capability: how much may still be staged here.

/** Left free, since Chromium wipes a whole origin when writing fills the disk. */
const RESERVE = 256e6;

/** @type {import("../core/ports.js").Quota} */
export const quota = {
  room: async () => {
    const { quota: limit = 0, usage = 0 } = /** @type {StorageEstimate} */ ((await navigator.storage?.estimate?.().catch(() => ({}))) ?? {});
    if (!limit) return 500e6; // a browser that does not say: modest, and a failed write is met anyway
    return Math.max(0, limit - usage - Math.min(RESERVE, limit / 10));
  },
};
