import assert from "node:assert/strict";
import test from "node:test";
import { holdOf as hold, LETTERS, MemoryDisk, pick } from "../bench.js";
import { arrive, endsWell, handed, letGo, offered, slow } from "../handing.js";

test("what takes long goes into the browser's hands as soon as it is staged, and arrives without the engine", async () => {
  const b = await slow();
  await handed(b);
  const [registration] = b.browser.registrations.values();
  assert.equal(registration.title, "a.txt");
  assert.equal(registration.requests.length, 7);
  assert.equal(registration.requests.reduce((sum, { blob }) => sum + blob.size, 0), LETTERS.length - 40);
  assert.equal(b.engine.sender.onLine.size, 0, "the engine sends nothing beside it");
  const puts = b.puts().length;
  await b.browser.send(5);
  await b.clock.pass(3000);
  assert.ok(b.card("a").percent >= 75 && b.card("a").percent < 85, String(b.card("a").percent));
  await b.browser.send();
  await b.clock.pass(3000);
  endsWell(b);
  assert.equal(b.puts().length, puts);
});

test("what is through soon stays with the engine, and so does everything where the browser or the server cannot", async () => {
  const quick = await slow({ disk: Object.assign(new MemoryDisk(), { speeds: { send: 6 } }) });
  const without = await slow();
  without.browser.has = false;
  const unwilling = await slow();
  unwilling.service.settings.handover = false;
  unwilling.engine.settings.handover = false;
  for (const b of [quick, without, unwilling]) {
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(1000);
    assert.equal(b.card("a").leave, "return");
    letGo(b);
    await b.clock.pass(3000);
    endsWell(b);
  }
});

test("while the speed of the line is not known yet, hashes are made ahead, once, and nothing is handed over", async () => {
  const b = await slow();
  b.engine.lineRate.slow = () => 0;
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  assert.deepEqual([b.card("a").leave, b.count("handovers.give")], ["return", 0]);
  const hashed = b.count("hash");
  assert.ok(hashed >= 11 && hashed < 22, String(hashed));
  b.engine.lineRate.slow = () => 1;
  b.engine.wake();
  await b.clock.pass(1000);
  await arrive(b);
  assert.equal(b.card("a").leave, "continues");
  assert.equal(b.count("hash"), hashed);
});

test("as soon as the first bytes tell that the line is not fast, hashes are made ahead, and not before", async () => {
  for (const [letters, ahead] of /** @type {[number, boolean][]} */ ([[0, false], [60, false], [1, true]])) {
    const b = await slow();
    b.engine.lineRate.slow = () => 0;
    b.engine.lineRate.early = () => letters;
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(500);
    assert.equal(b.engine.handover.hashedAhead.has(b.upload("a")), ahead, `${letters} letters a second`);
    assert.equal(b.count("handovers.give"), 0);
  }
});

test("while a file is copied its hashes are made ahead, and end with the news that the line is fast", async () => {
  for (const [letters, all] of /** @type {[number, boolean][]} */ ([[1, true], [60, false]])) {
    const b = await slow();
    const { write } = b.disk.snapshots;
    /** @type {() => void} */
    let copied = () => {};
    b.disk.snapshots.write = (files) => new Promise((resolve) => (copied = () => resolve(write(files))));
    let looks = 0;
    b.engine.lineRate.slow = () => ((looks += 1) > 3 ? letters : 0);
    b.engine.lineRate.peak = () => letters;
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(1000);
    assert.equal(b.card("a").leave, "stay");
    const hashed = b.count("hash");
    assert.equal(b.engine.handover.hashedAhead.has(b.upload("a")), all);
    copied();
    await b.clock.pass(1000);
    if (all) await arrive(b);
    assert.equal(b.card("a").leave, all ? "continues" : "return");
    if (all) assert.equal(b.count("hash"), hashed, "none of it again");
  }
});

test("a small file beside one whose hashes are there already: the engine comes to rest", async () => {
  const b = await slow();
  b.disk.snapshots.write = () => new Promise(() => {}); // copied for as long as this test goes
  let looks = 0;
  b.engine.lineRate.slow = () => ((looks += 1) < 5000 ? LETTERS.length / 25 : 0);
  b.engine.lineRate.peak = () => LETTERS.length / 25;
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  assert.equal(b.engine.handover.hashedAhead.has(b.upload("a")), true);
  await b.commands.add([pick("b", "0123456789")]);
  b.upload("b").become("staging", { by: "snapshot", since: 0 });
  b.engine.wake();
  await b.clock.pass(500);
  assert.equal(b.engine.handover.hashedAhead.has(b.upload("b")), true);
  assert.ok(looks < 1000, "it looked again and again");
});

test("on a fast line the engine keeps what it finishes in four minutes, and gives away only what takes longer", async () => {
  for (const [rate, leave] of /** @type {[number, string][]} */ ([[30e6, "return"], [20e6, "continues"]])) {
    const b = await slow();
    b.engine.lineRate.slow = () => LETTERS.length / 100; // 100 seconds left
    b.engine.lineRate.peak = () => rate;
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(1000);
    await arrive(b);
    assert.equal(b.card("a").leave, leave);
  }
  const long = await slow();
  long.engine.lineRate.slow = () => LETTERS.length / 300;
  long.engine.lineRate.peak = () => 30e6;
  await handed(long);
});

test("without room for a second copy the engine keeps it, and gives the rest away as soon as that fits", async () => {
  const b = await slow();
  let room = 1e6;
  b.ports.quota.room = async () => room;
  b.engine.lineRate.slow = () => LETTERS.length / 1000;
  b.engine.stager.canSnapshot = () => false;
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  assert.equal(b.card("a").leave, "return");
  assert.equal(b.count("handovers.give"), 0);
  assert.equal(b.upload("a").noHandover, false);
  room = 1e7;
  b.service.held?.splice(0, 2).forEach((go) => go());
  await b.clock.pass(1000);
  assert.equal(b.card("a").leave, "return", "not asked again with every part");
  b.service.held?.splice(0, 2).forEach((go) => go());
  await b.clock.pass(1000);
  await arrive(b);
  assert.equal(b.card("a").leave, "continues");
  await b.browser.send();
  letGo(b);
  await b.clock.pass(3000);
  endsWell(b);
});

test("several files go together, under one name", async () => {
  const b = await slow();
  await b.commands.add([pick("a", LETTERS), pick("b", LETTERS)]);
  await b.clock.pass(1000);
  const [registration] = b.browser.registrations.values();
  assert.deepEqual([b.browser.registrations.size, registration.title, registration.id.split(".").slice(1).sort()], [1, "2 files", ["u1", "u2"]]);
  await b.browser.send();
  await arrive(b);
  await b.clock.pass(3000);
  endsWell(b, "a");
  endsWell(b, "b");
});

test("a browser that wants to see the person do something first is asked again then", async () => {
  const b = await slow();
  b.browser.refuses = "NotAllowedError";
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5000);
  assert.equal(b.card("a").leave, "return");
  assert.equal(b.count("handovers.give"), 1);
  b.browser.refuses = "";
  b.engine.handover.gesture();
  await b.clock.pass(1000);
  await arrive(b);
  assert.equal(b.card("a").leave, "continues");
});

test("a browser without room for it leaves it to the engine for good", async () => {
  const b = await slow();
  b.browser.refuses = "QuotaExceededError";
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5000);
  assert.deepEqual([b.card("a").leave, b.count("handovers.give")], ["return", 1]);
  letGo(b);
  await b.clock.pass(3000);
  endsWell(b);
});

test("two are on the line for as long as a handover may come, and all where it does not", async () => {
  const may = await slow();
  may.engine.lineRate.slow = () => 0;
  const fast = await slow({ disk: Object.assign(new MemoryDisk(), { speeds: { send: 6 } }) });
  const without = await slow();
  without.browser.has = false;
  for (const [b, lanes] of /** @type {[import("../bench.js").Bench, number][]} */ ([[may, 2], [fast, 4], [without, 4]])) {
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(1000);
    assert.equal(b.engine.sender.onLine.size, lanes);
    b.service.held?.splice(0, 1).forEach((go) => go());
    await b.clock.pass(500);
    assert.equal(b.engine.sender.onLine.size, lanes);
  }
  may.engine.handover.needsGesture = true;
  may.engine.wake();
  await may.clock.pass(0);
  may.service.held?.splice(0, 1).forEach((go) => go());
  await may.clock.pass(500);
  assert.equal(may.engine.sender.onLine.size, 4, "the browser does not want it now");
});

test("nothing is hashed for a handover before the first part is on the line", async () => {
  const b = await slow({ memory: 1 });
  b.engine.sender.mayReadFirst = () => false;
  const { hash } = b.engine.ports;
  const signing = hold(b.service.api, "sign");
  let hashed = 0;
  b.engine.ports.hash = (blob) => {
    hashed += 1;
    return hash(blob);
  };
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(2000);
  const before = hashed;
  signing.go();
  await b.clock.pass(500);
  assert.ok(before < 11 && hashed === 11, `${before} parts were hashed, then ${hashed}`);
});

test("a line that says nothing for long is looked at all the same", async () => {
  const b = await slow();
  b.engine.lineRate.slow = () => (b.clock.now() < 3000 ? 1e6 : 1); // it filled the buffers on the way
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(2500);
  assert.equal(b.count("handovers.give"), 0);
  await b.clock.pass(2000);
  assert.equal(b.count("handovers.give"), 1);
});

/** Parts that left more than once, by whomever. @param {import("../bench.js").Bench} b */
const twice = (b) => {
  const sent = b.service.log.filter((line) => /^(put|post) /.test(line)).map((line) => line.replace(/^\w+ /, ""));
  return sent.filter((number, at) => sent.indexOf(number) !== at);
};

test("what is on the line arrives, nothing else is begun meanwhile, and only then it goes on by itself", async () => {
  const b = await slow();
  const giving = hold(b.browser.handovers, "give");
  await offered(b);
  b.service.held?.splice(0, 1).forEach((go) => go());
  await b.clock.pass(4000);
  assert.equal(b.puts().length, 4, "while the browser is asked nothing new goes on the line");
  giving.go();
  await b.clock.pass(1000);
  const [registration] = b.browser.registrations.values();
  assert.equal(registration.requests.length, 7);
  assert.equal(b.engine.sender.onLine.size, 3, "what is on the line stays there");
  assert.equal(b.card("a").leave, "return", "one of them could still be lost");
  await arrive(b);
  assert.equal(b.card("a").leave, "continues");
  await b.browser.send();
  await b.clock.pass(3000);
  endsWell(b);
  assert.deepEqual(twice(b), []);
});

/** The browser says yes and sends what it was given; no part goes twice. @param {Awaited<ReturnType<typeof slow>>} b @param {ReturnType<typeof hold>} giving */
const endsInBothHands = async (b, giving) => {
  giving.go();
  await b.clock.pass(1000);
  await b.browser.send();
  await b.clock.pass(3000);
  endsWell(b);
  assert.deepEqual(twice(b), []);
};

test("on a line that would rest meanwhile as many parts stay as go out until the browser has the rest", async () => {
  const b = await slow();
  const giving = hold(b.browser.handovers, "give");
  b.engine.handover.duration.taking = () => 60; // at a letter a second: six parts
  await offered(b);
  for (let i = 0; i < 5; i += 1) await arrive(b);
  assert.deepEqual(b.puts(), [1, 2, 3, 4, 5, 6]);
  await endsInBothHands(b, giving);
});

test("of what was kept for the line while it was prepared, nothing is waited for that has not begun", async () => {
  const b = await slow();
  const giving = hold(b.browser.handovers, "give");
  b.engine.handover.duration.whole = () => 60;
  await offered(b);
  for (let i = 0; i < 5; i += 1) await arrive(b);
  assert.deepEqual(b.puts(), [1, 2, 3, 4]);
  await endsInBothHands(b, giving);
});

test("the line is remembered as it was before the handover, while which it may rest", async () => {
  const b = await slow();
  const { handovers } = b.ports;
  const { give } = handovers;
  let rate = 1;
  b.engine.lineRate.measured = () => rate;
  handovers.give = (registration) => {
    rate = 0.1;
    return give(registration);
  };
  await handed(b);
  assert.deepEqual([rate, b.engine.lineRate.remembered, b.disk.speeds.send], [0.1, 1, 1]);
});

test("a browser that refuses costs nothing: no part is dropped, none goes twice", async () => {
  for (const refuses of ["NotAllowedError", "QuotaExceededError", "TypeError"]) {
    const b = await slow();
    b.browser.refuses = refuses;
    await offered(b);
    assert.deepEqual([b.count("handovers.give"), b.count("handovers.takeBack")], [1, 0]);
    assert.equal(b.engine.sender.onLine.size, 4);
    letGo(b);
    await b.clock.pass(3000);
    endsWell(b);
    assert.deepEqual(b.puts().sort((x, y) => x - y), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  }
});

test("a part that stayed and failed is sent again by the engine, and no other", async () => {
  const b = await slow();
  await offered(b);
  const begun = b.puts();
  b.service.cut = true;
  await arrive(b);
  assert.equal(b.card("a").leave, "return");
  b.service.cut = false;
  // Each of them goes once more after a small request has got through.
  for (let at = 0; at < 2 * begun.length; at += 1) {
    await b.clock.pass(5000);
    await arrive(b);
  }
  assert.equal(b.card("a").leave, "continues");
  assert.deepEqual([...new Set(b.puts())].sort(), begun.sort());
  await b.browser.send();
  await b.clock.pass(3000);
  endsWell(b);
});

test("killed before what stayed has arrived: the next engine sends just that, while the browser goes on", async () => {
  const b = await slow();
  await offered(b);
  const begun = b.puts();
  assert.equal(b.browser.registrations.size, 1);
  const from = b.service.log.length;
  const again = await b.restart();
  await again.clock.pass(5000);
  assert.deepEqual(again.puts(from).sort(), begun.sort());
  await arrive(again);
  assert.equal(again.card("a").leave, "continues");
  await again.browser.send();
  await again.clock.pass(3000);
  endsWell(again);
});

test("a part that arrives while the browser is asked does not make the journal forget that it was", async () => {
  const b = await slow();
  const giving = hold(b.browser.handovers, "give");
  await offered(b);
  b.service.held?.splice(0, 1).forEach((go) => go());
  await b.clock.pass(4000);
  assert.notEqual(b.disk.entries.get("a").handedTo, "");
  giving.go();
  await b.clock.pass(1000);
  b.kill();
  await b.browser.send();
  const from = b.service.log.length;
  const again = await b.restart();
  letGo(again);
  await again.clock.pass(5000);
  endsWell(again);
  assert.ok(again.puts(from).length < 4, String(again.puts(from)));
});

test("a handover whose answer never came is taken back, at once or by the next page", async () => {
  for (const canEnd of [true, false]) {
    const b = await slow();
    const { give, takeBack } = b.browser.handovers;
    b.browser.handovers.give = async (registration) => {
      await give(registration);
      throw new DOMException("the page does not answer", "TimeoutError");
    };
    if (!canEnd) b.browser.handovers.takeBack = () => Promise.reject(new DOMException("no page", "AbortError"));
    await offered(b);
    assert.equal(b.browser.registrations.size, canEnd ? 0 : 1);
    b.browser.handovers.takeBack = takeBack;
    await b.clock.pass(5000);
    assert.deepEqual([b.browser.registrations.size, b.card("a").leave, b.disk.entries.get("a").handedTo], [0, "return", ""]);
    letGo(b);
    await b.clock.pass(3000);
    endsWell(b);
    assert.deepEqual(twice(b), []);
  }
});

test("where no page is there that could say whether the browser has it, nobody is told that it goes on by itself", async () => {
  const b = await slow();
  const { give, takeBack } = b.browser.handovers;
  const gone = () => Promise.reject(new DOMException("no page", "AbortError"));
  Object.assign(b.browser.handovers, { give: gone, takeBack: gone });
  const looking = hold(b.browser.handovers, "active");
  await offered(b);
  await arrive(b);
  await b.clock.pass(1000);
  assert.equal(b.card("a").leave, "return");
  Object.assign(b.browser.handovers, { give, takeBack });
  looking.go();
  letGo(b);
  await b.clock.pass(5000);
  endsWell(b);
  assert.deepEqual(twice(b), []);
});

test("a line that is as quick as the browser would be keeps it all", async () => {
  const b = await slow();
  b.engine.handover.duration.whole = () => 1000;
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  assert.equal(b.count("handovers.give"), 0);
  letGo(b);
  await b.clock.pass(3000);
  endsWell(b);
});

test("what would go to a host that this browser cannot reach stays with the engine, which has others", async () => {
  for (const away of [false, true]) {
    const b = await slow();
    b.service.store.hosts = ["https://a.example/", "https://b.example/"];
    const { isAway } = b.engine.hosts;
    b.engine.hosts.isAway = (url) => (away ? url.startsWith("https://a.example/") : isAway.call(b.engine.hosts, url));
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(1000);
    letGo(b);
    await b.clock.pass(3000);
    assert.equal(b.count("handovers.give"), away ? 0 : 1);
    if (away) endsWell(b);
  }
});
