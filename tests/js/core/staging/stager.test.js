import assert from "node:assert/strict";
import test from "node:test";
import { WriterGone } from "../../../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { bench, copied, ficklePick, hold, LETTERS, MemoryDisk, MemoryService, pick, problem } from "../bench.js";

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

/** An upload whose parts hang on the line, over the disk given. @param {Partial<MemoryDisk>} disk */
const staged = async (disk, file = pick("a", LETTERS)) => {
  const b = await bench({ disk: Object.assign(new MemoryDisk(), disk) });
  b.service.held = [];
  await b.commands.add([file]);
  await b.clock.pass(1000);
  return b;
};

test("a file is staged as a snapshot while it is sent, and may be left then", async () => {
  const b = await staged({});
  assert.equal(b.disk.files.size, 1);
  assert.equal(b.disk.parts.size, 0);
  assert.deepEqual([b.card("a").leave, b.card("a").percent_safe], ["return", 100]);
  assert.equal([...b.disk.entries.values()][0].stagedKind, "snapshot");
});

test("what else is written down while the first part file is announced does not forget it", async () => {
  const disk = Object.assign(new MemoryDisk(), { hasSnapshots: false });
  const b = await bench({ disk });
  b.service.held = [];
  const { save } = disk.journal;
  let noted = false;
  disk.journal.save = async (entries) => {
    await save(entries);
    if (noted || entries[0].stagedKind !== "opfs") return;
    noted = true;
    await b.engine.journalWriter.save(b.upload("a")); // a part is confirmed meanwhile
  };
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  assert.ok(noted);
  assert.equal(disk.entries.get("a").stagedKind, "opfs");
});

test("what was confirmed stays staged while another version of the file may still open the upload anew", async () => {
  const b = await staged({ hasSnapshots: false });
  const u = b.upload("a");
  assert.equal(b.disk.parts.size, 11);
  u.become("given", { lastModified: u.lastModified, replaces: u.epoch });
  b.service.held?.shift()?.();
  await b.clock.pass(500);
  assert.deepEqual([u.confirmed.size, b.disk.parts.size], [1, 11]);
  b.service.opensAnew("u1");
  u.become("doubted");
  b.engine.wake();
  letGo(b);
  await b.clock.pass(5000);
  endsWell(b);
  assert.deepEqual([u.epoch, b.disk.parts.size], [2, 0]);
});

test("a way of staging that the journal could not be told of is told again", async () => {
  const disk = Object.assign(new MemoryDisk(), { hasSnapshots: false });
  const b = await bench({ disk });
  b.service.held = [];
  const { save } = disk.journal;
  let left = 1;
  disk.journal.save = async (entries) => {
    if (entries[0].stagedKind === "opfs" && left > 0) {
      left -= 1;
      throw new DOMException("full", "QuotaExceededError");
    }
    return save(entries);
  };
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  assert.deepEqual([left, b.upload("a").version.stagedKind], [0, ""]);
  b.upload("a").become("roomy"); // there is room again
  b.engine.wake();
  await b.clock.pass(1000);
  assert.deepEqual([disk.entries.get("a").stagedKind, b.card("a").leave], ["opfs", "return"]);
});

test("small files are staged a hundred at a time, in one transaction", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add(Array.from({ length: 250 }, (_, i) => pick(`f${i}`, LETTERS)));
  await b.clock.pass(2000);
  assert.equal(b.disk.files.size, 250);
  assert.equal(b.count("snapshots.write"), 3);
});

test("small files are staged from the tail, since those at the head are sent meanwhile", async () => {
  const b = await bench();
  b.service.held = [];
  /** @type {string[][]} */
  const written = [];
  const { write } = b.disk.snapshots;
  b.disk.snapshots.write = (files) => {
    written.push(files.map(({ id }) => [...b.engine.uploads.values()].find((u) => u.version.key === id)?.name ?? ""));
    return write(files);
  };
  await b.commands.add(Array.from({ length: 150 }, (_, i) => pick(`f${i}`, LETTERS)));
  await b.clock.pass(2000);
  assert.deepEqual(written.map((names) => [names[0], names.at(-1)]), [["f149.txt", "f50.txt"], ["f49.txt", "f0.txt"]]);
});

test("without snapshots it goes part by part from the tail, what is chosen for a slow line last", async () => {
  /** @type {number[]} */
  const written = [];
  const disk = Object.assign(new MemoryDisk(), { hasSnapshots: false });
  const { write } = disk.partFiles;
  disk.partFiles.write = (id, number, bytes) => {
    written.push(number);
    return write(id, number, bytes);
  };
  const b = await bench({ disk });
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS.repeat(4))]);
  await b.clock.pass(1000);
  assert.equal(new Set(written).size, written.length, "each once");
  assert.equal(written[0], 42, "from the tail");
  const { loaded } = b.upload("a");
  assert.equal(loaded.size, 4);
  assert.deepEqual(new Set(written.slice(-4)), new Set(loaded.keys()), "what is on the line comes last");
  assert.equal(b.card("a").leave, "return", "nothing depends on the line any more");
  letGo(b);
  await b.clock.pass(5000);
  endsWell(b, "a", LETTERS.repeat(4));
  assert.equal(disk.parts.size, 0, "freed as they were confirmed");
  assert.equal(b.count("hash") + written.length <= 42 + 20, true, "a staged part is not hashed again");
});

test("a part that was confirmed while it was being written is not kept", async () => {
  const disk = Object.assign(new MemoryDisk(), { hasSnapshots: false });
  const b = await bench({ disk });
  const { write } = disk.partFiles;
  disk.partFiles.write = async (id, number, bytes) => {
    await new Promise((resolve) => b.clock.after(500, () => resolve(null)));
    return write(id, number, bytes);
  };
  const end = hold(b.service, "complete");
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(10_000);
  assert.equal(b.upload("a").allConfirmed, true);
  assert.ok(b.count("partFiles.write") > 0);
  assert.equal(disk.parts.size, 0);
  end.go();
  await b.clock.pass(1000);
  endsWell(b);
});

test("a disk that is too small for the file holds a window of it, freed as parts are confirmed", async () => {
  let most = 0;
  const disk = Object.assign(new MemoryDisk(), { free: 45 });
  const { write } = disk.partFiles;
  disk.partFiles.write = async (id, number, bytes) => {
    const answer = await write(id, number, bytes);
    most = Math.max(most, [...disk.parts.values()].reduce((sum, part) => sum + part.copy.size, 0));
    return answer;
  };
  const b = await bench({ disk });
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS.repeat(3))]);
  await b.clock.pass(1000);
  assert.equal(disk.parts.size, 5, "four and the short last one");
  assert.deepEqual([b.card("a").leave, b.upload("a").noStaging], ["stay", "full"]);
  assert.match(b.card("a").leave_text, /storage is full/);
  for (let i = 0; i < 60 && b.service.held.length; i += 1) {
    b.service.held.splice(0, 1).forEach((go) => go());
    await b.clock.pass(100);
  }
  letGo(b);
  await b.clock.pass(3000);
  endsWell(b, "a", LETTERS.repeat(3));
  assert.ok(most > 35 && most <= 45, `${most} bytes at most`);
  assert.equal(disk.parts.size, 0);
});

test("no room at all: it is sent all the same, and the card says that the storage is full", async () => {
  const b = await staged({ free: 0 });
  assert.deepEqual([b.disk.files.size, b.disk.parts.size, b.card("a").leave], [0, 0, "stay"]);
  assert.match(b.card("a").leave_text, /this browser’s storage is full/);
  letGo(b);
  await b.clock.pass(3000);
  endsWell(b);
});

test("a browser that keeps nothing says so, and sends all the same", async () => {
  const b = await staged({ hasSnapshots: false, hasPartFiles: false });
  assert.equal(b.card("a").leave, "stay");
  assert.match(b.card("a").leave_text, /this browser keeps nothing for later/);
  letGo(b);
  await b.clock.pass(3000);
  endsWell(b);
});

test("a snapshot that fails leaves the way to part files", async () => {
  for (const fault of ["DataCloneError", "QuotaExceededError", "AbortError", "UnknownError"]) {
    const b = await staged({ snapshotFault: fault });
    assert.ok(b.disk.parts.size > 0, fault);
    letGo(b);
    await b.clock.pass(3000);
    endsWell(b);
  }
});

test("a snapshot that does not fit, or that a full disk aborts, and no part files: full, without trying for ever", async () => {
  for (const snapshotFault of ["QuotaExceededError", "AbortError"]) {
    const b = await staged({ snapshotFault, hasPartFiles: false });
    await b.clock.pass(10_000);
    assert.match(b.card("a").leave_text, /storage is full/);
    assert.ok(b.count("snapshots.write") <= 2);
    letGo(b);
    await b.clock.pass(3000);
    endsWell(b);
  }
});

test("both ways broken: it is sent, and the card says that nothing is kept", async () => {
  const b = await staged({ snapshotFault: "UnknownError", partFault: "UnknownError" });
  assert.match(b.card("a").leave_text, /keeps nothing for later/);
  letGo(b);
  await b.clock.pass(3000);
  endsWell(b);
});

test("part files run out of room: full, and again when parts are confirmed", async () => {
  for (const partFault of ["QuotaExceededError", "AbortError"]) {
    const b = await staged({ hasSnapshots: false, partFault }, pick("a", LETTERS.repeat(4)));
    assert.match(b.card("a").leave_text, /storage is full/);
    b.disk.partFault = "";
    b.service.held?.splice(0, 1).forEach((go) => go());
    await b.clock.pass(500);
    assert.ok(b.disk.parts.size > 0);
    letGo(b);
    await b.clock.pass(3000);
    endsWell(b, "a", LETTERS.repeat(4));
  }
});

test("the writer went away with its tab: another one writes on", async () => {
  const disk = Object.assign(new MemoryDisk(), { hasSnapshots: false });
  const { write } = disk.partFiles;
  let left = 3;
  disk.partFiles.write = async (id, number, bytes) => {
    if (left-- > 0) throw new WriterGone("tab closed");
    return write(id, number, bytes);
  };
  const b = await bench({ disk });
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS.repeat(4))]);
  await b.clock.pass(1000);
  assert.ok(disk.parts.size > 0);
  assert.equal(b.engine.stager.broken.size, 0);
});

test("one unreadable file does not spoil the batch, nor the way", async () => {
  const b = await bench();
  b.service.held = [];
  const bad = ficklePick("bad", LETTERS);
  bad.disk.gone = true;
  await b.commands.add([pick("a", LETTERS), bad, pick("c", LETTERS)]);
  await b.clock.pass(1000);
  assert.equal(b.engine.stager.broken.size, 0);
  assert.deepEqual(copied(b.disk), ["a", "c"]);
  assert.equal(b.card("bad").needs_file, true);
});

test("a file that is deleted after it was staged goes on from the copy, with all its parts on the line", async () => {
  const p = ficklePick("a", LETTERS.repeat(2));
  const b = await staged({}, p);
  assert.equal(b.card("a").leave, "return");
  p.disk.gone = true;
  b.service.cut = true;
  letGo(b);
  await b.clock.pass(2000);
  b.service.cut = false;
  await b.clock.pass(5000);
  endsWell(b, "a", LETTERS.repeat(2));
});

test("a file that cannot be read for a while as its snapshot is being made waits for the copy, which holds", async () => {
  const p = ficklePick("a", LETTERS.repeat(2));
  const disk = new MemoryDisk();
  const { write } = disk.snapshots;
  let go = () => {};
  disk.snapshots.write = async (files) => {
    const copies = await Promise.all(files.map(async ({ id, file }) => ({ id, file: new Blob([await file.arrayBuffer()]) })));
    await new Promise((resolve) => (go = () => resolve(null)));
    return write(copies);
  };
  const b = await bench({ disk });
  b.service.held = [];
  await b.commands.add([p]);
  await b.clock.pass(500);
  p.disk.gone = true;
  b.service.cut = true;
  letGo(b);
  await b.clock.pass(3000);
  assert.equal(b.card("a").needs_file, false);
  p.disk.gone = false; // a drive that was away
  go();
  b.service.cut = false;
  await b.clock.pass(10_000);
  endsWell(b, "a", LETTERS.repeat(2));
});

/** Once the first copy is made, and before anybody hears of it. @param {MemoryDisk} disk @param {(files: {id: string}[]) => unknown} then */
const afterFirstCopy = (disk, then) => {
  const { write } = disk.snapshots;
  disk.snapshots.write = async (files) => {
    disk.snapshots.write = write;
    await write(files);
    await then(files);
  };
};

test("a file that is deleted while its snapshot is being made: nobody can tell whether it was edited before, so the copy is worth nothing", async () => {
  const p = ficklePick("a", LETTERS.repeat(2));
  const disk = new MemoryDisk();
  afterFirstCopy(disk, () => void (p.disk.gone = true));
  const b = await bench({ disk });
  b.service.held = [];
  await b.commands.add([p]);
  await b.clock.pass(1000);
  assert.deepEqual([b.card("a").state, b.card("a").error_code, b.card("a").leave], ["waiting", "file_changed", ""]);
  assert.equal(disk.files.size, 0);
  p.disk.gone = false;
  letGo(b);
  await b.commands.give("a", p.file);
  await b.clock.pass(3000);
  endsWell(b, "a", LETTERS.repeat(2));
});

test("a copy that is made once more, over one that could not be read: until it was looked at, the journal leads to none", async () => {
  const p = ficklePick("a", LETTERS.repeat(2));
  const b = await staged({}, p);
  const { disk } = b;
  assert.equal(disk.entries.get("a").stagedKind, "snapshot");
  const { write } = disk.snapshots;
  /** @type {string[]} */
  const noted = [];
  disk.snapshots.write = async (files) => {
    noted.push(disk.entries.get("a").stagedKind);
    await write(files);
  };
  const lost = ficklePick("lost", LETTERS.repeat(2));
  lost.disk.gone = true;
  b.upload("a").version.copied(lost.file);
  await b.engine.reader.unreadable(b.upload("a"), 1, new Error("the copy cannot be read"));
  await b.clock.pass(1000);
  assert.deepEqual(noted, [""]);
  assert.equal(disk.entries.get("a").stagedKind, "snapshot");
  assert.equal(b.card("a").leave, "return");
});

test("a file that changes while its snapshot is being made: the mixture is thrown away, and the card asks for the file", async () => {
  const p = ficklePick("a", LETTERS.repeat(2));
  const disk = new MemoryDisk();
  afterFirstCopy(disk, (files) => {
    if (files.some(({ id }) => id.startsWith("a."))) p.disk.changed = true; // the copy was made all the same, of old and new bytes
  });
  const b = await bench({ disk });
  b.service.held = [];
  await b.commands.add([p, pick("b", LETTERS)]);
  await b.clock.pass(1000);
  assert.deepEqual([b.card("a").state, b.card("a").error_code, b.card("a").leave], ["waiting", "file_changed", ""]);
  assert.deepEqual(copied(disk), ["b"]);
  assert.equal(b.card("b").leave, "return", "another file of the same batch is not concerned");
  letGo(b);
  await b.clock.pass(3000);
  endsWell(b, "b");
  p.disk.changed = false;
  await b.commands.give("a", p.file);
  await b.clock.pass(3000);
  endsWell(b, "a", LETTERS.repeat(2));
});

test("a file that changes while it is copied, of an upload that fails meanwhile: Retry asks for the file and sends no mixture", async () => {
  const p = ficklePick("a", LETTERS.repeat(2));
  const disk = new MemoryDisk();
  /** @type {() => void} */
  let copied = () => {};
  afterFirstCopy(disk, () => new Promise((resolve) => (copied = () => resolve(null))));
  const b = await bench({ disk });
  b.service.held = [];
  await b.commands.add([p]);
  await b.clock.pass(1000);
  p.disk.text = LETTERS.toUpperCase().repeat(2);
  p.disk.changed = true;
  b.engine.outcomes.refused(b.upload("a"), problem(500, "internal_error")());
  assert.equal(b.upload("a").phase, "failed");
  copied();
  await b.clock.pass(1000);
  assert.equal(disk.files.size, 0, "what was copied is worth nothing");
  letGo(b);
  await b.commands.retry("a");
  await b.clock.pass(3000);
  assert.deepEqual([b.card("a").state, b.card("a").needs_file], ["waiting", true]);
});

test("a file that changes while a part of it is staged: that part does not count", async () => {
  const p = ficklePick("a", LETTERS.repeat(2));
  const disk = Object.assign(new MemoryDisk(), { hasSnapshots: false });
  const { write } = disk.partFiles;
  let writes = 0;
  disk.partFiles.write = async (...args) => {
    writes += 1;
    const [, , bytes] = args;
    const { arrayBuffer } = bytes;
    bytes.arrayBuffer = async () => {
      if (writes === 3) p.disk.text = LETTERS.toUpperCase().repeat(2);
      const read = await arrayBuffer.call(bytes);
      if (writes === 3) p.disk.changed = true;
      return read;
    };
    return write(...args);
  };
  const b = await bench({ disk });
  b.service.held = [];
  await b.commands.add([p]);
  await b.clock.pass(1000);
  assert.deepEqual([b.card("a").state, b.card("a").error_code], ["waiting", "file_changed"]);
  assert.equal(disk.parts.size, 0, "nor do those of before, of a file that is no more");
});

test("a file that changes in silence: a part that is staged with another digest than it was signed with tells", async () => {
  const p = ficklePick("a", LETTERS.repeat(2));
  const disk = Object.assign(new MemoryDisk(), { hasSnapshots: false });
  const { write } = disk.partFiles;
  /** @type {number[]} */
  const after = [];
  const b = await bench({ disk });
  disk.partFiles.write = async (id, number, bytes) => {
    if (b.upload("a").hashes.has(number)) {
      p.disk.text = LETTERS.toUpperCase().repeat(2);
      after.push(number);
    }
    return write(id, number, bytes);
  };
  b.service.held = [];
  await b.commands.add([p]);
  await b.clock.pass(1000);
  assert.equal(after.length, 1, "the first of them tells");
  assert.deepEqual([b.card("a").state, b.card("a").error_code], ["waiting", "file_changed"]);
  assert.equal(disk.parts.size, 0);
  letGo(b);
  await b.commands.give("a", p.file);
  await b.clock.pass(5000);
  endsWell(b, "a", LETTERS.toUpperCase().repeat(2));
});

test("a file that is deleted once all its parts are staged: it arrives from there", async () => {
  const p = ficklePick("a", LETTERS.repeat(2));
  const b = await staged({ hasSnapshots: false }, p);
  assert.equal(b.card("a").leave, "return");
  p.disk.gone = true;
  b.service.cut = true; // what was on the line was read from the file
  letGo(b);
  await b.clock.pass(2000);
  b.service.cut = false;
  await b.clock.pass(10_000);
  endsWell(b, "a", LETTERS.repeat(2));
});

test("a file that is deleted with only some parts staged asks for it, and says what was sent is safe", async () => {
  const p = ficklePick("a", LETTERS.repeat(2));
  const b = await staged({ hasSnapshots: false, free: 35 }, p);
  p.disk.gone = true;
  b.service.cut = true;
  letGo(b);
  await b.clock.pass(2000);
  b.service.cut = false;
  await b.clock.pass(5000);
  assert.deepEqual([b.card("a").state, b.card("a").error_code], ["waiting", "file_changed"]);
  p.disk.gone = false;
  await b.commands.give("a", p.file);
  await b.clock.pass(5000);
  endsWell(b, "a", LETTERS.repeat(2));
});

test("what is sent sooner than it is written is not staged", async () => {
  const b = await bench();
  b.disk.speeds = { send: 1e12 };
  const again = await b.restart();
  again.service.held = [];
  await again.commands.add([pick("a", LETTERS)]);
  await again.clock.pass(1000);
  assert.equal(again.disk.files.size, 0);
  assert.equal(again.card("a").leave, "stay");
});

test("with no tab there is no writer: staging waits for one, and sending goes on meanwhile", async () => {
  const disk = Object.assign(new MemoryDisk(), { hasSnapshots: false });
  const { write } = disk.partFiles;
  let tries = 0;
  disk.partFiles.write = async () => {
    tries += 1;
    throw new WriterGone("no page can start a writer");
  };
  const b = await bench({ disk });
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS.repeat(2))]);
  await b.clock.pass(60_000);
  assert.ok(tries < 60, `${tries} tries in a minute`);
  assert.equal(b.engine.stager.broken.size, 0);
  disk.partFiles.write = write;
  b.engine.wake();
  await b.clock.pass(500);
  assert.equal(b.card("a").leave, "return");
  letGo(b);
  await b.clock.pass(5000);
  endsWell(b, "a", LETTERS.repeat(2));
});

test("the speed of the line and of both ways is remembered over a restart", async () => {
  const b = await bench({ disk: Object.assign(new MemoryDisk(), { hasSnapshots: false }) });
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS.repeat(4))]);
  await b.clock.pass(200);
  for (let i = 0; i < 100 && b.upload("a").alive; i += 1) {
    b.service.held.splice(0, 1).forEach((go) => go());
    await b.clock.pass(200);
  }
  assert.equal(b.card("a").state, "ready");
  assert.ok(b.disk.speeds.opfs > 0);
  assert.ok(b.disk.speeds.send > 0, JSON.stringify(b.disk.speeds));
  const again = await b.restart();
  assert.equal(again.engine.lineRate.usual(), b.disk.speeds.send);
  assert.equal(again.engine.copyRates.of("opfs"), b.disk.speeds.opfs);
  assert.equal(again.engine.copyRates.of("snapshot"), 430e6, "not measured yet: assumed");
});

test("while it is paused it is staged all the same", async () => {
  const service = new MemoryService();
  service.away = true;
  const b = await bench({ service });
  b.disk.hasSnapshots = false;
  b.disk.hasPartFiles = false;
  await b.commands.add([pick("a", LETTERS)]);
  b.commands.pause("a");
  await b.clock.pass(500);
  assert.equal(b.card("a").leave, "stay");
  const c = await bench();
  c.service.held = [];
  await c.commands.add([pick("a", LETTERS)]);
  c.commands.pause("a");
  await c.clock.pass(1000);
  assert.deepEqual([c.card("a").state, c.card("a").leave], ["paused", "return"]);
});

test("the journal cannot be written in the middle: nothing is promised that a restart could not keep", async () => {
  for (const hasSnapshots of [true, false]) {
    const b = await bench({ disk: Object.assign(new MemoryDisk(), { hasSnapshots }) });
    b.service.held = [];
    const { save } = b.disk.journal;
    let saves = 0;
    b.disk.journal.save = async (entries) => {
      saves += 1;
      if (saves > 1) throw new DOMException("gone", "InvalidStateError");
      return save(entries);
    };
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(1000);
    assert.equal(b.now("a").leave, "stay");
    letGo(b);
    await b.clock.pass(3000);
    endsWell(b);
  }
});

/** Copies wait in the middle: made of what was there, not yet written. @param {MemoryDisk} disk */
const slowCopies = (disk) => {
  const { write } = disk.snapshots;
  /** @type {(() => void)[]} */
  const waiting = [];
  disk.snapshots.write = async (files) => {
    const copies = await Promise.all(files.map(async ({ id, file }) => ({ id, file: new Blob([await file.arrayBuffer()]) })));
    await new Promise((resolve) => waiting.push(() => resolve(null)));
    return write(copies);
  };
  return waiting;
};

test("a file that changes while it is copied and is given anew before the copy ends: nothing of the old copy counts", async () => {
  const p = ficklePick("a", LETTERS.repeat(4));
  const edited = LETTERS.repeat(4).toUpperCase();
  const disk = new MemoryDisk();
  const copies = slowCopies(disk);
  const b = await bench({ disk });
  b.service.held = [];
  await b.commands.add([p]);
  await b.clock.pass(500);
  p.disk.text = edited;
  letGo(b);
  await b.clock.pass(1000);
  assert.equal(b.card("a").error_code, "file_changed");
  b.service.held = [];
  await b.commands.give("a", pick("a", edited, { lastModified: 2 }).file);
  copies.splice(0).forEach((go) => go());
  await b.clock.pass(1000);
  letGo(b);
  copies.splice(0).forEach((go) => go());
  await b.clock.pass(5000);
  endsWell(b, "a", edited);
  assert.deepEqual([disk.files.size, disk.parts.size, disk.entries.size], [0, 0, 0], "nothing stays behind");
});

test("killed between a copy and the look whether its file changed meanwhile: the mixture is not found again", async () => {
  for (const way of ["snapshots", "partFiles"]) {
    const p = ficklePick("a", LETTERS);
    const disk = Object.assign(new MemoryDisk(), { hasSnapshots: way === "snapshots" });
    const holder = /** @type {any} */ (disk)[way];
    const { write } = holder;
    let kill = () => {};
    holder.write = async (/** @type {any[]} */ ...args) => {
      p.disk.text = LETTERS.toUpperCase();
      const answer = await write(...args).finally(() => (p.disk.changed = true));
      kill();
      return answer;
    };
    const b = await bench({ disk });
    kill = b.kill;
    b.service.held = [];
    b.commands.add([p]);
    await b.clock.pass(500);
    holder.write = write;
    b.service.held = null;
    const again = await b.restart();
    await again.clock.pass(3000);
    assert.deepEqual([again.card("a").state, again.card("a").needs_file, again.upload("a").safeBytes], ["waiting", true, again.upload("a").confirmedBytes], way);
    assert.deepEqual([disk.files.size, disk.parts.size], [0, 0], way);
  }
});

test("a file that goes while the room for it is looked up is not staged", async () => {
  for (const disk of [{}, { hasSnapshots: false }]) {
    const b = await bench({ disk: Object.assign(new MemoryDisk(), disk) });
    b.service.held = [];
    let go = () => {};
    const { room } = b.ports.quota;
    b.ports.quota.room = async () => {
      await new Promise((resolve) => (go = () => resolve(null)));
      return room();
    };
    await b.commands.add([pick("a", "x".repeat(2e6))]);
    await b.clock.pass(100);
    b.commands.cancel("a");
    await b.clock.pass(100);
    b.ports.quota.room = room;
    go();
    await b.clock.pass(500);
    assert.deepEqual([b.count("snapshots.write"), b.count("partFiles.write"), b.logs()], [0, 0, []]);
    assert.equal(b.engine.stager.broken.size, 0);
  }
});

test("a copy that is shorter than its file, or never there, is not made again and again", async () => {
  for (const copy of [new Blob(["short"]), null]) {
    const b = await bench();
    let reads = 0;
    b.disk.snapshots.read = async () => ((reads += 1) < 50 ? copy : new Blob([LETTERS]));
    b.service.held = [];
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(2000);
    assert.equal(reads, 1);
    assert.deepEqual([b.card("a").needs_file, b.card("a").error_code], copy ? [true, "file_changed"] : [false, ""]);
    assert.equal(b.upload("a").snapshot, null);
  }
});

/** The entries that lead to the next copy are being written, until `go`. @param {MemoryDisk} disk */
const leadingHeld = (disk) => {
  const { journal } = disk;
  const { save } = journal;
  const held = { go: () => {}, begun: false };
  journal.save = async (entries) => {
    if (!held.begun && entries.some(({ stagedKind }) => stagedKind === "snapshot")) {
      held.begun = true;
      await new Promise((resolve) => (held.go = () => resolve(null)));
    }
    return save(entries);
  };
  return held;
};

for (const how of ["ready", "cancelled", "expired"]) {
  test(`a file that is ${how} while its copy is written down does not end copying for all others`, async () => {
    const b = await bench({ disk: Object.assign(new MemoryDisk(), { hasPartFiles: false }) });
    b.service.held = [];
    const held = leadingHeld(b.disk);
    await b.commands.add([pick("a", LETTERS)]);
    await b.clock.pass(1000);
    assert.ok(held.begun);
    if (how === "ready") {
      b.service.held.splice(0).forEach((go) => go());
      b.service.held = null;
    } else if (how === "cancelled") await b.commands.cancel("a");
    else b.engine.outcomes.ended(b.upload("a"), "expired");
    await b.clock.pass(3000);
    assert.equal(b.card("a").state, how);
    held.go();
    await b.clock.pass(1000);
    assert.equal(b.disk.files.size, 0, "its copy is gone");
    b.service.held = [];
    await b.commands.add([pick("b", `${LETTERS}x`)]);
    await b.clock.pass(1000);
    assert.equal(b.card("b").leave, "return");
  });
}

test("part files that were cleared away with their upload while one was written do not end staging for all others", async () => {
  const b = await bench({ disk: Object.assign(new MemoryDisk(), { hasSnapshots: false }) });
  b.service.held = [];
  const { partFiles } = b.disk;
  const { write } = partFiles;
  let go = () => {};
  partFiles.write = async () => {
    await new Promise((resolve) => (go = () => resolve(null)));
    throw new DOMException("its folder is gone", "NotFoundError");
  };
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  await b.commands.cancel("a");
  partFiles.write = write;
  go();
  await b.clock.pass(1000);
  await b.commands.add([pick("b", `${LETTERS}x`)]);
  await b.clock.pass(1000);
  assert.equal(b.card("b").leave, "return");
});

test("a copy that is whole by the time the file is found to be gone is kept", async () => {
  const b = await bench({ disk: Object.assign(new MemoryDisk(), { hasPartFiles: false }) });
  b.service.held = [];
  const held = leadingHeld(b.disk);
  const one = ficklePick("a", LETTERS);
  await b.commands.add([one]);
  await b.clock.pass(1000);
  assert.ok(held.begun);
  // A drive that was pulled: the look at the file takes its time.
  one.disk.gone = true;
  const { arrayBuffer } = one.file;
  /** @type {(() => void)[]} */
  const looks = [];
  one.file.arrayBuffer = () => new Promise((resolve) => looks.push(() => resolve(arrayBuffer())));
  b.service.cut = true;
  b.service.held.splice(0).forEach((go) => go());
  b.service.held = null;
  await b.clock.pass(100);
  assert.ok(looks.length);
  held.go();
  await b.clock.pass(1000);
  assert.equal(b.card("a").leave, "return");
  while (looks.length) {
    looks.splice(0).forEach((look) => look());
    await b.clock.pass(50);
  }
  assert.deepEqual([b.card("a").needs_file, b.card("a").leave, b.disk.files.size], [false, "return", 1]);
  b.service.cut = false;
  await b.clock.pass(5000);
  assert.equal(b.card("a").state, "ready");
});

test("a part that is confirmed by the time it could not be staged is not missed, though the file is gone", async () => {
  const b = await bench({ disk: Object.assign(new MemoryDisk(), { hasSnapshots: false }) });
  b.service.held = [];
  const one = ficklePick("a", LETTERS);
  const { partFiles } = b.disk;
  const { write } = partFiles;
  let go = () => {};
  partFiles.write = async (key, number, bytes) => {
    if (number !== 1) return write(key, number, bytes);
    await new Promise((resolve) => (go = () => resolve(null)));
    throw new DOMException("gone", "NotFoundError");
  };
  await b.commands.add([one]);
  await b.clock.pass(3000);
  b.service.held.splice(0).forEach((next) => next());
  await b.clock.pass(500);
  assert.ok(b.upload("a").confirmed.has(1));
  assert.equal(b.card("a").leave, "return");
  one.disk.gone = true;
  go();
  await b.clock.pass(500);
  assert.deepEqual([b.card("a").needs_file, b.card("a").leave], [false, "return"]);
  b.service.held.splice(0).forEach((next) => next());
  b.service.held = null;
  await b.clock.pass(3000);
  assert.equal(b.card("a").state, "ready");
});
