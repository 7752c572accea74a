// Makes a fresh clone ready: packages, the build and (for tests) a browser. Does nothing that is already done.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const wants = new Set(process.argv.slice(2));
const quiet = wants.has("--quiet");
/** Standard output belongs to the subcommand that follows; what takes a minute is still told. */
const say = (text) => (quiet ? console.error(text) : console.log(text));

function fail(problem, fix) {
  console.error(`${problem}\n  Fix: ${fix}`);
  process.exit(1);
}

function run(command, args, options = {}) {
  const out = spawnSync(command, args, { stdio: quiet ? ["ignore", "ignore", "inherit"] : "inherit", ...options });
  return out.status === 0;
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const fits = (major === 20 && minor >= 19) || major === 21 || (major === 22 && minor >= 13) || major > 22;
  if (!fits)
    fail(`Node ${process.versions.node} is too old for Inglenook.`, "install Node 20.19 or newer, or 22.13 or newer");
}

/** What decides about packages; a changed script in package.json is no reason to install. */
function packageStamp() {
  const { dependencies, devDependencies, overrides, allowScripts } = JSON.parse(readFileSync("package.json", "utf8"));
  const wanted = JSON.stringify([dependencies, devDependencies, overrides, allowScripts, process.versions.modules]);
  return createHash("sha256")
    .update(wanted)
    .update(stampOf(["package-lock.json"]))
    .digest("hex");
}

/** One number for a set of files: what was installed or built from exactly these need not be done again. */
function stampOf(paths) {
  const hash = createHash("sha256");
  const add = (path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else hash.update(path).update(readFileSync(path));
  };
  for (const path of paths) add(path);
  return hash.digest("hex");
}

function once(file, stamp, work) {
  if (existsSync(file) && readFileSync(file, "utf8") === stamp) return;
  work();
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, stamp);
}

function installPackages() {
  once("node_modules/.inglenook-setup", packageStamp(), () => {
    say("Installing packages (about a minute; once) …");
    // The model runtime comes with its binaries; its own download would need a foreign host.
    const env = { ...process.env, NODE_LLAMA_CPP_SKIP_DOWNLOAD: "true" };
    // Not `npm ci`: it refuses a lock file that names only the platforms its writer could see. Nothing is written to the lock.
    const args = ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
    if (!run("npm", args, { env }))
      fail(
        "The packages could not be installed.",
        "look at the lines above; a compiler (python3, make, g++) is needed where no ready-made SQLite binary fits this machine",
      );
  });
  if (sqliteRuns()) return;
  say("Building SQLite for this machine …");
  // Its own script is what builds it, also where npm was told to run no scripts.
  run("npm", ["rebuild", "better-sqlite3", "--ignore-scripts=false", "--loglevel=error"]);
  if (!sqliteRuns())
    fail(
      "SQLite could not be built.",
      "install python3, make and g++ (on Debian: apt-get install build-essential python3), then try again",
    );
}

function sqliteRuns() {
  const open = "new (require('better-sqlite3'))(':memory:')";
  return spawnSync(process.execPath, ["-e", open], { stdio: "ignore" }).status === 0;
}

function buildAll() {
  const sources = ["hub", "adapters", "dashboard", "firmware-sim", "build.mjs", "vite.config.ts", "tsconfig.json"];
  once("dist/.stamp", stampOf([...sources, "package.json", "package-lock.json"]), () => {
    say("Building the hub and the dashboard …");
    if (!run(process.execPath, ["build.mjs"])) fail("The build failed.", "look at the lines above");
  });
}

/** Tests drive a real browser: a Chromium on the machine, or Debian's. */
function findBrowser() {
  const known = [
    process.env.INGLENOOK_CHROMIUM,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ];
  if (known.some((path) => path && existsSync(path))) return;
  const root = process.getuid?.() === 0;
  const sudo = root ? [] : ["sudo", "-n"];
  const apt = (...args) =>
    run([...sudo, "apt-get"][0], [...sudo, "apt-get", ...args].slice(1), {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  say("Installing Chromium for the dashboard's tests …");
  if (
    !existsSync("/usr/bin/apt-get") ||
    !apt("update", "-qq") ||
    !apt("install", "-y", "-qq", "--no-install-recommends", "chromium")
  )
    console.warn(
      "No Chromium found and none could be installed: the dashboard's tests will be skipped. Set INGLENOOK_CHROMIUM to a browser.",
    );
}

process.chdir(import.meta.dirname);
checkNode();
installPackages();
if (wants.has("--build")) buildAll();
if (wants.has("--browser")) findBrowser();
