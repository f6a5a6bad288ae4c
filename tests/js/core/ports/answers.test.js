import assert from "node:assert/strict";
import test from "node:test";
import "../../../../custom_components/reflex_smartupload/client/core/words/english_engine.js";
import { isMute, isObstacle, isStores, reasonOf } from "../../../../custom_components/reflex_smartupload/client/core/ports/answers.js";
import { wordsFor } from "../../../../custom_components/reflex_smartupload/client/core/view/messages.js";

const answer = (/** @type {object} */ more) => ({ status: 200, etag: "", checksum: "", body: "", ...more });
const PAGE = "<html>no</html>";

test("the store is known by its ETag and its codes, never by a status", () => {
  assert.equal(isStores(answer({ etag: '"e"' })), true);
  assert.equal(isStores(answer({ status: 403, body: "<Error><Code>SignatureDoesNotMatch</Code></Error>" })), true);
  for (const [status, body] of /** @type {[number, string][]} */ ([[200, PAGE], [403, PAGE], [502, ""], [200, ""]])) assert.equal(isStores(answer({ status, body })), false, `${status}`);
  assert.equal(isStores(answer({ status: 403, etag: '"e"', body: PAGE })), false);
});

test("an answer with nothing in it may be the store's", () => {
  assert.deepEqual([isMute(answer({})), isMute(answer({ body: PAGE })), isMute(answer({ etag: '"e"' })), isMute(answer({ status: 403 }))], [true, false, false, false]);
});

test("each status has a reason, and each reason has words", () => {
  const reasons = [200, 401, 403, 404, 407, 408, 413, 429, 500, 502, 504, 511].map((status) => [status, reasonOf(answer({ status, body: PAGE }))]);
  assert.deepEqual(Object.fromEntries(reasons), {
    200: "portal", 401: "portal", 403: "way_refused", 404: "way_refused", 407: "way_proxy", 408: "way_gateway", 413: "way_too_large", 429: "way_gateway",
    500: "way_gateway", 502: "way_gateway", 504: "way_gateway", 511: "portal",
  });
  for (const reason of [...new Set(reasons.map(([, reason]) => String(reason))), "way_closed", "way_cut", "store_private"]) {
    assert.equal(isObstacle(reason), true, reason);
    assert.notEqual(wordsFor(reason), "", reason);
  }
  assert.equal(isObstacle("no_connection"), false);
});
