// One browser capability: what the browser says of its line.

/** https://wicg.github.io/netinfo/#effectiveconnectiontype-enum, all but "4g". */
const SLOW = new Set(["slow-2g", "2g", "3g"]);

/** @type {import("../../core/ports/ports.js").Network} */
export const network = {
  online: () => navigator.onLine !== false,
  lineRate: () => {
    const { downlink = 0, effectiveType = "" } = /** @type {{connection?: {downlink?: number, effectiveType?: string}}} */ (navigator).connection ?? {};
    // Where nothing was measured yet the figure is one that the browser begins with; only that a line is slow is worth believing.
    return SLOW.has(effectiveType) ? downlink * 125_000 : 0;
  },
};
