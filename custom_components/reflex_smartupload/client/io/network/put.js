// One browser capability: XMLHttpRequest, the only way to see progress inside a part.

import { isShort, readLast } from "../../core/ports/blobs.js";
import { NetworkError } from "../../core/ports/errors.js";
import { read } from "../browser/reading.js";

/** WebKit is said to hang on bodies that lie in a file; Chromium pays dearly for bodies in memory. */
const wantsBuffers = () => /AppleWebKit/.test(navigator.userAgent) && !/Chrom(e|ium)/.test(navigator.userAgent);

const EVERY = 100; // ms; WebKit fires a thousand events per 8 MiB

/** As bytes it also goes without a type, which the file itself may have. @param {Blob} body */
export const sendable = (body) => (isShort(body) ? readLast(body, read) : wantsBuffers() ? body.arrayBuffer() : body);

/** @type {import("../../core/ports/ports.js").Put} */
export const put = async (url, headers, body, { onProgress, signal }) => {
  const bytes = await sendable(body);
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new NetworkError("stopped"));
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    const fail = () => reject(new NetworkError("the part did not get through"));
    let last = 0;
    request.upload.onprogress = ({ loaded, timeStamp }) => {
      if (timeStamp - last < EVERY && loaded < body.size) return;
      last = timeStamp;
      onProgress(loaded);
    };
    request.onload = () => {
      const header = headersOf(request);
      resolve({
        status: request.status,
        etag: header.get("etag") ?? "",
        checksum: header.get("x-amz-checksum-sha256") ?? "",
        body: request.status === 200 && header.has("etag") ? "" : request.responseText.slice(0, 4096),
      });
    };
    request.onerror = fail;
    request.onabort = fail;
    request.ontimeout = fail;
    request.onloadend = () => signal.removeEventListener("abort", stop);
    signal.addEventListener("abort", stop);
    request.open("PUT", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.send(bytes);
  });
};

/** getResponseHeader logs an error for each header that is not exposed; this does not. @param {XMLHttpRequest} request */
const headersOf = (request) =>
  new Map(
    request
      .getAllResponseHeaders()
      .trim()
      .split(/[\r\n]+/)
      .map((line) => /** @type {[string, string]} */ ([line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()])),
  );
