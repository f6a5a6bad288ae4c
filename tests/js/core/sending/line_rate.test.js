import assert from "node:assert/strict";
import test from "node:test";
import { LineRate } from "../../../../custom_components/reflex_smartupload/client/core/sending/line_rate.js";
import { Upload } from "../../../../custom_components/reflex_smartupload/client/core/upload/upload.js";
import { MemoryBrowser, MemoryClock, MemoryDisk, memoryPorts, MemoryService } from "../../../../custom_components/reflex_smartupload/client/io/twins/memory.js";

const line = () => {
  const clock = new MemoryClock();
  const service = new MemoryService();
  const ports = memoryPorts({ clock, service, disk: new MemoryDisk(), browser: new MemoryBrowser(service) });
  /** @type {[string, number][]} */
  const saved = [];
  ports.journal.saveRates = async (rates) => void saved.push(...Object.entries(rates));
  let changes = 0;
  const rate = new LineRate({ ports, changed: () => (changes += 1) });
  const u = new Upload({ id: "a", key: "a", name: "a", size: 1e9 });
  const send = async (/** @type {number} */ seconds, /** @type {number} */ bytes) => {
    for (let i = 0; i < seconds; i += 1) {
      rate.sent(u, bytes);
      await clock.pass(1000);
    }
  };
  return { clock, rate, u, saved, send, changes: () => changes };
};

test("what was remembered counts until something is measured", async () => {
  const { rate, send } = line();
  assert.deepEqual([rate.usual(), rate.slow(), rate.peak(), rate.measured()], [0, 0, 0, 0]);
  rate.recall({ send: 70, snapshot: 5 });
  assert.deepEqual([rate.usual(), rate.slow(), rate.peak(), rate.measured(), rate.remembered], [70, 70, 70, 0, 70]);
  await send(8, 20);
  assert.deepEqual([rate.usual(), rate.measured()], [20, 20]);
});

test("early on it is what went out first, where nothing is remembered", async () => {
  const { clock, rate, u } = line();
  assert.equal(rate.early(), 0);
  rate.sent(u, 100);
  await clock.pass(200);
  assert.equal(rate.early(), 0);
  await clock.pass(200);
  assert.deepEqual([rate.early(), rate.usual()], [250, 0]);
  rate.recall({ send: 70 });
  assert.equal(rate.early(), 70);
});

test("of a line that changes, the slow rate is the lower, the peak the higher", async () => {
  const up = line();
  await up.send(8, 10);
  await up.send(3, 100);
  assert.equal(up.rate.peak(), up.rate.measuredShort());
  assert.equal(up.rate.slow(), up.rate.measured());
  assert.ok(up.rate.peak() > up.rate.slow());
});

test("what goes out counts for all, and the card says so", async () => {
  const { rate, send, changes } = line();
  await send(4, 30);
  assert.equal(changes(), 4);
  assert.deepEqual([rate.speed(), rate.measured()], [30, 30]);
});

test("only what was measured is remembered for the next start", async () => {
  const { rate, saved, send } = line();
  rate.recall({ send: 70 });
  rate.remember();
  assert.equal(saved.length, 0);
  await send(8, 20);
  rate.remember();
  assert.deepEqual(saved.map(([name]) => name), ["send", "off 4", "off 16", "off 64", "off 256", "off next time"]);
  assert.deepEqual(saved[0], ["send", 20]);
  assert.ok(saved.every(([, value]) => value > 0));
  assert.equal(rate.remembered, 20);
});

test("it is written down at once, then every five seconds at most, and the last time with what is known by then", async () => {
  const { clock, rate, saved, send } = line();
  await send(8, 20);
  for (let files = 0; files < 1000; files += 1) rate.remember();
  assert.equal(saved.filter(([name]) => name === "send").length, 1);
  await send(4, 40);
  rate.remember();
  const last = rate.measured();
  assert.equal(saved.filter(([name]) => name === "send").length, 1);
  await clock.pass(5000);
  assert.deepEqual(saved.filter(([name]) => name === "send").map(([, value]) => value), [20, last]);
  await clock.pass(60_000);
  assert.equal(saved.filter(([name]) => name === "send").length, 2, "nothing new, nothing written");
});

test("how long it takes is known by the last time, then by what is seen, and what was learned is remembered", async () => {
  const { rate, saved, send } = line();
  assert.equal(rate.left(1000), null);
  rate.recall({ send: 20, "off next time": 0.7 });
  const first = /** @type {import("../../../../custom_components/reflex_smartupload/client/core/sending/forecast.js").Range} */ (rate.left(1000));
  assert.ok(first.low < 50 && 50 < first.high);
  await send(120, 20);
  const then = /** @type {typeof first} */ (rate.left(1000));
  assert.ok(then.low < 50 && 50 < then.high && then.high - then.low < first.high - first.low, JSON.stringify([first, then]));
  rate.remember();
  const again = line();
  again.rate.recall(Object.fromEntries(saved));
  const next = /** @type {typeof first} */ (again.rate.left(1000));
  assert.ok(next.high - next.low < first.high - first.low, "it was as fast as the time before");
});

test("while there was nothing to send the line was not slow: what is given then is measured by itself, and the little that went before is not remembered", async () => {
  const { clock, rate } = line();
  const added = (/** @type {string} */ id, /** @type {number} */ size) => new Upload({ id, key: id, name: id, size, addedAt: clock.wall() });
  const small = added("small", 3e5);
  await clock.pass(10);
  rate.sent(small, 3e5);
  await clock.pass(3000);
  const large = added("large", 1e8);
  await clock.pass(10);
  rate.sent(large, 5e6);
  rate.remember();
  assert.deepEqual([rate.left(1e8), rate.measured(), rate.remembered], [null, 0, 0]);
  for (let i = 0; i < 4; i += 1) {
    await clock.pass(500);
    rate.sent(large, 5e6);
  }
  assert.ok(rate.measured() > 9e6, `${rate.measured()}`);
  const left = rate.left(1e8);
  assert.ok(left && left.low < 10 && left.high < 30, JSON.stringify(left));
});
