// Makes release/: the bundles and only those packages that can't be bundled, without what is not needed to run them.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";

const out = resolve("release");
const making = `${out}.new`;
const { platform, arch } = process;

const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));
const own = readJson("package.json");

/** Needed to build or fetch a native part, never to run it. */
const buildOnly = new Set(["prebuild-install", "cmake-js", "node-addon-api"]);
/** Of these only the named parts run; of all others everything but what `idle` matches. */
const needed = {
  "better-sqlite3": ["package.json", "LICENSE", "lib", "build/Release/better_sqlite3.node"],
  "node-llama-cpp": [
    "package.json",
    "LICENSE",
    "dist",
    "llama/package.json",
    "llama/binariesGithubRelease.json",
    "llama/llama.cpp.info.json",
    "llama/grammars",
  ],
};
const idle = /(\.(map|ts|mts|cts|md|markdown|flow|c|cc|cpp|h|gyp|gypi|yml|tgz)|\.tsbuildinfo)$/i;
const idleFolders = new Set(["test", "tests", "docs", "example", "examples", "benchmark", ".github", "man"]);

function fail(problem, fix) {
  console.error(`${problem}\n  Fix: ${fix}`);
  process.exit(1);
}

const systems = { linux: "linux", darwin: "mac", win32: "win" };

/** The model runtime calls its parts by system and processor; what they say in `cpu` is where they may be installed, not where they run. */
function runsHere({ name, os, cpu }) {
  const part = /^@node-llama-cpp\/(.+)$/.exec(name)?.[1];
  if (part) return part.startsWith(`${systems[platform]}-${arch}`);
  return (!os || os.includes(platform)) && (!cpu || cpu.includes(arch));
}

/** Where Node would find a package from a folder; undefined where it is not installed. */
function find(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const at = join(folder, "node_modules", name);
    if (existsSync(join(at, "package.json"))) return at;
    if (dirname(folder) === folder) return undefined;
  }
}

/** The folders of a package and of all it needs to run on this machine. */
function withNeeds(name, from, found = new Set()) {
  const at = buildOnly.has(name) ? undefined : find(name, from);
  if (!at || found.has(at)) return found;
  const own = readJson(join(at, "package.json"));
  // An override points what is not wanted at an empty package.
  if (own.name === "empty-npm-package" || !runsHere(own)) return found;
  found.add(at);
  for (const need of Object.keys({ ...own.dependencies, ...own.optionalDependencies })) withNeeds(need, at, found);
  return found;
}

function copyPackage(at) {
  const name = readJson(join(at, "package.json")).name;
  const to = join(making, relative(resolve("."), at));
  const keeps = (path) => {
    const inside = relative(at, path);
    if (inside === "") return true;
    if (statSync(path).isDirectory()) return basename(path) !== "node_modules" && !idleFolders.has(basename(path));
    return !idle.test(path) || /^(licen[cs]e|copying|notice)/i.test(basename(path));
  };
  for (const part of needed[name] ?? ["."]) cpSync(join(at, part), join(to, part), { recursive: true, filter: keeps });
}

/** Every bundled package's licence asks that its text goes along. */
function notices() {
  const texts = readJson("dist/bundled.json").map((name) => {
    const at = find(name, resolve("."));
    if (!at) return `${name}\n`;
    const { version, license } = readJson(join(at, "package.json"));
    const files = readdirSync(at).filter(
      (file) => /^(licen[cs]e|copying|notice)/i.test(file) && statSync(join(at, file)).isFile(),
    );
    return [`${name} ${version} (${license})`, ...files.map((file) => readFileSync(join(at, file), "utf8"))].join(
      "\n\n",
    );
  });
  writeFileSync(join(making, "THIRD-PARTY-NOTICES"), texts.join(`\n\n${"=".repeat(80)}\n\n`));
}

function sizeOf(path) {
  const stat = statSync(path);
  return stat.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : stat.size;
}

/** A folder's heaviest entries, MB. */
function heaviest(packages) {
  const places = [join(making, "dist"), ...packages.map((at) => join(making, relative(resolve("."), at)))];
  const sizes = places.map((place) => [relative(making, place), sizeOf(place) / 1e6]).sort((a, b) => b[1] - a[1]);
  return sizes.slice(0, 6).map(([name, mb]) => `  ${mb.toFixed(1).padStart(6)} MB  ${name}`);
}

if (!existsSync("dist/inglenook.mjs")) fail("There is no build.", "run: npm run build");
rmSync(making, { recursive: true, force: true });
mkdirSync(making, { recursive: true });
cpSync("dist", join(making, "dist"), {
  recursive: true,
  filter: (path) => !/[/\\](\.stamp|bundled\.json)$/.test(path),
});
const packages = Object.keys(own.dependencies).reduce((found, name) => withNeeds(name, resolve("."), found), new Set());
for (const at of packages) copyPackage(at);
const { name, version, description, license, type, engines, bin } = own;
const dependencies = Object.fromEntries(
  Object.keys(own.dependencies).map((need) => [need, readJson(join("node_modules", need, "package.json")).version]),
);
const manifest = { name, version, description, license, type, private: true, engines, bin, dependencies };
writeFileSync(join(making, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
for (const file of ["LICENSE", "README.md"]) if (existsSync(file)) cpSync(file, join(making, file));
notices();
rmSync(out, { recursive: true, force: true });
const report = heaviest([...packages]);
renameSync(making, out);
console.log(`release/ for ${platform}-${arch}: ${(sizeOf(out) / 1e6).toFixed(1)} MB; heaviest:`);
console.log(report.join("\n"));
console.log("Start it with: node release/dist/inglenook.mjs start");
