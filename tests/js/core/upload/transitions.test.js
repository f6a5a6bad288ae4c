import assert from "node:assert/strict";
import test from "node:test";
import { IllegalTransition, nextPhase, phaseFrom, TRANSITIONS } from "../../../../custom_components/reflex_smartupload/client/core/upload/transitions.js";
import { bench, pick } from "../bench.js";

const PHASES = /** @type {(keyof typeof TRANSITIONS)[]} */ (Object.keys(TRANSITIONS));

test("every event leads to a phase of the table", () => {
  for (const phase of PHASES) for (const next of Object.values(TRANSITIONS[phase])) assert.ok(Object.hasOwn(TRANSITIONS, next), `${phase} → ${next}`);
});

test("what has ended stays so, unless the person tries again or the server has finished it all the same", () => {
  const ways = Object.fromEntries(["ready", "refused", "failed", "blocked", "cancelled", "expired"].map((phase) => [phase, TRANSITIONS[/** @type {"ready"} */ (phase)]]));
  assert.deepEqual(ways, { ready: {}, refused: { retry: "new" }, failed: { retry: "new", ready: "ready" }, blocked: {}, cancelled: {}, expired: { retry: "new" } });
});

test("what the table does not have is an error that names both", () => {
  assert.equal(nextPhase("open", "pause"), "paused");
  assert.throws(() => nextPhase("ready", "opened"), new IllegalTransition("ready", "opened"));
  assert.throws(() => nextPhase("open", "constructor"), IllegalTransition);
});

test("a phase of a journal that this version does not know is asked about", () => {
  assert.equal(phaseFrom("paused", true), "paused");
  assert.equal(phaseFrom("resting", true), "open");
  assert.equal(phaseFrom("resting", false), "new");
});

test("a mistake of the engine stops a test; in the field it is reported, and not obeyed", async () => {
  const b = await bench();
  await b.commands.add([pick("a", "x".repeat(25))]);
  await b.clock.pass(5000);
  const u = b.upload("a");
  assert.equal(u.phase, "ready");
  assert.throws(() => b.engine.move(u, "pause"), IllegalTransition);
  b.engine.ports.strict = false;
  b.engine.move(u, "pause");
  assert.equal(u.phase, "ready");
  assert.match(b.logs().join(), /nothing in the phase ready follows from pause/);
});
