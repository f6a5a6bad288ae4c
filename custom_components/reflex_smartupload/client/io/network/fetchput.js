// One browser capability: fetch as a way to send a part, where there is no XMLHttpRequest. Nothing is seen of a part before it is through.

import { NetworkError } from "../../core/ports/errors.js";
import { sendable } from "./put.js";

/** @type {import("../../core/ports/ports.js").Put} */
export const fetchPut = async (url, headers, body, { onProgress, signal }) => {
  try {
    const response = await fetch(url, { method: "PUT", headers, body: await sendable(body), signal });
    const text = response.status === 200 && response.headers.has("etag") ? "" : (await response.text()).slice(0, 4096);
    if (response.status === 200) onProgress(body.size);
    return { status: response.status, etag: response.headers.get("etag") ?? "", checksum: response.headers.get("x-amz-checksum-sha256") ?? "", body: text };
  } catch {
    throw new NetworkError("the part did not get through");
  }
};
