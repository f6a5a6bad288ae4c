// `make simulate-planted`: puts one known fault after the other into a copy of the engine, and shows how soon the simulator finds it.

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { wholeNumber } from "./numbers.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PATCHES = fileURLToPath(new URL("./planted/", import.meta.url));
const MOST = String(wholeNumber("SEEDS", process.argv[2] ?? "20000", 1));
const [only = ""] = process.argv.slice(3);
const PARTS = ["custom_components/reflex_smartupload/client", "tests/simulation", "package.json"];

/** @param {string} patch @returns {string} */
const hunt = (patch) => {
  const folder = mkdtempSync(join(tmpdir(), "planted-"));
  try {
    for (const part of PARTS) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    try {
      execFileSync("git", ["apply", "--recount", "-C1", join(PATCHES, patch)], { cwd: folder, stdio: "pipe", env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() } });
    } catch (error) {
      return `does not apply any more: ${/** @type {any} */ (error).stderr}`;
    }
    const { stdout } = spawnSync(process.execPath, [join(folder, "tests/simulation/main.js"), "--from", "1", "--seeds", MOST, "--first", "--besides", String(new URL("./play.js", import.meta.url))], { encoding: "utf8" });
    const found = JSON.parse(stdout.trim().split("\n").at(-1) || "null");
    return found ? `${String(found.after).padStart(6)}  ${found.violation.slice(0, 100)}` : "  never";
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const patches = readdirSync(PATCHES).filter((name) => name.endsWith(".patch") && name.includes(only)).sort();
if (!patches.length) {
  console.error(`No fault has “${only}” in its file name.`);
  process.exit(2);
}
let missed = 0;
console.log(`${"fault".padEnd(56)} found after so many runs, by`);
for (const patch of patches) {
  const result = hunt(patch);
  if (!/^ *\d+ /.test(result)) missed += 1;
  console.log(`${patch.replace(".patch", "").padEnd(56)} ${result}`);
}
process.exitCode = missed ? 1 : 0;
