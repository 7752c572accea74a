/** Writes a maker's package: the worked example under the maker's name, and the kit that it was written for. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AdapterFault } from "./find.ts";
import { kitVersion } from "./version.ts";

const NAME = /^[a-z][a-z0-9-]{0,39}$/;
const VENDORED = "inglenook-kit";

export interface ScaffoldOptions {
  readonly name: string;
  readonly folder: string;
  /** Where the hub keeps the contract's bundle, its types and the worked example. */
  readonly kitFolder: string;
  readonly hubVersion: string;
  /** Names of dialects that the hub has already. */
  readonly taken: readonly string[];
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

/** Makes the folder and returns the files that it wrote, without those of the kit. Throws AdapterFault. */
export function scaffold({ name, folder, kitFolder, hubVersion, taken }: ScaffoldOptions): readonly string[] {
  if (!NAME.test(name))
    throw new AdapterFault(
      "bad-name",
      `"${name}" can't be an adapter's name.`,
      "use 1 to 40 small letters, digits and hyphens",
    );
  if (taken.includes(name))
    throw new AdapterFault(
      "bad-name",
      `The hub has a dialect ${name} already.`,
      "use another name, such as your brand's",
    );
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new AdapterFault("folder-taken", `${folder} is not empty.`, "choose another folder with --dir");
  const template = join(kitFolder, "template");
  const bundle = join(kitFolder, "kit.mjs");
  if (!existsSync(template) || !existsSync(bundle))
    throw new AdapterFault("no-kit", "This installation has no kit.", "build the hub first: npm run build");
  const title = name.replace(
    /(^|-)([a-z])/g,
    (_, cut: string, letter: string) => (cut ? " " : "") + letter.toUpperCase(),
  );
  const files = filesIn(template);
  for (const file of files) {
    const text = readFileSync(join(template, file), "utf8").replaceAll("acme", name).replaceAll("Acme", title);
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const kit = join(folder, VENDORED);
  mkdirSync(kit, { recursive: true });
  cpSync(bundle, join(kit, "kit.mjs"));
  if (existsSync(join(kitFolder, "types"))) cpSync(join(kitFolder, "types"), join(kit, "types"), { recursive: true });
  const about = {
    name: VENDORED,
    version: `${kitVersion}.0.0`,
    description: `Of Inglenook ${hubVersion}`,
    private: true,
    type: "module",
  };
  writeFileSync(join(kit, "package.json"), `${JSON.stringify(about, null, 2)}\n`);
  return files;
}
