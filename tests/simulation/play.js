// One run: what its list says happens, then everything is whole again, and from then on every upload has to come to its end.

import { act, add, cards, give, theFileOf, WAITS } from "./actions.js";
import { seal, unseal } from "./clock.js";
import { CALM, WEATHERS, World } from "./world.js";

/** @typedef {{seed: number, kind: number, second: number, believes?: number, weather?: number, holds?: number, actions: import("./actions.js").Action[]}} Run */
/** @typedef {{violation: string, hash: number, time: number, trace: string[] | null, events: Record<string, number>}} Outcome */

const KINDS = /** @type {const} */ (["chromium", "firefox", "webkit", "chromium"]);
const LOOK = 5000; // ms between two looks of the person
/** ms after which everything that can end has ended: silences that a server asked for included. */
const BOUND = 20 * 60_000;
/** The same for what a card said of leaving. */
const BELIEF = 15 * 60_000;
/** ms more until what the browser keeps without sending it is taken back. */
const DEAD = 30 * 60_000;
/** Looks in a row at which nothing is open: a question that was lost on the line, whose the files here are, is asked again after half a minute. */
const CALM_LOOKS = 8;
const DAYS = 11 * 86_400_000; // more than the seven after which nothing is kept, however a clock was off
const REFUSED = new Set(["other_file"]);
const OPEN = new Set(["uploading", "paused", "verifying", "scanning"]);

/** @param {Run} run @param {{trace?: boolean}} [options] @returns {Promise<Outcome>} */
export const play = async (run, options) => {
  const world = new World(run.seed, options);
  seal(() => world.may());
  try {
    await tell(world, run).catch((error) => world.fail("it crashed", String(error)));
    world.clock.stopped = true;
    return { violation: world.violation?.message ?? "", hash: world.hash, time: world.clock.time, trace: world.trace, events: world.events };
  } finally {
    unseal();
  }
};

/** @param {World} world @param {Run} run */
const tell = async (world, { kind, second, believes = 0, weather = 0, holds = 0, actions }) => {
  world.service.twin.holds.has = holds > 1; // what was saved before there were any has none
  world.believes = believes > 0;
  world.weather = { ...CALM, ...WEATHERS[weather] };
  // The last ones have part files alone, and say when a file was changed.
  const first = world.browser(kind >= 8 ? "chromium" : KINDS[kind % 4], "anna");
  if (kind >= 4) Object.assign(first.disk, kind >= 8 ? { hasSnapshots: false } : { hasSnapshots: kind % 2 === 0, hasPartFiles: kind < 6 });
  if (first.kind === "webkit") first.disk.hasPartFiles = false;
  if (second % 3 === 1) world.browser(KINDS[second % 4], "anna");
  for (const browser of world.browsers) {
    if (run2(second)) browser.disk.speeds = { send: 1 };
    browser.open();
  }
  if (world.browsers[1]) world.browsers[1].sign("anna-1");
  await world.clock.pass(500);
  for (const action of actions) {
    await world.clock.pass(WAITS[action[3] % WAITS.length]);
    if (world.violation || world.promised) break;
    act(world, action);
    if (world.promised) break;
  }
  if (world.violation) return;
  if (world.promised) await believe(world, world.promised);
  if (world.violation) return;
  await heal(world);
  if (world.violation) return;
  await end(world);
  if (!world.violation) world.rules.complete();
  if (!world.violation) await clean(world);
};

/** A line that is remembered to be slow: what is staged goes into the browser's hands. @param {number} second */
const run2 = (second) => second >= 4;

/** @param {World} world @param {number} ms */
const within = (world, ms) => (world.had("dead") ? ms + DEAD : ms);

/** No more faults. @param {World} world */
const calm = (world) => {
  world.note("*", "heals");
  world.whole = true;
  world.weather = { ...CALM };
  world.service.down = false;
  world.tears = null;
  for (const browser of world.browsers) {
    Object.assign(browser, { deadline: -1, fatal: "", leaving: "", offline: false, cost: "" });
    browser.disk.limit = 1e9;
  }
};

/**
 * What the cards said when somebody left comes true, without the file: `continues` without a visit, `return` with one.
 * @param {World} world @param {{browser: import("./browser.js").Browser, owner: string, cards: import("./page.js").Card[]}} promised
 */
const believe = async (world, { browser, owner, cards: said }) => {
  calm(world);
  // By its name: before the journal knew the upload, the file may come under another one.
  const states = () => said.map((card) => [...world.service.uploads.values()].filter((u) => u.id === card.upload_id || u.name === card.name).map((u) => u.state).join(" "));
  const isTrue = () => states().every((state) => /ready|scanning/.test(state));
  const alone = said.every((card) => card.leave === "continues");
  // A new cookie may be lost with a killed browser. What was picked here follows its key nevertheless (decision 0005); of an upload that was begun in
  // another browser nothing here proves whose it is but that cookie. So its person has to come back as who they were, as they got here in the first place.
  if (!alone && said.some(({ id }) => !world.picks.some((pick) => pick.id === id)) && browser.jar.owner !== owner) browser.sign(owner);
  // What Chromium keeps without sending it any more it sends when it is started again, or the engine when its person comes.
  if (alone && !browser.background.dead.size) browser.start();
  else if (!browser.pages.length) browser.open();
  const until = world.clock.now() + within(world, BELIEF);
  while (!isTrue() && world.clock.now() < until && !world.violation) {
    await world.clock.pass(LOOK);
    for (const card of cards(browser)) if (card.can_resume) browser.pages[0].say({ type: "resume", id: card.id });
  }
  if (world.violation || isTrue()) return;
  // Where a browser gives other bytes in silence, what was sent of them may have to be sent again.
  if (world.files.some((file) => file.silent && file.edits && said.some((card) => card.name === file.name))) return;
  const shown = cards(browser).map((card) => `${card.id} ${card.state} ${card.error_code}`);
  world.fail("what a card said of leaving was not true", `${browser.name}: ${said.map((card, at) => `${card.id} ${card.upload_id} said ${card.leave}, is ${states()[at]}`).join("; ")}; now ${shown.join(", ")}`);
};

/** No more faults, and everybody is back. @param {World} world */
const heal = async (world) => {
  calm(world);
  for (const browser of world.browsers) {
    if (!browser.pages.length) browser.open();
    browser.home?.engine.hurry();
  }
  await world.clock.pass(LOOK);
};

/** People answer what cards ask; until nothing is open any more. @param {World} world */
const end = async (world) => {
  const until = world.clock.now() + within(world, BOUND);
  let again = false;
  let quiet = 0;
  while (world.clock.now() < until && !world.violation) {
    const active = world.browsers.some((browser) => cards(browser).some((card) => card.section === "active"));
    const open = [...world.service.uploads.values()].some((u) => isHere(world, u));
    quiet = active || open ? 0 : quiet + 1;
    if (quiet >= CALM_LOOKS) return;
    if (!active && open && !again) {
      // Whoever misses a card opens the site anew.
      again = true;
      for (const browser of world.browsers) {
        browser.quit();
        browser.open();
      }
    }
    for (const browser of world.browsers) for (const card of cards(browser)) answer(world, browser, card);
    for (const browser of world.browsers) browser.pages[0]?.say({ type: "gesture" });
    await world.clock.pass(LOOK);
  }
  if (world.violation) return;
  const left = world.browsers.flatMap((browser) => cards(browser).filter((card) => card.section === "active").map((card) => `${browser.name} ${card.id} ${card.upload_id} ${card.state} ${card.detail} ${card.error}`));
  const open = [...world.service.uploads.values()].filter((u) => isHere(world, u)).map((u) => `${u.id} ${u.state}`);
  world.fail("an upload stands still", `${left.join("; ")}; at the server ${open.join(", ")}`);
};

/** @param {World} world @param {any} u */
const isHere = (world, u) => OPEN.has(u.state) && world.browsers.some((browser) => browser.jar.owner === u.owner);

/** @param {World} world @param {import("./browser.js").Browser} browser @param {any} card */
const answer = (world, browser, card) => {
  const page = browser.pages[0];
  if (card.needs_file) {
    const file = theFileOf(world, card);
    // What is not taken is not given a second time.
    if (file && file.bytes.length === card.size && !REFUSED.has(card.error_code)) return give(browser, card.id, file);
    page.press("cancel", card.id);
    world.giveUp(card.name);
    if (file && !world.files.some((one) => one !== file && one.name === file.name)) add(browser, [file]);
  } else if (card.can_resume) page.say({ type: "resume", id: card.id });
  else if (card.can_retry) page.say({ type: "retry", id: card.id });
};

/** Once it is over, what is ready is still what it was; and at the latest when it all has expired, nothing is left. @param {World} world */
const clean = async (world) => {
  for (const [id, u] of world.service.uploads) if (u.state === "ready") world.rules.ready(id, u, world.service.twin.content(id).toString("latin1"));
  for (const browser of world.browsers) browser.quit();
  for (const u of world.service.uploads.values()) if (u.state === "uploading" || u.state === "paused") world.service.expire(u);
  world.clock.jump(DAYS);
  // Twice: what the first start no longer needs, the second one sweeps.
  for (const browser of world.browsers) browser.open();
  await world.clock.pass(60_000);
  for (const browser of world.browsers) {
    browser.quit();
    browser.open();
  }
  await world.clock.pass(30_000);
  for (const type of ["cancel", "dismiss"]) {
    for (const browser of world.browsers) for (const card of cards(browser)) browser.pages[0].say({ type, id: card.id });
    await world.clock.pass(10_000);
  }
  if (world.violation) return;
  for (const { name, disk, background } of world.browsers) {
    const left = [...[...disk.entries.values()].map((entry) => `entry ${entry.id} ${entry.phase}`), ...[...disk.files.keys()].map((id) => `copy ${id}`), ...[...disk.parts.keys()].map((id) => `part ${id}`), ...[...background.registrations.keys()].map((id) => `handover ${id}`)];
    if (left.length) return world.fail("something is left in a browser", `${name}: ${left.join(", ")}`);
  }
  await world.service.reconcile();
  const left = world.service.left();
  if (left.length) world.fail("something is left in the store", left.join(", "));
};
