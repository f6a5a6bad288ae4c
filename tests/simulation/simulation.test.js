// The simulator itself: the same number is the same run, to the last step; and what failed once is played again.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { SimClock } from "./clock.js";
import { SimDisk } from "./disk.js";
import { play } from "./play.js";
import { ruleOf, runOf } from "./runs.js";
import { saved } from "./saved.js";

const PATCHES = new URL("./planted/", import.meta.url);

test("the same number twice is the same run, told or not", async () => {
  for (let number = 1; number <= 60; number += 1) {
    const [first, second, told] = [await play(runOf(number)), await play(runOf(number)), await play(runOf(number), { trace: true })];
    assert.equal(second.hash, first.hash, `${number}`);
    assert.equal(told.hash, first.hash, `${number}, told`);
    assert.equal(second.violation, first.violation);
  }
});

test("another number is another run", async () => {
  const hashes = new Set();
  for (let number = 1; number <= 30; number += 1) hashes.add((await play(runOf(number))).hash);
  assert.equal(hashes.size, 30);
});

for (const { name, rule, open, run } of saved())
  test(`a run that failed once (${name}: ${rule})`, async () => {
    const { violation } = await play(run);
    if (open) assert.equal(ruleOf(violation), rule, "mended? then it is open no more");
    else assert.equal(violation, "");
  });

test("what is written is written in its order, also once the browser has died with something under way", async () => {
  const clock = new SimClock();
  const dice = { chance: () => false, below: () => 0, of: () => dice };
  const disk = new SimDisk(/** @type {any} */ ({ clock, dice, weather: { disk: 0, hang: 0, slowDisk: 0 } }), "b1");
  const { journal } = disk.ports();
  const save = (/** @type {string} */ phase) => journal.save([{ id: "a", phase }]);
  disk.delay = () => 5;
  save("before");
  disk.crash();
  await clock.pass(5);
  disk.delay = () => 0;
  await Promise.all([save("first"), save("second"), clock.pass(5)]);
  assert.equal((await Promise.all([journal.all(), clock.pass(5)]))[0][0].phase, "second");
});

test("what is no number, and a name that no fault has, are refused with a sentence", () => {
  for (const [file, ...args] of [["main.js", "--seeds", "abc"], ["main.js", "--seeds", "0"], ["main.js", "--seed", "1.5"], ["main.js", "--seeds", "1", "--jobs=-1"], ["main.js", "--from", ""], ["planted.js", "abc"], ["planted.js", "1", "none-has-this"]]) {
    const { status, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL(file, import.meta.url)), ...args], { encoding: "utf8", timeout: 20_000 });
    assert.deepEqual([status, /^.+ (has to be a whole number, .+|in its file name)\.\n$/.test(stderr)], [2, true], `${file} ${args.join(" ")}: ${stderr}`);
  }
});

test("every planted fault can still be put in", () => {
  const patches = readdirSync(PATCHES);
  assert.ok(patches.length >= 12);
  for (const patch of patches) execFileSync("git", ["apply", "--check", "--recount", "-C1", fileURLToPath(new URL(patch, PATCHES))], { cwd: fileURLToPath(new URL("../..", import.meta.url)), stdio: "pipe" });
});
