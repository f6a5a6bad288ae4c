import assert from "node:assert/strict";
import test from "node:test";
import { isoOf } from "../../../../custom_components/reflex_smartupload/client/core/server/new_files.js";
import { bench, fail, ficklePick, hold, LETTERS, MemoryBrowser, MemoryDisk, MemoryService, pick, problem } from "../bench.js";

/** @param {import("../bench.js").Bench} b @param {string} [id] */
const endsWell = (b, id = "a") => {
  assert.equal(b.card(id).state, "ready", `${b.card(id).state} ${b.card(id).error} ${b.logs().join("; ")}`);
  assert.equal(b.service.content(b.upload(id).uploadId).toString(), LETTERS);
};

test("a refusal to complete that comes when the upload is no longer finishing changes nothing", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  fail(b.service, "complete", problem(409, "parts_missing", { missing: [1] }));
  const complete = hold(b.service, "complete");
  b.service.held.splice(0).forEach((go) => go());
  b.service.held = null;
  await b.clock.pass(500);
  assert.equal(b.upload("a").phase, "finishing");
  b.engine.outcomes.move(b.upload("a"), "recovered");
  complete.go();
  await b.clock.pass(10_000);
  assert.equal(b.card("a").state, "ready");
  assert.deepEqual(b.logs().filter((line) => /nothing in the phase/.test(line)), []);
});

test("a file's own date goes along when it makes sense", () => {
  assert.equal(isoOf(1), "1970-01-01T00:00:00.001Z");
  assert.equal(isoOf(Date.UTC(9999, 11, 31, 23, 59, 59, 999)), "9999-12-31T23:59:59.999Z");
  for (const nonsense of [0, -5, NaN, Infinity, 9e15, 8.64e15, Date.UTC(10_000, 0)]) assert.equal(isoOf(nonsense), null, String(nonsense));
});

test("creating tells the server what it needs, under a key that stays", async () => {
  const b = await bench();
  b.disk.speeds.send = 2e6;
  const again = await b.restart();
  /** @type {any[]} */
  const asked = [];
  const { createMany } = again.service.api;
  again.service.api.createMany = (files) => {
    asked.push(...files.map(({ key, ...file }) => ({ file, key })));
    return createMany(files);
  };
  await again.commands.add([pick("small", LETTERS), pick("large", "y".repeat(1_000_001), { lastModified: 1_700_000_000_000 })]);
  const { token } = again.upload("small").version;
  await again.clock.pass(100);
  assert.deepEqual(asked[0], { file: { name: "small.txt", size: 104, type: "text/plain", last_modified: "1970-01-01T00:00:00.001Z", line_rate: 2e6, head: btoa(LETTERS), first: { size: 10, sha256: await again.ports.hash(new Blob([LETTERS.slice(0, 10)])), version: token } }, key: "small" });
  assert.equal(asked[1].file.head, btoa("y".repeat(4096)));
  assert.equal(asked[1].file.last_modified, "2023-11-14T22:13:20.000Z");
});

test("a file whose beginning cannot be read is created all the same", async () => {
  const b = await bench();
  /** @type {any[]} */
  const asked = [];
  const { create } = b.service.api;
  b.service.api.create = (file, key) => {
    asked.push(file);
    return create(file, key);
  };
  const picked = ficklePick("a", LETTERS);
  picked.disk.changed = true;
  await b.commands.add([picked]);
  await b.clock.pass(100);
  assert.deepEqual(asked.map((file) => "head" in file), [false]);
});

test("a disguised file is refused with the server's own words, and Retry is no help", async () => {
  const b = await bench();
  const said = "This is a Windows program, though its name ends in .pdf. Give it its right name, or choose another file.";
  fail(b.service, "create", problem(415, "type_mismatch", { detail: said }));
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(10_000);
  const { state, error, error_code, can_retry, can_dismiss } = b.card("a");
  assert.deepEqual({ state, error, error_code, can_retry, can_dismiss }, { state: "failed", error: said, error_code: "type_mismatch", can_retry: false, can_dismiss: true });
  assert.equal(b.service.log.filter((entry) => entry === "create failed").length, 1, "and it is not tried again");
  assert.equal(b.service.uploads.size, 0);
  assert.equal(b.disk.files.size, 0, "and its staged bytes are let go");
});

test("the server is away at the start: the card waits, and goes on by itself when it is back", async () => {
  const service = new MemoryService();
  service.away = true;
  const b = await bench({ service });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(10_000);
  assert.equal(b.card("a").state, "waiting");
  assert.equal(b.card("a").leave, "return", "it is staged and may be left");
  service.away = false;
  await b.clock.pass(10_000);
  endsWell(b);
});

test("the server is away for an hour in the middle", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(300);
  b.service.away = true;
  b.service.held.splice(0).forEach((go) => go());
  b.service.held = null;
  await b.clock.pass(3_600_000);
  b.service.away = false;
  await b.clock.pass(31_000);
  endsWell(b);
});

test("the server answers 500 or is overloaded: the same, with its Retry-After", async () => {
  const b = await bench();
  fail(b.service, "create", () => Object.assign(problem(503, "store_unavailable")(), { retryAfter: 60 }));
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(59_000);
  assert.equal(b.service.uploads.size, 0);
  await b.clock.pass(4000);
  endsWell(b);
});

test("an answer to create that was lost does not make a second upload", async () => {
  const b = await bench();
  fail(b.service, "create", problem(502, ""), { after: true });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5000);
  assert.equal(b.service.uploads.size, 1);
  endsWell(b);
});

test("never more than three calls about whole uploads at once, whatever they are about", async () => {
  const b = await bench();
  const api = /** @type {any} */ (b.service.api);
  let now = 0;
  let most = 0;
  for (const name of ["create", "createMany", "complete", "completeMany", "get", "pause", "resume"]) {
    const real = api[name];
    api[name] = async (/** @type {any[]} */ ...args) => {
      most = Math.max(most, (now += 1));
      try {
        return await real(...args);
      } finally {
        now -= 1;
      }
    };
  }
  await b.commands.add(Array.from({ length: 250 }, (_, i) => pick(`f${i}`, LETTERS)));
  await b.clock.pass(200);
  for (let at = 0; at < 20; at += 1) b.upload(`f${at}`).become("doubted");
  for (let at = 230; at < 250; at += 1) b.commands.pause(`f${at}`);
  await b.clock.pass(60_000);
  assert.equal(most, 3);
  assert.deepEqual(["ready", "paused"].map((state) => b.cards().filter((card) => card.state === state).length), [230, 20]);
});

test("parts_missing at the end sends exactly those", async () => {
  const b = await bench();
  const { complete } = b.service.api;
  let first = true;
  b.service.api.complete = async (id) => {
    if (first) [3, 7].forEach((number) => b.service.uploads.get(id).parts.delete(number));
    first = false;
    return complete(id);
  };
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5000);
  endsWell(b);
  const puts = b.puts().sort((x, y) => x - y);
  assert.deepEqual(puts, [1, 2, 3, 3, 4, 5, 6, 7, 7, 8, 9, 10, 11]);
});

test("parts_missing with a new epoch sends everything", async () => {
  const b = await bench();
  const { complete } = b.service.api;
  let first = true;
  b.service.api.complete = async (id) => {
    if (first) b.service.opensAnew(id);
    first = false;
    return complete(id);
  };
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5000);
  endsWell(b);
  assert.equal(b.puts().length, 22);
});

test("a checksum mismatch with a new epoch sends everything again", async () => {
  const b = await bench();
  const { complete } = b.service.api;
  let first = true;
  b.service.api.complete = async (id) => {
    if (!first) return complete(id);
    first = false;
    b.service.opensAnew(id);
    throw problem(409, "checksum_mismatch", { epoch: 2 })();
  };
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5000);
  endsWell(b);
  assert.equal(b.upload("a").epoch, 2);
  assert.equal(b.puts().length, 22);
});

test("a checksum mismatch for the last time has failed, and says so", async () => {
  const b = await bench();
  b.service.api.complete = async (id) => {
    const u = b.service.uploads.get(id);
    if (u.state === "failed") throw problem(409, "upload_not_open")();
    u.state = "failed";
    throw problem(409, "checksum_mismatch", { epoch: 1 })();
  };
  const { get } = b.service.api;
  b.service.api.get = async (id) => ({ ...(await get(id)), error: { code: "checksum_mismatch", detail: "It arrived damaged." } });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(10_000);
  const card = b.card("a");
  assert.deepEqual([card.state, card.error_code, card.can_retry], ["failed", "checksum_mismatch", true]);
  assert.ok(b.service.log.length < 100, "without asking for ever");
});

test("the answer to complete was lost: asked again, ready once", async () => {
  const b = await bench();
  fail(b.service, "complete", problem(502, ""), { after: true, times: 2 });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(10_000);
  endsWell(b);
  assert.equal(b.ports.events.filter((event) => event.type === "ended").length, 1);
});

test("blocked by the check: said, and nothing of it stays in this browser", async () => {
  const b = await bench();
  b.service.finishesAtOnce = false;
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  b.service.finish("u1", "blocked", { code: "virus_found", detail: "A virus was found." });
  await b.clock.pass(3000);
  assert.deepEqual([b.card("a").state, b.card("a").error, b.card("a").can_retry], ["blocked", "A virus was found.", false]);
  assert.equal(b.disk.entries.size, 0);
  assert.equal(b.disk.files.size, 0);
});

test("an upload that expired is closed with a sentence and keeps no bytes; Retry asks for the file and sends it under a new name", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  b.service.uploads.get("u1").state = "expired";
  b.service.held.splice(0).forEach((go) => go());
  b.service.held = null;
  await b.clock.pass(5000);
  const card = b.card("a");
  assert.deepEqual([card.state, card.error_code, card.can_retry], ["expired", "expired", true]);
  assert.equal(b.disk.files.size, 0);
  b.commands.retry("a");
  await b.clock.pass(1000);
  assert.equal(b.card("a").needs_file, true);
  await b.commands.give("a", pick("a", LETTERS).file);
  await b.clock.pass(5000);
  endsWell(b);
  assert.equal(b.upload("a").uploadId, "u2");
});

test("the server no longer knows the upload: said, and Retry sends it again", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  b.service.uploads.delete("u1");
  b.service.held = null;
  const again = await b.restart();
  await again.clock.pass(5000);
  assert.deepEqual([again.card("a").state, again.card("a").error_code], ["failed", "upload_not_found"]);
  assert.match(again.card("a").error, /Press Retry/);
  again.commands.retry("a");
  await again.clock.pass(5000);
  endsWell(again);
});

test("the browser lost its owner's cookie: the upload is taken along, and goes on from its last confirmed part", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  b.service.held.splice(0).forEach((go) => go());
  await b.clock.pass(500);
  b.service.held = null;
  const there = [...b.service.uploads.get("u1").parts.keys()];
  assert.ok(there.length);
  const from = b.service.log.length;
  b.service.owner = "berta";
  const again = await b.restart();
  await again.clock.pass(5000);
  endsWell(again);
  assert.deepEqual(again.puts(from).filter((number) => there.includes(number)), []);
  assert.equal(again.cards().length, 1);
});

test("the cookie goes while parts are sent: the same", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  b.service.owner = "berta";
  b.service.held.splice(0).forEach((go) => go());
  b.service.held = null;
  await b.clock.pass(5000);
  endsWell(b);
  assert.equal(b.service.uploads.get("u1").owner, "berta");
});

test("paused on another device: seen at the next part, and Resume here goes on", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS.repeat(4))]);
  await b.clock.pass(500);
  b.service.uploads.get("u1").state = "paused";
  b.service.held.splice(0).forEach((go) => go());
  b.service.held = null;
  await b.clock.pass(3000);
  assert.deepEqual([b.card("a").state, b.card("a").can_resume], ["paused", true]);
  const from = b.service.log.length;
  await b.clock.pass(60_000);
  assert.deepEqual(b.service.log.slice(from), [], "nothing is sent or asked while paused");
  b.commands.resume("a");
  await b.clock.pass(5000);
  assert.equal(b.card("a").state, "ready");
});

test("paused or cancelled on another device at the very end: no card is left hanging", async () => {
  for (const state of ["paused", "cancelled", "expired"]) {
    const b = await bench();
    const { complete } = b.service.api;
    b.service.api.complete = async (id) => {
      const u = b.service.uploads.get(id);
      if (u.state === "uploading" && !u.stopped) Object.assign(u, { state, stopped: true });
      if (u.state === "paused") throw problem(409, "upload_paused")();
      if (u.state !== "uploading") throw problem(409, "upload_not_open")();
      return complete(id);
    };
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(10_000);
    assert.equal(b.card("a").state, state);
    if (state !== "paused") continue;
    b.commands.resume("a");
    await b.clock.pass(5000);
    endsWell(b);
  }
});

for (const answer of [false, true])
  for (const name of /** @type {const} */ (["create", "sign", "complete", "get"]))
    test(`cancelled while "${name}" is under way${answer ? ", its answer on the way" : ""}: it stays cancelled, and the server hears of it`, async () => {
      let b = await bench();
      if (name === "get") {
        b.service.held = [];
        await b.commands.add([pick("a", LETTERS)]);
        await b.clock.pass(500);
        b.service.held = null;
      }
      const gate = hold(b.service, name, { answer });
      if (name === "get") b = await b.restart();
      else await b.commands.add([pick("a", LETTERS)]);
      await b.clock.pass(1000);
      assert.equal(gate.waiting.length, 1, `${name} is under way`);
      b.commands.cancel("a");
      await b.clock.pass(100);
      assert.equal(b.card("a").state, "cancelled");
      gate.go();
      await b.clock.pass(10_000);
      assert.equal(b.card("a").state, "cancelled");
      assert.equal(b.ports.events.filter((event) => event.type === "ended").length, 0);
      for (const u of b.service.uploads.values()) assert.equal(u.state, "cancelled");
      assert.equal(b.service.uploads.size, 1);
      assert.equal(b.disk.entries.size, 0, "and the journal is empty");
      assert.equal(b.disk.files.size, 0);
    });

test("cancelled while create is under way and then refused: it stays cancelled", async () => {
  const b = await bench();
  const { create } = b.service.api;
  let go = () => {};
  b.service.api.create = async () => {
    await new Promise((resolve) => (go = () => resolve(null)));
    throw problem(415, "type_not_allowed")();
  };
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(100);
  b.commands.cancel("a");
  go();
  await b.clock.pass(100);
  b.service.api.create = create;
  assert.deepEqual([b.card("a").state, b.card("a").error], ["cancelled", ""]);
});

for (const answer of [false, true])
  for (const name of /** @type {const} */ (["create", "sign", "get"]))
    test(`paused while "${name}" is under way${answer ? ", its answer on the way" : ""}: nothing is sent until Resume, and other devices see it`, async () => {
      let b = await bench();
      if (name === "get") {
        b.service.held = [];
        await b.commands.add([pick("a", LETTERS)]);
        await b.clock.pass(500);
        b.service.held = null;
      }
      const gate = hold(b.service, name, { answer });
      if (name === "get") b = await b.restart();
      else await b.commands.add([pick("a", LETTERS)]);
      await b.clock.pass(1000);
      assert.equal(gate.waiting.length, 1, `${name} is under way`);
      const from = b.service.log.length;
      b.commands.pause("a");
      gate.go();
      await b.clock.pass(10_000);
      assert.equal(b.card("a").state, "paused");
      assert.deepEqual(b.puts(from), []);
      assert.equal(b.service.uploads.get("u1").state, "paused", "the server knows");
      b.commands.resume("a");
      await b.clock.pass(5000);
      endsWell(b);
    });

test("Pause and Resume in quick succession go on, in whatever order the server hears them", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  const gate = hold(b.service, "pause");
  b.commands.pause("a");
  await b.clock.pass(10);
  b.commands.resume("a");
  b.service.held.splice(0).forEach((go) => go());
  b.service.held = null;
  await b.clock.pass(100);
  gate.go();
  await b.clock.pass(5000);
  endsWell(b);
});

test("a pause that the server could not hear holds here, and is told when it is back", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  b.service.away = true;
  b.commands.pause("a");
  b.service.held = null;
  await b.clock.pass(5000);
  assert.equal(b.card("a").state, "paused");
  b.service.away = false;
  await b.clock.pass(60_000);
  assert.equal(b.service.uploads.get("u1").state, "paused");
  b.commands.resume("a");
  await b.clock.pass(5000);
  endsWell(b);
});

test("a pause survives a restart", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  b.commands.pause("a");
  await b.clock.pass(500);
  b.service.held = null;
  const again = await b.restart();
  const from = b.service.log.length;
  await again.clock.pass(10_000);
  assert.equal(again.card("a").state, "paused");
  assert.deepEqual(again.puts(from), []);
  again.commands.resume("a");
  await again.clock.pass(5000);
  endsWell(again);
});

test("a resume while the server is away goes on when it is back", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  b.commands.pause("a");
  await b.clock.pass(500);
  b.service.held = null;
  b.service.away = true;
  b.commands.resume("a");
  await b.clock.pass(30_000);
  assert.equal(b.card("a").state, "waiting");
  b.service.away = false;
  await b.clock.pass(10_000);
  endsWell(b);
});

test("an answer that Retry has overtaken says nothing of the new try", async () => {
  for (const call of /** @type {const} */ (["get", "complete", "pause", "resume"])) {
    const b = await bench();
    const gate = hold(b.service, call, { answer: true });
    if (call !== "complete") b.service.held = [];
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(1000);
    if (call === "get") b.upload("a").become("doubted");
    if (call === "pause") b.commands.pause("a");
    if (call === "resume") {
      b.commands.pause("a");
      await b.clock.pass(100);
      b.commands.resume("a");
    }
    b.engine.wake();
    await b.clock.pass(100);
    assert.equal(gate.waiting.length, 1, call);
    b.engine.outcomes.ended(b.upload("a"), "expired"); // as the stream may say
    b.upload("a").version.give(pick("a", LETTERS).file);
    b.commands.retry("a");
    await b.clock.pass(100);
    b.service.held?.splice(0);
    b.service.held = null;
    gate.go();
    await b.clock.pass(10_000);
    assert.deepEqual([b.card("a").state, b.upload("a").uploadId], ["ready", "u2"], call);
    assert.equal(b.service.content("u2").toString(), LETTERS);
  }
});

test("paused while nobody knows whether it was created: it is, and the server's list brings no second card for another file to go into", async () => {
  for (const isRestarted of [false, true]) {
    let b = await bench();
    const twin = () => pick("twin", LETTERS.toUpperCase(), { name: "a.txt" });
    fail(b.service, "create", problem(502, ""), { after: true });
    const creating = b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(0);
    await creating;
    b.commands.pause("a");
    await b.clock.pass(isRestarted ? 100 : 10_000);
    if (isRestarted) b = await b.restart();
    await b.recovery.list();
    await b.clock.pass(5000);
    assert.deepEqual(b.cards().map(({ id, state }) => [id, state]), [["a", "paused"]]);
    await b.commands.add([twin()]);
    b.commands.resume("a");
    await b.clock.pass(5000);
    const contents = b.cards().map(({ upload_id: id }) => b.service.content(id).toString()).sort();
    assert.deepEqual(contents, [LETTERS.toUpperCase(), LETTERS], `restarted: ${isRestarted}`);
  }
});

test("a part that gets through while the server is asked is not asked for again, and its part file may be gone", async () => {
  const service = new MemoryService({ partSize: 16 });
  const disk = Object.assign(new MemoryDisk(), { hasSnapshots: false });
  disk.speeds = { send: 1 };
  const browser = new MemoryBrowser(service);
  service.held = [];
  const first = await bench({ service, disk, browser });
  await first.commands.add([pick("a", LETTERS), pick("b", LETTERS)]);
  await first.clock.pass(2000);
  service.held = [];
  browser.has = true;
  const giving = hold(service, "handover");
  const b = await first.restart();
  await b.clock.pass(3000);
  assert.ok(giving.waiting.length > 0);
  /** @type {any} */ (service.uploads.get("u2")).state = "paused"; // on another device, so that neither can be handed over and both are looked at
  const asking = hold(service, "get", { answer: true });
  giving.go();
  await b.clock.pass(200);
  assert.ok(asking.waiting.length > 0);
  service.held.splice(0).forEach((go) => go());
  await b.clock.pass(100);
  const through = ["a", "b"].flatMap((id) => [...b.upload(id).confirmed].map((number) => `${id}${number}`));
  assert.ok(through.length > 0);
  asking.go();
  await b.clock.pass(500);
  service.held.splice(0).forEach((go) => go());
  service.held = null;
  await b.clock.pass(120_000);
  assert.equal(b.card("a").state, "ready");
  assert.deepEqual([b.card("b").state, b.card("b").needs_file], ["paused", false]);
});
