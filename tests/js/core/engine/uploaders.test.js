import assert from "node:assert/strict";
import test from "node:test";
import { bench, hold, LETTERS, MemoryService, pick } from "../bench.js";

/** @typedef {import("../../../../custom_components/reflex_smartupload/client/core/engine/rules.js").Said} Said */

const SAID = { uploader: "avatars", metadata: { ticket: "42" } };
const TEXT = LETTERS.slice(0, 40);

/** A file as a page's uploader takes it. @param {string} id @param {Said} said @param {string} [text] @param {{name?: string, lastModified?: number}} [options] */
const given = (id, said, text = TEXT, options) => ({ ...pick(id, text, options), ...said });

/** @param {Awaited<ReturnType<typeof bench>>} b @param {string} id */
const rowOf = (b, id) => b.service.uploads.get(b.card(id).upload_id);

/** A bench at whose server nothing begins, so that all stays on its way. */
const still = async () => {
  const service = new MemoryService();
  const held = [hold(service, "createMany"), hold(service, "create")];
  return { b: await bench({ service }), go: () => held.forEach((one) => one.go()) };
};

test("the server is told which uploader took a file and what the page said of it, and the card knows the uploader", async () => {
  const b = await bench();
  await b.commands.add([given("a", SAID), pick("b", "other")]);
  assert.equal(b.now("a").uploader, "avatars");
  await b.clock.pass(5000);
  assert.deepEqual([b.card("a").state, rowOf(b, "a").uploader, rowOf(b, "a").metadata], ["ready", "avatars", { ticket: "42" }]);
  assert.deepEqual([b.card("b").uploader, rowOf(b, "b").uploader, rowOf(b, "b").metadata], ["", "", {}]);
});

test("killed before the server knew of it, and tried once more after a failure, it says the same", async () => {
  const { b } = await still();
  await b.commands.add([given("a", SAID)]);
  await b.clock.pass(1000);
  const service = new MemoryService();
  const later = await b.restart({ service });
  service.finishesAtOnce = false;
  await later.clock.pass(5000);
  const first = later.card("a").upload_id;
  service.finish(first, "failed", { code: "file_lost", detail: "The storage lost this file." });
  service.finishesAtOnce = true;
  await later.clock.pass(60_000);
  assert.equal(later.card("a").state, "failed");
  await later.commands.retry("a");
  await later.clock.pass(5000);
  assert.deepEqual([later.card("a").state, later.card("a").uploader], ["ready", "avatars"]);
  assert.notEqual(later.card("a").upload_id, first);
  assert.deepEqual([rowOf(later, "a").uploader, rowOf(later, "a").metadata], ["avatars", { ticket: "42" }]);
});

test("the card of another browser has its uploader from the server, and what an older one does not say is nothing", async () => {
  const service = new MemoryService();
  service.write({ id: "u1", name: "a.txt", size: 40, partSize: 10, ...SAID });
  const old = service.write({ id: "u2", name: "b.txt", size: 40, partSize: 10 });
  Object.assign(old, { uploader: undefined, metadata: undefined });
  const b = await bench({ service });
  await b.clock.pass(5000);
  assert.deepEqual(b.cards().map(({ name, uploader }) => [name, uploader]).sort(), [["a.txt", "avatars"], ["b.txt", ""]]);
  assert.deepEqual([b.upload("server-u1").metadata, b.upload("server-u2").metadata], [{ ticket: "42" }, {}]);
});

test("what an uploader does not take has a card of its own there that says what to do", async () => {
  const b = await bench();
  b.engine.settings.max_file_size = 90;
  await b.commands.add([
    given("type", { ...SAID, rules: { accept: "image/*,.md" } }), given("name", { ...SAID, rules: { accept: "image/*,.md" } }, TEXT, { name: "a.MD" }),
    given("large", { ...SAID, rules: { maxSize: 39 } }), given("fits", { ...SAID, rules: { maxSize: 40 } }, TEXT, { name: "fits" }),
    given("site", { ...SAID, rules: { maxSize: 1000 } }, LETTERS.slice(0, 91)), given("empty", { ...SAID, rules: { maxSize: 1 } }, ""),
  ]);
  b.commands.refuse({ id: "folder", name: "folder", code: "folder_empty", uploader: "avatars" });
  await b.clock.pass(5000);
  const said = Object.fromEntries(b.cards().map((card) => [card.id, card.error_code]));
  assert.deepEqual(said, { type: "type_not_allowed", name: "", large: "file_too_large", fits: "", site: "file_too_large", empty: "empty_file", folder: "folder_empty" });
  assert.ok(b.cards().every((card) => card.uploader === "avatars"));
  assert.equal(b.card("type").error, "Files of this type are not taken here. Choose one of these: image/*, .md.");
  assert.match(b.card("large").error, /larger than the 39 bytes allowed/);
  assert.match(b.card("site").error, /larger than the 90 bytes allowed/);
});

test("a file whose name and type say nothing is taken when its first bytes show what the list has, and refused else, also when it cannot be read", async () => {
  const b = await bench();
  const rules = { accept: "image/jpeg" };
  const broken = given("broken", { ...SAID, rules }, TEXT, { name: "broken" });
  Object.defineProperty(broken.file, "arrayBuffer", { value: () => Promise.reject(new Error("gone")) });
  const photo = { ...given("photo", { ...SAID, rules }), file: new File([new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), TEXT], "photo") };
  await b.commands.add([photo, given("text", { ...SAID, rules }, TEXT, { name: "text" }), broken, given("name", { ...SAID, rules }, TEXT, { name: "a.jpg" })]);
  await b.clock.pass(5000);
  assert.deepEqual(Object.fromEntries(b.cards().map((card) => [card.id, card.error_code || card.state])), { photo: "ready", text: "type_not_allowed", broken: "type_not_allowed", name: "ready" });
});

test("so many are on their way in an uploader and no more; another one has its own count, and what is done counts no longer", async () => {
  const { b, go } = await still();
  const rules = { maxFiles: 2 };
  await b.commands.add(["a", "b", "c"].map((id) => given(id, { ...SAID, rules }, `${id} ${TEXT}`)));
  await b.commands.add([given("d", { uploader: "others", rules: { maxFiles: 1 } }, "d"), pick("e", "e")]);
  const codes = () => Object.fromEntries(b.cards().map((card) => [card.id, card.error_code]));
  await b.clock.pass(1000);
  assert.deepEqual(codes(), { a: "", b: "", c: "too_many_files", d: "", e: "" });
  assert.equal(b.card("c").error, "No more than 2 files can be on the way here at a time. Wait until one is done, or cancel one, then drop c.txt again.");
  go();
  await b.commands.cancel("a");
  await b.commands.add([given("f", { ...SAID, rules }, "f")]);
  await b.clock.pass(5000);
  assert.equal(b.card("f").error_code, "");
  assert.deepEqual([b.card("b").state, b.card("f").state], ["ready", "ready"]);
});

test("a file that is on its way already, or waited for, takes nobody's place", async () => {
  const { b } = await still();
  const rules = { maxFiles: 2 };
  await b.commands.add([given("a", { ...SAID, rules })]);
  await b.clock.pass(1000);
  await b.commands.add([given("again", { ...SAID, rules }, TEXT, { name: "a.txt" }), given("b", { ...SAID, rules }, "b")]);
  await b.clock.pass(1000);
  assert.deepEqual(b.cards().map((card) => [card.id, card.error_code]), [["a", ""], ["b", ""]]);
  // One that only looks like it is one more.
  await b.commands.add([given("other", { ...SAID, rules }, TEXT.toUpperCase(), { name: "a.txt" })]);
  await b.clock.pass(1000);
  assert.equal(b.card("other").error_code, "too_many_files");
});

test("the same file for another uploader, or with something else said of it, is another upload", async () => {
  const { b } = await still();
  const again = { name: "a.txt" };
  await b.commands.add([given("a", SAID)]);
  await b.clock.pass(1000);
  await b.commands.add([given("b", { ...SAID, uploader: "others" }, TEXT, again), given("c", { ...SAID, metadata: { ticket: "43" } }, TEXT, again), given("d", SAID, TEXT, again)]);
  await b.clock.pass(1000);
  assert.deepEqual(b.cards().map((card) => card.id), ["a", "b", "c"]);
});

test("a retry takes no more than there may be on their way, also after a crash, and says to wait", async () => {
  const service = new MemoryService();
  const b = await bench({ service });
  const rules = { maxFiles: 1 };
  service.finishesAtOnce = false;
  await b.commands.add([given("a", { ...SAID, rules })]);
  await b.clock.pass(5000);
  service.finish(b.card("a").upload_id, "failed", { code: "file_lost", detail: "The storage lost this file." });
  await b.clock.pass(60_000);
  assert.equal(b.card("a").state, "failed");
  const later = await b.restart({ service });
  await later.commands.add([given("b", { ...SAID, rules }, `b ${TEXT}`)]);
  await later.clock.pass(1000);
  await later.commands.retry("a");
  await later.clock.pass(1000);
  assert.deepEqual([later.card("a").state, later.card("a").can_retry], ["failed", true]);
  assert.equal(later.card("a").detail, "no more can be on the way here just now; wait until one is done, then press Retry");
  await later.clock.pass(20_000);
  assert.equal(later.card("a").detail, "");
  await later.commands.cancel("b");
  await later.commands.retry("a");
  await later.clock.pass(1000);
  assert.notEqual(later.card("a").state, "failed");
});
