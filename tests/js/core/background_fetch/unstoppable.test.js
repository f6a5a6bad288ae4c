import assert from "node:assert/strict";
import test from "node:test";
import { endsWell, handed, slow } from "../handing.js";

/** Handed over, and the browser is sending. */
const sending = async () => {
  const b = await slow();
  await handed(b);
  await b.browser.send(1);
  b.browser.onLine = 1e6;
  return b;
};

test("paused while the browser sends: the card says that it goes on sending, nothing is sent twice, and with Resume all goes on", async () => {
  const b = await sending();
  const from = b.service.log.length;
  b.commands.pause("a");
  await b.clock.pass(10_000);
  assert.equal(b.card("a").state, "paused");
  assert.equal(b.card("a").detail, "paused by you; your browser still sends what it was given");
  assert.equal(b.service.uploads.get("u1").state, "paused");
  assert.equal(b.count("handovers.takeBack"), 1, "it is not asked again and again");
  await b.browser.send(2);
  await b.clock.pass(5000);
  b.commands.resume("a");
  await b.clock.pass(5000);
  assert.equal(b.card("a").leave, "continues");
  await b.browser.send();
  await b.clock.pass(5000);
  endsWell(b);
  assert.deepEqual(b.puts(from), []);
});

test("paused until the browser is through: Resume finishes it", async () => {
  const b = await sending();
  b.commands.pause("a");
  await b.clock.pass(3000);
  await b.browser.send();
  await b.clock.pass(5000);
  assert.equal(b.card("a").state, "paused");
  assert.equal(b.card("a").detail, "paused by you");
  b.commands.resume("a");
  await b.clock.pass(5000);
  endsWell(b);
});

test("cancelled while the browser sends: the card says at once what is so, and the browser is left alone", async () => {
  const b = await sending();
  await Promise.all([b.commands.cancel("a"), b.clock.pass(10_000)]);
  const shown = () => b.engine.publisher.cards.get("a");
  assert.deepEqual([shown()?.state, shown()?.detail], ["cancelled", "your browser still sends what it was given; it is thrown away"]);
  assert.equal(b.service.uploads.get("u1").state, "cancelled");
  assert.equal(b.browser.registrations.size, 1);
  assert.equal(b.count("handovers.takeBack"), 1);
  b.browser.registrations.clear();
  await b.clock.pass(5000);
  assert.deepEqual([...b.engine.handed.doubtful, ...b.engine.handed.unstoppable], []);
  assert.equal(shown()?.detail, "cancelled");
});

test("all is forgotten while the browser sends: it is said what is left, and the rest is wiped", async () => {
  const b = await sending();
  const done = b.device.forget("id");
  await b.clock.pass(30_000);
  assert.match(await done, /: what the browser is sending by itself, which cannot be stopped before it has arrived\. Try once more/);
  assert.equal(b.disk.entries.size + b.disk.files.size, 0);
});
