import assert from "node:assert/strict";
import test from "node:test";
import { network, whenChanged } from "../../../../custom_components/reflex_smartupload/client/io/network/network.js";

/** What a browser says of its line. @param {object} [connection] */
const says = (connection) => Object.defineProperty(globalThis, "navigator", { value: { onLine: true, connection }, configurable: true });

test("a line costs something where the browser says so: it is a mobile one, or its person saves data", () => {
  says({ type: "cellular", saveData: true });
  assert.equal(network.cost?.(), "metered");
  says({ type: "wifi", saveData: true });
  assert.equal(network.cost?.(), "saving");
  says({ effectiveType: "3g", downlink: 1 });
  assert.equal(network.cost?.(), "", "slow is not dear");
  says();
  assert.equal(network.cost?.(), "", "a browser that says nothing");
});

test("a change of it is told where the browser tells, and asking does no harm elsewhere", () => {
  const connection = new EventTarget();
  let heard = 0;
  says(connection);
  whenChanged(() => (heard += 1));
  connection.dispatchEvent(new Event("change"));
  assert.equal(heard, 1);
  says();
  whenChanged(() => assert.fail("nobody tells"));
});
