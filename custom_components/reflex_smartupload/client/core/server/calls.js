// Decides what a call to the server says of the line to it: failures close the gate, answers open it, and a closed gate lets one through at a time.
// Where whoever calls waits by itself, an error is as good as an answer: nobody else has to.

import { ApiError, awayReason, isAway, isSignedOut } from "../ports/errors.js";

export class ServerCalls {
  #underWay = 0;

  /** @param {import("../ports/retry.js").Gate} gate @param {() => void} [signedOut] an answer says that whoever asks is nobody */
  constructor(gate, signedOut = () => {}) {
    this.gate = gate;
    this.signedOut = signedOut;
  }

  /** May one more be made now? */
  allows() {
    return this.gate.allows(this.#underWay);
  }

  /**
   * @template T
   * @param {() => Promise<T>} call @param {(error: unknown) => boolean} [waits]
   * @returns {Promise<T>}
   */
  async make(call, waits = () => false) {
    this.#underWay += 1;
    try {
      const answer = await call();
      this.gate.ok();
      return answer;
    } catch (error) {
      if (isAway(error) && !waits(error)) this.gate.fail(awayReason(error), error instanceof ApiError ? error.retryAfter * 1000 : 0);
      else this.gate.ok();
      if (isSignedOut(error)) this.signedOut();
      throw error;
    } finally {
      this.#underWay -= 1;
    }
  }
}
