import assert from "node:assert/strict";
import test from "node:test";
import { mortal } from "../../../../custom_components/reflex_smartupload/client/core/ports/life.js";
import { memoryPorts } from "../../../../custom_components/reflex_smartupload/client/io/twins/memory.js";
import { MemoryBrowser, MemoryClock, MemoryDisk, MemoryService, settled } from "../bench.js";

const bare = () => {
  const service = new MemoryService();
  const clock = new MemoryClock();
  return { service, clock, ports: memoryPorts({ service, disk: new MemoryDisk(), clock, browser: new MemoryBrowser(service) }) };
};

/** What has become of a promise by now. @param {Promise<unknown>} promise */
const fate = async (promise) => {
  let said = "open";
  promise.then(() => (said = "kept"), () => (said = "broken"));
  await settled();
  return said;
};

test("while it lasts, everything is answered as ever", async () => {
  const { service, clock, ports } = bare();
  const { ports: mine } = mortal(ports);
  assert.equal(mine.clock.now(), 0);
  assert.equal((await mine.api.settings()).max_parallel_parts, 6);
  await assert.rejects(mine.api.get("nothing"));
  mine.emit({ type: "log" });
  assert.equal(ports.events.length, 1);
  let rang = 0;
  mine.clock.after(5, () => (rang += 1));
  mine.clock.after(5, () => (rang += 1))();
  await clock.pass(10);
  assert.equal(rang, 1, "a timer that was taken back does not ring");
  assert.equal(mine.partFiles.usable(), true);
  assert.deepEqual(service.log, ["settings", "get nothing"]);
});

test("after its end nothing is reached, nothing rings, and no answer is heard", async () => {
  const { service, clock, ports } = bare();
  const { ports: mine, end } = mortal(ports);
  const asked = mine.api.settings();
  const refused = mine.api.get("nothing");
  let rang = false;
  mine.clock.after(5, () => (rang = true));
  await end();
  await clock.pass(10);
  const late = mine.journal.save([]);
  mine.emit({ type: "log" });
  mine.publish(/** @type {any} */ ({}));
  assert.deepEqual([await fate(asked), await fate(refused), await fate(late)], ["open", "open", "open"]);
  assert.deepEqual([rang, ports.events, ports.published], [false, [], []]);
  assert.deepEqual(service.log, ["settings", "get nothing"]);
});

test("its end waits for what is being written, not for the network", async () => {
  const { ports } = bare();
  let write = () => {};
  ports.journal.save = () => new Promise((resolve) => (write = () => resolve()));
  const { ports: mine, end } = mortal(ports);
  mine.journal.save([]);
  mine.api.settings();
  const over = end();
  assert.equal(await fate(over), "open");
  write();
  assert.equal(await fate(over), "kept");
});

test("its rest comes when one write follows no more from another", async () => {
  const { clock, ports } = bare();
  const { ports: mine, rest } = mortal(ports);
  /** @type {string[]} */
  const done = [];
  (async () => {
    await mine.snapshots.remove("a");
    done.push("bytes");
    await mine.journal.remove("a");
    done.push("entry");
  })();
  const resting = rest();
  await clock.pass(0);
  await resting;
  assert.deepEqual(done, ["bytes", "entry"]);
});
