// A card in each state that there is, a card of files in each state of a group, and what is said of all of them together, as the engine would tell a page:
// `node states.js` prints them for the tests of pages, `node states.js ar "…"` in a language, with the server's sentence about a file that has a virus.

import { readdirSync, readFileSync } from "node:fs";
import { toCard } from "../../../../custom_components/reflex_smartupload/client/core/view/card.js";
import { toGroups } from "../../../../custom_components/reflex_smartupload/client/core/view/groups.js";
import { toTotals } from "../../../../custom_components/reflex_smartupload/client/core/view/totals.js";
import { BASE_LANGUAGE, useLanguage } from "../../../../custom_components/reflex_smartupload/client/core/words/words.js";
import { AROUND, make } from "./cards.js";

const MB = 1e6;
const half = new Set([1, 2, 3, 4, 5]);
const isAlone = process.argv[1] === import.meta.filename;
const [language = BASE_LANGUAGE, sentence = "A virus was found in this file. Nobody can open it; check your computer."] = isAlone ? process.argv.slice(2) : [];
if (language !== BASE_LANGUAGE) {
  const words = new URL(`../../../../custom_components/reflex_smartupload/locales/${language}/`, import.meta.url);
  useLanguage(language, readdirSync(words).map((file) => readFileSync(new URL(file, words), "utf8")).join("\n"));
}
const FAULT = { code: "virus_found", text: sentence };

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

/** What a page is told of these. @param {typeof STATES} states @param {string} name */
const told = (states, name) => {
  const uploads = states.map(([file, more]) => make({ name: file, size: 100 * MB, partSize: 10 * MB, ...more }));
  const cards = uploads.map((upload, at) => {
    upload.id = `${name}-${at}`;
    return { ...toCard(upload, { ...AROUND, ...states[at][2] }), id: upload.id, upload_id: `upload-${name}-${at}` };
  });
  const running = uploads.filter((upload) => upload.running);
  const around = { ...AROUND, speed: MB, silent: false };
  const groups = toGroups(uploads, new Map(uploads.map((upload, at) => [upload.id, cards[at]])), running, { ...around, waitThreshold: 20 });
  return { cards, groups, totals: toTotals(uploads, { ...around, since: 0, home: { shared: true, outlives: true, backgroundRuns: true } }) };
};

/** Files of one group, so many of each. @param {string} group @param {[number, Parameters<typeof make>[0]][]} files @returns {typeof STATES} */
const together = (group, ...files) =>
  files
    .flatMap(([count, more]) => Array.from({ length: count }, () => more))
    .map((more, at) => [`photo ${String(at + 1).padStart(2, "0")}.jpg`, { group, path: group === "loose" ? "" : `${group}/a.jpg`, size: 4 * MB, partSize: 4 * MB, ...more }]);

const GROUPS = [
  ...together("Holiday", [3, { phase: "ready", finishedAt: 90_000 }], [1, { loaded: new Map([[1, 2 * MB]]), stagedParts: [1] }], [26, { stagedParts: [1] }]),
  ...together("Slides", [5, { phase: "paused", stagedParts: [1] }]),
  ...together("Scans", [4, { phase: "ready", finishedAt: 90_000 }], [1, { phase: "blocked", fault: FAULT }], [1, { phase: "failed", fault: { code: "checksum_mismatch", text: "" } }]),
  ...together("loose", [21, { phase: "ready", finishedAt: 90_000 }]),
  ...together("Letters", [2, { phase: "cancelled" }]),
];

export const { cards, totals } = told(STATES, "state");

if (isAlone) console.log(JSON.stringify({ single: told(STATES, "state"), together: told(GROUPS, "group") }));
