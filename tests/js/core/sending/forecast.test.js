import assert from "node:assert/strict";
import test from "node:test";
import { Forecast } from "../../../../custom_components/reflex_smartupload/client/core/sending/forecast.js";
import { LINES, seenOn, share } from "./lines.js";

/** @param {Forecast} forecast @param {number} from @param {number} to s @param {number} rate bytes/s */
const send = (forecast, from, to, rate) => {
  for (let now = from; now < to; now += 0.1) forecast.sent(now * 1000, rate / 10);
};
/** @param {Forecast} forecast @param {number} at s @param {number} bytes @param {number} [before] */
const range = (forecast, at, bytes, before) => {
  const found = forecast.range(at * 1000, bytes, before);
  assert.ok(found);
  return found;
};
/** @param {{low: number, high: number}} one */
const width = ({ low, high }) => high / low;

test("on lines whose rate changes the time that it takes is in the range four times of five", (t) => {
  const all = Object.keys(LINES).slice(1).map((name) => seenOn(name, 100, 1));
  const shares = all.map(share);
  assert.ok(shares.every((one) => one > 0.72 && one < 0.9), shares.join(" "));
  const together = share(all.flat());
  t.diagnostic(`in the range ${(100 * together).toFixed(1)} % of ${all.flat().length} times; by kind of line ${shares.map((one) => (100 * one).toFixed(1)).join(" ")}`);
  assert.ok(together > 0.75 && together < 0.85, `${together}`);
});

test("on a steady line the range gets narrow and stays right", () => {
  const seen = seenOn("steady", 100, 1);
  assert.ok(share(seen) > 0.9);
  const last = seen.slice(-100).map(({ width: one }) => one);
  assert.ok(Math.max(...last.slice(1)) < 1.4, `${Math.max(...last)}`);
});

test("nothing is said before a second was seen, but what the last time lets expect", () => {
  const forecast = new Forecast();
  assert.equal(forecast.range(0, 1000), null);
  const { low, high } = range(forecast, 0, 1000, 100);
  assert.ok(low < 10 && 10 < high);
  send(forecast, 0, 0.5, 1000);
  assert.deepEqual(range(forecast, 0.5, 1000, 100), { low, high });
  send(forecast, 0.5, 3, 1000);
  assert.ok(range(forecast, 3, 1000, 100).high < 3);
});

test("a line that stands still says nothing, and after a pause it begins anew", () => {
  const forecast = new Forecast();
  send(forecast, 0, 60, 1000);
  assert.ok(range(forecast, 60, 60_000).low > 30);
  assert.equal(forecast.range(70_000, 60_000, 1000), null);
  send(forecast, 100, 103, 10);
  assert.ok(range(forecast, 103, 100).low > 3, "not by what went out before");
});

test("the less was seen of a line, the wider the range", () => {
  const forecast = new Forecast();
  const widths = [2, 8, 30, 120].map((to, at, all) => {
    send(forecast, at ? all[at - 1] : 0, to, 1000);
    return width(range(forecast, to, 60_000));
  });
  assert.deepEqual(widths, [...widths].sort((a, b) => b - a));
});

test("what was learned is remembered, and a line that comes back otherwise makes the first look wider", () => {
  const forecast = new Forecast();
  send(forecast, 0, 120, 1000);
  const again = new Forecast(forecast.learned);
  assert.deepEqual(again.learned, forecast.learned);
  const before = width(range(again, 0, 1000, 1000));
  again.met(3000, 1000);
  assert.ok(width(range(again, 0, 1000, 1000)) > before);
  again.met(0, 1000);
  again.met(1000, 0);
  const other = new Forecast(forecast.learned);
  other.met(1010, 1000);
  assert.ok(width(range(other, 0, 1000, 1000)) < before);
});

test("from part to part the last rate holds and the time runs down by it; once a part is overdue it gets longer, and then nothing is said", () => {
  const forecast = new Forecast();
  send(forecast, 0, 20, 1000);
  const grain = 16_000;
  for (const at of [28, 36, 44]) forecast.sent(at * 1000, 8000, grain);
  const middle = (/** @type {number} */ at) => {
    const found = forecast.range(at * 1000, 100_000, 0, grain);
    return found ? Math.sqrt(found.low * found.high) : NaN;
  };
  assert.ok(Math.abs(middle(44) - 96) < 15, `${middle(44)}`);
  assert.ok(Math.abs(middle(44) - 10 - middle(54)) < 3, `${middle(54)}`);
  assert.ok(middle(85) > middle(66), `${middle(66)} ${middle(85)}`);
  assert.ok(Number.isNaN(middle(110)));
  assert.ok(Math.abs(forecast.now(50_000, grain) - 1000) < 150);
  assert.equal(forecast.now(110_000, grain), 0);
});

test("what came while nobody looked is no measure", () => {
  const forecast = new Forecast();
  for (const at of [0, 8, 16]) forecast.sent(at * 1000, 8000, 16_000);
  forecast.sent(17_000, 5e6, 16_000);
  forecast.sent(25_000, 8000, 16_000);
  assert.ok(forecast.now(25_000, 16_000) < 2000);
});

test("memory stays small over days", () => {
  const lists = /** @type {any} */ (Array.prototype);
  const { push, shift } = lists;
  let pushed = 0;
  let shifted = 0;
  const forecast = new Forecast();
  try {
    lists.push = function (/** @type {unknown[]} */ ...items) {
      pushed += 1;
      return push.apply(this, items);
    };
    lists.shift = function () {
      shifted += 1;
      return shift.call(this);
    };
    for (let now = 0; now < 86_400; now += 1) forecast.sent(now * 1000, 10);
  } finally {
    Object.assign(lists, { push, shift });
  }
  assert.ok(JSON.stringify(forecast.learned).length < 200);
  assert.ok(pushed > 86_400, "it is what it keeps that is counted");
  assert.ok(pushed - shifted < 500, `${pushed - shifted}`);
});
