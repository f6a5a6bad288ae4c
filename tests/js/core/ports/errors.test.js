import assert from "node:assert/strict";
import test from "node:test";
import { ApiError, awayReason, classifyPut, isAway, NetworkError, ReadError, storeErrorCode } from "../../../../custom_components/reflex_smartupload/client/core/ports/errors.js";

const document = (/** @type {string} */ code) => `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>m</Message></Error>`;
const answer = (/** @type {object} */ more) => ({ status: 200, etag: "", checksum: "", body: "", ...more });
const SHA = "hash";

test("away is what passes by itself: no answer, a busy server, somebody else's answer", () => {
  for (const error of [new NetworkError("x"), new ApiError(503, { code: "store_unavailable" }), new ApiError(500, { code: "internal_error" }), new ApiError(429, { code: "slow" }), new ApiError(408, { code: "late" }), new ApiError(200, {}), new ApiError(403, {}), new ApiError(502, {})])
    assert.equal(isAway(error), true, String(error));
  for (const error of [new ApiError(409, { code: "upload_paused" }), new ApiError(404, { code: "upload_not_found" }), new ApiError(422, { code: "bad_name" }), new ReadError("x"), new TypeError("x"), undefined])
    assert.equal(isAway(error), false, String(error));
});

test("the reason says who is away", () => {
  assert.equal(awayReason(new NetworkError()), "no_connection");
  assert.equal(awayReason(new ApiError(503, { code: "store_unavailable" })), "store_unreachable");
  assert.equal(awayReason(new ApiError(503, { code: "store_shut" })), "store_shut");
  assert.equal(awayReason(new ApiError(507, { code: "store_full" })), "store_full");
  assert.equal(awayReason(new ApiError(503, { code: "hook_unavailable" })), "server_away");
  assert.equal(awayReason(new ApiError(502, {})), "server_away");
  assert.equal(awayReason(new ApiError(200, {})), "portal", "a sign-in page instead of our server");
  assert.equal(awayReason(new ApiError(403, {})), "portal");
  for (const status of [404, 405]) assert.equal(awayReason(new ApiError(status, {})), "no_server", "nobody there knows the path");
  assert.equal(awayReason(new ApiError(404, { code: "upload_not_found" })), "server_away");
});

test("an answer of the server keeps its status, code, detail and Retry-After", () => {
  const error = new ApiError(503, { code: "store_unavailable", detail: "Later.", missing: [1] }, 7);
  assert.deepEqual([error.status, error.code, error.message, error.retryAfter, error.problem.missing], [503, "store_unavailable", "Later.", 7, [1]]);
  assert.equal(new ApiError(418, {}).message, "status 418");
});

test("a part counts only when the store itself says so", () => {
  assert.equal(classifyPut(answer({ etag: '"e"' }), SHA), "confirmed");
  assert.equal(classifyPut(answer({ etag: '"e"', checksum: SHA }), SHA), "confirmed");
  assert.equal(classifyPut(answer({}), SHA), "portal", "200 without an ETag is somebody else");
  assert.equal(classifyPut(answer({ body: "<html>Sign in</html>" }), SHA), "portal");
  assert.equal(classifyPut(answer({ etag: '"e"', checksum: "other" }), SHA), "portal", "another part's answer");
  assert.equal(classifyPut(answer({ status: 204, etag: '"e"' }), SHA), "portal");
});

test("wrong bytes are read and hashed again", () => {
  for (const code of ["BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch"])
    assert.equal(classifyPut(answer({ status: 400, body: document(code) }), SHA), "rehash", code);
});

test("a busy store is waited for", () => {
  for (const [status, code] of /** @type {[number, string][]} */ ([[503, "SlowDown"], [503, "ServiceUnavailable"], [500, "InternalError"], [400, "RequestTimeout"], [503, ""], [502, ""], [504, ""], [429, ""], [408, ""]]))
    assert.equal(classifyPut(answer({ status, body: code && document(code) }), SHA), "wait", `${status} ${code}`);
});

test("a refused URL is signed again, a lost upload is opened again", () => {
  for (const [status, code] of /** @type {[number, string][]} */ ([[403, "AccessDenied"], [403, "RequestTimeTooSkewed"], [403, "SignatureDoesNotMatch"], [403, "ExpiredToken"], [400, "InvalidRequest"]]))
    assert.equal(classifyPut(answer({ status, body: document(code) }), SHA), "resign", `${status} ${code}`);
  assert.equal(classifyPut(answer({ status: 404, body: document("NoSuchUpload") }), SHA), "reopen");
});

test("an error that is not the store's own is a network that wants a sign-in", () => {
  for (const status of [302, 403, 404, 407, 511]) assert.equal(classifyPut(answer({ status, body: "<html>no</html>" }), SHA), "portal", String(status));
});

test("the store's error code is found in its document and nowhere else", () => {
  assert.equal(storeErrorCode(document("NoSuchUpload")), "NoSuchUpload");
  assert.equal(storeErrorCode("<html><Code>a b</Code></html>"), "");
  assert.equal(storeErrorCode(""), "");
});

test("a store without room is waited for, and not asked to sign again", () => {
  const answer = { status: 403, etag: "", checksum: "", body: "<Error><Code>QuotaExceeded</Code></Error>" };
  assert.equal(classifyPut(answer, "s"), "wait");
  assert.equal(classifyPut({ ...answer, body: "<Error><Code>AccessDenied</Code></Error>" }, "s"), "resign");
});
