import assert from "node:assert/strict";
import test from "node:test";
import { bench, fail, ficklePick, hold, LETTERS, MemoryDisk, MemoryService, pick, problem, twoArrive } from "../bench.js";

/** @param {import("../bench.js").Bench} b @param {string} [id] @param {string} [text] */
const endsWell = (b, id = "a", text = LETTERS) => {
  assert.equal(b.card(id).state, "ready", `${b.card(id).state} ${b.card(id).error} ${b.logs().join("; ")}`);
  assert.equal(b.service.content(b.upload(id).uploadId).toString(), text);
};

/** @param {import("../bench.js").Bench} b */
const letGo = (b) => {
  const held = b.service.held ?? [];
  b.service.held = null;
  held.splice(0).forEach((go) => go());
};

/** Two of eleven parts are confirmed, four are on the line. */
const underWay = async (file = pick("a", LETTERS), more = {}) => {
  const b = await bench(more);
  await twoArrive(b, { file });
  return b;
};

test("a card is there in the same moment, before any answer", async () => {
  const service = new MemoryService();
  service.away = true;
  const b = await bench({ service });
  b.commands.add([pick("a", LETTERS, { path: "d/a.txt" })]);
  await b.clock.pass(30);
  assert.deepEqual([b.card("a").name, b.card("a").path, b.card("a").size, b.card("a").upload_id], ["a.txt", "d/a.txt", 104, ""]);
});

test("an empty file is refused with a sentence, and nothing of it goes anywhere", async () => {
  const b = await bench();
  await b.commands.add([pick("a", "")]);
  await b.clock.pass(1000);
  assert.deepEqual([b.card("a").state, b.card("a").error_code, b.card("a").can_retry, b.card("a").can_dismiss], ["failed", "empty_file", false, true]);
  assert.equal(b.disk.entries.size, 0);
  assert.equal(b.service.uploads.size, 0);
  b.commands.dismiss("a");
  await b.clock.pass(100);
  assert.deepEqual(b.cards(), []);
});

test("a file that is too large says how large it may be; one byte less is taken", async () => {
  const service = new MemoryService();
  service.settings = { ...service.settings, max_file_size: 104 };
  const b = await bench({ service });
  await b.commands.add([pick("a", LETTERS), pick("b", `${LETTERS}!`)]);
  await b.clock.pass(3000);
  endsWell(b);
  assert.equal(b.card("b").error_code, "file_too_large");
  assert.match(b.card("b").error, /larger than the 104 bytes allowed/);
});

test("the server refuses the type: its own words, nothing kept, no Retry", async () => {
  const service = new MemoryService();
  service.settings = { ...service.settings, allowed_types: ["none"] };
  const b = await bench({ service });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  assert.deepEqual([b.card("a").state, b.card("a").error, b.card("a").can_retry], ["failed", "The server says: type not allowed.", false]);
  assert.equal(b.disk.entries.size, 0);
  assert.equal(b.disk.files.size, 0);
});

test("a hook of the app around refuses the file: its sentence stands on the card", async () => {
  const b = await bench();
  fail(b.service, "create", problem(403, "upload_refused", { detail: "Only customers may send films." }));
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  assert.deepEqual([b.card("a").state, b.card("a").error], ["failed", "Only customers may send films."]);
});

test("the owner's quota is used up: Retry works with the bytes at hand, when there is space again", async () => {
  const b = await bench();
  fail(b.service, "create", problem(403, "owner_quota_exceeded"));
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  assert.deepEqual([b.card("a").state, b.card("a").error_code, b.card("a").can_retry], ["failed", "owner_quota_exceeded", true]);
  b.commands.retry("a");
  await b.clock.pass(3000);
  endsWell(b);
});

test("a refusal after the file was staged keeps it for Retry, even over a restart", async () => {
  const b = await bench();
  const gate = hold(b.service, "create");
  fail(b.service, "create", problem(403, "owner_quota_exceeded"));
  gate.go();
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  assert.equal(b.card("a").error_code, "owner_quota_exceeded");
  const again = await b.restart();
  await again.clock.pass(3000);
  if (again.card("a").can_retry) again.commands.retry("a");
  await again.clock.pass(3000);
  endsWell(again);
});

test("what is no file gets a card with its reason", async () => {
  const b = await bench();
  b.commands.refuse({ id: "x", name: "folder", code: "folder_empty" });
  await b.clock.pass(100);
  assert.deepEqual([b.card("x").state, b.card("x").error], ["failed", "This folder holds no files. Choose another one."]);
});

test("the same file dropped twice offers the running upload instead, and says so for a while", async () => {
  const b = await underWay();
  await b.commands.add([pick("b", LETTERS, { name: "a.txt" })]);
  await b.clock.pass(100);
  assert.deepEqual(b.cards().map((card) => card.id), ["a"]);
  assert.ok(b.ports.published.some((change) => change.removed.includes("b")), "the page takes its own card away");
  assert.match(b.card("a").detail, /already on its way/);
  assert.deepEqual(b.ports.events.filter((event) => event.type === "duplicate").map((event) => event.id), ["a"]);
  await b.clock.pass(9000);
  assert.doesNotMatch(b.card("a").detail, /already on its way/);
  letGo(b);
  await b.clock.pass(3000);
  endsWell(b);
  assert.equal(b.service.uploads.size, 1);
});

test("twice in one drop is one upload as well; a copy in another folder is another", async () => {
  const b = await bench();
  await b.commands.add([pick("a", LETTERS), pick("b", LETTERS, { name: "a.txt" }), pick("c", LETTERS, { name: "a.txt", path: "d/a.txt" })]);
  await b.clock.pass(3000);
  assert.deepEqual(b.cards().map((card) => card.id), ["a", "c"]);
});

test("a file that is ready may be uploaded again", async () => {
  const b = await bench();
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  await b.commands.add([pick("b", LETTERS, { name: "a.txt" })]);
  await b.clock.pass(3000);
  endsWell(b, "b");
});

test("the same pick said twice is one upload", async () => {
  const b = await bench();
  const p = pick("a", LETTERS);
  await Promise.all([b.commands.add([p]), b.commands.add([p])]);
  await b.commands.add([p]);
  await b.clock.pass(3000);
  await b.commands.add([p]);
  await b.clock.pass(1000);
  endsWell(b);
  assert.equal(b.service.uploads.size, 1);
  assert.equal(b.puts().length, 11);
});

test("a pick that a page still holds gives a new engine the bytes that were not staged", async () => {
  const disk = new MemoryDisk();
  disk.hasSnapshots = disk.hasPartFiles = false;
  const p = pick("a", LETTERS);
  const b = await underWay(p, { disk });
  b.service.held = null;
  const again = await b.restart();
  await again.clock.pass(1000);
  assert.equal(again.card("a").needs_file, true);
  const from = again.service.log.length;
  await again.commands.add([p]);
  await again.clock.pass(3000);
  endsWell(again);
  assert.equal(again.puts(from).length, 9, "without the two that were confirmed");
});

test("a page that holds the file fills what OPFS does not have, also when the staged parts were already looked through", async () => {
  for (const wait of [0, 30]) {
    const p = pick("a", LETTERS);
    const disk = new MemoryDisk();
    disk.hasSnapshots = false;
    disk.free = 35;
    const b = await underWay(p, { disk });
    assert.ok(disk.parts.size >= 2 && disk.parts.size <= 4, "some of its parts");
    const again = await b.restart();
    await again.clock.pass(wait);
    await again.commands.add([p]);
    letGo(again);
    await again.clock.pass(5000);
    endsWell(again);
  }
});

test("the same file dropped once more after a restart gives the missing bytes, whatever was staged", async () => {
  const disk = new MemoryDisk();
  disk.hasSnapshots = false;
  disk.free = 35;
  const b = await underWay(pick("a", LETTERS), { disk });
  const again = await b.restart();
  await again.commands.add([pick("b", LETTERS, { name: "a.txt" })]);
  letGo(again);
  await again.clock.pass(5000);
  endsWell(again);
  assert.equal(again.service.uploads.size, 1);
});

test("pause stops the line, resume goes on from there; in each moment, twice is once", async () => {
  const b = await underWay();
  b.commands.pause("a");
  b.commands.pause("a");
  letGo(b);
  await b.clock.pass(30_000);
  assert.deepEqual([b.card("a").state, b.card("a").detail, b.card("a").speed], ["paused", "paused by you", ""]);
  const from = b.service.log.length;
  b.commands.resume("a");
  b.commands.resume("a");
  await b.clock.pass(3000);
  endsWell(b);
  assert.equal(b.puts(from).length, 9);
});

test("paused before the server heard of it at all: created when it is resumed", async () => {
  const service = new MemoryService();
  service.away = true;
  const b = await bench({ service });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  b.commands.pause("a");
  service.away = false;
  await b.clock.pass(10_000);
  assert.equal(service.uploads.size, 0);
  b.commands.resume("a");
  await b.clock.pass(3000);
  endsWell(b);
});

test("cancel stops at once, tells the server, and leaves nothing here", async () => {
  const b = await underWay();
  const { signal } = b.upload("a").abort;
  b.commands.cancel("a");
  assert.equal(signal.aborted, true);
  await b.clock.pass(1000);
  assert.deepEqual([b.card("a").state, b.card("a").can_dismiss, b.card("a").leave], ["cancelled", true, ""]);
  assert.equal(b.service.uploads.get("u1").state, "cancelled");
  assert.deepEqual([b.disk.entries.size, b.disk.files.size, b.disk.parts.size], [0, 0, 0]);
});

for (const dismissed of [false, true])
  test(`a cancel that the server could not hear survives a restart${dismissed ? " and the card's going" : ""}, and is told later`, async () => {
    const b = await underWay();
    b.service.away = true;
    b.commands.cancel("a");
    await b.clock.pass(100);
    if (dismissed) b.commands.dismiss("a");
    await b.clock.pass(20_000);
    assert.deepEqual([...b.disk.entries.values()].map((entry) => entry.phase), ["cancelled"]);
    const again = await b.restart();
    await again.clock.pass(20_000);
    assert.deepEqual(again.cards(), [], "no card comes back");
    again.service.away = false;
    await again.clock.pass(10_000);
    assert.equal(again.service.uploads.get("u1").state, "cancelled");
    assert.equal(again.disk.entries.size, 0);
    assert.deepEqual(again.cards(), []);
  });

test("a cancel is told while this engine lives, too, and once", async () => {
  const b = await underWay();
  b.service.away = true;
  b.commands.cancel("a");
  await b.clock.pass(20_000);
  b.service.away = false;
  await b.clock.pass(10_000);
  assert.equal(b.service.uploads.get("u1").state, "cancelled");
  assert.equal(b.service.log.filter((line) => line === "cancel").length, 1);
  assert.equal(b.disk.entries.size, 0);
});

test("a cancel of what the server no longer knows is done", async () => {
  const b = await underWay();
  b.service.uploads.delete("u1");
  b.commands.cancel("a");
  await b.clock.pass(1000);
  assert.equal(b.disk.entries.size, 0, "no word is kept for nobody");
});

test("cancelled before it was created: nothing is ever sent", async () => {
  const service = new MemoryService();
  service.away = true;
  const b = await bench({ service });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  b.commands.cancel("a");
  await b.clock.pass(100);
  service.away = false;
  await b.clock.pass(20_000);
  assert.equal(b.card("a").state, "cancelled");
  assert.equal(service.uploads.size, 0);
  assert.equal(b.disk.files.size, 0);
});

test("cancelled while it is staged: nothing stays behind", async () => {
  for (const way of ["snapshots", "partFiles"]) {
    const disk = new MemoryDisk();
    if (way === "partFiles") disk.hasSnapshots = false;
    const b = await bench({ disk });
    b.service.held = [];
    const holder = /** @type {any} */ (disk)[way];
    const { write } = holder;
    let go = () => {};
    holder.write = async (/** @type {any[]} */ ...args) => {
      await new Promise((resolve) => (go = () => resolve(null)));
      return write(...args);
    };
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(1000);
    b.commands.cancel("a");
    holder.write = write;
    await b.clock.pass(100);
    go();
    await b.clock.pass(1000);
    assert.deepEqual([disk.files.size, disk.parts.size, disk.entries.size], [0, 0, 0], way);
  }
});

test("a command for a card that is not there, or not in that state, does nothing", async () => {
  const b = await bench();
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  for (const command of /** @type {const} */ (["pause", "resume", "cancel", "retry"])) {
    b.commands[command]("nobody");
    b.commands[command]("a");
  }
  await b.commands.give("nobody", pick("x", "x").file);
  await b.commands.give("a", pick("x", "x").file);
  await b.clock.pass(1000);
  endsWell(b);
  b.commands.dismiss("nobody");
});

test("dismiss takes away what has ended, and not what runs", async () => {
  const b = await underWay();
  b.commands.dismiss("a");
  await b.clock.pass(100);
  assert.equal(b.cards().length, 1);
  letGo(b);
  await b.clock.pass(3000);
  b.commands.dismiss("a");
  await b.clock.pass(100);
  assert.equal(b.cards().length, 0);
  assert.ok(b.ports.published.some((change) => change.removed.includes("a")));
});

/** The upload of a file whose bytes this browser has lost, after some parts were confirmed. */
const lost = async (text = LETTERS) => {
  const disk = new MemoryDisk();
  disk.hasSnapshots = disk.hasPartFiles = false;
  const b = await underWay(pick("a", text), { disk });
  b.service.held = null;
  const again = await b.restart();
  await again.clock.pass(1000);
  assert.equal(again.card("a").needs_file, true);
  return again;
};

test("the same file given once more goes on from what is confirmed, without sending it again", async () => {
  const b = await lost();
  assert.match(b.card("a").error, /Choose a\.txt once more and it goes on from 19 %/);
  const from = b.service.log.length;
  await b.commands.give("a", pick("x", LETTERS, { name: "renamed.txt" }).file);
  await b.clock.pass(3000);
  endsWell(b);
  assert.deepEqual(b.puts(from).sort((x, y) => x - y), [3, 4, 5, 6, 7, 8, 9, 10, 11]);
});

test("a file of another size is not the file: said, and the right one still goes", async () => {
  const b = await lost();
  await b.commands.give("a", pick("x", "other").file);
  await b.clock.pass(100);
  assert.deepEqual([b.card("a").state, b.card("a").error_code, b.card("a").needs_file], ["waiting", "other_file", true]);
  assert.match(b.card("a").error, /another file than a\.txt \(104 bytes\)/);
  await b.commands.give("a", pick("x", LETTERS).file);
  await b.clock.pass(3000);
  endsWell(b);
  assert.equal(b.card("a").error, "");
});

/** The same, and the file was found changed before. */
const edited = async () => {
  const b = await lost();
  b.upload("a").become("edited");
  return b;
};

test("a changed file of the same size is sent as a whole, and ends with the new bytes", async () => {
  const b = await edited();
  const changed = `X${LETTERS.slice(1)}`;
  const from = b.service.log.length;
  await b.commands.give("a", pick("a", changed, { lastModified: 2 }).file);
  await b.clock.pass(3000);
  endsWell(b, "a", changed);
  assert.equal(new Set(b.puts(from)).size, 11, "in an epoch of its own");
  assert.equal(b.service.uploads.get("u1").epoch, 2);
});

test("a changed file is not mixed with parts of the old one that are staged", async () => {
  const disk = new MemoryDisk();
  disk.hasSnapshots = false;
  disk.free = 35;
  const b = await underWay(pick("a", LETTERS), { disk });
  assert.ok(disk.parts.size > 0);
  b.service.held = null;
  b.service.cut = true;
  const again = await b.restart();
  again.upload("a").become("lost", "file_changed"); // it found out that they are not what they were
  const changed = LETTERS.toUpperCase();
  await again.commands.give("a", pick("a", changed, { lastModified: 99 }).file);
  assert.deepEqual([again.upload("a").safeBytes, again.now("a").leave], [0, "stay"], "what is staged is of the old file");
  again.service.cut = false;
  again.engine.hurry();
  await again.clock.pass(5000);
  endsWell(again, "a", changed);
});

for (const way of ["snapshot", "opfs"])
  test(`a changed file is not mixed with confirmed parts of the old one after a crash (${way})`, async () => {
    const b = await edited();
    const changed = LETTERS.toUpperCase();
    if (way === "opfs") b.disk.hasPartFiles = true;
    else b.disk.hasSnapshots = true;
    b.service.held = [];
    await b.commands.give("a", pick("a", changed, { lastModified: 99 }).file);
    await b.clock.pass(300);
    b.service.held.splice(0, 1).forEach((go) => go()); // one new part arrives, then the browser dies
    await b.clock.pass(300);
    assert.equal(b.card("a").leave, way === "snapshot" ? "return" : b.card("a").leave);
    b.service.held = null;
    const again = await b.restart();
    await again.clock.pass(5000);
    if (again.card("a").needs_file) {
      assert.notEqual(b.card("a").leave, "return");
      await again.commands.give("a", pick("a", changed, { lastModified: 99 }).file);
      await again.clock.pass(5000);
    }
    endsWell(again, "a", changed);
  });

test("dropping the file on the page is as good as choosing it on the card", async () => {
  const b = await lost();
  await b.commands.add([pick("b", LETTERS, { name: "a.txt", lastModified: 7 })]);
  await b.clock.pass(3000);
  endsWell(b);
  assert.equal(b.service.uploads.size, 1);
});

test("a given file is staged like any other, and survives the next crash", async () => {
  const b = await lost();
  b.disk.hasSnapshots = true;
  b.service.held = [];
  await b.commands.give("a", pick("x", LETTERS).file);
  await b.clock.pass(500);
  assert.equal(b.card("a").leave, "return");
  b.service.held = null;
  const again = await b.restart();
  await again.clock.pass(5000);
  endsWell(again);
});

test("Retry after a failure starts anew with a new name at the server, and lets go of the old one", async () => {
  const b = await underWay();
  fail(b.service, "sign", problem(422, "part_size_mismatch"), { times: 1 });
  b.service.uploads.get("u1").parts.clear();
  b.service.uploads.get("u1").vanished = true;
  letGo(b);
  await b.clock.pass(3000);
  assert.deepEqual([b.card("a").state, b.card("a").error, b.card("a").can_retry], ["failed", "Sentence of part_size_mismatch.", true]);
  b.commands.retry("a");
  await b.clock.pass(5000);
  endsWell(b);
  assert.equal(b.upload("a").uploadId, "u2");
  assert.equal(b.service.uploads.get("u1").state, "cancelled");
});

test("Retry of a file that is gone from here asks for it", async () => {
  const b = await lost();
  b.service.uploads.get("u1").state = "expired";
  const again = await b.restart();
  await again.clock.pass(1000);
  assert.equal(again.card("a").state, "expired");
  again.commands.retry("a");
  await again.clock.pass(1000);
  assert.equal(again.card("a").needs_file, true);
  await again.commands.give("a", pick("a", LETTERS).file);
  await again.clock.pass(3000);
  endsWell(again);
});

test("when the journal cannot be written it goes on, and the card says that the tab must stay", async () => {
  const b = await bench();
  b.service.held = [];
  const { save } = b.disk.journal;
  b.disk.journal.save = async () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  assert.equal(b.card("a").leave, "stay");
  assert.match(b.card("a").leave_text, /until it is done/);
  b.disk.journal.save = save;
  letGo(b);
  await b.clock.pass(3000);
  endsWell(b);
});

test("a file that vanished before it was staged or sent asks for the file; a batch with it goes on", async () => {
  const b = await bench();
  const gone = ficklePick("a", LETTERS);
  gone.disk.gone = true;
  await b.commands.add([gone, pick("b", LETTERS), pick("c", LETTERS)]);
  await b.clock.pass(5000);
  assert.deepEqual([b.card("a").state, b.card("a").error_code], ["waiting", "file_changed"]);
  endsWell(b, "b");
  endsWell(b, "c");
  gone.disk.gone = false;
  await b.commands.give("a", gone.file);
  await b.clock.pass(3000);
  endsWell(b);
});

/** An upload that failed, whose bytes are kept in part files, and whose part size will be another one. @param {number} free bytes */
const failedWithParts = async (free) => {
  const disk = Object.assign(new MemoryDisk(), { hasSnapshots: false, free });
  const b = await bench({ disk });
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  fail(b.service, "get", problem(422, "checksum_mismatch"));
  const again = await b.restart();
  await again.clock.pass(1000);
  assert.equal(again.card("a").can_retry, true);
  again.service.held = null;
  again.service.partSize = 16;
  return again;
};

test("Retry with another part size goes on with what is staged, cut anew", async () => {
  const b = await failedWithParts(1e9);
  const from = b.service.log.length;
  b.commands.retry("a");
  await b.clock.pass(5000);
  endsWell(b);
  assert.deepEqual(b.puts(from), [1, 2, 3, 4, 5, 6, 7], "each once, of the right length");
  assert.deepEqual([b.disk.parts.size, b.disk.entries.size], [0, 0]);
});

test("Retry with another part size and a restart before it is through goes on with what is staged", async () => {
  const b = await failedWithParts(1e9);
  b.service.held = [];
  b.commands.retry("a");
  await b.clock.pass(1000);
  assert.equal(b.card("a").leave, "return");
  b.service.held = null;
  const again = await b.restart();
  await again.clock.pass(5000);
  endsWell(again);
});

test("Retry with another part size asks for the file when not all of it is staged", async () => {
  const b = await failedWithParts(45);
  const from = b.service.log.length;
  b.commands.retry("a");
  await b.clock.pass(5000);
  assert.deepEqual([b.card("a").needs_file, b.card("a").error_code, b.disk.parts.size], [true, "file_needed", 0]);
  await b.commands.give("a", pick("a", LETTERS).file);
  await b.clock.pass(5000);
  endsWell(b);
  assert.equal(b.puts(from).length, 7);
});

test("Retry with another part size and the file at hand: no digest of the old parts is left", async () => {
  const b = await underWay();
  b.service.uploads.get("u1").parts.clear();
  b.service.uploads.get("u1").vanished = true;
  fail(b.service, "sign", problem(422, "part_size_mismatch"));
  letGo(b);
  b.service.partSize = 16;
  await b.clock.pass(3000);
  assert.equal(b.card("a").can_retry, true);
  const from = b.service.log.length;
  b.commands.retry("a");
  await b.clock.pass(5000);
  endsWell(b);
  assert.equal(b.puts(from).length, 7);
});

test("a server that answers with another part size: nothing of the old one is sent", async () => {
  const b = await underWay();
  const u = b.service.uploads.get("u1");
  Object.assign(u, { partSize: 16, parts: new Map(), signed: new Map() });
  const from = b.service.log.length;
  b.upload("a").become("doubted");
  b.engine.wake();
  await b.clock.pass(100);
  letGo(b);
  await b.clock.pass(5000);
  endsWell(b);
  assert.equal(b.puts(from).length, 7);
});

test("two files with the same name, size and date are two uploads", async () => {
  const b = await underWay();
  const other = LETTERS.toUpperCase();
  b.commands.add([pick("b", other, { name: "a.txt" })]);
  await b.clock.pass(100);
  assert.deepEqual(b.cards().map((card) => card.id), ["a", "b"], "the card is there at once");
  letGo(b);
  await b.clock.pass(5000);
  endsWell(b);
  endsWell(b, "b", other);
});

test("a large file that differs in its middle only is another file; samples tell, not the whole", async () => {
  const size = 3e6;
  const first = "x".repeat(size);
  const other = `${"x".repeat(size / 2)}y${"x".repeat(size / 2 - 1)}`;
  const b = await bench({ service: new MemoryService({ partSize: 1e6 }) });
  b.engine.recognition.whole = 1e6;
  b.service.held = [];
  await b.commands.add([pick("a", first)]);
  await b.clock.pass(500);
  const file = pick("b", other, { name: "a.txt" });
  let read = 0;
  const { slice } = file.file;
  file.file.slice = (...args) => {
    const part = slice.apply(file.file, args);
    read += part.size;
    return part;
  };
  const added = b.commands.add([file]);
  await added;
  assert.ok(read <= 3 * 65_536 + 1e6 + 2, `${read} bytes were read, with those of its first part, which is sent`);
  await b.clock.pass(100);
  assert.equal(b.cards().length, 2);
});

test("a waiting card does not take another file of its name and size: dropped, that one is an upload of its own", async () => {
  const b = await lost();
  const other = LETTERS.toUpperCase();
  await b.commands.add([pick("b", other, { name: "a.txt" })]);
  await b.clock.pass(3000);
  endsWell(b, "b", other);
  assert.deepEqual([b.card("a").needs_file, b.card("a").error_code], [true, "file_needed"]);
});

test("a wrong file chosen on the card is not taken, and the card says so; the right one is", async () => {
  const b = await lost();
  await b.commands.give("a", pick("x", LETTERS.toUpperCase(), { name: "a.txt" }).file);
  await b.clock.pass(100);
  assert.deepEqual([b.card("a").state, b.card("a").error_code, b.card("a").needs_file], ["waiting", "other_file", true]);
  await b.commands.give("a", pick("x", LETTERS, { name: "a.txt" }).file);
  await b.clock.pass(3000);
  endsWell(b);
});

test("with nothing known of the bytes, name, size and date have to agree", async () => {
  const b = await bench({ disk: Object.assign(new MemoryDisk(), { hasSnapshots: false, hasPartFiles: false }) });
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(300);
  b.service.held = null;
  const again = await b.restart();
  await again.clock.pass(1000);
  await again.commands.give("a", pick("x", LETTERS, { name: "a.txt", lastModified: 2 }).file);
  await again.clock.pass(100);
  assert.equal(again.card("a").error_code, "other_file");
  await again.commands.give("a", pick("x", LETTERS, { name: "a.txt" }).file);
  await again.clock.pass(3000);
  endsWell(again);
});

test("whoever picked a file leaves while the journal writes it down: it waits for them", async () => {
  const b = await bench();
  const { save } = b.disk.journal;
  let go = () => {};
  b.disk.journal.save = async (entries) => {
    await new Promise((resolve) => (go = () => resolve(null)));
    return save(entries);
  };
  const added = b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(100);
  b.service.owner = "ben";
  b.engine.owners.ask();
  await b.clock.pass(100);
  b.disk.journal.save = save;
  go();
  await added;
  await b.clock.pass(1000);
  assert.deepEqual(b.cards(), []);
  b.service.owner = "anna";
  b.engine.owners.ask();
  await b.clock.pass(1000);
  assert.deepEqual(b.cards().map((card) => card.id), ["a"]);
});
