// Decides what the tray and the document's title say of all uploads together.

import { leaveFacts } from "./card.js";
import { closing, leaveForAll, leaveRule } from "./leave.js";
import { NO_TOTALS } from "../ports/pages.js";
import { countText, speedText, timeText } from "./messages.js";
import { percentOf } from "../upload/progress.js";
import { say } from "../words/words.js";

/** @typedef {import("../ports/pages.js").Totals} Totals */

/** Something of it is still to be sent, and it goes out from this browser. @param {import("../upload/upload.js").Upload} u */
export const goes = (u) => u.running && !u.foreign && (u.phase === "new" || u.phase === "open");

/**
 * What has come since nothing was on its way counts along: else the figure would fall whenever a file is done.
 * @param {Iterable<import("../upload/upload.js").Upload>} uploads
 * @param {{now: number, away: string, speed: number, left: (bytes: number, grain: number) => import("../sending/forecast.js").Range | null, stageRate: number, isHindered?: boolean, silent?: boolean, waits?: (u: import("../upload/upload.js").Upload) => boolean, home: import("./leave.js").Home, since: number}} s `since`: when the first of those that are on their way was added, ms since 1970
 * @returns {Totals}
 */
export const toTotals = (uploads, s) => {
  const sum = { active: 0, withdrawn: 0, done: 0, there: 0, size: 0, sent: 0, left: 0, grain: 0 };
  const leaves = [];
  let waiting = 0;
  for (const u of uploads) {
    if (u.phase === "ready") {
      sum.done += 1;
      if (!u.finishedAt || u.finishedAt < s.since) continue;
      sum.there += 1;
      sum.size += u.size;
      sum.sent += u.size;
    }
    if (u.undoable) sum.withdrawn += 1;
    if (!["new", "open", "paused", "finishing"].includes(u.phase)) continue;
    sum.active += 1;
    sum.size += u.size;
    sum.sent += u.reachedBytes;
    const waits = s.waits?.(u) ?? false;
    if (goes(u) && !waits) {
      sum.left += u.size - u.sentBytes;
      sum.grain = Math.max(sum.grain, u.grain);
    }
    const facts = leaveFacts(u, s.speed, s);
    const { leave, seconds } = leaveRule(facts);
    if (leave) leaves.push({ leave, seconds, paused: facts.paused, waits });
    if (leave && waits) waiting += 1;
  }
  const { active, withdrawn, done, there } = sum;
  if (!active) return { ...NO_TOTALS, withdrawn, done, text: withdrawn ? say("count-withdrawn", { count: withdrawn }) : "" };
  const percent = Math.min(99, percentOf(sum.sent, sum.size));
  const { leave, text: leave_text, paused } = leaveForAll(leaves);
  const eta = s.away || !sum.left ? "" : timeText(s.left(sum.left, sum.grain));
  const allWait = waiting > 0 && waiting === leaves.filter((one) => !one.paused).length;
  const ways = closing(leave, s.home, paused, allWait);
  const all = active + there;
  const title = all > 1 ? say("tab-title-some", { there, all, percent }) : say("tab-title-one", { percent });
  const text = there ? countText(there, all) : say("count-on-their-way", { count: active });
  return { active, withdrawn, done, percent, eta, speed: allWait ? "" : speedText(s.speed), leave, leave_text, title, text, if_page: ways.page, if_tab: ways.tab, if_tabs: ways.tabs, if_browser: ways.browser, if_computer: ways.computer };
};
