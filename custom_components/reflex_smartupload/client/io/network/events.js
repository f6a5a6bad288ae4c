// One browser capability: what the server tells by itself, over an EventSource. Reconnecting is decided in core/server/stream.js.

const KINDS = ["hello", "upload", "beat", "end"];

/** @type {import("../../core/ports/ports.js").Events} */
export const events = {
  open: (after, { heard, lost }, name) => {
    const source = new EventSource(`/api/events?${new URLSearchParams({ stream: name, ...(after && { after }) })}`);
    for (const kind of KINDS) source.addEventListener(kind, ({ data, lastEventId }) => heard(kind, lastEventId, JSON.parse(data)));
    source.onerror = () => {
      source.close(); // by itself it would ask again at once, with every other browser, or never
      lost();
    };
    return () => source.close();
  },
};
