import assert from "node:assert/strict";
import test from "node:test";
import { IllegalTransition, nextPhase, phaseFrom, TRANSITIONS } from "../../../../custom_components/reflex_smartupload/client/core/upload/transitions.js";

const ENDS = ["ready", "refused", "failed", "blocked", "cancelled", "expired"];

test("every event says what it means and leads somewhere", () => {
  for (const [event, { says, moves }] of Object.entries(TRANSITIONS)) assert.ok(says && Object.keys(moves).length, event);
});

test("what has ended stays so, unless the person tries again, undoes what they did, or the server has finished it all the same", () => {
  const ways = Object.entries(TRANSITIONS).flatMap(([event, { moves }]) => Object.entries(moves).filter(([before]) => ENDS.includes(before)).map(([before, after]) => `${before} → ${after} by ${event}`));
  assert.deepEqual(ways.sort(), ["cancelled → cancelled by settled", "cancelled → new by undoNew", "cancelled → open by undo", "cancelled → paused by undoPaused", "expired → new by retry", "failed → new by retry", "failed → ready by ready", "refused → new by retry"]);
});

test("every end can be reached from whatever is alive", () => {
  for (const end of ENDS.filter((one) => one !== "refused")) for (const phase of /** @type {const} */ (["new", "open", "paused", "finishing"])) assert.equal(nextPhase(phase, end), end);
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
