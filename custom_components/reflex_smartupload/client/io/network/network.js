// One browser capability: what the browser says of its line.

/** @type {import("../../core/ports/ports.js").Network} */
export const network = {
  online: () => navigator.onLine !== false,
  lineRate: () => {
    const { downlink = 0, effectiveType = "" } = /** @type {{connection?: {downlink?: number, effectiveType?: string}}} */ (navigator).connection ?? {};
    // What it says of a fast line is a guess until much has been loaded (1.45 Mbit/s in a new profile), and ends at 10 Mbit/s: a slow one has been measured.
    return effectiveType && effectiveType !== "4g" ? downlink * 125_000 : 0;
  },
};
