/**
 * How much of Home Assistant's automations comes over, were every entity known. Files or folders by argument:
 * `npx esbuild test/bench/ha-import.ts --bundle --platform=node --format=esm --packages=external --outfile=.data/bench/ha-import.mjs && node .data/bench/ha-import.mjs FOLDER... [--misses 40] [--json] [--lacks input_boolean]`. A folder in a folder is one home; `--lacks`: a kind of entity
 * that the home knows nothing of.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { readDocument, translateFiles } from "../../hub/rules/translate/home-assistant/index.ts";
import { ideal } from "./support/ha-ideal.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    misses: { type: "string", default: "40" },
    json: { type: "boolean" },
    lacks: { type: "string" },
  },
});

const filesOf = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((name) => filesOf(join(path, name)))
    : [path];

const sum = { trigger: { of: 0, done: 0 }, condition: { of: 0, done: 0 }, action: { of: 0, done: 0 } };
let [all, whole, made, unread] = [0, 0, 0, 0];
const misses = new Map<string, number>();
/** Automations that lack nothing but this, and what follows from it. */
const alone = new Map<string, number>();

/** Names of entities stand for all of their kind; those of what is called stay. */
const plain = (text: string): string =>
  text
    .replaceAll(/(?<!")\b([a-z_]+)\.[a-z0-9_]{2,}/gi, "$1.*")
    .replaceAll(/script\.[a-z0-9_]+/gi, "script.*")
    .replaceAll(/device\/\w+/g, "device/*");

/** What is missing because something else is. */
const FOLLOWS =
  /^(Nothing of what|What follows was left out|This choice was left out|Both ways were left out|What ends it could not)/;

/** Files of one home come together, as a person would open them. */
const homes = new Map<string, string[]>();
for (const file of positionals.flatMap(filesOf)) homes.set(dirname(file), [...(homes.get(dirname(file)) ?? []), file]);

for (const files of homes.values()) {
  const given = files.map((name) => ({ name, text: readFileSync(name, "utf8") }));
  const read = translateFiles(
    given.filter(({ name, text }) => {
      const alone = readDocument(text);
      if (!alone.ok) console.error(name, alone.line, alone.text);
      if (!alone.ok) unread += 1;
      return alone.ok;
    }),
    (entity) => (values.lacks !== undefined && entity.startsWith(`${values.lacks}.`) ? undefined : ideal(entity)),
  );
  if (!read.ok) continue;
  for (const one of read.things) {
    if (one.kind !== "automation") continue;
    all += 1;
    const missed = one.misses.filter((m) => m.level === "missed");
    if (missed.length === 0) whole += 1;
    if (one.draft) made += 1;
    for (const kind of ["trigger", "condition", "action"] as const) {
      sum[kind].of += one.tally[kind].of;
      sum[kind].done += one.tally[kind].done;
    }
    const words = new Set(missed.map((m) => plain(m.text)));
    for (const word of words) misses.set(word, (misses.get(word) ?? 0) + 1);
    const causes = [...words].filter((word) => !FOLLOWS.test(word));
    const [only] = causes;
    if (only && causes.length === 1) alone.set(only, (alone.get(only) ?? 0) + 1);
  }
}

const share = ({ of, done }: { of: number; done: number }) => Math.round((1000 * done) / Math.max(1, of)) / 10;
const result = {
  ...{ automations: all, unread, rules: made, whole: share({ of: all, done: whole }) },
  ...{ trigger: share(sum.trigger), condition: share(sum.condition), action: share(sum.action), parts: sum },
};
if (values.json) console.log(JSON.stringify(result));
else {
  console.log(result);
  for (const [word, count] of [...misses].toSorted((a, b) => b[1] - a[1]).slice(0, Number(values.misses)))
    console.log(String(count).padStart(5), String(alone.get(word) ?? 0).padStart(5), word);
}
