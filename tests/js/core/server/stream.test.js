import assert from "node:assert/strict";
import test from "node:test";
import { Stream } from "../../../../custom_components/reflex_smartupload/client/core/server/stream.js";
import { MemoryClock } from "../bench.js";

/** A stream over a server that does what a test says. */
const made = () => {
  const clock = new MemoryClock();
  /** @type {{after: string, heard: (kind: string, place: string, data: any) => void, lost: () => void, closed: boolean}[]} */
  const opened = [];
  /** @type {string[]} */
  const said = [];
  let ends = 0;
  const stream = new Stream(
    {
      clock,
      random: () => 0.5,
      stream: {
        open: (after, listener) => {
          const one = { after, ...listener, closed: false };
          opened.push(one);
          return () => void (one.closed = true);
        },
      },
    },
    "tab",
    (kind, data) => said.push(`${kind} ${data.n ?? ""}`.trim()),
    undefined,
    () => (ends += 1),
  );
  return { clock, opened, said, stream, ended: () => ends };
};

test("what is told is passed on; it counts as live once what was missed has come", () => {
  const { opened, said, stream } = made();
  stream.start();
  stream.start();
  assert.equal(opened.length, 1);
  opened[0].heard("hello", "", {});
  opened[0].heard("upload", "1", { n: 7 });
  assert.equal(stream.live, false);
  opened[0].heard("beat", "2", {});
  assert.deepEqual([stream.live, stream.place, said], [true, "2", ["hello", "upload 7"]]);
});

test("a connection that breaks is made again from where it was, sooner at first", async () => {
  const { clock, opened, stream } = made();
  stream.start();
  opened[0].heard("beat", "5", {});
  opened[0].lost();
  assert.equal(stream.live, false);
  await clock.pass(1000);
  assert.equal(opened[1].after, "5");
  opened[1].lost();
  for (let i = 0; i < 8; i += 1) {
    await clock.pass(2100);
    opened.at(-1)?.lost();
  }
  assert.equal(opened.length, 10, "one attempt at a time");
  await clock.pass(2100);
  opened.at(-1)?.heard("beat", "5", {});
  assert.deepEqual([stream.live, stream.attempt], [true, 0]);
});

test("one that is silent is taken to be dead; what it says afterwards does not count", async () => {
  const { clock, opened, said, stream } = made();
  stream.start();
  opened[0].heard("beat", "1", {});
  for (let i = 0; i < 4; i += 1) {
    await clock.pass(15_000);
    opened[0].heard("beat", "1", {});
  }
  assert.deepEqual([stream.live, opened.length], [true, 1]);
  await clock.pass(46_000);
  assert.deepEqual([opened[0].closed, opened.length], [true, 2]);
  opened[0].heard("upload", "9", { n: 9 });
  opened[0].lost();
  assert.deepEqual([said, stream.place], [[], "1"]);
});

test("the server says when to come again", async () => {
  const { clock, opened, stream } = made();
  stream.start();
  opened[0].heard("beat", "1", {});
  opened[0].heard("end", "", { after: 60 });
  await clock.pass(59_000);
  assert.equal(opened.length, 1);
  await clock.pass(2000);
  assert.equal(opened.length, 2);
  opened[1].heard("end", "", { after: 0 });
  await clock.pass(2000);
  assert.equal(opened.length, 3);
});

test("whoever looks does not wait; a connection that works is left alone", async () => {
  const { opened, stream } = made();
  stream.hurry();
  assert.equal(opened.length, 0);
  stream.start();
  stream.hurry();
  assert.equal(opened.length, 1);
  opened[0].lost();
  stream.hurry();
  assert.equal(opened.length, 2);
  opened[1].heard("beat", "1", {});
  stream.hurry();
  assert.equal(opened.length, 2);
});

test("after a sleep a connection that seems to work is made again, from where it was, and who is told that it ended hears of it", () => {
  const { ended, opened, stream } = made();
  stream.renew();
  assert.equal(opened.length, 0);
  stream.start();
  opened[0].heard("beat", "1", {});
  stream.renew();
  assert.deepEqual([opened.length, opened[0].closed, opened[1].after, stream.live, ended()], [2, true, "1", false, 1]);
  stream.renew();
  assert.deepEqual([opened.length, ended()], [3, 1], "it did not work yet");
});

test("stopped it is closed, and begins anew from nowhere", async () => {
  const { clock, opened, stream } = made();
  stream.start();
  opened[0].heard("beat", "1", {});
  stream.stop();
  assert.equal(opened[0].closed, true);
  await clock.pass(120_000);
  assert.equal(opened.length, 1);
  stream.start();
  assert.equal(opened[1].after, "");
});

test("where nothing can be heard nothing is tried", async () => {
  const clock = new MemoryClock();
  const stream = new Stream({ clock, random: () => 0.5 }, "tab", () => {});
  stream.start();
  stream.hurry();
  await clock.pass(60_000);
  assert.deepEqual([stream.live, clock.timers.length], [false, 0]);
});
