import assert from "node:assert/strict";
import test from "node:test";
import { bench, LETTERS, MemoryService, pick, twoArrive } from "../bench.js";

/** @typedef {import("../bench.js").Bench} Bench */

/** More than is signed at a time. */
const LONG = LETTERS.repeat(4);

/** @param {Bench} b @param {string} id @param {string} [text] */
const endsWell = (b, id, text = LETTERS) => {
  assert.equal(b.card(id).state, "ready", `${b.card(id).state} ${b.card(id).detail} ${b.logs().join("; ")}`);
  assert.equal(b.service.content(b.upload(id).uploadId).toString(), text);
};

/** A site where people sign in. */
const site = () => {
  const service = new MemoryService();
  Object.assign(service.settings, { sign_in: "/login", anonymous: false });
  return service;
};

/** Nobody has signed in here. @param {MemoryService} service */
const nobody = (service) => {
  service.owner = "nobody";
  service.signedOut = true;
  service.settings.anonymous = true;
};

/** @param {MemoryService} service @param {string} owner @param {boolean} [isKnown] they have been here before */
const signsIn = async (service, owner, isKnown = true) => {
  Object.assign(service, { owner, signedOut: false });
  service.settings.anonymous = false;
  if (!isKnown) return;
  await service.api.create({ name: "old.txt", size: 1, type: "", last_modified: null }, `old of ${owner}`);
  service.uploads.get([...service.uploads.keys()].at(-1) ?? "").state = "ready";
};

/** A page comes whose tab picked these before. @param {Bench} b @param {string[]} picked */
const pageComes = async (b, picked = []) => {
  b.engine.owners.signIn.bring(picked);
  b.engine.owners.ask();
  await b.clock.pass(10_000);
};

/** Whether a page has ever seen the card from now on. @param {Bench} b @param {string} id */
const watching = (b, id) => {
  const from = b.ports.published.length;
  return () => b.ports.published.slice(from).some((change) => change.changed.some((/** @type {any} */ card) => card.id === id));
};

test("a session that ends in the middle: what is signed goes on, then the card asks to sign in, and after that it goes on to the end", async () => {
  const service = site();
  const b = await bench({ service });
  service.held = [];
  await b.commands.add([pick("a", LONG)]);
  await b.clock.pass(500);
  const begun = b.puts().length;
  assert.ok(begun > 0);
  service.signedOut = true;
  b.engine.owners.ask();
  await b.clock.pass(500);
  assert.deepEqual([b.card("a").state, b.card("a").sign_in_url], ["uploading", ""], "it sends what it may");
  service.held.splice(0).forEach((go) => go());
  service.held = null;
  await b.clock.pass(30_000);
  const { state, detail, sign_in_url: link, error } = b.card("a");
  assert.deepEqual([state, link, error], ["waiting", "/login", ""]);
  assert.match(detail, /sign in, and it goes on/);
  assert.ok(b.puts().length >= begun);
  service.signedOut = false;
  const from = service.log.length;
  await pageComes(b);
  endsWell(b, "a", LONG);
  assert.equal(b.card("a").sign_in_url, "");
  assert.equal(new Set(b.puts(from)).size, b.puts(from).length, "nothing twice");
});

test("a 401 in the middle is found out without a page that looks", async () => {
  const service = site();
  const b = await bench({ service });
  service.held = [];
  await b.commands.add([pick("a", LONG)]);
  await b.clock.pass(500);
  service.signedOut = true;
  service.held.splice(0).forEach((go) => go());
  service.held = null;
  await b.clock.pass(30_000);
  assert.deepEqual([b.card("a").state, b.card("a").sign_in_url], ["waiting", "/login"]);
});

test("while nobody has signed in the server is not asked again and again", async () => {
  const service = site();
  nobody(service);
  const b = await bench({ service });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(60_000);
  const from = service.log.length;
  await b.clock.pass(600_000);
  assert.ok(service.log.length - from < 60, `${service.log.length - from} calls in ten minutes`);
});

test("a file that is dropped before anybody has signed in says what it waits for", async () => {
  const service = site();
  nobody(service);
  const b = await bench({ service });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5000);
  const { state, percent, detail, sign_in_url: link, can_cancel: canCancel } = b.card("a");
  assert.deepEqual([state, percent, link, canCancel], ["waiting", 0, "/login", true]);
  assert.match(detail, /sign in/);
});

test("it is theirs who then signs in in its tab, though they have been here before", async () => {
  const service = site();
  await signsIn(service, "anna");
  const before = await bench({ service });
  nobody(service);
  const b = await before.restart();
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5000);
  Object.assign(service, { owner: "anna", signedOut: false });
  service.settings.anonymous = false;
  await pageComes(b, ["a"]);
  endsWell(b, "a");
  assert.equal(service.uploads.get(b.upload("a").uploadId)?.owner, "anna");
});

test("the same when the engine was begun anew at the sign-in", async () => {
  const service = site();
  await signsIn(service, "anna");
  nobody(service);
  const before = await bench({ service });
  await before.commands.add([pick("a", LETTERS)]);
  await before.clock.pass(5000);
  Object.assign(service, { owner: "anna", signedOut: false });
  service.settings.anonymous = false;
  const b = await before.restart();
  await b.clock.pass(5000);
  assert.deepEqual(b.cards().filter((card) => card.id === "a"), []);
  await pageComes(b, ["a"]);
  endsWell(b, "a");
});

test("it is not shown to somebody who was here before and signs in in another tab", async () => {
  const service = site();
  await signsIn(service, "berta");
  nobody(service);
  const b = await bench({ service });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(5000);
  // The page of its tab comes once more while nobody has signed in, and stays.
  await pageComes(b, ["a"]);
  assert.equal(b.card("a").state, "waiting");
  Object.assign(service, { owner: "berta", signedOut: false });
  service.settings.anonymous = false;
  const isShown = watching(b, "a");
  await pageComes(b, ["something else"]);
  await b.clock.pass(60_000);
  assert.equal(isShown(), false);
  assert.deepEqual(b.cards().map((card) => card.name).filter((name) => name !== "old.txt"), []);
  assert.equal(b.disk.files.size, 1, "its bytes stay for whoever picked it");
});

test("when somebody has signed out the cards go, soon and without a page that looks", async () => {
  const service = site();
  await signsIn(service, "anna");
  const b = await bench({ service, hears: true });
  service.held = [];
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(500);
  assert.equal(b.card("a").state, "uploading");
  nobody(service);
  service.hangUp(); // as the server ends a stream whose person is gone
  await b.clock.pass(3000);
  assert.deepEqual(b.cards(), []);
  assert.equal(service.onLine, 0, "nothing of it is sent any more");
});

test("what is taken over at the sign-in goes on under its new owner, what was never created with it", async () => {
  const service = site();
  service.settings.anonymous = true;
  service.owner = "the cookie";
  const b = await bench({ service });
  await twoArrive(b, { before: 500, after: 300 });
  const row = service.uploads.get(b.upload("a").uploadId);
  service.away = true;
  await b.commands.add([pick("n", LETTERS)]);
  await b.clock.pass(300);
  service.away = false;
  await signsIn(service, "anna");
  // The server gives it to nobody who signs in and has not said so.
  const { adopt } = service.api;
  service.api.adopt = async (id, key) => {
    if (row.owner !== service.owner) throw Object.assign(await import("../../../../custom_components/reflex_smartupload/client/io/twins/memoryproblems.js").then(({ problem }) => problem("upload_not_found")));
    return adopt(id, key);
  };
  service.held = null;
  await pageComes(b);
  assert.deepEqual(b.cards().filter((card) => ["a", "n"].includes(card.id)), []);
  const from = service.log.length;
  row.owner = "anna";
  b.engine.owners.takeOver();
  await b.clock.pass(10_000);
  endsWell(b, "a");
  endsWell(b, "n");
  assert.equal(b.puts(from).length, 9 + 11, "what had arrived is not sent again");
});
