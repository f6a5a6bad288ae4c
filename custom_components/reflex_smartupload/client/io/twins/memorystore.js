// The in-memory twin of the store: multipart uploads, objects, and requests that are good for exactly what was signed.

import { problem } from "./memoryproblems.js";

const HEADER = "x-amz-checksum-sha256";

/** The store knows no such multipart upload. */
export class Gone extends Error {}

/** The store refused for good. */
export class Refused extends Error {}

/** @typedef {{bytes: Uint8Array, sha: string}} Part */
/** @typedef {{id: string, key: string, parts: Map<number, Part>} | SinglePut} Multipart */
/** @typedef {{size: number, sha256: string, until: number}} Terms what was signed: the length, the digest, and until when (ms since 1970) */
/** @typedef {Terms & {multipart?: string, number?: number, key?: string, object?: string}} Signed */
/** @typedef {{number: number, sha: string, sha256: string}} Named the part that was listed, and the digest that it must have */

/** Of an address, without the host. @param {string} url */
export const pathOf = (url) => url.replace(/^\w+:\/\/[^/]+\//, "");

/** @param {string} url */
export const hostOf = (url) => url.slice(0, url.length - pathOf(url).length);

/** @param {number} status @param {string} code @returns {import("../../core/ports/ports.js").PutAnswer} */
const refusal = (status, code) => ({ status, etag: "", checksum: "", body: `<Error><Code>${code}</Code></Error>` });

/** @param {number} status @param {string} sha @returns {import("../../core/ports/ports.js").PutAnswer} */
const taken = (status, sha) => ({ status, etag: `"${sha.slice(0, 8)}"`, checksum: sha, body: "" });

/** In the place of a multipart upload: the file has one part, which is the object itself. */
export class SinglePut {
  /** @param {MemoryStore} store @param {string} key */
  constructor(store, key) {
    this.store = store;
    this.id = "single-put";
    this.key = key;
  }

  /** @returns {Map<number, Part>} */
  get parts() {
    const object = this.store.objects.get(this.key);
    return new Map(object ? [[1, { bytes: object.bytes, sha: object.checksum }]] : []);
  }

  set parts(parts) {
    this.store.objects.delete(this.key);
    for (const { bytes, sha } of parts.values()) this.store.objects.set(this.key, { bytes, checksum: sha });
  }
}

/** One bucket. `listsDigests`: the list of parts says their SHA-256, as on AWS. `singlePut`: a file of one part is sent with one PUT; `singleForms`: or as a form. */
export class MemoryStore {
  /** @param {{hash: (bytes: Uint8Array) => string, now: () => number, listsDigests?: boolean, singlePut?: boolean, singleForms?: boolean}} options */
  constructor({ hash, now, listsDigests = false, singlePut = true, singleForms = false }) {
    this.hash = hash;
    this.now = now;
    this.listsDigests = listsDigests;
    this.singlePut = singlePut;
    this.singleForms = singleForms;
    /** Where browsers reach it, as `https://a.example/`; "" is one that needs no name. */
    this.hosts = [""];
    /** @type {Map<string, Multipart>} */
    this.multiparts = new Map();
    /** @type {Map<string, {bytes: Uint8Array, checksum: string}>} */
    this.objects = new Map();
    /** Every request that was ever signed, by its address. @type {Map<string, Signed>} */
    this.signed = new Map();
    this.ids = 0;
    /** It does not answer the server. */
    this.away = false;
    /** So many of the next objects are not what was sent. */
    this.spoils = 0;
  }

  // -- what a browser does with a signature --------------------------------------------------------------------------

  /** @param {string} url @param {Record<string, string>} headers @param {Uint8Array} bytes */
  put(url, headers, bytes) {
    const terms = this.signed.get(pathOf(url));
    if (terms && this.now() > terms.until) return refusal(403, "AccessDenied");
    if (!terms?.number || headers[HEADER] !== terms.sha256 || bytes.length !== terms.size) return refusal(403, "SignatureDoesNotMatch");
    const multipart = this.multiparts.get(terms.multipart ?? "");
    if (!multipart && !terms.object) return refusal(404, "NoSuchUpload");
    const sha = this.hash(bytes);
    if (sha !== terms.sha256) return refusal(400, "BadDigest");
    multipart?.parts.set(terms.number, { bytes, sha });
    if (terms.object) this.objects.set(terms.object, { bytes, checksum: sha });
    return taken(200, sha);
  }

  /** @param {string} url @param {Record<string, string>} fields @param {Uint8Array} bytes */
  post(url, fields, bytes) {
    const terms = this.signed.get(pathOf(url));
    if (!terms?.key || this.now() > terms.until || fields.key !== terms.key || fields[HEADER] !== terms.sha256) return refusal(403, "AccessDenied");
    if (bytes.length !== terms.size) return refusal(400, bytes.length < terms.size ? "EntityTooSmall" : "EntityTooLarge");
    const sha = this.hash(bytes);
    if (sha !== terms.sha256) return refusal(400, "BadDigest");
    this.objects.set(terms.key, { bytes, checksum: sha });
    return taken(201, sha);
  }

  reach() {
    if (this.away) throw problem("store_unavailable");
  }

  // -- what the server does ------------------------------------------------------------------------------------------

  /** @param {string} path what the address shows of it @param {Multipart} multipart @param {number} number @param {Terms} terms */
  signPart(path, multipart, number, terms) {
    const object = multipart instanceof SinglePut ? multipart.key : undefined;
    const url = this.remember(path, { ...terms, multipart: multipart.id, number, object });
    const first = (number - 1) % this.hosts.length;
    const [own, ...others] = [...this.hosts.slice(first), ...this.hosts.slice(0, first)].map((host) => host + url);
    const form = object && this.singleForms && !others.length ? { form: this.signForm(path, object, terms) } : {};
    return { url: own, headers: { [HEADER]: terms.sha256 }, ...(others.length && { others }), ...form };
  }

  /** @param {string} path @param {string} key @param {Terms} terms */
  signForm(path, key, terms) {
    return { url: this.hosts[0] + this.remember(path, { ...terms, key }), fields: { key, [HEADER]: terms.sha256 } };
  }

  /** @param {string} path @param {Signed} terms */
  remember(path, terms) {
    const url = `${path}?${(this.ids += 1)}`;
    this.signed.set(url, terms);
    return url;
  }

  /** Of one part there is none in the store, and nothing is asked. @param {string} key @param {number} parts @returns {Multipart} */
  open(key, parts) {
    if (parts === 1 && this.singlePut) return new SinglePut(this, key);
    this.reach();
    const multipart = { id: `m${(this.ids += 1)}`, key, parts: new Map() };
    this.multiparts.set(multipart.id, multipart);
    return multipart;
  }

  /** Whether the store knows it. @param {Multipart} multipart */
  isOpen(multipart) {
    return multipart instanceof SinglePut || this.multiparts.has(multipart.id);
  }

  /** @param {Multipart} multipart */
  abort(multipart) {
    if (multipart instanceof SinglePut) return;
    this.reach();
    this.multiparts.delete(multipart.id);
  }

  /** The store's own fault. @param {Multipart} multipart */
  lose(multipart) {
    if (multipart instanceof SinglePut) this.objects.delete(multipart.key);
    else this.multiparts.delete(multipart.id);
  }

  /** @param {Multipart} multipart @returns {{number: number, size: number, sha: string, sha256: string | null}[]} in order */
  list(multipart) {
    this.reach();
    if (!this.isOpen(multipart)) throw new Gone(multipart.id);
    const parts = [...multipart.parts.entries()].sort(([a], [b]) => a - b);
    return parts.map(([number, { bytes, sha }]) => ({ number, size: bytes.length, sha, sha256: this.listsDigests ? sha : null }));
  }

  /** @param {Multipart} multipart @param {number} number @param {string} key */
  copy(multipart, number, key) {
    if (!this.isOpen(multipart)) throw new Gone(multipart.id);
    const object = this.objects.get(key);
    if (!object) throw new Refused("NoSuchKey");
    if (multipart instanceof SinglePut) this.objects.set(multipart.key, object);
    else multipart.parts.set(number, { bytes: object.bytes, sha: object.checksum });
  }

  /** @param {Multipart} multipart @param {Named[]} named @returns {string} the checksum of the whole */
  complete(multipart, named) {
    if (!this.isOpen(multipart)) throw new Gone(multipart.id);
    const parts = named.map(({ number, sha, sha256 }) => {
      const part = multipart.parts.get(number);
      if (part?.sha !== sha) throw new Refused("InvalidPart");
      if (sha256 !== sha) throw new Refused("BadDigest");
      return part;
    });
    if (this.spoils) parts[0] = { bytes: parts[0].bytes.map((byte) => byte ^ 1), sha: "" };
    this.spoils = Math.max(0, this.spoils - 1);
    const checksum = this.composite(parts.map((part) => part.sha));
    if (multipart instanceof SinglePut) multipart.parts = new Map([[1, parts[0]]]);
    else this.objects.set(multipart.key, { bytes: joined(parts), checksum });
    this.multiparts.delete(multipart.id);
    return checksum;
  }

  /** The checksum of a whole whose parts have these digests. @param {string[]} digests */
  composite(digests) {
    return `${this.hash(Buffer.concat(digests.map((digest) => Buffer.from(digest, "base64"))))}-${digests.length}`;
  }

  /** @param {string} key */
  head(key) {
    this.reach();
    const object = this.objects.get(key);
    return object ? { size: object.bytes.length, checksum: object.checksum } : null;
  }

  /** Keys and sizes. @param {string} prefix */
  objectsBelow(prefix) {
    this.reach();
    return [...this.objects.entries()].filter(([key]) => key.startsWith(prefix)).map(([key, { bytes }]) => ({ key, size: bytes.length }));
  }
}

/** @param {Iterable<Part>} parts */
export const joined = (parts) => Buffer.concat([...parts].map((part) => part.bytes));
