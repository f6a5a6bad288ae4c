import assert from "node:assert/strict";
import test from "node:test";
import { ApiError, NetworkError } from "../../../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { base64url, bytesOf, faultText, isPushed, isPushTrouble, isSubscribed, needsPush, NOTHING_KNOWN, offer, PushFault, renewal, wantsHomeScreen, whyNoPush } from "../../../../custom_components/reflex_smartupload/client/core/view/notifications.js";
import "../../../../custom_components/reflex_smartupload/client/shell/words/notify.js";

const facts = (/** @type {Partial<import("../../../../custom_components/reflex_smartupload/client/core/view/notifications.js").Facts>} */ more = {}) => ({ ...NOTHING_KNOWN, known: true, able: true, ...more });
const PUSHED = { permission: "granted", subscribed: true };

test("nothing is offered before somebody has looked", () => {
  assert.equal(offer(NOTHING_KNOWN), "");
  assert.equal(offer(facts()), "ask");
});

test("who is told already is not asked again", () => {
  assert.equal(offer(facts(PUSHED)), "told");
  assert.equal(offer(facts({ email: "a@example.org" })), "told");
  assert.equal(offer(facts({ ...PUSHED, pushes: false })), "ask");
  assert.equal(offer(facts({ permission: "granted" })), "ask", "allowed, but the server knows no way");
  assert.equal(offer(facts({ email: "a@example.org", mails: false, permission: "denied" })), "mail");
});

test("where no push can come there is a field for an address", () => {
  assert.equal(offer(facts({ permission: "denied" })), "mail");
  assert.equal(offer(facts({ able: false })), "mail");
  assert.equal(offer(facts({ able: false, asked: "a@example.org" })), "confirm");
  assert.equal(offer(facts({ asked: "a@example.org" })), "ask", "a push would be quicker than the mailbox");
  assert.equal(offer(facts({ asked: "a@example.org", failed: true })), "confirm");
});

test("a visitor has to be on the list of the file as well", () => {
  assert.equal(offer(facts(PUSHED), false), "ask");
  assert.equal(needsPush(facts(PUSHED)), false, "then the click asks the browser for nothing");
  assert.equal(offer(facts({ able: false, asked: "a@example.org" }), false), "ask");
  assert.equal(offer(facts({ able: false }), false), "mail");
});

test("the click asks the browser only when that helps", () => {
  assert.equal(needsPush(facts()), true);
  assert.equal(needsPush(facts({ permission: "denied" })), false);
  assert.equal(needsPush(facts({ email: "a@example.org" })), false);
  assert.equal(isPushed(facts({ ...PUSHED, able: false })), false);
  assert.equal(isSubscribed(facts({ ...PUSHED, pushes: false })), true, "the switch of this browser is on, whatever that of all is");
});

test("each reason has its sentence", () => {
  assert.match(whyNoPush(facts({ permission: "denied" })), /blocked in this browser/);
  assert.match(whyNoPush(facts({ able: false })), /takes no messages/);
  assert.match(whyNoPush(facts({ able: false, homeScreen: true })), /home screen/);
});

const SUBSCRIPTION = { endpoint: "https://push.example/1", key: "K1" };
const now = (/** @type {Partial<Parameters<typeof renewal>[0]>} */ more = {}) =>
  renewal({ permission: "granted", subscription: SUBSCRIPTION, sent: { endpoint: SUBSCRIPTION.endpoint, owner: "me" }, key: "K1", owner: "me", pushes: true, count: 1, ...more });

test("a start keeps what is as it was", () => {
  assert.equal(now(), "keep");
  assert.equal(now({ subscription: { ...SUBSCRIPTION, key: "" } }), "keep", "a browser that does not say the key");
});

test("a start sends what the server does not know", () => {
  assert.equal(now({ subscription: { ...SUBSCRIPTION, endpoint: "https://push.example/2" } }), "send");
  assert.equal(now({ sent: null }), "send");
  assert.equal(now({ count: 0 }), "send");
});

test("a start subscribes anew when the key is another one, or the subscription is gone", () => {
  assert.equal(now({ key: "K2" }), "anew");
  assert.equal(now({ subscription: null }), "anew");
});

test("a start asks nobody, and gives nobody the pushes of somebody else", () => {
  assert.equal(now({ permission: "default" }), "nothing");
  assert.equal(now({ permission: "denied" }), "nothing");
  assert.equal(now({ subscription: null, sent: null }), "nothing");
  assert.equal(now({ pushes: false, count: 0 }), "nothing", "switched off: to send it would switch them on");
  assert.equal(now({ owner: "you" }), "drop");
  assert.equal(now({ owner: "you", pushes: false }), "drop");
  assert.equal(now({ owner: "you", key: "K2" }), "drop");
});

test("a phone's Safari wants to be on the home screen first", () => {
  const iphone = { agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", touch: 5, installed: false };
  assert.equal(wantsHomeScreen(iphone), true);
  assert.equal(wantsHomeScreen({ ...iphone, installed: true }), false);
  assert.equal(wantsHomeScreen({ ...iphone, agent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Safari/605" }), true, "a tablet");
  assert.equal(wantsHomeScreen({ ...iphone, agent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Safari/605", touch: 0 }), false);
  assert.equal(wantsHomeScreen({ ...iphone, agent: "Mozilla/5.0 (X11; Linux x86_64)" }), false);
});

test("a key is the same after a way there and back", () => {
  const key = Uint8Array.from({ length: 65 }, (_, at) => (at * 83 + 4) % 256);
  assert.match(base64url(key), /^[\w-]{87}$/);
  assert.deepEqual(bytesOf(base64url(key)), key);
});

test("every fault is a sentence that says what to do", () => {
  for (const code of /** @type {const} */ (["dismissed", "silent", "refused"])) assert.match(faultText(new PushFault(code)), /\w.{20,}\.$/);
  assert.equal(faultText(new ApiError(422, { code: "invalid_request", detail: "That is no address. Check it." })), "That is no address. Check it.");
  assert.match(faultText(new ApiError(502, {})), /server does not answer/);
  assert.match(faultText(new NetworkError("")), /server does not answer/);
});

test("a refusal of pushes leads to the field for an address, a server that is away does not", () => {
  assert.equal(isPushTrouble(new PushFault("silent")), true);
  assert.equal(isPushTrouble(new ApiError(404, { code: "push_unavailable", detail: "Nothing is pushed here." })), true);
  assert.equal(isPushTrouble(new ApiError(500, { code: "internal_error" })), false);
  assert.equal(isPushTrouble(new NetworkError("")), false);
});
