// Decides what becomes of files that another app has shared with this one: a page takes them as if they had been picked, and what cannot be taken is said.

import { noFile } from "../../core/files/instead.js";
import { say } from "../../core/words/words.js";
import { alone } from "../../io/browser/lock.js";
import { shared } from "../../io/storage/shared.js";
import { getSnapshot, subscribe } from "../page/page.js";
import { takeFiles } from "../page/picker.js";
import { toast } from "./toast.js";

/** @typedef {import("../../core/view/card.js").Card} Card */

/** ms: what nobody has come for is not wanted any more. */
const DAY = 86_400_000;
/** What the service worker says instead of the name of a batch. @type {Record<string, () => string>} */
const SAID = { none: () => noFile("text"), lost: () => say("message-shared-lost"), foreign: () => say("message-shared-foreign") };

/** @param {Card} card */
const isSafe = (card) => card.section === "done" || card.leave === "return" || card.leave === "continues";

/**
 * What the engine has is taken away here: until then the next visit gives it once more, and it is known again.
 * @param {Map<string, IDBValidKey>} waiting by id of its card
 * @returns {Promise<void>} when all of it is
 */
const removeOnceSafe = (waiting) =>
  new Promise((done) => {
    /** Cards that have been there. @type {Set<string>} */
    const seen = new Set();
    /** @type {Promise<void>[]} */
    const removed = [];
    const look = () => {
      const cards = new Map(getSnapshot().cards.map((card) => [card.id, card]));
      for (const [id, key] of waiting) {
        const card = cards.get(id);
        if (card) seen.add(id);
        // One that is gone is over, or the engine knew the file already.
        if (!(card ? isSafe(card) : seen.has(id))) continue;
        waiting.delete(id);
        removed.push(shared.remove(key).catch(() => {}));
      }
      if (waiting.size > 0) return;
      stop();
      Promise.all(removed).then(() => done());
    };
    const stop = subscribe(look);
    look();
  });

/**
 * What was shared at once is one window's until it is safe: another one that looks meanwhile waits for that, and takes what is left should this one end.
 * @param {string} batch
 */
const takeBatch = (batch) =>
  alone(`smartupload-shared:${batch}`, async () => {
    const rows = (await shared.all()).filter((one) => one.batch === batch);
    if (!rows.length) return;
    const ids = takeFiles(rows.map(({ file }) => file));
    if (typeof ids === "string") return toast(say(`place-${ids}-drop`), { stays: true });
    await removeOnceSafe(new Map(ids.map((id, at) => [id, rows[at].key])));
  });

/**
 * @param {string} what of the page's address: a batch, or why there is none; "" where nothing was shared just now
 * @param {boolean} isInstalled this window is that of an installed app: the only one that browsers share files with. What comes to another one comes from another site.
 */
export const takeShared = async (what, isInstalled) => {
  if (what) history.replaceState(history.state, "", location.pathname);
  if (Object.hasOwn(SAID, what)) toast(SAID[what](), { stays: true });
  const all = await shared.all();
  const isWanted = (/** @type {typeof all[number]} */ { at, batch }) => (isInstalled ? Date.now() - at < DAY : batch !== what);
  for (const { key } of all.filter((one) => !isWanted(one))) await shared.remove(key);
  if (!isInstalled && all.some(({ batch }) => batch === what)) toast(SAID.foreign(), { stays: true });
  const batches = new Set(isInstalled ? all.filter(isWanted).map(({ batch }) => batch) : []);
  await Promise.all([...batches].map(takeBatch));
};
