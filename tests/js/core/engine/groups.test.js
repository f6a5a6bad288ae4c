// Files that were given together: what is done with all of them, and that they stay together for as long as somebody may look.
import assert from "node:assert/strict";
import test from "node:test";
import { bench, hold, LETTERS, MemoryService, pick } from "../bench.js";

const DAY = 86_400_000;
/** @typedef {import("../bench.js").Bench} Bench */
/** Files of a folder. @param {number} count @param {string} [group] */
const some = (count, group = "g") => Array.from({ length: count }, (_, at) => ({ ...pick(`${group}${at}`, `${group} ${at} ${LETTERS.slice(0, 20)}`, { path: `Photos/${group}${at}.txt` }), group }));
/** @param {Bench} b */
const only = (b) => {
  const { groups } = b.engine.publisher.all();
  assert.equal(groups.length, 1);
  return groups[0];
};
/** @param {Bench} b */
const states = (b) => ["ready", "cancelled"].map((wanted) => b.cards().filter(({ state }) => state === wanted).length);
/** On another visit, at the same time. @param {Bench} b */
const again = async (b) => {
  b.kill();
  const later = await bench({ service: b.service, disk: b.disk, browser: b.browser, clock: b.clock });
  await b.clock.pass(100);
  return later;
};

/** Some are there, and the others wait for the server. */
const halfway = async () => {
  const service = new MemoryService();
  const b = await bench({ service });
  await b.commands.add(some(3));
  await b.clock.pass(5000);
  const held = [hold(service, "createMany"), hold(service, "create")];
  await b.commands.add(some(9).slice(3));
  await b.clock.pass(3000);
  return { b, held, service };
};

test("all of a group are paused, go on, and are there", async () => {
  const { b, held } = await halfway();
  await b.commands.add([pick("alone", LETTERS)]);
  b.commands.groups.all("pause", "g");
  await b.clock.pass(100);
  assert.deepEqual([only(b).state, only(b).count, only(b).can_resume, only(b).can_pause], ["paused", "3 of 9 files", true, false]);
  assert.notEqual(b.now("alone").state, "paused", "what came singly is none of them");
  b.commands.groups.all("resume", "g");
  held.forEach((one) => one.go());
  await b.clock.pass(10_000);
  assert.deepEqual([only(b).state, only(b).count, only(b).section, only(b).percent], ["ready", "9 files", "done", 100]);
});

test("what comes of a group after all were paused is paused as well, until all go on", async () => {
  const b = await bench();
  const files = some(12);
  await b.commands.add(files.slice(0, 3));
  const unsure = { ...files[3], rules: { accept: "image/*" } };
  const reading = b.commands.add([unsure, ...files.slice(4, 6)]); // its first bytes have to be read
  b.commands.groups.all("pause", "g");
  await reading;
  await b.commands.add([...files.slice(6), pick("alone", LETTERS)]);
  await b.clock.pass(5000);
  assert.equal(b.card("alone").state, "ready", "what came singly is none of them");
  const of = () => b.cards().filter(({ group }) => group === "g").map(({ state }) => state);
  const paused = of().filter((state) => state === "paused").length;
  assert.deepEqual([paused, of().filter((state) => state === "failed").length], [11, 1], of().join());
  assert.deepEqual([only(b).state, only(b).can_pause], ["paused", false]);
  b.commands.groups.all("resume", "g");
  await b.commands.add([{ ...pick("late", LETTERS), group: "g" }]);
  await b.clock.pass(10_000);
  assert.equal(of().filter((state) => state === "ready").length, paused + 1);
});

test("those that are not there yet are cancelled, those that are stay", async () => {
  const { b, held } = await halfway();
  b.commands.groups.all("cancel", "g");
  held.forEach((one) => one.go());
  await b.clock.pass(10_000);
  assert.deepEqual(states(b), [3, 6]);
  assert.deepEqual([only(b).state, only(b).count], ["ready", "3 files"]);
  assert.deepEqual([...b.service.uploads.values()].filter(({ state }) => state === "ready").length, 3);
});

test("the server hears of all that is cancelled in a few calls", async () => {
  const service = new MemoryService();
  service.held = [];
  const b = await bench({ service });
  await b.commands.add(some(250));
  await b.clock.pass(20_000);
  const from = service.log.length;
  b.commands.groups.all("cancel", "g");
  await b.clock.pass(5000);
  assert.deepEqual(states(b), [0, 250]);
  assert.ok([...service.uploads.values()].every(({ state }) => state === "cancelled"));
  const calls = service.log.slice(from).filter((line) => /^(batch )?cancel/.test(line));
  assert.ok(calls.length <= 5, calls.join());
  assert.equal(b.disk.entries.size, 0, "the journal forgets each wish that was heard");
});

test("a group is taken off the list as a whole, and not before all of it has ended", async () => {
  const { b, held } = await halfway();
  b.commands.groups.all("dismiss", "g");
  await b.clock.pass(100);
  assert.equal(only(b).count, "3 of 9 files");
  held.forEach((one) => one.go());
  await b.clock.pass(10_000);
  b.commands.groups.all("dismiss", "g");
  await b.clock.pass(100);
  assert.deepEqual([b.cards(), b.engine.publisher.all().groups, b.disk.entries.size], [[], [], 0]);
});

test("killed half-way they are the same group on the next visit, with those that were there", async () => {
  const { b } = await halfway();
  const later = await again(b);
  assert.deepEqual([only(later).name, only(later).files, only(later).count.slice(0, 4)], ["Photos", 9, "3 of"]);
});

test("what of a group is there keeps no bytes here", async () => {
  const b = await bench();
  await b.commands.add(some(3));
  await b.clock.pass(5000);
  assert.deepEqual([only(b).count, b.disk.files.size, b.disk.entries.size], ["3 files", 0, 3]);
  const later = await again(b);
  assert.deepEqual([only(later).count, only(later).section], ["3 files", "done"], "nothing of it is asked for once more");
  assert.deepEqual(later.cards().map(({ share_url }) => share_url !== ""), [true, true, true]);
});

test("a group that came to its end on another day is not shown any more, and nothing of it stays here", async () => {
  const b = await bench();
  await b.commands.add(some(3));
  await b.clock.pass(5000);
  b.kill();
  await b.clock.pass(2 * DAY);
  const later = await again(b);
  assert.deepEqual([later.cards(), later.disk.entries.size], [[], 0]);
});

test("of one that is still on its way those are shown as well that were there another day", async () => {
  const { b } = await halfway();
  b.kill();
  await b.clock.pass(2 * DAY);
  const later = await again(b);
  assert.deepEqual([only(later).files, only(later).count.slice(0, 4)], [9, "3 of"]);
});

test("what was blocked is said on the next visit, too", async () => {
  const b = await bench();
  b.service.finishesAtOnce = false;
  await b.commands.add(some(2));
  await b.clock.pass(5000);
  const u = b.upload("g0");
  b.engine.outcomes.ended(u, "blocked");
  await b.clock.pass(1000);
  const later = await again(b);
  assert.equal(only(later).problem_text, "1 file needs you");
});

test("what a page still gives of a group that was cancelled shares that: undone it goes, else nothing of it is taken any more", async () => {
  for (const isUndone of [true, false]) {
    const b = await bench();
    const file = (/** @type {number} */ at) => ({ ...pick(`f${at}`, `${LETTERS}${at}`, { path: `d/f${at}.txt` }), group: "g" });
    b.service.held = [];
    await b.commands.add([file(1)]);
    await b.clock.pass(500);
    b.commands.groups.all("withdraw", "g");
    await b.clock.pass(5000);
    await b.commands.add([file(2)]);
    await b.clock.pass(500);
    assert.deepEqual(b.cards().map(({ state, can_undo }) => [state, can_undo]), [["cancelled", true], ["cancelled", true]]);
    assert.equal(b.service.uploads.size, 1);
    b.service.held.splice(0).forEach((go) => go());
    b.service.held = null;
    if (isUndone) b.commands.groups.all("undo", "g");
    await b.clock.pass(5000);
    await b.commands.add([file(3)]);
    await b.clock.pass(10_000);
    assert.deepEqual(b.cards().map(({ state }) => state), isUndone ? ["ready", "ready", "ready"] : ["cancelled", "cancelled"]);
    assert.deepEqual(b.ports.events.filter(({ type }) => type === "undone" || type === "given-up").map(({ type, id }) => [type, id]), [[isUndone ? "undone" : "given-up", "g"]]);
    assert.equal(b.disk.entries.size, isUndone ? 3 : 0);
  }
});
