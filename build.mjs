// Builds what runs: each process as one bundle in dist/, and the dashboard. Only native parts stay outside.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import ts from "typescript";

const processes = {
  inglenook: "hub/cli.ts",
  "history-worker": "hub/storage/history-worker.ts",
  "solver-worker": "hub/solver/worker.ts",
  "trial-worker": "hub/main/dry-run/worker.ts",
  "matter-process": "adapters/matter/process.ts",
  "matter-bridge": "adapters/matter/bridge-process.ts",
  "llm-process": "hub/llm/process.ts",
  "firmware-sim": "firmware-sim/main.ts",
  "matter-device": "firmware-sim/matter-device.ts",
  "adapter-process": "adapters/kit/foreign/process.ts",
  "kit/kit": "adapters/kit/contract.ts",
};

/** Built beside its place and moved there when whole, so that a build that fails takes nothing away. */
const out = resolve("dist");
const making = `${out}.new`;

const { version } = JSON.parse(readFileSync("package.json", "utf8"));

/**
 * matter.js has doors to databases of other runtimes, opened only where they are there. A static import of them in a bundle
 * would stop Node 20 at once: they become modules that are looked up when they are first used.
 */
const lateDatabases = {
  name: "late-databases",
  setup(build) {
    build.onResolve({ filter: /^(bun|node):sqlite$/ }, ({ path }) => ({ path, namespace: "late" }));
    build.onLoad({ filter: /.*/, namespace: "late" }, ({ path }) => ({
      contents: path === "node:sqlite" ? 'module.exports = require("node:".concat("sqlite"));' : "module.exports = {};",
      loader: "js",
    }));
  },
};

async function bundleProcesses() {
  const entryPoints = Object.entries(processes).filter(([, file]) => existsSync(file));
  const { metafile } = await build({
    entryPoints: Object.fromEntries(entryPoints),
    outdir: making,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    // matter.js knows its own classes and log formats by their names.
    keepNames: true,
    // Names of variables stay too: what a log shows of an error must tell where it happened.
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: false,
    legalComments: "none",
    external: ["better-sqlite3", "node-llama-cpp"],
    plugins: [lateDatabases],
    define: { INGLENOOK_VERSION: JSON.stringify(version) },
    // Bundled CommonJS packages still call require and __dirname.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; import { fileURLToPath as __toPath } from "node:url"; const require = __createRequire(import.meta.url); const __filename = __toPath(import.meta.url); const __dirname = __toPath(new URL(".", import.meta.url));',
    },
    logLevel: "error",
    metafile: true,
  });
  return packagesOf(Object.keys(metafile.inputs));
}

/** Names of the packages whose files are in a bundle. */
const packagesOf = (files) =>
  files.flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll("\\", "/"))?.[1] ?? []);

/** Sends each text asset ready compressed, so that a Pi does not do it for each visit. */
function precompress(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) precompress(path);
    else if (/\.(js|css|html|svg|json)$/.test(entry.name)) {
      const bytes = readFileSync(path);
      writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      writeFileSync(`${path}.br`, brotliCompressSync(bytes));
    }
  }
}

/** What makers get: the contract's types beside its bundle, and the worked example that they begin with. */
function buildKit() {
  const kit = join(making, "kit");
  const types = join(kit, "types");
  const program = ts.createProgram(["adapters/kit/contract.ts"], {
    ...{ target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.Preserve, strict: true, skipLibCheck: true },
    ...{ declaration: true, emitDeclarationOnly: true, allowImportingTsExtensions: true, types: ["node"] },
    ...{ rootDir: ".", outDir: types },
  });
  const emitted = new Map();
  // A package has no .ts beside these: they speak of the .js that the bundle stands for.
  program.emit(undefined, (file, text) => {
    emitted.set(resolve(file), text.replace(/(from |import\()"(\.[^"]*)\.ts"/g, '$1"$2.js"'));
  });
  const write = (file) => {
    const text = emitted.get(file);
    if (text === undefined) return;
    emitted.delete(file);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    for (const [, to] of text.matchAll(/"(\.[^"]*)\.js"/g)) write(resolve(dirname(file), `${to}.d.ts`));
  };
  write(join(types, "adapters/kit/contract.d.ts"));
  cpSync("adapters/kit/template", join(kit, "template"), { recursive: true });
}

async function buildDashboard() {
  if (!existsSync("dashboard/index.html")) return [];
  const vite = await import("vite");
  const dashboard = join(making, "dashboard");
  const { output } = await vite.build({
    configFile: "vite.config.ts",
    logLevel: "error",
    build: { outDir: dashboard },
  });
  precompress(dashboard);
  return packagesOf(output.flatMap((part) => (part.type === "chunk" ? Object.keys(part.modules) : [])));
}

rmSync(making, { recursive: true, force: true });
mkdirSync(making, { recursive: true });
const bundled = await Promise.all([bundleProcesses(), buildDashboard()]);
// The solver looks for its WebAssembly beside its bundle.
cpSync("node_modules/highs/build/highs.wasm", join(making, "highs.wasm"));
buildKit();
writeFileSync(join(making, "bundled.json"), JSON.stringify([...new Set(bundled.flat())].sort()));
rmSync(out, { recursive: true, force: true });
renameSync(making, out);
