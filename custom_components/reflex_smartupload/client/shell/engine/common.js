// What every home of the engine has, whether shared worker, page or service worker.

import { api, hangUp } from "../../io/network/api.js";
import { clock } from "../../io/browser/clock.js";
import { hash } from "../../io/browser/hash.js";
import { read } from "../../io/browser/reading.js";
import { journal } from "../../io/storage/journal.js";
import { network } from "../../io/network/network.js";
import { postForm } from "../../io/network/postform.js";
import { reach } from "../../io/network/reach.js";
import { quota } from "../../io/storage/quota.js";
import { snapshots } from "../../io/storage/snapshots.js";

export const common = { clock, random: Math.random, newId: () => crypto.randomUUID(), api, hangUp, hash, read, postForm, journal, snapshots, network, quota, reach };
