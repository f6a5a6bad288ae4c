import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import test from "node:test";
import { NetworkError } from "../../../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { formBody, postForm } from "../../../../custom_components/reflex_smartupload/client/io/network/postform.js";

const FIELDS = { key: "uploads/a/1", "x-amz-checksum-sha256": "ab+/=", policy: "e30=" };
const BYTES = Uint8Array.from({ length: 1000 }, (_, at) => (at * 7) & 255);

test("a form is the fields in their order and then the bytes, as any reader of forms has it", async () => {
  const body = formBody(FIELDS, BYTES.buffer, "mark");
  const form = await new Response(body, { headers: { "content-type": "multipart/form-data; boundary=mark" } }).formData();
  assert.deepEqual([...form.keys()], [...Object.keys(FIELDS), "file"]);
  for (const [name, value] of Object.entries(FIELDS)) assert.equal(form.get(name), value);
  assert.deepEqual(new Uint8Array(await /** @type {File} */ (form.get("file")).arrayBuffer()), BYTES);
});

test("of an answer the engine hears what it hears of one to a PUT, and of none that there was none", async (context) => {
  /** @type {[number, Record<string, string>, string][]} */
  const said = [[201, { etag: '"e"', "x-amz-checksum-sha256": "c" }, "<PostResponse/>"], [403, {}, "<Error><Code>AccessDenied</Code></Error>"]];
  /** @type {{method?: string, headers: import("node:http").IncomingHttpHeaders}[]} */
  const seen = [];
  const server = createServer((request, response) => {
    seen.push(request);
    request.resume().on("end", () => {
      const [status, headers, text] = /** @type {[number, Record<string, string>, string]} */ (said.shift());
      response.writeHead(status, headers).end(text);
    });
  }).listen(0, "127.0.0.1");
  context.after(() => server.close());
  await once(server, "listening");
  const url = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}/`;
  /** @type {number[]} */
  const sent = [];
  const options = { onProgress: (/** @type {number} */ bytes) => void sent.push(bytes), signal: new AbortController().signal };
  const blob = new Blob([BYTES]);
  assert.deepEqual(await postForm(url, FIELDS, blob, options), { status: 201, etag: '"e"', checksum: "c", body: "" });
  assert.deepEqual(sent, [1000]);
  assert.deepEqual(await postForm(url, FIELDS, blob, options), { status: 403, etag: "", checksum: "", body: "<Error><Code>AccessDenied</Code></Error>" });
  assert.deepEqual(sent, [1000]);
  const [{ method, headers }, other] = seen;
  assert.equal(method, "POST");
  assert.match(String(headers["content-type"]), /^multipart\/form-data; boundary=[0-9a-f]{32}$/);
  assert.notEqual(headers["content-type"], other.headers["content-type"], "another boundary each time");
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await assert.rejects(postForm(url, FIELDS, blob, options), NetworkError);
});
