import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../support/sources.ts";

/** A folder with what the build gives to makers and to the hub, made from source. */
export interface Workshop {
  readonly folder: string;
  readonly kit: string;
  readonly processEntry: string;
  /** An adapter of one file, given the body of its decode(message). */
  adapter(name: string, decode: string): string;
  remove(): void;
}

export async function openWorkshop(): Promise<Workshop> {
  const folder = mkdtempSync(join(tmpdir(), "inglenook-kit-"));
  await build({
    entryPoints: {
      "dist/adapter-process": join(root, "adapters/kit/foreign/process.ts"),
      "kit/kit": join(root, "adapters/kit/contract.ts"),
    },
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
    banner: { js: 'import { createRequire as __r } from "node:module"; const require = __r(import.meta.url);' },
  });
  cpSync(join(root, "adapters/kit/template"), join(folder, "kit/template"), { recursive: true });
  return {
    folder,
    kit: join(folder, "kit"),
    processEntry: join(folder, "dist/adapter-process.mjs"),
    adapter(name, decode) {
      const at = join(folder, "adapters", name);
      mkdirSync(at, { recursive: true });
      const file = join(at, "dialect.mjs");
      const session = `{ decode(message) { ${decode} }, encode: () => ({ ok: true, publish: [{ topic: "bad/set", payload: "on", qos: 1 }] }) }`;
      writeFileSync(file, `export default { kit: 1, name: "${name}", open: () => (${session}) };\n`);
      return file;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
