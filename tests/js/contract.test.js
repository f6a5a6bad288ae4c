// The cases of tests/contract_cases against the twin of server and store; tests/api/test_contract.py runs the same ones against the real ones.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";
import { storeErrorCode } from "../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { MemoryService } from "../../custom_components/reflex_smartupload/client/io/twins/memory.js";
import { problem } from "../../custom_components/reflex_smartupload/client/io/twins/memoryproblems.js";

const FOLDER = new URL("../contract_cases/", import.meta.url);
const UNIT = 8; // bytes; a MiB on the real server
const DAY = 86_400_000;
const HEADER = "x-amz-checksum-sha256";

/** @param {Uint8Array} bytes */
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("base64");

/** The whole file in one of its versions. @param {number} size @param {string} version */
const noise = (size, version) => Buffer.from(Array.from({ length: size }, (_, i) => (i * 31 + (i >> 5) + (version === "other" ? 101 : 0)) & 255));

/** `2.5 units + 3` in bytes; anything else as it is. @param {any} value */
const amount = (value) => {
  const [, units, more = "0"] = /^([\d.]+) units?(?: \+ (\d+))?$/.exec(value) ?? [];
  return units ? Number(units) * UNIT + Number(more) : value;
};

class Run {
  /** @param {any} settings */
  constructor({ takes_forms: takesForms = true, single_put: singlePut = true, single_forms: singleForms = true, owner_quota: quota = null, open_uploads: mostOpen = 2000, site_quota: siteQuota = null, ...settings } = {}) {
    this.wall = Date.UTC(2026, 10, 23);
    const service = new MemoryService({ partSize: 8 * UNIT, pause: async () => {}, wall: () => this.wall });
    Object.assign(service.settings, settings, { handover: takesForms });
    Object.assign(service, { quota, mostOpen, siteQuota });
    Object.assign(service.store, { singlePut, singleForms });
    service.store.now = () => 0; // the real one's clock does not move with the server's
    this.service = service;
    /** @type {Record<string, any>} */
    this.uploads = { "nobody's": { id: "nobody", size: 1, partSize: UNIT } };
    /** @type {Record<string, any>} */
    this.remembered = {};
  }

  /** @param {any} step */
  async step(step) {
    this.wall += 1;
    this.service.owner = step.by ?? "anna";
    let answer;
    let refusal = /** @type {any} */ (null);
    try {
      answer = await this.do(step);
    } catch (error) {
      if (!(error instanceof Error && error.name === "Error" && "problem" in error)) throw error;
      refusal = error.problem;
    }
    const u = this.uploads[step.of ?? "it"];
    if (step.refused) {
      assert.ok(refusal, `not refused, but ${JSON.stringify(answer)}`);
      assert.match(refusal.detail, /\.$/);
      this.compare(refusal, step.refused, u);
    } else {
      assert.equal(refusal, null, JSON.stringify(refusal));
      if ("expect" in step) this.compare(answer, step.expect, u);
    }
    for (const [name, member] of Object.entries(step.remember ?? {})) this.remembered[name] = answer[member];
  }

  /** @param {any} step @returns {Promise<any>} */
  async do(step) {
    const { service } = this;
    const { api, store } = service;
    const u = this.uploads[step.of ?? "it"];
    switch (step.do) {
      case "create": {
        const answer = await api.create(fileOf(step), step.key ?? "key");
        this.created(answer, step.as);
        return answer;
      }
      case "create many": {
        const { results } = /** @type {any} */ (await api.createMany(step.files.map((/** @type {any} */ one) => ({ key: one.key, ...fileOf(one) }))));
        for (const [at, { upload }] of results.entries()) if (upload) this.created(upload, step.files[at].as);
        return results;
      }
      case "sign many":
        return this.signMany(step);
      case "complete many":
        return (await api.completeMany(step.of.map((/** @type {string} */ name) => this.uploads[name].id))).results;
      case "cancel many":
        return (await api.cancelMany(step.of.map((/** @type {string} */ name) => this.uploads[name].id))).results;
      case "get": case "pause": case "resume": case "complete": case "cancel":
        return api[/** @type {"get"} */ (step.do)](u.id);
      case "claim":
        return api.adopt(u.id, step.key);
      case "list": case "settings":
        return api[/** @type {"list"} */ (step.do)]();
      case "news":
        return service.stream.since("").map((row) => service.view(row));
      case "sign": case "handover":
        return this.sign(step, u);
      case "put": {
        const [bytes, { url, headers }] = [this.bytes(u, step), u.grants[step.with ?? "last"].get(`put ${step.part}`)];
        return said(store.put(url, this.digest(u, step, headers), bytes));
      }
      case "form": {
        const [bytes, { url, fields }] = [this.bytes(u, step), u.grants[step.with ?? "last"].get(`form ${step.part}`)];
        return said(store.post(url, this.digest(u, step, fields), bytes));
      }
      case "post": {
        const [bytes, { url, fields }] = [this.bytes(u, step), u.grants[step.with ?? "last"].get(`post ${step.part}`)];
        return said(store.post(url, this.digest(u, step, fields), bytes));
      }
      case "content":
        assert.equal(service.uploads.get(u.id).state, "ready");
        return ["right", "other"].find((version) => service.content(u.id).equals(noise(u.size, version)));
      case "left": {
        const count = (/** @type {string} */ folder) => store.objectsBelow(`${folder}/${u.id}/`).length;
        return { part_objects: count("handover"), objects: count("uploads") };
      }
      case "the store goes away": case "the store is back":
        store.away = step.do === "the store goes away";
        return null;
      case "the store loses the upload":
        return store.lose(service.uploads.get(u.id).multipart);
      case "the store's next file is made and its answer lost": case "the store's next file is not made": {
        const last = step.do.endsWith("lost") ? "object made" : "verifying";
        service.effect = (what) => {
          if (what !== last) return;
          service.effect = () => {};
          throw problem("store_unavailable");
        };
        return null;
      }
      case "the store spoils its next file": case "the store spoils its next three files":
        store.spoils = step.do.includes("three") ? 3 : 1;
        return null;
      case "the server looks":
        this.wall += 60_000;
        return service.reconcile();
      case "days pass":
        this.wall += step.days * DAY;
        return service.houseKeep();
      default:
        throw new TypeError(`no such step: ${step.do}`);
    }
  }

  /** @param {any} answer @param {string} [name] in the case */
  created(answer, name = "it") {
    this.uploads[name] = { id: answer.id, size: answer.size, partSize: answer.part_size, grants: { last: new Map() } };
  }

  /** @param {any} step @param {any} u */
  claims(step, u) {
    const numbers = step.first ? Array.from({ length: step.first }, (_, index) => index + 1) : step.parts;
    return numbers.map((/** @type {any} */ one) => {
      const part = typeof one === "number" ? { number: one } : one;
      const bytes = this.bytes(u, { part: part.number, bytes: part.bytes });
      const sha = part.sha256 === undefined ? sha256(bytes) : this.value(part.sha256, u);
      return { number: part.number, size: amount(part.size) ?? bytes.length, sha256: sha };
    });
  }

  /** @param {any} step @param {any} u */
  async sign(step, u) {
    const answer = await this.service.api[/** @type {"sign"} */ (step.do)](u.id, this.claims(step, u), voucherOf(step));
    this.granted(answer, step, u);
    return answer;
  }

  /** @param {any} step */
  async signMany({ uploads }) {
    const asked = uploads.map((/** @type {any} */ one) => ({ id: this.uploads[one.of].id, parts: this.claims(one, this.uploads[one.of]), ...voucherOf(one) }));
    const { results } = /** @type {any} */ (await this.service.api.signMany(asked));
    for (const [at, { signed }] of results.entries()) if (signed) this.granted(signed, { do: "sign" }, this.uploads[uploads[at].of]);
    return results;
  }

  /** @param {any} answer @param {any} step @param {any} u */
  granted(answer, step, u) {
    for (const part of answer.parts) {
      for (const url of [part.url, part.form?.url]) {
        const terms = this.service.store.signed.get(url ?? "");
        if (terms && step.long_ago) terms.until = -1;
      }
      for (const name of ["last", step.as].filter(Boolean)) {
        const kept = (u.grants[name] ??= new Map()).set(`${step.do === "sign" ? "put" : "post"} ${part.number}`, part);
        if (part.form) kept.set(`form ${part.number}`, part.form);
      }
    }
  }

  /** @param {any} u @param {{part: number, bytes?: string}} step */
  bytes(u, { part, bytes = "right" }) {
    const start = (part - 1) * u.partSize;
    const right = noise(u.size, bytes).subarray(Math.max(0, start), Math.min(u.size, start + u.partSize));
    return { short: right.subarray(1), long: Buffer.concat([right, Buffer.from("x")]), empty: Buffer.alloc(0) }[bytes] ?? right;
  }

  /** The signed headers or fields, with the digest that the step wants. @param {any} u @param {any} step @param {any} given */
  digest(u, step, given) {
    const { [HEADER]: digest, ...others } = given;
    if (step.digest === "none") return others;
    return { ...others, [HEADER]: step.digest ? sha256(this.bytes(u, { part: step.part, bytes: step.digest })) : digest };
  }

  /** What the words of a case mean. @param {any} wanted @param {any} u */
  value(wanted, u) {
    const [, version, number] = /^digest of (other )?part (\d+)$/.exec(wanted) ?? [];
    return number ? sha256(this.bytes(u, { part: Number(number), bytes: version ? "other" : "right" })) : amount(wanted);
  }

  /** @param {any} found @param {any} wanted @param {any} u @param {string} [at] */
  compare(found, wanted, u, at = "answer") {
    if (Array.isArray(wanted)) {
      assert.equal(found.length, wanted.length, `${at}: ${JSON.stringify(found)}`);
      return wanted.forEach((one, index) => this.compare(found[index], one, u, `${at}[${index}]`));
    }
    if (wanted && typeof wanted === "object") {
      const { members, ...values } = wanted;
      if (members) assert.deepEqual(Object.keys(found).sort(), [...members].sort(), at);
      for (const [name, value] of Object.entries(values)) this.compare(found[name], value, u, `${at}.${name}`);
      return;
    }
    const [, how, name] = /^(same as|later than|not|at) (\S+)$/.exec(wanted) ?? [];
    if (wanted === "a text") assert.ok(typeof found === "string" && found, at);
    else if (how === "same as") assert.equal(found, this.remembered[name], at);
    else if (how === "not") assert.notEqual(found, this.remembered[name], at);
    else if (how === "later than") assert.ok(found > this.remembered[name], `${at}: ${found} after ${this.remembered[name]}`);
    else if (how === "at") assert.equal(Date.parse(found), Date.parse(name), at);
    else assert.deepEqual(found, this.value(wanted, u), at);
  }
}

/** @param {any} step @returns {any} */
const fileOf = ({ file = {} }) => ({
  name: "a.bin", size: 40, type: "application/octet-stream", last_modified: "2026-05-01T08:00:00.000Z", ...Object.fromEntries(Object.entries(file).map(([name, value]) => [name, amount(value)])),
});

/** @param {any} step @returns {import("../../custom_components/reflex_smartupload/client/core/ports/ports.js").Voucher} */
const voucherOf = ({ version, epoch, replace }) => ({ ...(version === undefined ? {} : { version }), ...(epoch ? { epoch } : {}), ...(replace ? { replace } : {}) });

/** @param {import("../../custom_components/reflex_smartupload/client/core/ports/ports.js").PutAnswer} answer */
const said = ({ status, etag, checksum, body }) => ({ status, code: storeErrorCode(body), etag, checksum });

for (const file of readdirSync(FOLDER))
  for (const { name, settings, steps } of JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")))
    test(`${file.replace(".json", "")}: ${name}`, async () => {
      const run = new Run(settings);
      for (const [index, step] of steps.entries()) {
        await run.step(step).catch((error) => {
          error.message = `step ${index + 1}, ${step.do}: ${error.message}`;
          throw error;
        });
      }
    });
