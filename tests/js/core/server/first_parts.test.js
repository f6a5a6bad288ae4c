import assert from "node:assert/strict";
import test from "node:test";
import { FirstParts } from "../../../../custom_components/reflex_smartupload/client/core/server/first_parts.js";
import { Upload } from "../../../../custom_components/reflex_smartupload/client/core/upload/upload.js";
import { bench, LETTERS, MemoryService, pick } from "../bench.js";

/** @param {MemoryService} service @param {string} what */
const calls = (service, what) => service.log.filter((line) => line.startsWith(what));

test("a file of one part is on the line without a call that signs it, and its bytes are read once for it", async () => {
  const b = await bench();
  await b.commands.add([pick("a", "little")]);
  await b.clock.pass(3000);
  assert.equal(b.card("a").state, "ready");
  assert.deepEqual([calls(b.service, "sign"), calls(b.service, "batch sign"), b.count("hash")], [[], [], 1]);
});

test("of a file of several parts the first one is on the line while the others are signed", async () => {
  const b = await bench();
  b.service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(3000);
  const [begun, first] = b.service.log.filter((line) => /^(create|sign|put)/.test(line));
  assert.deepEqual([begun, first], ["create", "put 1"]);
  assert.ok(!calls(b.service, "sign").some((line) => line.slice(5).split(",").includes("1")));
});

test("the next parts are read while the server answers, and signed in one call", async () => {
  const b = await bench();
  b.service.held = [];
  const { create } = b.engine.ports.api;
  let hashed = 0;
  let answer = () => {};
  const gate = new Promise((resolve) => (answer = () => resolve(null)));
  b.engine.ports.api.create = async (...said) => (await gate, (hashed = b.count("hash")), create(...said));
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  answer();
  await b.clock.pass(100);
  assert.equal(hashed, 4, "as many as go on the line at once");
  assert.equal(calls(b.service, "sign")[0], "sign 2,3,4");
});

test("where the server cuts otherwise the first part is signed as any other, and the next file is told of rightly", async () => {
  const b = await bench();
  b.engine.lifecycle.newFiles.firstParts.expect(7);
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5000);
  assert.equal(b.service.content("u1").toString(), LETTERS);
  assert.deepEqual(calls(b.service, "sign").flatMap((line) => line.slice(5).split(",")).filter((number) => number === "1"), ["1"]);
  const before = calls(b.service, "sign").length;
  await b.commands.add([pick("b", LETTERS.slice(0, 15))]);
  await b.clock.pass(5000);
  assert.deepEqual(calls(b.service, "sign").slice(before), ["sign 2"]);
});

test("a file whose beginning takes long to read is told of without its first part", async () => {
  const b = await bench();
  const { hash } = b.engine.ports;
  let late = () => {};
  b.engine.ports.hash = (blob) => (b.engine.ports.hash = hash, new Promise((resolve) => (late = () => resolve(hash(blob)))));
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(140);
  assert.deepEqual(calls(b.service, "create"), []);
  await b.clock.pass(3000);
  assert.equal(b.card("a").state, "ready");
  late();
  await b.clock.pass(100);
  assert.equal(b.service.content("u1").toString(), LETTERS);
});

test("what was read of another version of the file, or of a part of another size, is of no use", async () => {
  const b = await bench();
  const u = new Upload({ id: "a", key: "k", name: "a.txt", size: 6, version: "v1" });
  const firsts = new FirstParts(b.engine);
  const read = async () => {
    u.version.give(new Blob(["little"]));
    await firsts.read(u, 0);
  };
  firsts.expect(10);
  await read();
  assert.equal(firsts.take(u, 10), null, "nobody was told of it");
  await read();
  assert.equal(firsts.tell(u)?.size, 6);
  assert.equal(firsts.take(u, 5), null);
  firsts.expect(10);
  await read();
  firsts.tell(u);
  u.renew("v2");
  assert.equal(firsts.take(u, 10), null);
  await read();
  assert.deepEqual([firsts.tell(u)?.version, firsts.take(u, 10)?.size, firsts.take(u, 10)], ["a.v2", 6, null]);
});

test("paused before the answer came, nothing goes out; resumed, it is ready", async () => {
  const b = await bench();
  const { create } = b.service.api;
  let go = () => {};
  b.service.api.create = async (file, key) => {
    await new Promise((resolve) => (go = () => resolve(null)));
    return create(file, key);
  };
  await b.commands.add([pick("a", "little")]);
  await b.clock.pass(500);
  b.commands.pause("a");
  go();
  await b.clock.pass(2000);
  assert.deepEqual(calls(b.service, "put"), []);
  b.commands.resume("a");
  await b.clock.pass(3000);
  assert.equal(b.card("a").state, "ready");
});

test("of files that the server does not know no more is read than may lie ahead of the line, beside what lies there", async () => {
  const b = await bench({ service: new MemoryService({ partSize: 100 }) });
  b.service.held = [];
  await b.commands.add(Array.from({ length: 60 }, (_, at) => pick(`f${at}`, "x".repeat(100))));
  await b.clock.pass(5000);
  const { parts, bytes } = b.engine.sender.ahead;
  assert.ok(parts <= 33 && bytes <= 3300, `${parts} parts, ${bytes} bytes`);
});
