import { mkdirSync } from "node:fs";
import { build } from "esbuild";

/** Tests and benches run from the root of the repository. */
const root = `${process.cwd()}/`;

/** Bundles the model's process as the build does; below node_modules, so that the runtime's native part is found. */
export async function buildProcess(): Promise<string> {
  const outdir = `${root}node_modules/.cache/inglenook`;
  mkdirSync(outdir, { recursive: true });
  const outfile = `${outdir}/llm-process-${process.pid}.mjs`;
  await build({
    entryPoints: [`${root}hub/llm/process.ts`],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
    outfile,
  });
  return outfile;
}
