import assert from "node:assert/strict";
import test from "node:test";
import { bench, fail, hold, holdOf, LETTERS, MemoryBrowser, MemoryDisk, MemoryService, pick, problem } from "../bench.js";

/** Two files on their way, one of them paused, one ready. @param {Partial<MemoryDisk>} [disk] */
const busy = async (disk = {}) => {
  const service = new MemoryService();
  const browser = new MemoryBrowser(service);
  const b = await bench({ service, browser, disk: Object.assign(new MemoryDisk(), disk) });
  await b.commands.add([pick("r", "ready")]);
  await b.clock.pass(2000);
  service.held = [];
  await b.commands.add([pick("a", LETTERS), pick("b", `${LETTERS}b`)]);
  await b.clock.pass(500);
  b.commands.pause("b");
  await b.clock.pass(500);
  return b;
};

const left = (/** @type {import("../bench.js").Bench} */ b) => [b.disk.entries.size, b.disk.files.size, b.disk.parts.size, b.browser.registrations.size];

let question = 0;

/** @param {import("../bench.js").Bench} b @param {string} [id] of the question */
const forget = async (b, id = String((question += 1))) => {
  const done = b.device.forget(id);
  await b.clock.pass(30_000);
  return done;
};

test("everything goes: cards, copies, part files, journal; the server hears that what was on its way pauses", async () => {
  for (const disk of [{}, { hasSnapshots: false }]) {
    const b = await busy(disk);
    assert.ok(b.disk.files.size + b.disk.parts.size > 0);
    const from = b.service.log.length;
    assert.equal(await forget(b), "");
    assert.deepEqual(left(b), [0, 0, 0, 0]);
    assert.deepEqual(b.cards(), []);
    const removed = b.ports.published.flatMap((change) => change.removed);
    assert.deepEqual(["r", "a", "b"].filter((id) => !removed.includes(id)), []);
    assert.equal(b.service.uploads.get("u2").state, "paused");
    b.service.held = null;
    await b.clock.pass(60_000);
    assert.deepEqual(b.puts(from), [], "nothing goes on");
    assert.deepEqual(left(b), [0, 0, 0, 0], "nothing is written down again");
    assert.equal(await forget(b), "", "again is the same as once");
  }
});

test("a page that is closed before it has taken the cookie away: whoever is here goes on", async () => {
  const b = await busy();
  const forgotten = b.device.forget("id");
  fail(b.service, "create", problem(503, "store_unavailable"));
  await b.commands.add([pick("c", LETTERS)]);
  b.service.held = null;
  await b.clock.pass(30_000);
  assert.equal(await forgotten, "");
  await b.clock.pass(60_000);
  assert.equal(b.card("c").state, "ready");
});

test("what others left here goes as well", async () => {
  const b = await busy();
  b.kill();
  b.service.owner = "berta";
  for (const u of b.service.uploads.values()) u.key = "lost";
  const other = await b.restart();
  await other.clock.pass(2000);
  assert.deepEqual(other.cards(), []);
  assert.notDeepEqual(left(other), [0, 0, 0, 0]);
  assert.equal(await forget(other), "");
  assert.deepEqual(left(other), [0, 0, 0, 0]);
});

test("handovers are ended, known to the journal or not", async () => {
  const b = await busy();
  b.browser.has = true;
  for (const id of ["x.u2", "ghost.u9"]) b.browser.registrations.set(id, /** @type {any} */ ({ id, requests: [] }));
  b.upload("a").become("offered", "x.u2");
  b.upload("a").become("handedOver");
  assert.equal(await forget(b), "");
  assert.deepEqual(left(b), [0, 0, 0, 0]);
});

test("a handover that cannot be ended is said", async () => {
  const b = await busy();
  b.upload("a").become("offered", "x.u2");
  b.upload("a").become("handedOver");
  assert.match(await forget(b), /Not everything could be wiped here: what the browser sends by itself\./);
  assert.deepEqual(left(b).slice(0, 3), [0, 0, 0], "the rest is wiped all the same");
});

test("a step that fails is said, the others are done; the next attempt may succeed", async () => {
  const b = await busy();
  const { remove } = b.disk.snapshots;
  b.disk.snapshots.remove = async () => {
    throw new DOMException("no", "UnknownError");
  };
  assert.match(await forget(b), /: kept copies\. Try once more/);
  assert.equal(b.disk.entries.size, 0);
  b.disk.snapshots.remove = remove;
  assert.equal(await forget(b), "");
  assert.deepEqual(left(b), [0, 0, 0, 0]);
});

test("a step that says it did, and did not, is found out", async () => {
  const b = await busy();
  b.disk.journal.remove = async () => {};
  assert.match(await forget(b), /: the list of files\./);
});

test("a private window in which nothing can be kept has nothing to wipe", async () => {
  const b = await busy();
  b.disk.partFiles.ids = async () => {
    throw new DOMException("no", "SecurityError");
  };
  assert.equal(await forget(b), "");
});

test("the server is away or hangs: what is here is wiped all the same", async () => {
  for (const fault of ["away", "hangs"]) {
    const b = await busy();
    if (fault === "away") b.service.away = true;
    else b.service.api.pause = () => new Promise(() => {});
    assert.equal(await forget(b), "");
    assert.deepEqual(left(b), [0, 0, 0, 0]);
  }
});

test("in the middle of making a copy: it leaves nothing behind", async () => {
  for (const disk of [{}, { hasSnapshots: false }]) {
    const b = await bench({ disk: Object.assign(new MemoryDisk(), disk) });
    b.service.held = [];
    const place = /** @type {any} */ (b.disk.hasSnapshots ? b.disk.snapshots : b.disk.partFiles);
    const { write } = place;
    /** @type {(() => void)[]} */
    const waiting = [];
    place.write = async (/** @type {any[]} */ ...args) => {
      await new Promise((resolve) => waiting.push(() => resolve(null)));
      return write(...args);
    };
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(500);
    assert.ok(waiting.length);
    const done = b.device.forget("id");
    await b.clock.pass(2000);
    waiting.splice(0).forEach((go) => go());
    await b.clock.pass(20_000);
    assert.equal(await done, "");
    assert.deepEqual(left(b), [0, 0, 0, 0]);
  }
});

test("whoever comes afterwards begins with nothing, and their files go their way", async () => {
  const b = await busy();
  await forget(b);
  b.service.held = null;
  b.service.owner = "berta";
  b.engine.owners.ask();
  await b.clock.pass(1000);
  await b.commands.add([pick("n", LETTERS)]);
  await b.clock.pass(5000);
  assert.deepEqual(b.cards().map((card) => [card.id, card.state]), [["n", "ready"]]);
  assert.equal(b.disk.owner, "tag of berta");
});

test("a list that is due before the server has taken the owner away is not taken for one of whoever comes", async () => {
  const service = new MemoryService();
  const create = hold(service, "create");
  const b = await bench({ service });
  service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(100);
  b.engine.recovery.list(); // something is being created: once more later
  create.go();
  await b.clock.pass(500);
  const done = b.device.forget("id");
  await b.clock.pass(500);
  assert.equal(await done, "");
  await b.clock.pass(10_000);
  assert.deepEqual(b.cards(), []);
  await came(b, "berta");
  await b.clock.pass(5000);
  assert.deepEqual(b.cards(), [], "anna's");
  await came(b, "anna");
  await b.clock.pass(5000);
  assert.deepEqual(b.cards().map(({ upload_id }) => upload_id), ["u1"], "who is here again sees their own");
});

test("a page that asks once more for the same, while its answer is on the way, has nothing of whoever has come since wiped", async () => {
  const b = await busy();
  b.service.held = null;
  assert.equal(await forget(b, "one"), "");
  await came(b, "berta");
  await b.commands.add([pick("n", LETTERS)]);
  const again = b.device.forget("one");
  await b.clock.pass(5000);
  assert.equal(await again, "");
  assert.deepEqual(b.cards().map((card) => [card.id, card.state]), [["n", "ready"]]);
});

test("who is here is not learned from an answer that was asked for before all was forgotten", async () => {
  const b = await busy();
  const settings = hold(b.service, "settings", { answer: true });
  b.engine.owners.ask();
  assert.equal(await forget(b), "");
  settings.go();
  await b.clock.pass(1000);
  assert.deepEqual([b.engine.owners.tag, b.engine.owners.certain], ["", false]);
  await came(b, "berta");
  assert.equal(b.engine.owners.tag, "tag of berta");
});

test("two pages that ask at the same time are answered by the same wiping", async () => {
  const b = await busy();
  const all = holdOf(b.disk.journal, "all");
  const both = [b.device.forget("one"), b.device.forget("two")];
  await b.clock.pass(1000);
  assert.equal(all.waiting.length, 1);
  all.go();
  await b.clock.pass(30_000);
  assert.deepEqual(await Promise.all(both), ["", ""]);
  const reads = b.count("journal.all");
  for (const id of ["one", "two"]) await b.device.forget(id);
  assert.equal(b.count("journal.all"), reads, "neither wipes once more");
});

test("where not all could be wiped, it is known again who is here, so that what is picked then goes on", async () => {
  const b = await busy();
  b.service.held = null;
  b.disk.snapshots.remove = () => Promise.reject(new DOMException("no", "InvalidStateError"));
  assert.match(await forget(b), /kept copies/);
  await b.commands.add([pick("c", "more")]);
  await b.clock.pass(10_000);
  assert.equal(b.card("c").state, "ready");
});

const came = async (/** @type {import("../bench.js").Bench} */ b, /** @type {string} */ owner) => {
  b.service.owner = owner;
  await Promise.all([b.engine.owners.ask(), b.clock.pass(1000)]);
};

/** Anna's files are half sent, then the browser dies, and berta's starts over the same disk. @param {string[]} ids @param {(b: import("../bench.js").Bench) => void | Promise<void>} [before] */
const othersLeft = async (ids, before = () => {}) => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add(ids.map((id) => pick(id, LETTERS)));
  await b.clock.pass(1000);
  await before(b);
  b.kill();
  b.service.owner = "berta";
  return b;
};

for (const leaves of [false, true])
  for (const answer of [false, true])
    test(`what is being written down ${leaves ? "for whoever has left since " : ""}is not shown and not kept${answer ? ", also where only the answer is late" : ""}`, async () => {
      const b = await bench();
      b.service.held = [];
      const save = holdOf(b.disk.journal, "save", { answer });
      const added = b.commands.add([pick("a", LETTERS)]);
      await b.clock.pass(100);
      assert.equal(save.waiting.length, 1);
      if (leaves) await came(b, "berta");
      assert.equal(await forget(b), "");
      save.go();
      await added;
      await b.clock.pass(60_000);
      await came(b, "anna");
      assert.deepEqual(left(b), [0, 0, 0, 0]);
      assert.deepEqual([b.cards(), b.engine.owners.hidden.size, b.service.uploads.size], [[], 0, 0]);
    });

test("what the server gives to whoever is here while all is forgotten is not shown, and no more of it is asked for", async () => {
  const first = await othersLeft(["a", "b", "c", "d", "e"]);
  const adopt = hold(first.service, "adopt", { answer: true });
  const b = await first.restart();
  await b.clock.pass(1000);
  assert.equal(adopt.waiting.length, 3);
  const all = holdOf(b.disk.journal, "all");
  const done = b.device.forget("id");
  await b.clock.pass(50);
  adopt.go();
  await b.clock.pass(50);
  all.go();
  await b.clock.pass(30_000);
  assert.equal(await done, "");
  await b.clock.pass(60_000);
  assert.deepEqual(b.cards().filter((card) => !card.id.startsWith("server-")), []);
  assert.deepEqual(left(b), [0, 0, 0, 0]);
  assert.equal(b.service.log.filter((line) => line.startsWith("adopt")).length, 3);
});

test("what comes in for its owner while all is forgotten does not, whoever comes then", async () => {
  const first = await othersLeft(["a"]);
  for (const u of first.service.uploads.values()) u.key = "lost";
  const b = await first.restart();
  await b.clock.pass(1000);
  const read = holdOf(b.disk.snapshots, "read");
  await came(b, "anna");
  assert.equal(read.waiting.length, 1);
  assert.equal(await forget(b), "");
  await came(b, "berta");
  read.go();
  await b.clock.pass(1000);
  assert.equal(b.engine.owners.hidden.size, 0);
  await came(b, "anna");
  await b.clock.pass(60_000);
  assert.deepEqual(b.cards().filter((card) => !card.id.startsWith("server-")), []);
  assert.deepEqual(left(b), [0, 0, 0, 0]);
});

for (const [when, waits] of /** @type {const} */ ([["is tried to be ended once more", ""], ["is being ended", "takeBack"], ["was ended, and that is being written down", "save"]]))
  test(`what others left in the browser's hands ${when} while all is forgotten: it is not written down again`, async () => {
    const first = await othersLeft(["a"], async (b) => {
      b.browser.has = true;
      b.upload("a").offer("x.u1", []);
      b.upload("a").handOver();
      await b.engine.journalWriter.save(b.upload("a"));
    });
    for (const u of first.service.uploads.values()) u.key = "lost";
    const { browser, disk } = first;
    browser.closed = true;
    const b = await first.restart();
    await b.clock.pass(500);
    assert.deepEqual([...b.engine.owners.hidden.values()].map((u) => u.handedTo), ["x.u1"]);
    browser.closed = false;
    const place = /** @type {any} */ (waits === "save" ? disk.journal : browser.handovers);
    const { [waits]: real } = place;
    const held = waits && holdOf(place, waits);
    if (held) {
      await b.clock.pass(3000);
      assert.equal(held.waiting.length, 1);
      place[waits] = real;
    }
    assert.equal(await forget(b), "");
    if (held) held.go();
    await b.clock.pass(60_000);
    assert.deepEqual(left(b), [0, 0, 0, 0]);
  });
