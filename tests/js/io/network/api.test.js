import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { awayReason, isAway } from "../../../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { api, hangUp } from "../../../../custom_components/reflex_smartupload/client/io/network/api.js";

const here = { hostname: "example.org" };
/** What is answered next. */
let answer = () => new Response("{}");
/** What the call under way may be ended by. @type {AbortSignal | undefined} */
let signal;
for (const [name, value] of Object.entries({ location: here, fetch: async (/** @type {string} */ _, /** @type {RequestInit} */ { signal: given }) => (signal = given ?? undefined, answer()) })) Object.defineProperty(globalThis, name, { value, configurable: true });

/** @param {number} status @param {string} type @param {string} body */
const says = (status, type, body) => (answer = () => new Response(body, { status, headers: { "content-type": type } }));

beforeEach(() => {
  here.hostname = "example.org";
});

const reason = () => api.settings().then(() => assert.fail("an answer"), (error) => (assert.ok(isAway(error)), awayReason(error)));

test("our own answers are handed on, and refusals have their code", async () => {
  says(200, "application/json", '{"handover": true}');
  assert.deepEqual(await api.settings(), { handover: true });
  says(404, "application/problem+json", '{"code": "upload_not_found"}');
  await assert.rejects(api.get("u"), { code: "upload_not_found", status: 404 });
});

test("a page in place of an answer asks to sign in, and what does not know the path is no server of ours", async () => {
  says(200, "text/html", "<h1>Sign in</h1>");
  assert.equal(await reason(), "portal");
  says(511, "text/html", "<h1>Sign in</h1>");
  assert.equal(await reason(), "server_away");
  for (const status of [404, 405]) {
    says(status, "text/plain", "Not Found");
    assert.equal(await reason(), "no_server");
  }
});

test("on the machine itself no network asks to sign in: an app that answers every path with its page has no server of ours", async () => {
  for (const name of ["localhost", "127.0.0.1", "[::1]"]) {
    here.hostname = name;
    says(200, "text/html", "<title>app</title>");
    assert.equal(await reason(), "no_server");
  }
});

test("a call that is under way when it is hung up fails as one without a line, and the next one goes out", async () => {
  answer = () => /** @type {any} */ (new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal?.reason))));
  const said = reason();
  hangUp();
  assert.equal(await said, "no_connection");
  says(200, "application/json", "{}");
  assert.deepEqual(await api.settings(), {});
});
