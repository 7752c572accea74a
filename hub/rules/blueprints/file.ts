import { stringify } from "yaml";
import type { z } from "zod";
import { BLUEPRINT_FORM, type Blueprint, blueprint } from "../../model/blueprint/blueprint.ts";
import { plainIssues } from "../../model/issues.ts";
import { type Item, plainOf, readDocument } from "../translate/home-assistant/index.ts";
import { blueprintFaults } from "./samples.ts";

/** Characters of a file. */
const MAX_BLUEPRINT_FILE = 50_000;
/** Values in it, each use of an anchor counted. */
const MAX_VALUES = 6000;
const MAX_FAULTS = 10;

interface FileFault {
  /** Counted from 1. */
  readonly line: number;
  /** Where in the blueprint, for example `inputs.heater.has`; empty for the file itself. */
  readonly field: string;
  readonly text: string;
}

type BlueprintFile =
  | { readonly ok: true; readonly blueprint: Blueprint }
  | { readonly ok: false; readonly faults: readonly FileFault[] };

/** Reads a file of one blueprint, in YAML or JSON. What is wrong is told by line and field, at most ten faults. */
export function readBlueprint(text: string): BlueprintFile {
  const failed = (line: number, field: string, said: string): BlueprintFile => ({
    ok: false,
    faults: [{ line, field, text: said }],
  });
  if (text.length > MAX_BLUEPRINT_FILE)
    return failed(1, "", `the file has more than ${MAX_BLUEPRINT_FILE} characters; a ready-made rule is far smaller`);
  const read = readDocument(text, MAX_VALUES);
  if (!read.ok) return failed(read.line, "", read.text);
  const form = read.root.map?.get("inglenookBlueprint");
  if (!form)
    return failed(
      1,
      "inglenookBlueprint",
      "is missing: this is no ready-made rule of Inglenook, whose files begin with it",
    );
  if (form.scalar !== BLUEPRINT_FORM)
    return failed(
      form.line,
      "inglenookBlueprint",
      `says form ${String(form.scalar)}, and this hub reads form ${BLUEPRINT_FORM}`,
    );
  const tagged = tagIn(read.root);
  if (tagged) return failed(tagged.line, "", `${tagged.tag} is not allowed: a ready-made rule is plain data`);
  const made = blueprint.safeParse(plainOf(read.root));
  if (!made.success) return { ok: false, faults: issues(read.root, made.error.issues) };
  const faults = blueprintFaults(made.data);
  if (faults.length === 0) return { ok: true, blueprint: made.data };
  return {
    ok: false,
    faults: faults
      .slice(0, MAX_FAULTS)
      .map(({ field, text: said }) => ({ line: lineAt(read.root, field.split(".")), field, text: said })),
  };
}

const issues = (root: Item, all: readonly z.core.$ZodIssue[]): readonly FileFault[] =>
  plainIssues(all).map(({ path, message }) => ({ line: lineAt(root, path), field: path.join("."), text: message }));

/** The line of a place in the file, or of the nearest above it that is there. */
function lineAt(root: Item, path: readonly string[]): number {
  let at = root;
  for (const key of path) {
    const next = at.list?.[Number(key)] ?? at.map?.get(key);
    if (!next) break;
    at = next;
  }
  return at.line;
}

function tagIn(item: Item): Item | undefined {
  if (item.tag !== undefined) return item;
  for (const one of item.list ?? item.map?.values() ?? []) {
    const found = tagIn(one);
    if (found) return found;
  }
  return undefined;
}

/** The blueprint as a file that people can read; the same blueprint gives the same file. */
export function blueprintAsYaml(of: Blueprint): string {
  const head = `# A ready-made rule of Inglenook: ${of.title.replaceAll(/\s+/g, " ")}.\n# To bring it in: Rules, "Ready-made rules", "Read from a file".\n`;
  return head + stringify(of, { lineWidth: 100, aliasDuplicateObjects: false });
}
