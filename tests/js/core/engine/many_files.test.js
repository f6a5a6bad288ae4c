import assert from "node:assert/strict";
import test from "node:test";
import { bench, fail, hold, LETTERS, MemoryClock, MemoryService, pick, problem } from "../bench.js";

/** Every call takes a moment, as a call does. @param {number} [ms] */
const slow = (ms = 20) => {
  const clock = new MemoryClock();
  const service = new MemoryService({ pause: () => new Promise((resolve) => clock.after(ms, () => resolve())) });
  return { clock, service, memory: 32e6 };
};

/** @param {number} count @param {string} [name] */
const files = (count, name = "f") => Array.from({ length: count }, (_, at) => pick(`${name}${at}`, `${at}`));

/** @param {MemoryService} service @param {string} what */
const calls = ({ log }, what) => log.filter((line) => line === what || line.startsWith(`batch ${what} `) || (what === "sign" && line.startsWith("sign "))).length;

/** @param {import("../bench.js").Bench} b */
const states = (b) => {
  const all = b.cards().map(({ state }) => state);
  return [...new Set(all)].sort().map((state) => `${state} ${all.filter((one) => one === state).length}`).join(", ");
};

test("a thousand small files cost a few calls, not three each", async () => {
  const b = await bench(slow());
  await b.commands.add(files(1000));
  await b.clock.pass(60_000);
  assert.equal(states(b), "ready 1000");
  const made = ["create", "sign", "complete"].map((what) => calls(b.service, what));
  assert.ok(made[0] <= 15 && made[1] <= 30 && made[2] <= 60, `${made} calls`);
  for (const [id, { name }] of b.service.uploads) assert.equal(b.service.content(id).toString(), name.slice(1, -4));
});

test("more files than may be on their way at a time go in turns, and nothing is lost", async () => {
  const b = await bench(slow());
  b.service.mostOpen = 20;
  b.service.held = [];
  await b.commands.add(files(100));
  await b.clock.pass(2000);
  assert.equal(b.service.uploads.size, 20);
  const waiting = b.cards().filter(({ state }) => state === "waiting");
  assert.equal(waiting.length, 80);
  assert.match(waiting[0].detail, /begins when some of them are done/);
  assert.equal(b.engine.serverGate.closed, false, "those that are on their way go on");
  for (const letGo of b.service.held) letGo();
  b.service.held = null;
  await b.clock.pass(120_000);
  assert.equal(states(b), "ready 100");
  for (const [id, { name }] of b.service.uploads) assert.equal(b.service.content(id).toString(), name.slice(1, -4));
});

test("a site without room takes files once there is some", async () => {
  const b = await bench(slow());
  b.service.siteQuota = 1;
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(2000);
  assert.deepEqual([b.card("a").state, b.card("a").detail], ["waiting", "there is no room on this site just now, goes on when there is"]);
  b.service.siteQuota = null;
  await b.clock.pass(62_000);
  assert.equal(b.card("a").state, "ready");
});

test("the first file does not wait for the others to be told of, read or signed", async () => {
  const b = await bench(slow());
  await b.commands.add(files(1000));
  const begun = b.clock.now();
  while (!b.service.log.some((line) => line.startsWith("put")) && b.clock.now() < begun + 1000) await b.clock.pass(1);
  assert.ok(b.clock.now() - begun <= 60, `its part was on the line after ${b.clock.now() - begun} ms, with two calls before it that take 20`);
});

test("a large file between a thousand small ones goes on with them, and what is all there is completed while others begin", async () => {
  const b = await bench(slow());
  await b.commands.add([...files(400), pick("large", LETTERS), ...files(600, "g")]);
  const isReady = (/** @type {import("../../../../custom_components/reflex_smartupload/client/core/upload/upload.js").Upload} */ u) => u.phase === "ready";
  for (let at = 0; at < 200 && !isReady(b.upload("large")); at += 1) await b.clock.pass(200);
  assert.ok(isReady(b.upload("large")));
  const before = [...b.engine.uploads.values()].filter((u) => isReady(u) && u.id.startsWith("g")).length;
  assert.ok(before < 600, "it is not the last");
  const firstDone = b.service.log.findIndex((line) => line.startsWith("complete") || line.startsWith("batch complete"));
  const lastBegun = b.service.log.findLastIndex((line) => line.startsWith("batch create"));
  assert.ok(firstDone < lastBegun, "the first are made before the last are begun");
  await b.clock.pass(60_000);
  assert.equal(states(b), "ready 1001");
});

test("what is done for a file does not grow with the number of files", async () => {
  /** @param {number} count */
  const looks = async (count) => {
    const b = await bench({ ...slow(), hears: true });
    let next = 0;
    const { lifecycle } = b.engine;
    const real = lifecycle.next;
    lifecycle.next = function (u) {
      next += 1;
      return real.call(this, u);
    };
    let running = 0;
    const iterate = b.engine.running()[Symbol.iterator];
    Object.getPrototypeOf(b.engine.running())[Symbol.iterator] = function* () {
      for (const u of iterate.call(this)) {
        running += 1;
        yield u;
      }
    };
    try {
      await b.commands.add(files(count));
      await b.clock.pass(count * 100);
    } finally {
      Object.getPrototypeOf(b.engine.running())[Symbol.iterator] = iterate;
    }
    assert.equal(states(b), `ready ${count}`);
    return { next: next / count, running: running / count };
  };
  const few = await looks(400);
  const many = await looks(1200);
  assert.ok(many.next < 1.3 * few.next, `${many.next} against ${few.next} looks for each`);
  assert.ok(many.running < 1.3 * few.running, `${many.running} against ${few.running} steps for each`);
});

test("one that is not taken does not take the others with it", async () => {
  const b = await bench();
  b.service.settings.allowed_types = [".txt"];
  await b.commands.add([...files(5), pick("film", LETTERS, { name: "film.mov" }), pick("last", LETTERS)]);
  await b.clock.pass(5000);
  assert.equal(states(b), "failed 1, ready 6");
  assert.deepEqual([b.card("film").error_code, b.card("film").can_retry], ["type_not_allowed", false]);
  assert.ok(b.service.log.includes("batch create 7") || b.service.log.some((line) => line.startsWith("batch create")));
});

test("a call about many that gets no answer is made again, and nothing is there twice", async () => {
  for (const name of /** @type {const} */ (["createMany", "signMany", "completeMany"])) {
    const b = await bench(slow());
    fail(b.service, name, problem(502, ""), { times: 2, after: true });
    await b.commands.add(files(30));
    await b.clock.pass(60_000);
    assert.equal(states(b), "ready 30", name);
    assert.equal(b.service.uploads.size, 30, name);
  }
});

test("a call about many that is refused as a whole: each is asked for by itself", async () => {
  for (const name of /** @type {const} */ (["createMany", "signMany", "completeMany"])) {
    const b = await bench(slow());
    fail(b.service, name, problem(413, "body_too_large"), { times: 100 });
    await b.commands.add(files(30));
    await b.clock.pass(60_000);
    assert.equal(states(b), "ready 30", name);
  }
});

for (const answer of [false, true])
  test(`cancelled or paused while it is created with others${answer ? ", the answer on the way" : ""}: so it is in the end, at the server as well`, async () => {
    const b = await bench();
    const gate = hold(b.service, "createMany", { answer });
    await b.commands.add(files(10));
    await b.clock.pass(100);
    assert.ok(gate.waiting.length > 0, "the call is under way");
    b.commands.cancel("f3");
    b.commands.pause("f4");
    gate.go();
    await b.clock.pass(10_000);
    assert.equal(states(b), "cancelled 1, paused 1, ready 8");
    const found = [...b.service.uploads.values()].filter((u) => u.state !== "ready").map(({ name, state }) => `${name} ${state}`).sort();
    assert.deepEqual(found, ["f3.txt cancelled", "f4.txt paused"]);
    b.commands.resume("f4");
    await b.clock.pass(5000);
    assert.equal(b.card("f4").state, "ready");
    assert.equal(b.disk.entries.size, 0);
  });

test("paused on another device while its parts are signed with others: it is paused, and the others go on", async () => {
  const b = await bench(slow());
  b.engine.sender.mayReadFirst = () => false; // none is signed when it begins
  const gate = hold(b.service, "signMany");
  await b.commands.add(files(30));
  await b.clock.pass(500);
  const waiting = b.engine.sender.signing.parts.map(({ u }) => u);
  assert.ok(gate.waiting.length > 0 && waiting.length > 1, "a call signs several");
  Object.assign(b.service.uploads.get(waiting[0].uploadId), { state: "paused" });
  gate.go();
  await b.clock.pass(10_000);
  assert.equal(states(b), "paused 1, ready 29");
});

test("cancelled on another device, and lost by the store, while they are completed with others", async () => {
  const b = await bench(slow());
  const gate = hold(b.service, "completeMany");
  await b.commands.add(files(30));
  await b.clock.pass(1000);
  const finishing = [...b.engine.uploads.values()].filter((u) => u.phase === "finishing");
  assert.ok(gate.waiting.length > 0 && finishing.length > 3);
  const [a, c] = finishing.slice(-2).map(({ uploadId }) => b.service.uploads.get(uploadId));
  if (a.state !== "ready") Object.assign(a, { state: "cancelled" });
  if (c.state !== "ready") Object.assign(c, { vanished: true });
  gate.go();
  await b.clock.pass(20_000);
  assert.equal(states(b), "cancelled 1, ready 29");
});

test("somebody else is here before the answer to a call about many: none of it is shown to them, and none of it is lost", async () => {
  const service = new MemoryService();
  service.owner = "berta"; // who has been here for long
  await service.api.create({ name: "old.txt", size: 1, type: "", last_modified: null }, "old");
  service.uploads.get("u1").state = "ready";
  service.owner = "anna";
  const b = await bench({ service });
  const gate = hold(service, "createMany", { answer: true });
  await b.commands.add(files(10));
  await b.clock.pass(100);
  const berta = async () => {
    service.owner = "berta";
    b.recovery.look();
    await b.clock.pass(100);
  };
  await berta();
  gate.go();
  await b.clock.pass(3000);
  assert.deepEqual(b.cards().map(({ id }) => id).filter((id) => id.startsWith("f")), []);
  service.owner = "anna";
  b.recovery.look();
  await b.clock.pass(20_000);
  assert.deepEqual(b.cards().map(({ id, state }) => `${id} ${state}`).filter((text) => text.startsWith("f")).sort(), files(10).map(({ id }) => `${id} ready`).sort());
  assert.equal([...service.uploads.values()].filter((u) => u.owner === "anna" && u.state === "ready").length, 10);
});
