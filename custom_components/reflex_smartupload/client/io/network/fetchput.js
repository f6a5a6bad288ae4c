// One browser capability: fetch as a way to send a part, where there is no XMLHttpRequest. Nothing is seen of a part before it is through.

import { NetworkError } from "../../core/ports/errors.js";
import { sendable } from "./put.js";

/** What the engine reads of it. @param {Response} response @param {number} taken the status that says that it was taken @returns {Promise<import("../../core/ports/ports.js").PutAnswer>} */
export const answerOf = async (response, taken) => {
  const { status, headers } = response;
  const text = await response.text(); // also where nobody reads it, so that the connection is free again
  const body = status === taken && headers.has("etag") ? "" : text.slice(0, 4096);
  return { status, etag: headers.get("etag") ?? "", checksum: headers.get("x-amz-checksum-sha256") ?? "", body };
};

/** @type {import("../../core/ports/ports.js").Put} */
export const fetchPut = async (url, headers, body, { onProgress, signal }) => {
  try {
    const answer = await answerOf(await fetch(url, { method: "PUT", headers, body: await sendable(body), signal }), 200);
    if (answer.status === 200) onProgress(body.size);
    return answer;
  } catch {
    throw new NetworkError("the part did not get through");
  }
};
