import assert from "node:assert/strict";
import test from "node:test";
import { bench, fail, ficklePick, LETTERS, MemoryDisk, MemoryService, pick, problem, storeSays, twoArrive } from "../bench.js";

/** Some way into an upload of eleven parts: two are confirmed, nine are not. */
const underWay = async (more = {}) => {
  const b = await bench(more);
  await twoArrive(b);
  assert.equal(b.upload("a").confirmed.size, 2);
  return b;
};

/** @param {import("../bench.js").Bench} b */
const letGo = (b) => {
  const held = b.service.held ?? [];
  b.service.held = null;
  held.splice(0).forEach((go) => go());
};

/** @param {import("../bench.js").Bench} b @param {string} [text] */
const endsWell = (b, text = LETTERS) => {
  assert.equal(b.card("a").state, "ready", `${b.card("a").state} ${b.card("a").error} ${b.logs().join("; ")}`);
  assert.equal(b.service.content("u1").toString(), text);
};

test("a line that is cut for 20 s is waited for, and goes on by itself", async () => {
  const b = await underWay();
  b.service.cut = true;
  letGo(b);
  await b.clock.pass(20_000);
  assert.equal(b.card("a").state, "waiting");
  assert.match(b.card("a").detail, /the store cannot be reached, goes on when it is back/, "the app answers");
  assert.equal(b.upload("a").confirmed.size, 2, "what was sent is not lost");
  b.service.cut = false;
  await b.clock.pass(5000);
  endsWell(b);
  assert.equal(b.count("hash"), 11, "nothing is hashed twice because of a cut");
});

test("when the line is back it goes on at once", async () => {
  const b = await underWay();
  b.service.cut = true;
  letGo(b);
  await b.clock.pass(3_600_000);
  b.service.cut = false;
  const before = b.service.log.length;
  b.engine.hurry();
  await b.clock.pass(0);
  assert.ok(b.puts(before).length > 0, "without any time passing");
  await b.clock.pass(500);
  endsWell(b);
});

test("while the line is cut one probe goes out at a time, and ever more rarely", async () => {
  const b = await underWay();
  b.service.cut = true;
  letGo(b);
  await b.clock.pass(60_000);
  const from = b.service.log.length;
  b.service.maxPart = 0;
  await b.clock.pass(600_000);
  const probes = b.puts(from).length;
  assert.ok(probes >= 10 && probes <= 80, `${probes} probes in ten minutes`);
  assert.equal(b.service.maxPart, 1);
});

test("a busy store is waited for with the part as it is", async () => {
  const b = await bench();
  b.service.answers = [storeSays(503, "SlowDown"), storeSays(503, "SlowDown"), storeSays(503, "ServiceUnavailable"), storeSays(500, "InternalError")];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(10_000);
  endsWell(b);
  assert.equal(b.count("hash"), 11);
  assert.deepEqual(b.service.log.filter((line) => line.startsWith("sign")).flatMap((line) => line.slice(5).split(",")).length, 10, "each part is signed once, the first one when the upload began");
});

test("a store that stays busy shows as waiting, with the reason", async () => {
  const b = await bench();
  b.service.answers = Array.from({ length: 50 }, () => storeSays(503, "SlowDown"));
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(15_000);
  assert.equal(b.card("a").state, "waiting");
  assert.match(b.card("a").detail, /the store is busy, goes on by itself/);
  await b.clock.pass(600_000);
  endsWell(b);
});

test("an expired URL is signed again, the part is not hashed again", async () => {
  const b = await underWay();
  b.service.answers = [storeSays(403, "AccessDenied"), storeSays(403, "AccessDenied")];
  letGo(b);
  await b.clock.pass(5000);
  endsWell(b);
  assert.equal(b.count("hash"), 11);
  const signed = b.service.log.filter((line) => line.startsWith("sign")).flatMap((line) => line.slice(5).split(","));
  assert.equal(signed.length, 12, "two parts were signed twice, and the first time the first one when the upload began");
});

test("a URL that has grown old is signed again before it is used", async () => {
  const service = new MemoryService();
  service.expiresIn = 10;
  const b = await bench({ service });
  /** @type {Map<string, number>} */
  const signedAt = new Map();
  const { sign } = service.api;
  service.api.sign = async (id, parts, voucher) => {
    parts.forEach((part) => signedAt.set(String(part.number), b.clock.now()));
    return sign(id, parts, voucher);
  };
  const { create } = service.api;
  service.api.create = (file, key) => {
    signedAt.set("1", b.clock.now());
    return create(file, key);
  };
  const put = b.ports.put;
  /** @type {number[]} */
  const ages = [];
  b.ports.put = async (url, ...rest) => {
    ages.push(b.clock.now() - Number(signedAt.get(url.split("/")[1])));
    return put(url, ...rest);
  };
  service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(12_000);
  letGo(b);
  await b.clock.pass(2000);
  endsWell(b);
  assert.ok(Math.max(...ages) < 10_000, `the oldest was ${Math.max(...ages)} ms`);
  assert.equal(b.count("hash"), 11);
});

test("bytes changed on the way are read, hashed and sent again", async () => {
  const b = await bench();
  b.service.answers = [storeSays(400, "BadDigest")];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  endsWell(b);
  assert.equal(b.count("hash"), 12, "one part was hashed twice");
  assert.equal(b.puts().length, 12);
});

for (const [status, code] of /** @type {[number, string][]} */ ([[400, "BadDigest"], [403, "SignatureDoesNotMatch"]]))
  test(`a part that the store refuses for ever (${code}) is tried ever more rarely, and others go on`, async () => {
    const b = await bench();
    const put = b.ports.put;
    let refused = 0;
    b.ports.put = async (url, headers, body, options) => {
      if (url.split("/")[1] !== "3") return put(url, headers, body, options);
      refused += 1;
      return { etag: "", checksum: "", ...storeSays(status, code) };
    };
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(60_000);
    assert.equal(b.upload("a").confirmed.size, 10, "all others have arrived");
    const before = refused;
    await b.clock.pass(600_000);
    assert.ok(refused - before < 120, `${refused - before} times in ten minutes`);
    assert.ok(refused - before > 10, "but it is tried");
    b.ports.put = put;
    await b.clock.pass(60_000);
    endsWell(b);
  });

test("a sign-in page that answers 200 confirms nothing; it goes on after the sign-in", async () => {
  const b = await underWay();
  const put = b.ports.put;
  b.ports.put = async () => ({ status: 200, etag: "", checksum: "", body: "<html>Sign in</html>" });
  letGo(b);
  await b.clock.pass(10_000);
  // The four that were on the line before got through or not: what counts is that the portal confirmed none.
  const { confirmed } = b.upload("a");
  for (const number of confirmed) assert.ok(b.service.uploads.get("u1").parts.has(number), `part ${number} is in the store`);
  assert.equal(b.card("a").state, "waiting");
  assert.match(b.card("a").detail, /sign in first; goes on after that/);
  b.ports.put = put;
  await b.clock.pass(10_000);
  endsWell(b);
});

test("a portal in front of our own server is waited for as well", async () => {
  const b = await bench();
  fail(b.service, "create", () => problem(200, "")(), { times: 6 });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(8000);
  assert.equal(b.card("a").state, "waiting");
  assert.match(b.card("a").detail, /sign in first/);
  await b.clock.pass(60_000);
  endsWell(b);
});

test("an upload that vanished from the store is opened anew and everything is sent again", async () => {
  const b = await underWay();
  Object.assign(b.service.uploads.get("u1"), { vanished: true });
  const from = b.service.log.length;
  letGo(b);
  await b.clock.pass(5000);
  endsWell(b);
  assert.equal(b.upload("a").epoch, 2);
  const again = b.puts(from);
  for (let number = 1; number <= 11; number += 1) assert.ok(again.includes(number), `part ${number} was sent again`);
  assert.equal(b.service.log.filter((line) => line === "complete").length, 1, "it was known at once, not only at the end");
});

test("it is opened anew from what is staged, too, without the file", async () => {
  const b = await underWay();
  assert.equal(b.card("a").leave, "return");
  Object.assign(b.service.uploads.get("u1"), { vanished: true });
  letGo(b);
  const again = await b.restart();
  await again.clock.pass(5000);
  endsWell(again);
});

test("a part without progress for 20 s is stopped and sent again", async () => {
  const b = await underWay();
  const stuck = b.upload("a").loaded.size;
  assert.equal(stuck, 4);
  const from = b.service.log.length;
  b.service.held = null; // those on the line hang for ever, new ones get through
  await b.clock.pass(19_000);
  assert.deepEqual(b.puts(from), []);
  await b.clock.pass(3000);
  assert.ok(b.puts(from).length > 0);
  await b.clock.pass(5000);
  endsWell(b);
});

test("a part that never sends its first byte is stopped, too", async () => {
  const b = await bench();
  const { put } = b.ports;
  let sent = 0;
  b.ports.put = (url, headers, body, options) => {
    sent += 1;
    if (sent > 1) return put(url, headers, body, options);
    return new Promise((_, reject) => options.signal.addEventListener("abort", () => reject(new Error("stopped"))));
  };
  await b.commands.add([pick("a", "abcdefghij")]);
  await b.clock.pass(19_000);
  assert.equal(sent, 1);
  await b.clock.pass(5000);
  endsWell(b, "abcdefghij");
});

test("an answer from before the upload was opened anew does not count for the new one", async () => {
  const b = await bench();
  const { put } = b.ports;
  let late = () => {};
  let first = true;
  b.ports.put = async (url, headers, body, options) => {
    if (!first) return put(url, headers, body, options);
    first = false;
    await new Promise((resolve) => (late = () => resolve(null)));
    return { status: 200, etag: '"old"', checksum: "", body: "" };
  };
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(10);
  b.engine.outcomes.reopened(b.upload("a"), 2);
  Object.assign(b.service.uploads.get("u1"), { epoch: 2, parts: new Map() });
  b.service.held = [];
  await b.clock.pass(10);
  late();
  await b.clock.pass(10);
  assert.deepEqual([...b.upload("a").confirmed], []);
  letGo(b);
  await b.clock.pass(3000);
  endsWell(b);
});

test("slow is not stuck: every byte of progress keeps a part on the line", async () => {
  const b = await bench();
  /** @type {((loaded: number) => void)[]} */
  const meters = [];
  const put = b.ports.put;
  let go = () => {};
  const wait = new Promise((resolve) => (go = () => resolve(null)));
  b.ports.put = async (url, headers, body, options) => {
    meters.push(options.onProgress);
    await Promise.race([wait, new Promise((_, reject) => options.signal.addEventListener("abort", () => reject(new Error("stopped"))))]);
    return put(url, headers, body, options);
  };
  await b.commands.add([pick("a", "abcdefghij")]);
  await b.clock.pass(100);
  for (let loaded = 1; loaded < 10; loaded += 1) {
    await b.clock.pass(19_000);
    meters[0](loaded);
  }
  assert.equal(meters.length, 1, "sent once");
  go();
  await b.clock.pass(2000);
  endsWell(b, "abcdefghij");
  assert.equal(meters.length, 1);
});

test("after the last byte the store has a minute to answer", async () => {
  const b = await bench();
  let sent = 0;
  const put = b.ports.put;
  b.ports.put = (url, headers, body, options) => {
    sent += body.size ? 1 : 0; // not the small request that comes before the second time
    if (!body.size || sent > 1) return put(url, headers, body, options);
    options.onProgress(body.size);
    return new Promise((_, reject) => options.signal.addEventListener("abort", () => reject(new Error("stopped"))));
  };
  await b.commands.add([pick("a", "abcdefghij")]);
  await b.clock.pass(59_000);
  assert.equal(sent, 1);
  await b.clock.pass(5000);
  assert.equal(sent, 2);
  endsWell(b, "abcdefghij");
});

test("never more parts on the line than the server allows", async () => {
  for (const parallel of [1, 2, 4]) {
    const service = new MemoryService();
    service.settings = { ...service.settings, max_parallel_parts: parallel };
    const b = await bench({ service });
    await b.commands.add([pick("a", LETTERS), pick("b", LETTERS, { name: "b" })]);
    await b.clock.pass(5000);
    endsWell(b);
    assert.equal(b.service.maxPart, parallel);
  }
});

test("what is read ahead of the line stays bounded, and signing goes in batches", async () => {
  const service = new MemoryService();
  service.held = [];
  const b = await bench({ service });
  await b.commands.add([pick("a", "x".repeat(2000))]);
  await b.clock.pass(5000);
  assert.ok(b.count("hash") <= 4 + 16, `${b.count("hash")} parts read while 4 are on the line`);
  const batches = service.log.filter((line) => line.startsWith("sign")).map((line) => line.split(",").length);
  assert.ok(Math.max(...batches) <= 50);
});

test("two uploads share the line: the second one does not wait for the first", async () => {
  const service = new MemoryService();
  const b = await bench({ service });
  await b.commands.add([pick("a", "a".repeat(1000)), pick("b", "b".repeat(50))]);
  let both = 0;
  for (let i = 0; i < 400 && b.engine.uploads.get("a")?.phase !== "ready"; i += 1) {
    await b.clock.pass(1);
    if (b.engine.uploads.get("b")?.phase === "ready" && b.upload("a").phase !== "ready") both += 1;
  }
  assert.ok(both > 0, "the small one was ready first");
});

test("bytes are counted once, however often progress is told", async () => {
  const b = await bench();
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  assert.equal(b.engine.sender.bytesPut, LETTERS.length);
});

test("what comes back after a pause no longer counts", async () => {
  const b = await underWay();
  b.commands.pause("a");
  letGo(b);
  await b.clock.pass(1000);
  assert.equal(b.upload("a").confirmed.size, 2);
  assert.equal(b.upload("a").loaded.size, 0);
  b.commands.resume("a");
  await b.clock.pass(3000);
  endsWell(b);
});

test("a part whose grant is missing in the answer is asked for again", async () => {
  const b = await bench();
  const { sign } = b.service.api;
  let first = true;
  b.service.api.sign = async (id, parts) => {
    const answer = await sign(id, parts);
    if (first) answer.parts.pop();
    first = false;
    return answer;
  };
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  endsWell(b);
});

test("the server is away while signing: the parts wait, nothing is hashed twice", async () => {
  const b = await bench();
  fail(b.service, "sign", problem(503, "store_unavailable"), { times: 3 });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(10_000);
  endsWell(b);
  assert.equal(b.count("hash"), 11);
});

test("a file that changed in silence asks for the file: the store refuses, the second reading differs", async () => {
  const b = await bench();
  b.disk.hasSnapshots = b.disk.hasPartFiles = false;
  b.service.held = [];
  const p = ficklePick("a", LETTERS);
  await b.commands.add([p]);
  await b.clock.pass(500);
  p.disk.text = LETTERS.toUpperCase();
  letGo(b);
  await b.clock.pass(3000);
  const card = b.card("a");
  assert.equal(card.state, "waiting");
  assert.equal(card.error_code, "file_changed");
  assert.match(card.error, /sent anew/);
  assert.equal(card.needs_file, true);
});

test("a file that changes in the middle of a read: what was read does not count, not even of the last part", async () => {
  for (const at of [1, 5, 11]) {
    const b = await bench();
    b.disk.hasSnapshots = b.disk.hasPartFiles = false;
    const p = ficklePick("a", LETTERS);
    const { hash } = b.ports;
    let reads = 0;
    b.ports.hash = async (blob) => {
      reads += 1;
      const changes = reads === at;
      if (changes) p.disk.text = LETTERS.toUpperCase();
      const sha256 = await hash(blob);
      if (changes) p.disk.changed = true;
      return sha256;
    };
    await b.commands.add([p]);
    await b.clock.pass(3000);
    assert.deepEqual([b.card("a").state, b.card("a").error_code], ["waiting", "file_changed"], `read ${at}`);
    assert.ok(!/[A-Z]/.test(b.service.content("u1").toString()), "bytes of the changed file went out");
  }
});

test("a part that the store refuses again and again: the server is asked whether the upload is as it seems here, ever more rarely", async () => {
  const b = await bench();
  const { put } = b.ports;
  b.ports.put = async (url, headers, body, options) => (url.split("/")[1] === "3" ? { etag: "", checksum: "", ...storeSays(403, "AccessDenied") } : put(url, headers, body, options));
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(60_000);
  const asked = () => b.service.log.filter((line) => line === "get u1").length;
  const soon = asked();
  assert.ok(soon >= 1 && soon <= 4, `asked ${soon} times in the first minute`);
  await b.clock.pass(600_000);
  assert.ok(asked() - soon <= 3, `asked ${asked() - soon} times in the next ten`);
  b.ports.put = put;
  await b.clock.pass(60_000);
  endsWell(b);
});

test("a body that has not the length of its part is never sent", async () => {
  const b = await bench({ disk: Object.assign(new MemoryDisk(), { hasSnapshots: false }) });
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  /** @type {number[]} */
  const lengths = [];
  const { put } = b.service;
  b.service.put = (url, headers, body, options) => {
    lengths.push(body.size);
    return put(url, headers, body, options);
  };
  for (const part of b.disk.parts.values()) part.copy = new Blob(["short"]);
  letGo(b);
  const again = await b.restart();
  await again.clock.pass(3000);
  if (again.card("a").needs_file) await again.commands.give("a", pick("a", LETTERS).file);
  await again.clock.pass(3000);
  endsWell(again);
  assert.deepEqual([...new Set(lengths)].sort(), [10, 4], "");
});

test("a part that is read twice and differs, with a copy at hand: neither is believed", async () => {
  const p = ficklePick("a", LETTERS.repeat(4));
  const disk = new MemoryDisk();
  const { write } = disk.snapshots;
  /** @type {() => void} */
  let go = () => {};
  disk.snapshots.write = async (files) => {
    await new Promise((resolve) => (go = () => resolve(null)));
    return write(files);
  };
  const b = await bench({ disk });
  b.service.held = [];
  await b.commands.add([p]);
  await b.clock.pass(500);
  p.disk.text = LETTERS.repeat(4).toUpperCase(); // as in Firefox: nothing tells
  go();
  await b.clock.pass(500);
  letGo(b);
  await b.clock.pass(3000);
  assert.deepEqual([b.card("a").state, b.card("a").error_code], ["waiting", "file_changed"]);
  await b.commands.give("a", pick("a", p.disk.text, { lastModified: 2 }).file);
  go();
  await b.clock.pass(500);
  go();
  await b.clock.pass(3000);
  endsWell(b, p.disk.text);
});
