// Puts the engine together from its rules and this browser's capabilities, and lets it work once it holds the lock.

import { Commands } from "../../core/engine/commands.js";
import { Device } from "../../core/recovery/device.js";
import { Engine } from "../../core/engine/engine.js";
import { roundSizeText } from "../../core/view/messages.js";
import { channel, ENGINE_LOCK } from "../../io/browser/channel.js";
import { events } from "../../io/network/events.js";
import { createHandovers } from "../../io/network/handover.js";
import { hold } from "../../io/browser/lock.js";
import { whenChanged } from "../../io/network/network.js";
import { createPartFiles } from "../../io/storage/partfiles.js";
import { put } from "../../io/network/put.js";
import { reach } from "../../io/network/reach.js";
import { createWriter } from "../../io/storage/writer.js";
import { common } from "./common.js";

/** Run the engine here, when no other one works any more. */
export const run = async () => {
  await hold(ENGINE_LOCK);
  const epoch = crypto.randomUUID();
  const say = channel((message) => hear(message));
  const writer = createWriter(say);
  const handovers = createHandovers(say);
  /** What has ended since pages were last told: each message costs more than what a card does. @type {{id: string, state: string}[]} */
  let ended = [];
  const engine = new Engine({
    ...common,
    put,
    reach: (url) => reach(url, (origin) => say({ type: "ask", origin })),
    partFiles: createPartFiles(writer),
    handovers,
    stream: events,
    publish: (change) => {
      say({ type: "change", epoch, ...change, ended });
      ended = [];
    },
    emit: (event) => {
      if (event.type === "settings") welcome();
      else if (event.type === "ended") ended.push(/** @type {{type: string, id: string, state: string}} */ (event));
      else say({ type: "event", epoch, event });
    },
  });
  const commands = new Commands(engine);
  const device = new Device(engine);

  const limits = () => ({
    max_file_size_text: roundSizeText(engine.settings.max_file_size ?? 5e12),
    wait_threshold_seconds: engine.settings.wait_threshold_seconds,
  });
  const welcome = () => say({ type: "welcome", epoch, ...engine.publisher.greeting(), limits: limits(), anonymous: engine.settings.anonymous === true, stores: engine.settings.stores ?? [] });

  let greeting = false;
  let again = false;
  /** Who comes meanwhile may be somebody else than whom the answer is about: asked once more. */
  const greet = async () => {
    again = true;
    if (greeting) return;
    greeting = true;
    while (again) {
      again = false;
      await engine.owners.ask();
      welcome();
    }
    greeting = false;
    engine.wake(); // and it brings a writer along
  };

  /** @type {Record<string, (message: any) => unknown>} */
  const handlers = {
    hello: ({ outlives, backgroundRuns, picked = [], ...said }) => {
      engine.speaking.hear(said);
      engine.owners.signIn.bring(picked);
      engine.livesIn({ shared: "SharedWorkerGlobalScope" in globalThis, outlives: Boolean(outlives), backgroundRuns: Boolean(backgroundRuns) });
      // A tab that comes may be somebody else's: the engine outlives pages, and so does what it shows.
      greet();
    },
    add: async ({ picks, serial }) => {
      await commands.add(picks);
      say({ type: "taken", serial });
    },
    give: ({ id, file }) => commands.give(id, file),
    remember: (message) => commands.remember(message),
    refuse: (message) => commands.refuse(message),
    pause: ({ id }) => commands.pause(id),
    resume: ({ id }) => commands.resume(id),
    cancel: ({ id }) => commands.cancel(id),
    withdraw: ({ id }) => commands.withdraw(id),
    undo: ({ id }) => commands.undo(id),
    retry: ({ id }) => commands.retry(id),
    sendNow: ({ id }) => commands.sendNow(id),
    dismiss: ({ id }) => commands.dismiss(id),
    group: ({ does, id }) => commands.groups.all(does, id),
    look: () => engine.recovery.look(),
    speak: (said) => engine.speaking.hear(said) && welcome(),
    "taken-over": () => engine.owners.takeOver(),
    forget: async ({ id }) => say({ type: "forgot", id, fault: await device.forget(id) }),
    writer: writer.hear,
    written: writer.hear,
    able: (message) => {
      handovers.hear(message);
      engine.wake();
    },
    handed: handovers.hear,
    gesture: () => engine.handover.gesture(),
    background: (message) => engine.handed.heard(message),
  };
  /** What came before the journal was read. @type {any[] | null} */
  let early = [];
  const hear = (/** @type {any} */ message) => {
    if (early) early.push(message);
    else handlers[message.type]?.(message);
  };

  self.addEventListener("online", () => engine.hurry());
  whenChanged(() => engine.wake());
  await Promise.all([engine.speaking.start(), engine.recovery.start()]);
  const waited = early;
  early = null;
  say({ type: "started", epoch });
  for (const message of waited) hear(message);
};
