import assert from "node:assert/strict";
import test from "node:test";
import { UNDO } from "../../../../custom_components/reflex_smartupload/client/core/ports/pages.js";
import { bench, ficklePick, hold, LETTERS, MemoryDisk, MemoryService, pick, twoArrive } from "../bench.js";
import { endsWell, handed, letGo, slow } from "../handing.js";

/** @typedef {import("../bench.js").Bench} Bench */

const states = (/** @type {Bench} */ b) => [...b.service.uploads.values()].map((u) => u.state);

/** Some way into an upload, of which nothing is on the line any more that could arrive: two parts are confirmed. */
const underWay = async (/** @type {Partial<Parameters<typeof bench>[0]>} */ parts = {}) => {
  const b = await bench(parts);
  await twoArrive(b);
  assert.equal(b.upload("a").confirmed.size, 2);
  return b;
};

/** @param {Bench} b */
const goes = async (b) => {
  const waiting = b.service.held ?? [];
  b.service.held = null;
  waiting.forEach((go) => go());
  await b.clock.pass(10_000);
};

test("cancelled, and nothing is sent any more; the server hears of it and the copy goes when the time to undo it is over", async () => {
  const b = await underWay();
  const { signal } = b.upload("a").abort;
  const from = b.service.log.length;
  b.commands.withdraw("a");
  assert.equal(signal.aborted, true);
  await b.clock.pass(100);
  const { state, section, can_undo, can_cancel, can_pause, can_dismiss, leave, detail } = b.card("a");
  assert.deepEqual([state, section, can_undo, can_cancel, can_pause, can_dismiss, leave], ["cancelled", "active", true, false, false, true, ""]);
  assert.equal(detail, "can be undone for 10 seconds, then it is deleted");
  assert.deepEqual([b.engine.publisher.totals.active, b.engine.publisher.totals.withdrawn, b.engine.publisher.totals.text], [0, 1, "1 file cancelled"]);
  await b.clock.pass(UNDO - 200);
  assert.deepEqual([states(b), b.disk.entries.size, b.disk.files.size], [["uploading"], 1, 1]);
  assert.deepEqual(b.service.log.slice(from), []);
  await b.clock.pass(1000);
  assert.deepEqual([states(b), b.disk.entries.size, b.disk.files.size], [["cancelled"], 0, 0]);
  assert.deepEqual([b.card("a").section, b.card("a").can_undo, b.card("a").detail], ["done", false, "cancelled"]);
  assert.equal(b.engine.publisher.totals.withdrawn, 0);
});

test("undone, it goes on from the last confirmed part, and the time for it does not come back", async () => {
  const b = await underWay();
  const before = [...b.upload("a").confirmed];
  b.commands.withdraw("a");
  await b.clock.pass(5000);
  const from = b.service.log.length;
  await b.commands.undo("a");
  await goes(b);
  assert.equal(b.card("a").state, "ready");
  assert.deepEqual(b.puts(from).filter((number) => before.includes(number)), [], "what was confirmed is not sent again");
  await b.clock.pass(2 * UNDO);
  assert.deepEqual([states(b), b.card("a").state], [["ready"], "ready"]);
});

test("what was paused is paused again, and what asked for its file asks again", async () => {
  const b = await underWay();
  b.commands.pause("a");
  await b.clock.pass(500);
  b.commands.withdraw("a");
  await b.clock.pass(500);
  await b.commands.undo("a");
  await b.clock.pass(1000);
  assert.deepEqual([b.card("a").state, b.card("a").can_resume], ["paused", true]);

  const c = await bench({ disk: Object.assign(new MemoryDisk(), { hasSnapshots: false, hasPartFiles: false }) });
  const fickle = ficklePick("f", LETTERS);
  c.service.held = [];
  await c.commands.add([fickle]);
  await c.clock.pass(300);
  const again = await c.restart();
  await again.clock.pass(1000);
  assert.equal(again.card("f").needs_file, true);
  again.commands.withdraw("f");
  await again.clock.pass(100);
  assert.deepEqual([again.card("f").needs_file, again.card("f").error], [false, ""]);
  await again.commands.undo("f");
  await again.clock.pass(1000);
  assert.equal(again.card("f").needs_file, true);
});

test("the browser ends meanwhile: what was cancelled does not go on, and the server hears of it at the next start", async () => {
  const first = await underWay();
  first.commands.withdraw("a");
  await first.clock.pass(100);
  const b = await first.restart();
  await b.clock.pass(3000);
  assert.deepEqual([states(b), b.cards(), b.disk.entries.size, b.disk.files.size], [["cancelled"], [], 0, 0]);
});

test("undone, and the browser ends then: it goes on at the next start", async () => {
  const first = await underWay();
  first.commands.withdraw("a");
  await first.clock.pass(1000);
  await first.commands.undo("a");
  await first.clock.pass(100);
  const b = await first.restart();
  await goes(b);
  assert.deepEqual([states(b), b.card("a").state], [["ready"], "ready"]);
});

for (const when of ["named meanwhile", "named afterwards"])
  test(`cancelled while it is created, ${when}: undone it is that very upload, else the server hears of it`, async () => {
    for (const isUndone of [true, false]) {
      const b = await bench();
      const gate = hold(b.service, "create", { answer: when === "named afterwards" });
      await b.commands.add([pick("a", LETTERS)]);
      await b.clock.pass(300);
      b.commands.withdraw("a");
      await b.clock.pass(100);
      if (when === "named meanwhile") gate.go();
      await b.clock.pass(7000);
      if (isUndone) await b.commands.undo("a");
      await b.clock.pass(100);
      gate.go();
      await b.clock.pass(UNDO);
      assert.deepEqual([states(b), b.card("a").state], isUndone ? [["ready"], "ready"] : [["cancelled"], "cancelled"]);
      assert.equal(b.disk.entries.size, 0);
    }
  });

test("cancelled before it is created: undone it is created, else nobody ever hears of it", async () => {
  for (const isUndone of [true, false]) {
    const service = new MemoryService();
    service.away = true;
    const b = await bench({ service });
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(1000);
    b.commands.withdraw("a");
    await b.clock.pass(1000);
    if (isUndone) await b.commands.undo("a");
    b.service.away = false;
    b.engine.hurry();
    await b.clock.pass(2 * UNDO);
    assert.deepEqual(states(b), isUndone ? ["ready"] : []);
  }
});

test("cancelled while it is compared with another one: undone it is taken all the same", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS, { name: "f.txt" })]);
  await b.clock.pass(300);
  const adding = b.commands.add([pick("b", LETTERS.toUpperCase(), { name: "f.txt", lastModified: 1 })]);
  b.commands.withdraw("b");
  await Promise.all([adding, b.clock.pass(1000)]);
  await b.commands.undo("b");
  await goes(b);
  assert.deepEqual(b.cards().map(({ id, state }) => [id, state]), [["a", "ready"], ["b", "ready"]]);
});

test("taken off the list, or cancelled by a handler, it is over at once", async () => {
  for (const command of /** @type {const} */ (["dismiss", "cancel"])) {
    const b = await underWay();
    b.commands.withdraw("a");
    await b.clock.pass(100);
    b.commands[command]("a");
    await b.clock.pass(1000);
    assert.deepEqual([states(b), b.disk.entries.size, b.cards().length], [["cancelled"], 0, command === "dismiss" ? 0 : 1]);
    await b.commands.undo("a");
    await b.clock.pass(UNDO);
    assert.deepEqual(states(b), ["cancelled"]);
  }
});

test("cancelled elsewhere meanwhile: undone it is cancelled all the same, and paused there it is paused", async () => {
  for (const state of ["cancelled", "paused"]) {
    const b = await underWay({ hears: true });
    b.commands.withdraw("a");
    await b.clock.pass(100);
    b.service.tell("u1", { state });
    await b.clock.pass(100);
    assert.equal(b.card("a").can_undo, true);
    await b.commands.undo("a");
    await b.clock.pass(1000);
    assert.equal(b.card("a").state, state);
  }
});

test("whoever leaves undoes nothing any more: somebody else comes, or all is forgotten", async () => {
  const b = await underWay();
  b.commands.withdraw("a");
  await b.clock.pass(100);
  await Promise.all([b.device.forget("f"), b.clock.pass(5000)]);
  assert.deepEqual([states(b), b.disk.entries.size, b.disk.files.size], [["cancelled"], 0, 0]);

  const c = await underWay();
  c.commands.withdraw("a");
  await c.clock.pass(100);
  c.service.owner = "berta";
  for (const u of c.service.uploads.values()) u.key = "lost"; // nobody can adopt it
  await Promise.all([c.engine.owners.ask(), c.clock.pass(1000)]);
  assert.deepEqual(c.cards(), []);
  await c.clock.pass(2 * UNDO);
  assert.deepEqual([states(c), c.disk.entries.size, c.disk.files.size], [["uploading"], 1, 0], "the server hears it from its owner alone");
  c.service.owner = "anna";
  await Promise.all([c.engine.owners.ask(), c.clock.pass(5000)]);
  assert.deepEqual([states(c), c.disk.entries.size], [["cancelled"], 0]);
});

test("what another browser sends can be cancelled here and undone, and nothing of that is left here", async () => {
  for (const isUndone of [true, false]) {
    const b = await bench();
    b.service.create({ name: "far.bin", size: LETTERS.length, type: "", last_modified: null }, "far");
    b.recovery.list();
    await b.clock.pass(1000);
    const [card] = b.cards();
    b.commands.withdraw(card.id);
    await b.clock.pass(1000);
    assert.deepEqual([b.card(card.id).state, b.disk.entries.size], ["cancelled", 1]);
    if (isUndone) await b.commands.undo(card.id);
    await b.clock.pass(UNDO);
    assert.deepEqual([states(b), b.disk.entries.size], [[isUndone ? "uploading" : "cancelled"], 0]);
    if (isUndone) assert.notEqual(b.card(card.id).state, "cancelled");
  }
});

test("what the browser has in its own hands it gives back; undone the rest goes from here, and nothing beside the browser", async () => {
  for (const waits of [0, 1000]) {
    const b = await slow();
    await handed(b);
    const from = b.service.log.length;
    b.commands.withdraw("a");
    await b.clock.pass(waits);
    await b.commands.undo("a");
    letGo(b);
    await b.clock.pass(10_000);
    endsWell(b);
    assert.equal(new Set(b.puts(from)).size, b.puts(from).length);
  }
});

test("what the browser sends just now it sends to its end, and the card says so; undone that counts, else it is thrown away", async () => {
  for (const isUndone of [true, false]) {
    const b = await slow();
    await handed(b);
    await b.browser.send(1);
    b.browser.onLine = 1e6;
    const from = b.service.log.length;
    b.commands.withdraw("a");
    await b.clock.pass(3000);
    assert.equal(b.card("a").detail, "your browser still sends what it was given; can be undone for 10 seconds, then it is deleted");
    if (isUndone) await b.commands.undo("a");
    await b.clock.pass(UNDO);
    if (!isUndone) {
      assert.deepEqual([states(b), b.card("a").detail], [["cancelled"], "your browser still sends what it was given; it is thrown away"]);
      continue;
    }
    await b.browser.send();
    await b.clock.pass(5000);
    endsWell(b);
    assert.deepEqual(b.puts(from), []);
  }
});

test("the browser has got through with it meanwhile: undone it is there", async () => {
  const b = await slow();
  await handed(b);
  await b.browser.send(1);
  b.browser.onLine = 1e6;
  b.commands.withdraw("a");
  await b.clock.pass(1000);
  await b.browser.send();
  await b.clock.pass(4000);
  await b.commands.undo("a");
  await b.clock.pass(5000);
  endsWell(b);
});

test("the files of a group are cancelled together, with one Undo for all of them", async () => {
  const b = await bench();
  b.service.held = [];
  const some = Array.from({ length: 6 }, (_, at) => ({ ...pick(`f${at}`, `${LETTERS}${at}`, { path: `d/f${at}.txt` }), group: "g" }));
  await b.commands.add(some);
  await b.clock.pass(1000);
  b.commands.groups.all("withdraw", "g");
  await b.clock.pass(100);
  const group = () => b.engine.publisher.groups[0];
  assert.deepEqual([group().state, group().section, group().can_undo, group().can_cancel, group().detail], ["cancelled", "active", true, false, "can be undone for 10 seconds, then it is deleted"]);
  b.commands.undo("f0");
  await b.clock.pass(100);
  assert.deepEqual([group().can_undo, group().can_cancel, b.card("f1").can_undo], [false, true, true], "one is on its way again: the others have their own");
  b.commands.groups.all("undo", "g");
  await goes(b);
  assert.deepEqual([group().state, group().there, group().can_undo], ["ready", 6, false]);
});
