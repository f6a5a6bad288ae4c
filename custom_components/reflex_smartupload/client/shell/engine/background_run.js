// Entry point of a background run, loaded by sw.js: the engine goes on in the service worker once no page is left. Begins nothing by itself.

import "../../core/words/english_engine.js";
import { WriterGone } from "../../core/ports/errors.js";
import { BackgroundRun } from "../../core/engine/background_run.js";
import { channel, ENGINE_LOCK, TAB_LOCK } from "../../io/browser/channel.js";
import { fetchPut } from "../../io/network/fetchput.js";
import { ownHandovers } from "../../io/network/handover.js";
import { during, gone, holders } from "../../io/browser/lock.js";
import { createPartFiles } from "../../io/storage/partfiles.js";
import { windows } from "../../io/browser/windows.js";
import { common } from "./common.js";
import { isRightToLeft, language, say, useLanguage } from "../../core/words/words.js";

/** ms for pages and their engine to be gone: one that lives longer is not being closed. */
const LEAVING = 5000;
/** ms for a window to become a page that talks: a reload ends here, and begins nothing. */
const LOADING = 3000;

/** A page is there. */
let back = () => {};
channel((message) => message.type === "hello" && back());

/** Only a page can start the one that writes part files. */
const noWriter = { ready: () => false, write: () => Promise.reject(new WriterGone("no page can start a writer")) };

const ports = () => ({ ...common, put: fetchPut, partFiles: createPartFiles(noWriter), handovers: ownHandovers(), publish: () => {}, emit: () => {} });

/** When no page of this site is left, nor one on its way. @param {AbortSignal} signal */
const alone = async (signal) => {
  for (const tab of await holders(TAB_LOCK)) await gone(tab, signal);
  const until = performance.now() + LOADING;
  while ((await windows()) && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 100));
  signal.throwIfAborted();
};

const run = async () => {
  const page = new AbortController();
  back = () => page.abort();
  const patience = AbortSignal.any([page.signal, AbortSignal.timeout(LEAVING)]);
  try {
    await alone(patience);
    return await during(ENGINE_LOCK, patience, async () => {
      // A page may have come while it is asked for them.
      if ((await holders(TAB_LOCK)).length || page.signal.aborted) return false;
      const one = new BackgroundRun(ports());
      page.signal.addEventListener("abort", () => one.stop());
      one.engine.speaking.start();
      return one.run();
    });
  } catch {
    return false; // somebody else has it
  }
};

/** @type {Promise<boolean> | null} */
let running = null;

/** One run at a time. @returns {Promise<boolean>} whether nothing is left */
const begin = () => (running ??= run().finally(() => (running = null)));

/** What the service worker says by itself, in the language of the page that came last, and which one that is. @param {string} key */
const saidLast = async (key) => {
  const kept = await common.journal.spoken();
  if (kept) useLanguage(kept.language, kept.words);
  return { text: say(key), lang: language(), dir: isRightToLeft(language()) ? "rtl" : "ltr" };
};

Object.assign(globalThis, { smartuploadBackgroundRun: { begin, say: saidLast } });
