// A card in each state that there is, and what is said of all of them together, as the engine would tell a page: `node states.js` prints them for the tests of pages.

import { toCard } from "../../../../custom_components/reflex_smartupload/client/core/view/card.js";
import { toTotals } from "../../../../custom_components/reflex_smartupload/client/core/view/totals.js";
import { AROUND, make } from "./cards.js";

const MB = 1e6;
const half = new Set([1, 2, 3, 4, 5]);
const FAULT = { code: "virus_found", text: "A virus was found in this file. Nobody can open it; check your computer." };

/** @type {[string, Parameters<typeof make>[0], Partial<import("../../../../custom_components/reflex_smartupload/client/core/view/card.js").Surroundings>?][]} */
const STATES = [
  ["staging.mov", { staging: "opfs", stagedParts: [1, 2] }],
  ["Minutes of the meeting of the editorial board, the third of November, as agreed on with everybody, uploading.mov", { confirmed: half, loaded: new Map([[6, 2 * MB]]), stagedParts: [6, 7, 8] }, { waitThreshold: 20 }],
  ["waiting.mov", { confirmed: half }, { away: "no_connection" }],
  ["\u062a\u0642\u0631\u064a\u0631 1.mov", { phase: "paused", confirmed: half }],
  ["verifying.mov", { phase: "finishing" }],
  ["scanning.mov", { phase: "finishing", serverState: "scanning" }],
  ["needs its file.mov", { needsFile: true, source: null, confirmed: half, handle: /** @type {any} */ ({}) }],
  ["ready.mov", { phase: "ready", finishedAt: 90_000 }],
  ["blocked.mov", { phase: "blocked", fault: FAULT }],
  ["failed.mov", { phase: "failed", fault: { code: "checksum_mismatch", text: "" } }],
  ["cancelled.mov", { phase: "cancelled" }],
  ["expired.mov", { phase: "expired", fault: { code: "expired", text: "" } }],
];

const uploads = STATES.map(([name, more]) => make({ name, size: 100 * MB, partSize: 10 * MB, ...more }));
export const cards = uploads.map((upload, at) => ({ ...toCard(upload, { ...AROUND, ...STATES[at][2] }), id: `state-${at}`, upload_id: `upload-${at}` }));
export const totals = toTotals(uploads, { ...AROUND, since: 0, speed: MB, home: { shared: true, outlives: true, backgroundRuns: true } });

if (process.argv[1] === import.meta.filename) console.log(JSON.stringify({ cards, totals }));
