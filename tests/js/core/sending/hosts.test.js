import assert from "node:assert/strict";
import test from "node:test";
import { bench, LETTERS, MemoryService, pick, storeSays } from "../bench.js";

const A = "https://a.example/";
const B = "https://b.example/";
const C = "https://c.example/";

/** A store of two hosts. `puts`: at which host each part went out, and `most`: parts on the line there at most. */
const twoHosts = async (more = {}) => {
  const service = new MemoryService();
  service.store.hosts = [A, B];
  service.settings = { ...service.settings, max_parallel_parts: 12 };
  const puts = /** @type {string[]} */ ([]);
  const onLine = /** @type {Record<string, number>} */ ({ [A]: 0, [B]: 0, [C]: 0 });
  const most = { ...onLine };
  const { put } = service;
  service.put = async (url, ...more) => {
    const host = [A, B, C].find((one) => url.startsWith(one)) ?? "";
    puts.push(`${host} ${url.slice(host.length).split("/")[1]}`);
    onLine[host] += 1;
    most[host] = Math.max(most[host], onLine[host]);
    try {
      return await put(url, ...more);
    } finally {
      onLine[host] -= 1;
    }
  };
  const b = await bench({ service, ...more });
  return Object.assign(b, { puts, most, at: (/** @type {string} */ host) => puts.filter((one) => one.startsWith(host)).length });
};

/** A line so fast that all that the server allows may be on it. @param {import("../bench.js").Bench} b */
const fast = (b) => Object.defineProperty(b.engine.handover, "lanes", { get: () => b.engine.settings.max_parallel_parts });

/** @param {import("../bench.js").Bench} b */
const endsWell = (b) => {
  assert.equal(b.card("a").state, "ready", `${b.card("a").state} ${b.card("a").detail} ${b.logs().join("; ")}`);
  assert.equal(b.service.content("u1").toString(), LETTERS);
};

test("parts take turns between the hosts of the store, and a part has one of its own", async () => {
  const b = await twoHosts();
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5000);
  endsWell(b);
  assert.deepEqual(b.puts.map((put) => put.split(" ")).filter(([host, number]) => host !== (Number(number) % 2 ? A : B)), []);
  assert.equal(b.at(A), 6);
  assert.equal(b.at(B), 5);
});

test("no host has more parts than a browser opens connections to it, and every part of the line is used", async () => {
  const b = await twoHosts();
  fast(b);
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS.repeat(3))]);
  await b.clock.pass(2000);
  assert.deepEqual(b.most, { [A]: 6, [B]: 6, [C]: 0 });
});

test("files of one part, which all have the same host of their own, use both", async () => {
  const b = await twoHosts();
  fast(b);
  b.service.held = [];
  await b.commands.add(Array.from({ length: 30 }, (_, at) => pick(`f${at}`, `file ${at}`)));
  await b.clock.pass(2000);
  assert.deepEqual(b.most, { [A]: 6, [B]: 6, [C]: 0 });
});

for (const [name, dead, alive] of [["second", B, A], ["first", A, B]]) {
  test(`where the ${name} host does not answer, all parts go to the other one`, async () => {
    const b = await twoHosts();
    b.service.dead.add(dead);
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(5000);
    endsWell(b);
    assert.equal(b.at(alive), 11);
    assert.ok(b.at(dead) <= 6, `${b.at(dead)} for nothing`);
    assert.equal(b.count("hash"), 11, "nothing is read twice because of that");
    assert.equal(b.engine.storeGate.attempt, 0, "the store is not away");
  });
}

test("a host whose every answer is somebody else's is left alone as well", async () => {
  const b = await twoHosts();
  const { put } = b.service;
  b.service.put = async (url, ...more) => (url.startsWith(B) ? { etag: "", checksum: "", ...storeSays(200, "<html>sign in</html>") } : put(url, ...more));
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5000);
  endsWell(b);
});

test("one that stays away is tried ever more seldom, with one part at a time, and used again when it is back", async () => {
  const b = await twoHosts();
  b.service.dead.add(B);
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  const before = b.at(B);
  for (let minute = 0; minute < 10; minute += 1) {
    await b.commands.add([pick(`m${minute}`, LETTERS)]);
    await b.clock.pass(60_000);
  }
  assert.ok(b.at(B) - before <= 14, `${b.at(B) - before} in ten minutes`);
  b.service.dead.clear();
  await b.clock.pass(60_000);
  const from = b.at(B);
  await b.commands.add([pick("n", LETTERS), pick("o", LETTERS)]);
  await b.clock.pass(5000);
  assert.ok(b.at(B) - from >= 8, `${b.at(B) - from} parts went there`);
});

test("where none answers the card says so, each is tried in turn, and whichever comes back is used", async () => {
  for (const back of [A, B]) {
    const b = await twoHosts();
    b.service.dead.add(A).add(B);
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(60_000);
    assert.equal(b.card("a").state, "waiting");
    const from = b.puts.length;
    b.most[A] = b.most[B] = 0;
    await b.clock.pass(120_000);
    assert.ok(b.puts.length - from < 60, "more seldom");
    assert.deepEqual(b.most, { [A]: 1, [B]: 1, [C]: 0 });
    b.service.dead.delete(back);
    await b.clock.pass(90_000);
    endsWell(b);
  }
});

test("after a line that was cut both are used at once", async () => {
  const b = await twoHosts();
  b.service.cut = true;
  await b.commands.add([pick("a", LETTERS.repeat(4))]);
  await b.clock.pass(120_000);
  b.service.cut = false;
  b.engine.hurry();
  const from = [b.at(A), b.at(B)];
  await b.clock.pass(5000);
  assert.equal(b.card("a").state, "ready");
  assert.ok(Math.abs(b.at(A) - from[0] - (b.at(B) - from[1])) <= 4, `${b.at(A) - from[0]} and ${b.at(B) - from[1]}`);
});

for (const parts of [1, 2, 3, 4, 5, 6])
  test(`where none answers each is tried in turn, also with ${parts} parts that are signed anew for every probe`, async () => {
    for (const back of [A, B]) {
      const b = await twoHosts();
      b.service.expiresIn = 0.1;
      b.service.dead.add(A).add(B);
      const text = LETTERS.slice(0, parts * b.service.partSize);
      await b.commands.add([pick("a", text)]);
      await b.clock.pass(10_000);
      b.service.dead.delete(back);
      await b.clock.pass(60_000);
      assert.equal(b.card("a").state, "ready", `${back} is back, ${b.puts.length} parts: ${b.puts.slice(-6).join(", ")}`);
      assert.equal(b.service.content("u1").toString(), text);
    }
  });

test("with three hosts each is tried in turn as well", async () => {
  for (const back of [A, B, C]) {
    const b = await twoHosts();
    b.service.store.hosts = [A, B, C];
    b.service.dead.add(A).add(B).add(C);
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(20_000);
    b.service.dead.delete(back);
    await b.clock.pass(90_000);
    endsWell(b);
  }
});

for (const still of ["neither", "the one that answered last", "the other one"])
  test(`where the line is back the host that answered last is probed first, and each however often somebody looks: away is ${still}`, async () => {
    const b = await twoHosts();
    await b.commands.add([pick("first", LETTERS.slice(0, b.service.partSize))]);
    await b.clock.pass(2000);
    const [last, other] = b.puts[0].startsWith(A) ? [A, B] : [B, A];
    b.service.dead.add(A).add(B);
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(20_000);
    if (still !== "the one that answered last") b.service.dead.delete(last);
    if (still !== "the other one") b.service.dead.delete(other);
    const from = b.puts.length;
    for (let look = 0; look < 40; look += 1) {
      b.engine.hurry();
      await b.clock.pass(500);
    }
    assert.ok(b.puts[from].startsWith(last), b.puts[from]);
    assert.equal(b.card("a").state, "ready", b.puts.slice(from).join(", "));
  });
