// `node tests/js/core/many_files.js 1000 10000`: what so many small files cost over the twins, in things that are counted and not timed.

import { bench, MemoryClock, MemoryService, pick } from "./bench.js";

const CALL = 20; // ms, and as many for a part

/** @param {number} count */
const run = async (count) => {
  const clock = new MemoryClock();
  const service = new MemoryService({ pause: () => new Promise((resolve) => clock.after(CALL, () => resolve())) });
  const b = await bench({ service, clock, memory: 32e6 });
  /** @type {Record<string, number>} */
  const counts = { "asked what is next": 0, "gone through": 0, told: 0, "cards told": 0 };
  const { lifecycle } = b.engine;
  const { next } = lifecycle;
  lifecycle.next = function (u) {
    counts["asked what is next"] += 1;
    return next.call(this, u);
  };
  const some = Object.getPrototypeOf(b.engine.running());
  const iterate = some[Symbol.iterator];
  some[Symbol.iterator] = function* () {
    for (const u of iterate.call(this)) {
      counts["gone through"] += 1;
      yield u;
    }
  };
  const begun = performance.now();
  await b.commands.add(Array.from({ length: count }, (_, at) => pick(`f${at}`, `${at}`)));
  while ([...b.engine.uploads.values()].some((u) => u.phase !== "ready")) await clock.pass(1000);
  const seconds = (performance.now() - begun) / 1000;
  some[Symbol.iterator] = iterate;
  await clock.pass(1000);
  for (const { changed } of b.ports.published) {
    counts.told += 1;
    counts["cards told"] += changed.length;
  }
  for (const what of ["journal.save", "journal.remove", "snapshots.write", "snapshots.remove"]) counts[what] = b.count(what);
  for (const what of ["create", "sign", "complete"]) counts[`calls: ${what}`] = service.log.filter((line) => line.startsWith(what) || line.startsWith(`batch ${what}`)).length;
  const calls = Object.entries(counts).filter(([name]) => name.startsWith("calls")).reduce((sum, [, times]) => sum + times, 0);
  console.log(`${count} files, ${calls} calls; ${(clock.now() / 1000).toFixed(1)} s of the twins' time, ${seconds.toFixed(1)} s of this machine with the twins' own work`);
  for (const [name, times] of Object.entries(counts)) console.log(`  ${name.padEnd(20)} ${String(times).padStart(8)}  ${(times / count).toFixed(2).padStart(7)} for each`);
};

for (const count of process.argv.slice(2)) await run(Number(count));
