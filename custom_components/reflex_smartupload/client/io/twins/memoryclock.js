// The in-memory twin of time: nothing happens before a test lets it.

/** A clock that moves only when told to. */
export class MemoryClock {
  constructor() {
    this.time = 0;
    /** ms by which the clock on the wall is further: this one stood still while the computer slept. */
    this.slept = 0;
    /** @type {{at: number, run: () => void}[]} */
    this.timers = [];
  }

  now = () => this.time;
  wall = () => 1_800_000_000_000 + this.time + this.slept;
  /** @param {number} ms @param {() => void} run */
  after = (ms, run) => {
    const timer = { at: this.time + ms, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((one) => one !== timer);
    };
  };

  /** Let `ms` pass, running what falls due, with everything asynchronous in between. @param {number} ms */
  async pass(ms) {
    const end = this.time + ms;
    // A few calls that follow each other without a timer are still part of it.
    for (let quiet = 0; quiet < 4; quiet += 1) {
      await settled();
      const due = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) continue;
      quiet = -1;
      this.time = Math.max(this.time, due.at);
      this.timers = this.timers.filter((timer) => timer !== due);
      due.run();
    }
    this.time = end;
    await settled();
  }
}

/** Everything that is already on its way has happened. */
export const settled = () =>
  new Promise((resolve) => {
    let hops = 20;
    const hop = () => {
      hops -= 1;
      if (hops) setImmediate(hop);
      else resolve(null);
    };
    setImmediate(hop);
  });
