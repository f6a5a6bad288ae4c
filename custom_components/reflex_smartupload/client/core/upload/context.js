// Decides what the parts of an engine may ask of the whole: types only. Each part names what it uses, and gets no more.

/** @typedef {import("./upload.js").Upload} Upload */
/** @typedef {Iterable<Upload> & {readonly size: number}} Some in the order in which they came */

/**
 * @typedef {object} Members
 * @property {import("../ports/ports.js").Ports} ports
 * @property {import("../ports/ports.js").Settings} settings
 * @property {(settings: Partial<import("../ports/ports.js").Settings>) => void} configure what the server says
 * @property {ReadonlyMap<string, Upload>} uploads in the order in which they came
 * @property {(u: Upload) => void} add it to them
 * @property {() => Some} alive those that have not ended, and whose owner is here
 * @property {() => Some} running those that go on without the person
 * @property {(holds: (u: Upload) => boolean) => Some} among those of which something is so, kept at hand from then on; it may ask what is known of an upload and of its parts
 * @property {(uploadId: string) => Upload[]} named those that have this name at the server
 * @property {() => void} wake look at everything once more, soon
 * @property {() => void} hurry the line is back, or somebody looks
 * @property {(u: Upload, progressOnly?: boolean) => void} changed the card is to be shown anew
 * @property {(u: Upload) => void} drop take the card away
 * @property {<T>(call: () => Promise<T>) => Promise<T>} server a call to the server, which opens and closes its gate
 * @property {{allows: () => boolean}} serverCalls
 * @property {import("../ports/batches.js").Lanes} lanes for calls to the server about whole uploads
 * @property {import("../ports/batches.js").Together} batches
 * @property {import("../ports/retry.js").Gate} serverGate
 * @property {import("../ports/retry.js").Gate} storeGate
 */
/** Nobody but the engine writes any of it. @typedef {Readonly<Members>} Context */

export {};
