import { relative, resolve } from "node:path";
import type { Command } from "commander";
import { scaffold } from "../../../adapters/kit/scaffold.ts";
import { dialects } from "../../../adapters/mqtt/dialects/index.ts";
import { kitFolder } from "../../main/entries.ts";
import { version } from "../version.ts";

/** `inglenook kit new NAME`: a package of one's own, outside this one. */
export function addKitNew(kit: Command): void {
  kit
    .command("new <name>")
    .description("write a package for a maker's adapter, with tests that run")
    .option("--dir <dir>", "its folder (default inglenook-NAME)")
    .action((name: string, { dir }: { dir?: string }) => {
      const folder = resolve(dir ?? `inglenook-${name}`);
      const taken = dialects.map((d) => d.name);
      const files = scaffold({ name, folder, kitFolder: kitFolder(), hubVersion: version, taken });
      const here = relative(process.cwd(), folder) || ".";
      console.log(`Wrote ${here}: ${files.join(", ")}, and the kit in inglenook-kit/.`);
      console.log(`  cd ${here} && npm test\n  inglenook kit check ${here}\n  inglenook start --adapter ${here}`);
    });
}
