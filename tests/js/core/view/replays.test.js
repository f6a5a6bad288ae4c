import assert from "node:assert/strict";
import test from "node:test";
import { judged, replay, SCRIPTS } from "./replays.js";

const runs = await Promise.all(Object.entries(SCRIPTS).map(async ([name, script]) => ({ name, ...(await replay(script)) })));

test("the time left is within a factor of two of the truth, whoever sends and whatever the line does", (t) => {
  for (const mbit of ["5", "16", "100"]) {
    const own = runs.filter(({ name }) => name.startsWith(`${mbit} Mbit/s`)).map((run) => ({ name: run.name, ...judged(run) }));
    const sum = (/** @type {"right" | "said" | "all"} */ key) => own.reduce((all, one) => all + one[key], 0);
    t.diagnostic(`${mbit} Mbit/s: ${((100 * sum("right")) / sum("said")).toFixed(1)} % of ${sum("said")} readings`);
    assert.ok(sum("right") >= 0.95 * sum("said"), mbit);
    for (const { name, right, said, all } of own) {
      assert.ok(right >= 0.9 * said, `${name}: ${right} of ${said}`);
      assert.ok(said >= 0.9 * all, `${name}: said ${said} of ${all} times`);
    }
  }
});

test("bytes and per cent never fall", () => {
  for (const { name, readings } of runs)
    readings.slice(1).forEach((one, at) => assert.ok(one.bytes >= readings[at].bytes && one.percent >= readings[at].percent, `${name} at ${one.at} s`));
});

test("card, tray and title say the same", () => {
  for (const { name, readings } of runs)
    for (const one of readings) {
      assert.ok(Math.abs(one.percent - one.total) <= 2 && one.total === one.title, name);
      if (one.eta) assert.equal(one.eta, one.trayEta, `${name} at ${one.at} s`);
    }
});

test("while nobody can send nothing is foretold", () => {
  const paused = runs.filter(({ name }) => name.includes("paused")).flatMap(({ readings }) => readings.filter(({ sends }) => sends === "nobody"));
  assert.ok(paused.length > 80);
  assert.ok(paused.every(({ eta }) => eta === ""));
});
