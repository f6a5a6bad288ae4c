import assert from "node:assert/strict";
import test from "node:test";
import { isTooMuch } from "../../../../custom_components/reflex_smartupload/client/core/line/metered.js";
import { bench, LETTERS, MemoryBrowser, MemoryService, pick, twoArrive } from "../bench.js";

/** Bytes that go out unasked, as the server says it. */
const LIMIT = 50;

/** A browser whose line costs money, and a server that has it ask above 50 bytes. @param {Parameters<typeof bench>[0] & {cost?: "" | "metered" | "saving", limit?: number}} [how] */
const onPhone = ({ cost = "metered", limit = LIMIT, ...more } = {}) => {
  const service = new MemoryService();
  service.settings.ask_on_metered_mb = limit / 1e6;
  const browser = new MemoryBrowser(service);
  browser.cost = cost;
  return bench({ service, browser, ...more });
};

test("above the limit it is asked, where the line costs money and the site wants that", () => {
  const files = [{ size: 40, sentBytes: 0 }, { size: 30, sentBytes: 20 }];
  assert.equal(isTooMuch("metered", files, 49), true);
  assert.equal(isTooMuch("saving", files, 49), true);
  assert.equal(isTooMuch("metered", files, 50), false, "what went out already costs nothing more");
  assert.equal(isTooMuch("", files, 49), false);
  assert.equal(isTooMuch("metered", files, 0), false, "never");
  assert.equal(isTooMuch("metered", [], 50), false);
});

test("a large file is made safe and waits, and the card says why; no byte of it goes out", async () => {
  const b = await onPhone();
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(20_000);
  const { state, detail, can_send_now, can_pause, eta, speed, leave, percent_safe } = b.card("a");
  assert.deepEqual([state, detail, can_send_now, can_pause], ["waiting", "waits for Wi-Fi: 104 bytes would go over mobile data", true, true]);
  assert.deepEqual([eta, speed, leave, percent_safe], ["", "", "return", 100]);
  assert.deepEqual(b.puts(), []);
  const { totals } = b.engine.publisher;
  assert.deepEqual([totals.active, totals.eta, totals.speed, totals.leave, totals.if_page, totals.if_tabs], [1, "", "", "return", "waits as before", "goes on when you are back"]);
});

test("whoever saves data is told that, and no word of Wi-Fi", async () => {
  const b = await onPhone({ cost: "saving" });
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  assert.equal(b.card("a").detail, "waits, since this device saves data: 104 bytes would go out");
});

test("a small one goes out unasked; so does a large one where nothing is known of the line, or the site never asks", async () => {
  for (const [how, text] of /** @type {[Parameters<typeof onPhone>[0], string][]} */ ([[{}, LETTERS.slice(0, LIMIT)], [{ cost: "" }, LETTERS], [{ limit: 0 }, LETTERS]])) {
    const b = await onPhone(how);
    await b.commands.add([pick("a", text)]);
    await b.clock.pass(5000);
    assert.equal(b.card("a").state, "ready");
  }
});

test("several small ones wait together, those that come later as well", async () => {
  const b = await onPhone();
  await b.commands.add([pick("a", LETTERS.slice(0, 30)), pick("b", LETTERS.slice(30, 60))]);
  await b.clock.pass(1000);
  await b.commands.add([pick("c", "little")]);
  await b.clock.pass(6000);
  assert.deepEqual(b.cards().map(({ state }) => state), ["waiting", "waiting", "waiting"]);
  b.commands.cancel("a");
  await b.clock.pass(6000);
  assert.deepEqual([b.card("b").state, b.card("c").state], ["ready", "ready"], "what is left needs no question");
});

test("it goes on by itself once the line costs nothing, also where the browser does not say when that is", async () => {
  const b = await onPhone();
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(60_000);
  assert.equal(b.card("a").state, "waiting");
  b.browser.cost = "";
  await b.clock.pass(8000);
  assert.equal(b.card("a").state, "ready");
});

test("Send now sends this one and no other, and that is remembered over a restart", async () => {
  const b = await onPhone();
  await b.commands.add([pick("a", LETTERS), pick("b", `${LETTERS}b`)]);
  await b.clock.pass(6000);
  b.service.held = [];
  b.commands.sendNow("b");
  await b.clock.pass(1000);
  assert.deepEqual([b.card("a").can_send_now, b.card("b").can_send_now, b.card("b").state], [true, false, "uploading"]);
  b.service.held.splice(0).forEach((go) => go());
  b.service.held = null;
  const again = await b.restart();
  await again.clock.pass(8000);
  assert.deepEqual(again.cards().map(({ id, state }) => [id, state]), [["a", "waiting"], ["b", "ready"]]);
});

test("of a file that waits neither speed nor time is counted for one that goes", async () => {
  const b = await onPhone();
  await b.commands.add([pick("a", LETTERS), pick("b", `${LETTERS}b`)]);
  await b.clock.pass(1000);
  b.service.held = [];
  b.commands.sendNow("b");
  await b.clock.pass(1000);
  assert.deepEqual([...b.engine.publisher.queue().keys()], ["b"]);
});

test("what is on the line when it becomes one that costs money arrives, and the rest waits", async () => {
  const b = await onPhone({ cost: "" });
  await twoArrive(b, { file: pick("a", LETTERS.repeat(2)) });
  const before = b.service.held?.length ?? 0;
  b.browser.cost = "metered";
  b.engine.wake();
  await b.clock.pass(100);
  assert.equal(b.card("a").state, "uploading", "parts are on the line");
  assert.equal(b.card("a").eta, "");
  b.service.held?.splice(0).forEach((go) => go());
  b.service.held = null;
  await b.clock.pass(6000);
  assert.equal(b.upload("a").confirmed.size, 2 + before);
  assert.deepEqual([b.card("a").state, b.card("a").can_send_now, b.puts().length], ["waiting", true, 2 + before]);
  b.commands.sendNow("a");
  await b.clock.pass(3000);
  assert.equal(b.card("a").state, "ready");
  assert.equal(b.puts().length, 21, "no part twice");
});

test("the card of a group says how much waits of all of it, and Send now is for all of them, also those that come later", async () => {
  const b = await onPhone();
  const files = ["x", "y", "z"].map((id) => ({ ...pick(id, `${id}${LETTERS.slice(0, 39)}`), group: "g" }));
  await b.commands.add(files);
  await b.clock.pass(6000);
  const [group] = b.engine.publisher.groups;
  assert.deepEqual([group.state, group.detail, group.can_send_now, group.eta], ["waiting", "waits for Wi-Fi: 120 bytes would go over mobile data", true, ""]);
  b.commands.groups.all("sendNow", "g");
  await b.clock.pass(3000);
  await b.commands.add([{ ...pick("w", `w${LETTERS}`), group: "g" }]);
  await b.clock.pass(3000);
  assert.deepEqual(b.cards().map(({ state }) => state), ["ready", "ready", "ready", "ready"]);
});

test("nothing of it is handed to the browser while it waits, and what the browser was given and holds back is asked for again", async () => {
  const b = await onPhone();
  b.browser.has = true;
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(10_000);
  assert.equal(b.browser.registrations.size, 0);
  b.browser.cost = "";
  b.service.held = [];
  await b.clock.pass(10_000);
  assert.equal(b.browser.registrations.size, 1);
  b.browser.cost = "metered";
  b.engine.wake();
  await b.clock.pass(10_000);
  assert.deepEqual([b.browser.registrations.size, b.upload("a").registration], [0, ""]);
});

test("what is paused waits for its person alone", async () => {
  const b = await onPhone();
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  b.commands.pause("a");
  await b.clock.pass(1000);
  assert.deepEqual([b.card("a").state, b.card("a").can_send_now], ["paused", false]);
  b.commands.resume("a");
  await b.clock.pass(1000);
  assert.equal(b.card("a").can_send_now, true);
});

test("without a connection that is what the card says", async () => {
  const b = await onPhone();
  await b.commands.add([pick("a", LETTERS)]);
  await b.clock.pass(1000);
  b.ports.network.online = () => false;
  b.engine.serverGate.fail("no_connection");
  await b.clock.pass(5000);
  b.engine.serverGate.fail("no_connection");
  b.engine.changed(b.upload("a"));
  await b.clock.pass(300);
  assert.equal(b.card("a").can_send_now, false);
});
