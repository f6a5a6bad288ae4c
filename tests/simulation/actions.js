// What can happen in a run: what people do, and what befalls browsers, line, server and store. Each is harmless where it makes no sense,
// so that any of them can be left out of a run that fails.

import { CHANGING, WEATHERS, CALM } from "./world.js";
import { PART, UPLOADER } from "./tables.js";

/** After what a browser may die: in between of two things that belong together. */
const FATAL = ["< partFiles.remove", "> journal.save", "< partFiles.remove", "< journal.save", "< snapshots.write", "< partFiles.write", "< api.sign"];
const UNDONE = [0, 30, 300, 2000, 9900, 11_000]; // ms until somebody undoes what they have cancelled
const ASKED = 100; // ms between two looks of somebody who waits to be asked for a file
const PATIENCE = 300; // looks

/** @typedef {import("./world.js").World} World */
/** @typedef {import("./browser.js").Browser} Browser */
/** @typedef {[name: string, which: number, more: number, wait: number]} Action `which` chooses a browser and a card, `more` how, `wait` how long after the one before */

/** ms, by the last figure of an action. */
export const WAITS = [0, 1, 5, 20, 60, 200, 700, 2000, 6000, 20_000];

/** How often each comes. @type {Record<string, number>} */
export const WEIGHTS = {
  pick: 12, again: 2, twin: 1, edit: 4, delete: 1, give: 6, pause: 3, resume: 5, cancel: 1, withdraw: 3, undo: 2, retry: 2, dismiss: 1,
  open: 3, close: 3, quit: 2, kill: 6, start: 3, replace: 1, look: 2, sleep: 1, offline: 1, online: 3, clock: 1,
  change: 6, tear: 4, fatal: 3, fail: 3, leave: 3,
  weather: 6, down: 1, up: 3, vanish: 1, expire: 2, complete: 1, hangUp: 1, lose: 2, room: 1, forget: 1, cookie: 1, sign: 1, abort: 1, gesture: 1,
};

/** @type {Record<string, (world: World, browser: Browser, which: number, more: number) => void>} */
const DO = {
  pick: (world, browser, which, more) => {
    const count = which % 4 === 3 ? 3 : 1;
    const files = Array.from({ length: count }, (_, at) => world.file(1 + ((more + at * 17) % (10 * PART))));
    add(browser, files);
  },
  again: (world, browser, which) => world.files.length && add(browser, [world.files[which % world.files.length]]),
  // Another file of the same name, size and date, from another folder.
  twin: (world, browser, which, more) => {
    if (!world.files.length) return;
    const { name, path, lastModified, bytes } = world.files[which % world.files.length];
    add(browser, [world.file(bytes.length, { name, lastModified, path: more % 3 ? path : `other/${name}` })]);
  },
  edit: (world, _browser, which, more) => {
    if (!world.files.length) return;
    const file = more % 4 < 2 ? world.files[world.files.length - 1] : world.files[which % world.files.length];
    const size = more % 3 ? file.bytes.length : 1 + (more % (10 * PART));
    // As often as not only its end is another one.
    const stays = more % 2 ? 0 : Math.floor((size * (1 + (more % 3))) / 4);
    // Now and then only a few bytes of it, somewhere.
    const [start, end] = [more % (size + 1), more % (size + 1) + 3];
    if (more % 5 === 0 && end < file.bytes.length) return void world.edit(file, file.bytes.toString("latin1", 0, start) + world.letters.letters(3) + file.bytes.toString("latin1", end));
    world.edit(file, file.bytes.toString("latin1", 0, stays) + world.letters.letters(Math.max(1, size - Math.min(stays, file.bytes.length))));
  },
  // Edited while it is sent, and given again as soon as that is asked for; some die in the middle of what comes then.
  change: (world, browser, which, more) => {
    const active = cards(browser).filter((card) => card.section === "active");
    const file = active.length ? theFileOf(world, active[which % active.length]) : undefined;
    if (!file) return;
    world.rewrite(file);
    whenAsked(browser, file, FATAL[more % (2 * FATAL.length)]);
  },
  // Edited in the middle of the next copy that is made of it.
  tear: (world, browser) => {
    world.tears = (file) => {
      world.rewrite(file);
      whenAsked(browser, file);
    };
  },
  fatal: (_world, browser, _which, more) => (browser.fatal = FATAL[more % FATAL.length]),
  delete: (world, _browser, which) => {
    if (world.files.length) world.files[which % world.files.length].gone = true;
    world.happened("edit");
  },
  give: (world, browser, which, more) => {
    const asking = cards(browser).filter((card) => card.needs_file);
    if (!asking.length || !world.files.length) return;
    const card = asking[which % asking.length];
    const file = more % 5 ? theFileOf(world, card) : world.files[more % world.files.length];
    if (file && file !== theFileOf(world, card)) world.happened("wrong");
    if (file && !file.gone) give(browser, card.id, file);
  },
  pause: (world, browser, which) => {
    const card = press(browser, "pause", which, (one) => one.can_pause);
    if (card) world.paused.add(card.name);
  },
  resume: (_world, browser, which) => press(browser, "resume", which, (card) => card.can_resume),
  cancel: (world, browser, which) => {
    const card = press(browser, "cancel", which, (one) => one.can_cancel);
    if (card) world.giveUp(card.name);
  },
  // Half of them are undone, at once or just in time.
  withdraw: (world, browser, which, more) => {
    const card = press(browser, "withdraw", which, (one) => one.can_cancel);
    if (!card) return;
    world.withdraw(card);
    if (more % 2) world.clock.after(UNDONE[more % UNDONE.length], () => press(browser, "undo", 0, (one) => one.id === card.id && one.can_undo));
  },
  undo: (_world, browser, which) => press(browser, "undo", which, (card) => card.can_undo),
  retry: (_world, browser, which) => press(browser, "retry", which, (card) => card.can_retry),
  dismiss: (world, browser, which) => {
    const card = press(browser, "dismiss", which, (one) => one.can_dismiss);
    if (card && card.state !== "ready") world.giveUp(card.name);
  },
  open: (_world, browser) => browser.pages.length < 3 && browser.open(),
  close: (_world, browser, which) => browser.close(which),
  quit: (_world, browser) => browser.quit(),
  // Gone the very moment a card lets them.
  leave: (_world, browser, which) => (browser.leaving = /** @type {const} */ (["die", "quit", "close"])[which % 3]),
  kill: (_world, browser, _which, more) => (more % 4 ? (browser.deadline = more % 60) : browser.die()),
  start: (_world, browser, which) => (browser.start(), which % 2 && browser.open()),
  replace: (_world, browser) => {
    if (!browser.home) return;
    browser.endHome();
    browser.begin();
  },
  look: (_world, browser) => browser.pages[0]?.say({ type: "look" }),
  sleep: (world, _browser, which) => world.clock.jump([60_000, 600_000, 3_600_000, 8 * 3_600_000][which % 4]),
  offline: (_world, browser) => (browser.offline = true),
  // Another line than before, perhaps: of each third one its person pays for what goes over it.
  online: (_world, browser, which, more) => {
    browser.offline = false;
    browser.cost = more % 3 ? "" : which % 2 ? "metered" : "saving";
    browser.home?.engine.hurry();
  },
  clock: (world, _browser, which) => (world.clock.off = [0, 3_600_000, -3_600_000, 86_400_000, -86_400_000][which % 5]),
  weather: (world, _browser, _which, more) => (world.weather = { ...CALM, ...WEATHERS[more % CHANGING] }),
  down: (world) => (world.service.down = true),
  up: (world) => (world.service.down = false),
  vanish: (world, _browser, which) => world.service.strike(which, "vanish"),
  expire: (world, _browser, which) => world.service.strike(which, "expire"),
  fail: (world, _browser, which) => world.service.strike(which, "fail"),
  complete: (world, _browser, which) => world.service.strike(which, "complete"),
  hangUp: (world) => world.service.hangUp(),
  lose: (world, browser, which) => {
    world.happened("lose");
    browser.background.orphan();
    browser.disk.lose(/** @type {const} */ (["all", "journal", "snapshots", "partFiles", "some"])[which % 5]);
  },
  room: (_world, { disk }, which, more) => (disk.limit = disk.used + [0, 5, PART, 3 * PART, 1e6, 1.2e6, 1e9][which % 7] + (more % 7)),
  forget: (world, browser, _which, more) => {
    if (!browser.pages.length || !browser.home) return;
    world.happened("forget");
    const [page] = browser.pages;
    page.forget((fault) => {
      if (fault) return;
      // The server has not been told yet: who opens a page now, or loads one anew, comes with the old cookie.
      if (more % 3 === 0) browser.open();
      if (more % 3 === 1 && browser.pages.length > 1) browser.reload(browser.pages.length - 1);
      world.clock.after(more * (more % 2 ? 5 : 1), () => {
        if (page.closed || !browser.running) return;
        browser.sign("");
        browser.replacePages();
      });
    });
  },
  cookie: (world, browser) => {
    world.happened("cookie");
    browser.sign("");
  },
  // Somebody else at the same computer, and the first one again.
  sign: (world, browser, which) => {
    world.happened("cookie");
    browser.sign(which % 2 ? "visitor" : `${browser.person}-1`);
    browser.replacePages();
  },
  // Cancelled in the browser's own list, which pauses what was in it.
  abort: (world, browser) => {
    if (!browser.running) return;
    for (const id of browser.background.inHand()) world.paused.add(world.service.uploads.get(id)?.name ?? "");
    browser.background.abort();
  },
  gesture: (_world, browser, which) => {
    browser.pages[0]?.say({ type: "gesture" });
    press(browser, "sendNow", which, (card) => card.can_send_now);
  },
};

/** @param {World} world @param {Action} action */
export const act = (world, [name, which, more]) => {
  const { browsers } = world;
  const browser = browsers[which % browsers.length];
  world.note("*", name, `${browser.name} ${which} ${more}`);
  DO[name](world, browser, Math.floor(which / browsers.length), more);
};

/** What the first tab shows. @param {Browser} browser */
export const cards = (browser) => [...(browser.pages[0]?.cards.values() ?? [])];

/** @param {Browser} browser @param {import("./files.js").DiskFile[]} files */
export const add = (browser, files) => {
  const page = browser.pages[0];
  if (!page) return;
  const picks = files.filter((file) => !file.gone).map((file) => ({ id: `${browser.name}-p${(browser.serial += 1)}`, path: file.path, file: browser.pick(file), disk: file }));
  page.add(picks.map(({ id, path, file }) => ({ id, path, file, uploader: UPLOADER, metadata: { of: file.name } })));
  for (const { id, disk } of picks) browser.world.picks.push({ id, file: disk });
};

/** @param {Browser} browser @param {string} id @param {import("./files.js").DiskFile} file */
export const give = (browser, id, file) => {
  browser.world.note("*", "gives", `${id} ${file.name} ${file.bytes.length}`);
  browser.pages[0]?.say({ type: "give", id, file: browser.pick(file) });
};

/** Somebody waits for the question. @param {Browser} browser @param {import("./files.js").DiskFile} file @param {string} [fatal] after what the browser dies then */
const whenAsked = (browser, file, fatal = "", left = PATIENCE) => {
  const { world } = browser;
  const card = cards(browser).find((one) => one.needs_file && theFileOf(world, one) === file);
  if (card) {
    give(browser, card.id, file);
    if (!world.whole) browser.fatal ||= fatal;
  } else if (left && !world.promised) world.clock.after(ASKED, () => whenAsked(browser, file, fatal, left - 1));
};

/** The file that a person takes a card to ask for. @param {World} world @param {{name: string, size: number}} card */
export const theFileOf = (world, card) => world.files.find((file) => file.name === card.name && !file.gone);

/** @param {Browser} browser @param {string} type @param {number} which @param {(card: any) => boolean} may @returns {any} the card */
const press = (browser, type, which, may) => {
  const some = cards(browser).filter(may);
  if (!some.length) return null;
  const card = some[which % some.length];
  browser.pages[0].press(type, card.id);
  return card;
};
