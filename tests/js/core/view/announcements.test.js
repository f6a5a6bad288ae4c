import assert from "node:assert/strict";
import test from "node:test";
import { firstCard } from "../../../../custom_components/reflex_smartupload/client/core/view/given.js";
import { ended, spoken, toastOf } from "../../../../custom_components/reflex_smartupload/client/core/view/announcements.js";

/** @typedef {import("../../../../custom_components/reflex_smartupload/client/core/view/card.js").Card} Card */

const LINK = "https://files.example/f/abc";
const card = (/** @type {string} */ id, /** @type {Partial<Card>} */ more = {}) => ({ ...firstCard({ id, name: `${id}.mov`, path: "", size: 9 }), ...more });
/** @param {string} id @param {string} [state] @param {string} [error] */
const done = (id, state = "ready", error = "") => card(id, { state, section: "done", share_url: state === "ready" ? LINK : "", error, detail: "" });
const known = (/** @type {Card[]} */ ...cards) => new Map(cards.map((one) => [one.id, one]));

test("what came to its end is news, what was so before or was not known is not", () => {
  const ready = done("b");
  const before = known(card("a"), ready, card("c"), card("d", { state: "scanning" }));
  const after = [done("a"), ready, card("c", { percent: 50 }), done("d", "blocked"), done("e")];
  assert.deepEqual(ended(before, after).map((one) => one.id), ["a", "d"]);
  assert.deepEqual(ended(known(done("a")), [done("a")]), []);
  assert.deepEqual(ended(known(card("a")), [done("a", "cancelled")]), [], "the person did that");
});

test("one file has its name, its link, and what to do", () => {
  assert.deepEqual(toastOf([done("big")]), { text: "big.mov is ready.", link: LINK, copy: LINK });
  assert.deepEqual(toastOf([done("big", "blocked", "A virus was found.")]), { text: "big.mov was blocked. A virus was found.", link: "/", copy: "" });
  assert.equal(toastOf([done("big", "failed")]).text, "big.mov failed.");
});

test("several files are one sentence", () => {
  assert.deepEqual(toastOf([done("a"), done("b")]), { text: "2 files are ready.", link: "/files", copy: "" });
  assert.equal(toastOf([done("a"), done("b", "failed"), done("c", "failed"), done("d", "blocked")]).text, "1 file is ready, 1 was blocked, 2 failed.");
});

test("what was sent by somebody who has no list and no link leads nowhere", () => {
  const sent = (/** @type {string} */ id, state = "ready") => ({ ...done(id, state), share_url: "", uploader: "drop-1" });
  for (const cards of [[sent("a")], [sent("a", "failed")], [sent("a"), sent("b")], [sent("a"), sent("b", "blocked")]]) {
    const { text, link, copy } = toastOf(cards);
    assert.deepEqual([link, copy], ["", ""], text);
  }
  assert.equal(toastOf([sent("a"), done("b")]).link, "/files", "one of them is in the person's own list");
});

test("the voice says what no toast says", () => {
  const totals = { text: "3 files on their way" };
  const before = [card("a"), card("b"), card("c")];
  assert.equal(spoken(before, { cards: [card("a", { state: "waiting", detail: "no connection" }), ...before.slice(1)], totals }), "a.mov: no connection");
  assert.equal(spoken(before, { cards: [done("a"), ...before.slice(1)], totals }), "", "the toast says that it is ready");
  assert.equal(spoken(before, { cards: before.map((one) => ({ ...one, state: "paused" })), totals }), totals.text);
  assert.equal(spoken(before, { cards: before, totals }), "");
});

test("the voice has words for a state of which the card says nothing", () => {
  const totals = { text: "" };
  for (const [state, words] of [["ready", "ready"], ["uploading", "on its way"], ["blocked", "blocked"], ["failed", "failed"]]) {
    assert.equal(spoken([], { cards: [card("a", { state, detail: "" })], totals }), `a.mov: ${words}`);
  }
});
