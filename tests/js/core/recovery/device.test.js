import assert from "node:assert/strict";
import test from "node:test";
import { bench, fail, LETTERS, MemoryBrowser, MemoryDisk, MemoryService, pick, problem } from "../bench.js";

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

/** @param {import("../bench.js").Bench} b */
const forget = async (b) => {
  const done = b.device.forget();
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
  const forgotten = b.device.forget();
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
    const done = b.device.forget();
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

test("where not all could be wiped, it is known again who is here, so that what is picked then goes on", async () => {
  const b = await busy();
  b.service.held = null;
  b.disk.snapshots.remove = () => Promise.reject(new DOMException("no", "InvalidStateError"));
  assert.match(await forget(b), /kept copies/);
  await b.commands.add([pick("c", "more")]);
  await b.clock.pass(10_000);
  assert.equal(b.card("c").state, "ready");
});
