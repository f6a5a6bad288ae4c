// The promise of the card, held against every moment: whenever it says `return`, the browser may die, and the file arrives
// without being picked again. And whatever faults come, in whatever order: it ends ready, byte for byte.

import assert from "node:assert/strict";
import test from "node:test";
import { bench, LETTERS, MemoryDisk, MemoryService, pick, problem, seeded, storeSays } from "./bench.js";

const DISKS = {
  snapshot: () => new MemoryDisk(),
  "part files": () => Object.assign(new MemoryDisk(), { hasSnapshots: false }),
  "a small disk": () => Object.assign(new MemoryDisk(), { free: 45 }),
  "no disk": () => Object.assign(new MemoryDisk(), { hasSnapshots: false, hasPartFiles: false }),
};

/** A line on which a part takes its time. @param {import("./bench.js").Bench} b @param {() => number} ms */
const slow = (b, ms) => {
  const { put } = b.ports;
  b.ports.put = async (...args) => {
    await new Promise((resolve) => b.clock.after(ms(), () => resolve(null)));
    return put(...args);
  };
  return b;
};

/** What happens in every story: picked, paused, resumed, and the store may lose it all. @param {import("./bench.js").Bench} b @param {boolean} loss */
const story = async (b, loss) => {
  slow(b, () => 40);
  b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(60);
  b.commands.pause("a");
  await b.clock.pass(60);
  b.commands.resume("a");
  await b.clock.pass(60);
  const u = b.service.uploads.get("u1");
  if (loss && u && u.state === "uploading") u.vanished = true;
  await b.clock.pass(5000);
};

for (const [name, disk] of Object.entries(DISKS))
  test(`killed at every port call: what said \`return\` arrives (${name})`, async () => {
    const counter = await bench({ disk: disk() });
    const start = counter.calls.length;
    // Part files go as they are confirmed; what a store loses afterwards is nowhere any more, and nobody could have known.
    const loss = name === "snapshot";
    await story(counter, loss);
    const end = counter.calls.length;
    assert.equal(counter.card("a").state, "ready");
    let returns = 0;
    const every = name === "snapshot" || name === "part files" ? 1 : 3; // the others say it less often
    for (let kill = start + 1; kill <= end; kill += every) {
      let heard = 0;
      let said = "";
      const held = /** @type {{b: import("./bench.js").Bench | null}} */ ({ b: null });
      const b = await bench({
        disk: disk(),
        watch: () => {
          heard += 1;
          if (heard !== kill || !held.b) return;
          const { b: it } = held;
          it.kill();
          if (it.engine.uploads.has("a")) said = it.now("a").leave;
        },
      });
      held.b = b;
      await story(b, loss);
      const again = await b.restart();
      await again.clock.pass(10_000);
      const [card] = again.cards();
      if (said !== "return") continue;
      returns += 1;
      if (card?.state === "paused") {
        again.commands.resume(card.id);
        await again.clock.pass(10_000);
      }
      const state = again.cards()[0]?.state ?? "gone";
      if (!again.cards().length) assert.equal(again.service.uploads.get("u1")?.state, "ready", `killed at ${kill} (${b.calls.at(-1)}): no card and no file`);
      else assert.equal(state, "ready", `killed at ${kill} (${b.calls.at(-1)}): ${state} ${again.cards()[0].error}`);
      assert.equal(again.service.content("u1").toString(), LETTERS);
    }
    if (name === "snapshot" || name === "part files") assert.ok(returns > 10, `only ${returns} moments said return`);
  });

const FAULTS = [storeSays(503, "SlowDown"), storeSays(403, "AccessDenied"), storeSays(400, "BadDigest"), storeSays(500, "InternalError"), { status: 200, body: "<html>" }, { status: 403, body: "<html>" }, storeSays(404, "NoSuchUpload")];

for (const [name, disk] of Object.entries(DISKS))
  test(`a hundred stories of faults end ready and byte for byte (${name})`, async () => {
    for (let seed = 1; seed <= 25; seed += 1) {
      const random = seeded(seed);
      const chance = (/** @type {number} */ share) => random() < share;
      const text = Array.from({ length: 40 + Math.floor(random() * 200) }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join("");
      const file = pick("a", text);
      const pace = () => random() * 1500;
      let b = slow(await bench({ disk: disk(), random }), pace);
      b.commands.add([file]);
      let asked = 0;
      /** @type {string[]} */
      const told = [];
      const tell = (/** @type {string} */ what) => told.push(what);
      for (let step = 0; step < 30; step += 1) {
        await b.clock.pass(Math.floor(random() * random() * 3000));
        if (chance(0.2)) b.service.cut = !b.service.cut;
        if (chance(0.15)) b.service.away = !b.service.away;
        if (chance(0.3)) b.service.answers.push(FAULTS[Math.floor(random() * FAULTS.length)]);
        tell(`line ${b.service.cut ? "cut" : "there"}, server ${b.service.away ? "away" : "there"}, answers ${JSON.stringify(b.service.answers)}`);
        if (chance(0.1)) b.commands.pause("a");
        if (chance(0.3)) b.commands.resume("a");
        if (chance(0.1)) b.engine.hurry();
        if (chance(0.05) && (name === "snapshot" || name === "no disk")) for (const u of b.service.uploads.values()) if (u.state === "uploading") Object.assign(u, { vanished: true });
        if (chance(0.1)) {
          const safe = b.engine.uploads.has("a") ? b.now("a").leave : "";
          tell(`restart after ${safe || "nothing said"}`);
          b = slow(await b.restart({ random }), pace);
          // A page still holds what was not safe; what was, must come back without it.
          if (safe === "stay") b.commands.add([file]);
        }
        const [u] = b.engine.uploads.values();
        if (chance(0.3) && u?.needsFile) {
          asked += 1;
          await b.commands.give(u.id, file.file);
        }
      }
      b.service.cut = b.service.away = false;
      b.service.answers = [];
      b.commands.resume("a");
      for (let minute = 0; minute < 5; minute += 1) {
        b.engine.hurry();
        await b.clock.pass(60_000);
        for (const card of b.cards()) {
          if (card.state === "paused") b.commands.resume(card.id);
          if (card.needs_file) await b.commands.give(card.id, file.file);
        }
      }
      if (name === "snapshot" || name === "part files") assert.equal(asked, 0, `seed ${seed}: the person was asked for the file`);
      const story = `seed ${seed}: ${told.join(", ")}; ${b.cards().map((card) => `${card.id} ${card.state} ${card.detail} ${card.error}`).join("; ")}`;
      const arrived = [...b.service.uploads.values()].filter((u) => u.state === "ready");
      assert.equal(arrived.length, 1, story);
      assert.equal(b.service.content(arrived[0].id).toString(), text, story);
      assert.equal(b.service.uploads.size, 1, story);
      assert.deepEqual([b.disk.entries.size, b.disk.files.size, b.disk.parts.size], [0, 0, 0], story);
      assert.ok(b.service.maxPart <= 4, story);
    }
  });

test("several files through one storm: each arrives, none twice, none mixed", async () => {
  for (let seed = 100; seed < 106; seed += 1) {
    const random = seeded(seed);
    const service = new MemoryService();
    const pace = () => random() * 600;
    let b = slow(await bench({ service, random }), pace);
    const texts = Array.from({ length: 6 }, (_, i) => String(i).repeat(20 + Math.floor(random() * 80)));
    b.commands.add(texts.map((text, i) => pick(`f${i}`, text)));
    await b.clock.pass(400);
    for (let step = 0; step < 20; step += 1) {
      await b.clock.pass(Math.floor(random() * 800));
      if (random() < 0.3) service.cut = !service.cut;
      if (random() < 0.2) service.away = !service.away;
      if (random() < 0.2) service.answers.push(FAULTS[Math.floor(random() * FAULTS.length)]);
      if (random() < 0.15 && b.cards().every((card) => card.leave !== "stay")) b = slow(await b.restart({ random }), pace);
    }
    service.cut = service.away = false;
    service.answers = [];
    b.engine.hurry();
    await b.clock.pass(120_000);
    assert.equal(service.uploads.size, 6, `seed ${seed}`);
    for (const [id, u] of service.uploads) {
      assert.equal(u.state, "ready", `seed ${seed} ${u.name}`);
      assert.equal(service.content(id).toString(), texts[Number(u.name[1])], `seed ${seed}`);
    }
  }
});

test("the server refuses now and then in the middle: what is not final is gone on with", async () => {
  for (let seed = 200; seed < 210; seed += 1) {
    const random = seeded(seed);
    const b = await bench({ random });
    const api = /** @type {any} */ (b.service.api);
    for (const name of ["create", "sign", "complete", "get"]) {
      const real = api[name];
      api[name] = async (/** @type {any[]} */ ...args) => {
        const luck = random();
        if (luck < 0.2) throw problem(503, "store_unavailable")();
        if (luck < 0.3) throw problem(200, "")();
        const answer = await real(...args);
        if (luck < 0.4) throw problem(502, "")();
        return answer;
      };
    }
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(300_000);
    assert.equal(b.card("a").state, "ready", `seed ${seed}`);
    assert.equal(b.service.uploads.size, 1);
    assert.equal(b.service.content("u1").toString(), LETTERS);
  }
});
