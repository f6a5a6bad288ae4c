// What every home of the engine has, whether shared worker, page or service worker.

import { api } from "../io/api.js";
import { clock } from "../io/clock.js";
import { hash } from "../io/hash.js";
import { journal } from "../io/journal.js";
import { network } from "../io/network.js";
import { quota } from "../io/quota.js";
import { snapshots } from "../io/snapshots.js";

export const common = { clock, random: Math.random, newId: () => crypto.randomUUID(), api, hash, journal, snapshots, network, quota };
