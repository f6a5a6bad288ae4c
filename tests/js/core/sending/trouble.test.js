import assert from "node:assert/strict";
import test from "node:test";
import { LOOK, restOf, Trouble } from "../../../../custom_components/reflex_smartupload/client/core/sending/trouble.js";

const half = () => 0.5;

test("a part rests when it was sent in vain so many times, ever longer", () => {
  const one = new Trouble();
  one.inVain(0, "way_cut", 5, 2);
  assert.deepEqual([one.stands(0), one.open(0), one.bytes], [false, true, 5]);
  one.inVain(10, "way_cut", 5, 2);
  assert.deepEqual([one.stands(10), one.open(10), one.at, one.reason], [true, false, 10 + restOf(0), "way_cut"]);
  const later = 10 + restOf(0);
  assert.equal(one.open(later), true);
  one.inVain(later, "way_cut", 5, 2);
  assert.equal(one.open(later), false);
  assert.equal(one.at, later + restOf(1));
  assert.equal(restOf(100), 3_600_000);
});

test("what a small request explains does not count, and is asked ever more seldom", () => {
  const one = new Trouble();
  one.inVain(0, "way_refused", 5, 1);
  one.shut(0, "portal", half);
  assert.deepEqual([one.tries, one.stands(1e9), one.reason], [0, true, "portal"]);
  const first = one.at;
  one.shut(0, "portal", half);
  assert.ok(one.at > first);
  assert.deepEqual([one.open(one.at), one.stands(one.at)], [true, false]);
});

test("what explains another part explains this one, where it was sent before that and met the same", () => {
  for (const [reason, at, opens] of /** @type {[string, number, boolean][]} */ ([["portal", 20, true], ["portal", 5, false], ["way_cut", 20, false]])) {
    const one = new Trouble();
    one.inVain(10, "portal", 5, 1);
    assert.equal(one.open(30, { reason, at }), opens, `${reason} ${at}`);
  }
});

test("others that rest have it rest as well, and somebody who looks does not have it sent at once", () => {
  const one = new Trouble();
  one.rest(1000, "way_cut");
  assert.deepEqual([one.open(999), one.open(1000), one.reason], [false, true, "way_cut"]);
  one.inVain(1000, "way_cut", 5, 1);
  one.hurry(1001);
  assert.equal(one.open(1001), false);
  assert.equal(one.at, 1000 + LOOK);
  one.forgive();
  assert.deepEqual([one.open(1002), one.bytes, one.tries], [true, 0, 0]);
});
