// Entry point of the SharedWorker: the engine's home wherever there is one.

import { run } from "./run.js";

run();
