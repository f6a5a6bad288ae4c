import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

/** @type {{copied: string[], shared: object[], asked: string[], refuses: Error | null, status: number}} */
const seen = { copied: [], shared: [], asked: [], refuses: null, status: 200 };
const refusing = () => {
  if (seen.refuses) throw seen.refuses;
};
const navigator = {
  clipboard: { writeText: async (/** @type {string} */ text) => (refusing(), void seen.copied.push(text)) },
  share: async (/** @type {object} */ data) => (refusing(), void seen.shared.push(data)),
};
const fetch = async (/** @type {string} */ url, /** @type {RequestInit} */ { method }) => {
  if (!seen.status) throw new TypeError("no connection");
  seen.asked.push(`${method} ${url}`);
  const body = seen.status === 200 ? { link: { url: "http://here/f/group/t" } } : { code: "group_not_found" };
  return new Response(JSON.stringify(body), { status: seen.status, headers: { "content-type": "application/json" } });
};
for (const [name, value] of Object.entries({ navigator, fetch, document: { visibilityState: "visible" }, location: { hostname: "example.org" } })) Object.defineProperty(globalThis, name, { value, configurable: true });

const { canShareLink, copyGroupLink, copyLink, shareLink } = await import("../../../../custom_components/reflex_smartupload/client/shell/messages/links.js");
const { getToasts, hideToast } = await import("../../../../custom_components/reflex_smartupload/client/shell/messages/toast.js");
const said = () => getToasts().map(({ text }) => text);

beforeEach(() => {
  Object.assign(seen, { copied: [], shared: [], asked: [], refuses: null, status: 200 });
  for (const { id } of getToasts()) hideToast(id);
});

test("one link for a group is made and copied with one click", async () => {
  await copyGroupLink("a/b");
  assert.deepEqual([seen.asked, seen.copied], [["POST /api/groups/a%2Fb/link"], ["http://here/f/group/t"]]);
  assert.deepEqual(said(), ["Link copied."]);
});

test("where there is none, or nobody answers, it says so and copies nothing", async () => {
  seen.status = 404;
  await copyGroupLink("g");
  seen.status = 0;
  await copyGroupLink("g");
  assert.deepEqual(seen.copied, []);
  assert.deepEqual(said(), ["There is no link for these files yet. Try it again in a moment.", "The server did not answer. Try it once more."]);
});

test("a browser that does not copy shows the link", async () => {
  seen.refuses = new Error("not allowed");
  await copyLink("http://here/f/t");
  assert.match(said()[0], /http:\/\/here\/f\/t/);
});

test("the share sheet of the system gets link and name; who closes it is told nothing, and where it fails the link is copied", async () => {
  assert.equal(canShareLink(), true);
  await shareLink("http://here/f/t", "a.txt");
  await shareLink("http://here/f/t", "");
  assert.deepEqual(seen.shared, [{ url: "http://here/f/t", title: "a.txt" }, { url: "http://here/f/t" }]);
  seen.refuses = Object.assign(new Error("closed"), { name: "AbortError" });
  await shareLink("http://here/f/t", "");
  assert.deepEqual(said(), []);
  seen.refuses = Object.assign(new Error("no"), { name: "NotAllowedError" });
  await shareLink("http://here/f/t", "");
  assert.match(said()[0], /Copy this link/);
});
