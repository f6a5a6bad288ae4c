// One browser capability: what the browser says of its line.

/** Only some browsers say any of it, those of phones above all. */
const line = () => /** @type {{connection?: {downlink?: number, effectiveType?: string, type?: string, saveData?: boolean} & Partial<EventTarget>}} */ (navigator).connection;

/** @type {import("../../core/ports/ports.js").Network} */
export const network = {
  online: () => navigator.onLine !== false,
  lineRate: () => {
    const { downlink = 0, effectiveType = "" } = line() ?? {};
    // What it says of a fast line is a guess until much has been loaded (1.45 Mbit/s in a new profile), and ends at 10 Mbit/s: a slow one has been measured.
    return effectiveType && effectiveType !== "4g" ? downlink * 125_000 : 0;
  },
  cost: () => {
    const { type = "", saveData = false } = line() ?? {};
    if (type === "cellular") return "metered";
    return saveData ? "saving" : "";
  },
};

/** Whenever it becomes another one. @param {() => void} listener */
export const whenChanged = (listener) => line()?.addEventListener?.("change", listener);
