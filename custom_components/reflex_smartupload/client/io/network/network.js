// One browser capability: what the browser says of its line.

/** @type {import("../../core/ports/ports.js").Network} */
export const network = {
  online: () => navigator.onLine !== false,
  lineRate: () => {
    const { downlink = 0 } = /** @type {{connection?: {downlink?: number}}} */ (navigator).connection ?? {};
    // The figure ends at 10 Mbit/s: there it says «fast», and no more.
    return downlink > 0 && downlink < 10 ? downlink * 125_000 : 0;
  },
};
