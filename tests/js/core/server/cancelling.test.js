import assert from "node:assert/strict";
import test from "node:test";
import { NetworkError } from "../../../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { bench, fail, hold, holdOf, LETTERS, MemoryService, pick, problem } from "../bench.js";

/** @typedef {import("../bench.js").Bench} Bench */

/** A file is cancelled while it is created. What the server answers to that is lost, and from then on it is away. @param {{dismissed?: boolean, hears?: boolean}} [how] */
const lost = async ({ dismissed = false, hears = false } = {}) => {
  const b = await bench({ hears });
  const gate = hold(b.service, "create");
  fail(b.service, "create", () => {
    b.service.away = true;
    return new NetworkError("lost");
  }, { after: true });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(300);
  assert.equal(gate.waiting.length, 1);
  b.commands.cancel("a");
  await b.clock.pass(50);
  if (dismissed) b.commands.dismiss("a");
  gate.go();
  await b.clock.pass(1000);
  assert.deepEqual(states(b), ["uploading"]);
  assert.deepEqual([...b.disk.entries.values()].map(({ phase, uploadId }) => [phase, uploadId]), [["cancelled", ""]]);
  return b;
};

const states = (/** @type {Bench} */ b) => [...b.service.uploads.values()].map((u) => u.state);

/** Cards that were ever shown of what the server has. @param {Bench} b */
const fromServer = (b) => b.ports.published.flatMap(({ changed }) => changed.map((/** @type {any} */ card) => card.id)).filter((id) => id.startsWith("server-"));

/** @param {Bench} b @param {number} from of the service's log */
const told = (b, from) => b.service.log.slice(from).filter((line) => /create|cancel/.test(line));

/** @param {Bench} b @param {string} owner */
const came = async (b, owner) => {
  b.service.owner = owner;
  await Promise.all([b.engine.owners.ask(), b.clock.pass(1000)]);
};

for (const hears of [false, true])
  for (const dismissed of [false, true]) {
    const also = `${hears ? ", with the server's own word of it" : ""}${dismissed ? ", the card taken away" : ""}`;
    test(`cancelled while it is created, and the answer is lost: found by its key and cancelled once the server answers${also}`, async () => {
      const b = await lost({ hears, dismissed });
      const from = b.service.log.length;
      await b.clock.pass(60_000);
      b.service.away = false;
      b.engine.hurry();
      b.recovery.list();
      await b.clock.pass(10_000);
      assert.deepEqual([states(b), b.disk.entries.size], [["cancelled"], 0]);
      assert.deepEqual(told(b, from), ["create", "cancel"], "each once");
      assert.deepEqual(b.cards().map(({ id, state }) => [id, state]), dismissed ? [] : [["a", "cancelled"]]);
      assert.deepEqual(fromServer(b), []);
    });

    test(`the same after a restart${also}`, async () => {
      const first = await lost({ hears, dismissed });
      const b = await first.restart();
      await b.clock.pass(10_000);
      const from = b.service.log.length;
      b.service.away = false;
      await b.clock.pass(60_000);
      assert.deepEqual([states(b), b.disk.entries.size], [["cancelled"], 0]);
      assert.deepEqual(told(b, from), ["create", "cancel"], "each once");
      assert.deepEqual([b.cards(), fromServer(b)], [[], []]);
    });
  }

test("cancelled after a crash in the middle of creating, before the server has answered again", async () => {
  const first = await bench();
  fail(first.service, "create", () => {
    first.service.away = true;
    return new NetworkError("lost");
  }, { after: true });
  await first.commands.add([pick("a", LETTERS)]);
  await first.clock.pass(300);
  assert.deepEqual(states(first), ["uploading"]);
  const b = await first.restart();
  await b.clock.pass(3000);
  b.commands.cancel("a");
  await b.clock.pass(1000);
  b.service.away = false;
  await b.clock.pass(60_000);
  assert.deepEqual([states(b), b.disk.entries.size, fromServer(b)], [["cancelled"], 0, []]);
});

for (const isRestarted of [false, true])
  test(`cancelled while it is created, and the server does not take it: there is nothing to cancel${isRestarted ? ", also after a restart" : ""}`, async () => {
    let b = await bench();
    fail(b.service, "create", problem(415, "type_mismatch"), { times: 2 });
    const gate = hold(b.service, "create");
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(300);
    assert.equal(gate.waiting.length, 1);
    b.commands.cancel("a");
    await b.clock.pass(50);
    if (isRestarted) b = await b.restart();
    gate.go();
    await b.clock.pass(10_000);
    const from = b.service.log.length;
    await b.clock.pass(60_000);
    assert.deepEqual([b.service.uploads.size, b.disk.entries.size], [0, 0]);
    assert.deepEqual(told(b, 0), Array(isRestarted ? 2 : 1).fill("create failed"));
    assert.deepEqual(told(b, from), []);
  });

for (const dismissed of [false, true])
  test(`somebody else is here: nothing is created in their name, and the wish waits for its owner${dismissed ? ", the card taken away" : ""}`, async () => {
    const b = await lost({ dismissed });
    b.service.owner = "berta";
    b.service.create({ name: "old.txt", size: 1, type: "", last_modified: null }, "old");
    const [u1] = b.service.uploads.keys();
    b.service.away = false;
    await came(b, "berta");
    const from = b.service.log.length;
    await b.clock.pass(60_000);
    assert.deepEqual(told(b, from), []);
    assert.equal(b.disk.entries.size, 1);
    await came(b, "anna");
    await b.clock.pass(10_000);
    assert.deepEqual([b.service.uploads.get(u1).state, b.service.uploads.size, b.disk.entries.size], ["cancelled", 2, 0]);
  });

test("its owner leaves while the engine begins: the wish waits for them all the same", async () => {
  const first = await bench();
  first.service.held = [];
  await first.commands.add([pick("a", LETTERS), pick("b", `${LETTERS}b`)]);
  await first.clock.pass(1000);
  first.service.away = true;
  first.commands.cancel("a");
  await first.clock.pass(100);
  first.service.away = false;
  const name = first.upload("a").uploadId;
  for (const u of first.service.uploads.values()) u.key = "lost"; // nobody can adopt them
  const read = holdOf(first.disk.snapshots, "read");
  const b = await first.restart();
  assert.equal(read.waiting.length, 1);
  await came(b, "berta");
  read.go();
  await b.clock.pass(20_000);
  assert.deepEqual([b.service.uploads.get(name).state, [...b.disk.entries.keys()].sort()], ["uploading", ["a", "b"]]);
  await came(b, "anna");
  await b.clock.pass(1000);
  assert.deepEqual([b.service.uploads.get(name).state, b.disk.entries.has("a")], ["cancelled", false]);
});

test("nothing is created before the server has said who is here", async () => {
  const first = await lost();
  const settings = hold(first.service, "settings");
  first.service.away = false;
  const from = first.service.log.length;
  const b = await first.restart();
  await b.clock.pass(20_000);
  assert.deepEqual(told(b, from), []);
  settings.go();
  await b.clock.pass(20_000);
  assert.deepEqual([states(b), told(b, from)], [["cancelled"], ["create", "cancel"]]);
});

test("a device that is forgotten asks for nothing more, and writes nothing down", async () => {
  const b = await lost({ dismissed: true });
  const done = b.device.forget("id");
  await b.clock.pass(20_000);
  assert.equal(await done, "");
  b.service.away = false;
  const from = b.service.log.length;
  await b.clock.pass(60_000);
  assert.deepEqual([told(b, from), b.disk.entries.size, b.engine.cancelling.unheard.size], [[], 0, 0]);
});

test("what is being created keeps the server's list waiting also once it is cancelled, and no longer", async () => {
  const service = new MemoryService();
  const b = await bench({ service, hears: true });
  const gate = hold(service, "create", { answer: true });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(300);
  assert.deepEqual(states(b), ["uploading"]);
  b.commands.cancel("a");
  service.tell("u1", {});
  await b.recovery.list();
  await b.clock.pass(5000);
  assert.equal(b.recovery.creating(), true);
  gate.go();
  await b.clock.pass(5000);
  assert.deepEqual([states(b), fromServer(b), b.recovery.creating(), b.engine.cancelling.unheard.size], [["cancelled"], [], false, 0]);
});
