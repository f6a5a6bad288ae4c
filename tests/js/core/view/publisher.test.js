import assert from "node:assert/strict";
import test from "node:test";
import { Upload } from "../../../../custom_components/reflex_smartupload/client/core/upload/upload.js";
import { bench, LETTERS, MemoryService, pick } from "../bench.js";

test("a change is told within 25 ms, many changes at once are one", async () => {
  const b = await bench();
  b.ports.published.length = 0;
  b.commands.add(Array.from({ length: 50 }, (_, i) => pick(`f${i}`, LETTERS)));
  await b.clock.pass(24);
  assert.equal(b.ports.published.length, 0);
  await b.clock.pass(1);
  assert.equal(b.ports.published.length, 1);
  assert.equal(b.ports.published[0].changed.length, 50);
});

test("the more cards there are, the more seldom they are told; the first change at once all the same", async () => {
  const b = await bench();
  for (let at = 0; at < 4000; at += 1) b.commands.refuse({ id: `r${at}`, name: "x", code: "folder" });
  await b.clock.pass(1000);
  b.ports.published.length = 0;
  for (let at = 0; at < 40; at += 1) {
    b.engine.changed(b.upload(`r${at}`));
    b.commands.refuse({ id: `new${at}`, name: "x", code: "folder" });
    await b.clock.pass(25);
    if (at === 0) assert.equal(b.ports.published.length, 1);
  }
  assert.ok(b.ports.published.length <= 6, `${b.ports.published.length} times in a second`);
  await b.clock.pass(250);
  assert.equal(b.ports.published.flatMap(({ changed }) => changed).length, 40, "and none is forgotten");
});

test("of thousands of cards some are told at a time, those that came singly first", async () => {
  const b = await bench();
  b.ports.published.length = 0;
  for (let at = 0; at < 900; at += 1) b.commands.refuse({ id: `r${at}`, name: "x", code: "folder", group: "g" });
  b.commands.refuse({ id: "alone", name: "x", code: "folder" });
  await b.clock.pass(2000);
  const told = b.ports.published.map(({ changed }) => changed.map((/** @type {{id: string}} */ { id }) => id));
  assert.deepEqual(told.map((some) => some.length), [251, 250, 250, 150]);
  assert.equal(told[0][0], "alone");
  assert.equal(new Set(told.flat()).size, 901, "each of them once");
  assert.deepEqual(b.ports.published.map(({ groups }) => groups[0].files), [900, 900, 900, 900], "and how many they are is known at once");
});

test("a page that comes is told in slices as well, and which cards follow", async () => {
  const b = await bench();
  for (let at = 0; at < 300; at += 1) b.commands.refuse({ id: `r${at}`, name: "x", code: "folder", group: "g" });
  await b.clock.pass(2000);
  b.ports.published.length = 0;
  const { cards, later, groups } = b.engine.publisher.greeting();
  assert.deepEqual([cards.length, later.length, groups[0].files], [250, 50, 300]);
  await b.clock.pass(200);
  assert.deepEqual(b.ports.published.flatMap(({ changed }) => changed.map((/** @type {{id: string}} */ { id }) => id)), later);
});

test("figures that move are told five times a second at most", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", "x".repeat(10))]);
  await b.clock.pass(500);
  b.ports.published.length = 0;
  for (let i = 0; i < 100; i += 1) {
    b.engine.changed(b.upload("a"), true);
    await b.clock.pass(10);
  }
  const heard = b.ports.published.length;
  assert.ok(heard >= 4 && heard <= 7, `${heard} times in a second`);
});

test("what a person did does not wait for the figures", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  b.engine.changed(b.upload("a"), true);
  b.ports.published.length = 0;
  b.commands.pause("a");
  await b.clock.pass(25);
  assert.equal(b.ports.published.at(-1)?.changed[0].state, "paused");
});

test("a card is told only when it differs, and an unchanged one keeps its identity", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS), pick("b", LETTERS)]);
  await b.clock.pass(500);
  b.commands.pause("b");
  await b.clock.pass(15_000); // until no speed is left to show
  const before = b.card("b");
  b.ports.published.length = 0;
  for (let i = 0; i < 20; i += 1) {
    b.engine.changed(b.upload("b"));
    await b.clock.pass(100);
  }
  assert.deepEqual(b.ports.published.flatMap((change) => change.changed).filter((card) => card.id === "b"), []);
  assert.equal(b.card("b"), before);
  b.ports.published.length = 0;
  b.commands.pause("a");
  await b.clock.pass(1000);
  assert.deepEqual([...new Set(b.ports.published.flatMap((change) => change.changed.map((/** @type {any} */ card) => card.id)))], ["a"]);
  assert.equal(b.card("b"), before);
});

test("every published card differs from the one before it", async () => {
  const b = await bench();
  await b.commands.add([pick("a", LETTERS.repeat(5)), pick("b", LETTERS)]);
  await b.clock.pass(10_000);
  const last = new Map();
  let seen = 0;
  for (const change of b.ports.published)
    for (const card of change.changed) {
      assert.notDeepEqual(card, last.get(card.id));
      last.set(card.id, card);
      seen += 1;
    }
  assert.ok(seen > 4);
  assert.deepEqual([...last.values()].map((card) => card.state), ["ready", "ready"]);
});

test("totals go along with every change", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS), pick("b", LETTERS)]);
  await b.clock.pass(1000);
  const { totals } = b.ports.published.at(-1);
  assert.deepEqual([totals.active, totals.done, totals.leave, totals.text], [2, 0, "return", "2 files on their way"]);
  assert.match(totals.title, /^0 of 2 · \d+ %$/);
  b.service.held.splice(0).forEach((go) => go());
  b.service.held = null;
  await b.clock.pass(5000);
  assert.deepEqual([b.ports.published.at(-1).totals.active, b.ports.published.at(-1).totals.done, b.ports.published.at(-1).totals.title], [0, 2, ""]);
});

test("a card that goes and comes again within a moment stays: somebody else is here, whose list came before it was known", async () => {
  const service = new MemoryService();
  service.owner = "berta";
  await service.api.create({ name: "theirs.txt", size: 1, type: "", last_modified: null }, "theirs");
  service.owner = "anna";
  const b = await bench({ service });
  /** As a page hears it. @type {Set<string>} */
  const shown = new Set();
  const look = () => {
    for (const { changed, removed } of b.ports.published.splice(0)) {
      for (const { id } of changed) shown.add(id);
      for (const id of removed) shown.delete(id);
    }
    return [...shown];
  };
  service.owner = "berta";
  await b.recovery.list();
  await b.clock.pass(100);
  assert.deepEqual([b.engine.owners.tag, look()], ["tag of anna", ["server-u1"]]);
  await b.engine.owners.ask();
  await b.clock.pass(100);
  assert.deepEqual([b.engine.owners.tag, look()], ["tag of berta", ["server-u1"]]);
  assert.deepEqual(b.cards().map(({ id }) => id), ["server-u1"]);
});

test("another upload of its name was here before: when that one goes, its card stays", async () => {
  const b = await bench();
  await b.commands.add([pick("a", LETTERS)]);
  const before = b.upload("a");
  b.engine.add(new Upload({ id: "a", key: "a", name: "a", size: 10, partSize: 5 }));
  b.engine.changed(b.upload("a"));
  await b.clock.pass(100);
  b.engine.drop(before);
  await b.clock.pass(100);
  assert.deepEqual(b.engine.publisher.all().cards.map(({ id }) => id), ["a"]);
});

test("a page that has just come gets everything, in order, and a removed card no more", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS), pick("b", LETTERS), pick("c", "")]);
  await b.clock.pass(500);
  b.commands.dismiss("c");
  await b.clock.pass(100);
  const all = b.engine.publisher.all();
  assert.deepEqual(all.cards.map((card) => card.id), ["a", "b"]);
  assert.equal(all.totals.active, 2);
  assert.ok(b.ports.published.some((change) => change.removed.includes("c")));
});

test("a change of a card that is gone is not told", async () => {
  const b = await bench();
  await b.commands.add([pick("c", "")]);
  await b.clock.pass(100);
  const u = b.upload("c");
  b.commands.dismiss("c");
  b.engine.changed(u);
  b.ports.published.length = 0;
  await b.clock.pass(100);
  assert.deepEqual(b.ports.published.flatMap((change) => change.changed), []);
  assert.deepEqual(b.ports.published.flatMap((change) => change.removed), ["c"]);
});

test("times run down although nothing happens; with nothing alive nothing ticks", async () => {
  const b = await bench();
  const { write } = b.disk.snapshots;
  let go = () => {};
  b.disk.snapshots.write = async (files) => {
    await new Promise((resolve) => (go = () => resolve(null)));
    return write(files);
  };
  b.service.held = [];
  b.engine.copyRates.recall({ snapshot: 10 }); // eleven seconds for this file
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  const first = b.card("a").leave_text;
  await b.clock.pass(5000);
  assert.match(first, /more seconds/);
  assert.notEqual(b.card("a").leave_text, first);
  go();
  b.service.held.splice(0).forEach((run) => run());
  b.service.held = null;
  await b.clock.pass(5000);
  assert.equal(b.card("a").state, "ready");
  assert.equal(b.clock.timers.length, 0, "nothing is left to tick");
});

test("a single hiccup is not worth a word; a second failure is, and offline is called no connection", async () => {
  const b = await bench();
  b.engine.storeGate.fail("store_away");
  await b.commands.add([pick("a", LETTERS)]);
  assert.equal(b.engine.publisher.away(b.upload("a")), "");
  await b.clock.pass(20);
  b.engine.storeGate.attempt = 2;
  b.engine.storeGate.reason = "store_away";
  const u = b.upload("a");
  for (const number of [...u.loaded.keys()]) u.parts.unload(number);
  assert.equal(b.engine.publisher.away(u), "store_away");
  b.engine.storeGate.reason = "no_connection";
  assert.equal(b.engine.publisher.away(u), "no_connection", "nobody is heard");
  Object.defineProperty(b.engine.changeFeed, "live", { value: true });
  assert.equal(b.engine.publisher.away(u), "store_unreachable");
  b.engine.ports.network.online = () => false;
  assert.equal(b.engine.publisher.away(u), "no_connection");
});

test("a part on the line is not called waiting because the server hiccups", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  b.engine.serverGate.attempt = 5;
  b.engine.serverGate.reason = "server_away";
  assert.equal(b.engine.publisher.away(b.upload("a")), "");
});

test("a thousand cards are one message, and one second later they are not told again", async () => {
  const service = new MemoryService();
  service.away = true;
  const b = await bench({ service });
  await b.commands.add(Array.from({ length: 1000 }, (_, i) => pick(`f${i}`, LETTERS)));
  await b.clock.pass(25);
  assert.equal(b.ports.published.at(-1).changed.length, 1000);
  await b.clock.pass(20_000);
  b.ports.published.length = 0;
  await b.clock.pass(10_000);
  const told = b.ports.published.flatMap((change) => change.changed).length;
  assert.ok(told < 1000, `${told} cards in ten idle seconds`);
});
