/** What is broken in the malformed messages' test: our own recordings, and real ones where they are at hand. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dialect } from "../../../../adapters/mqtt/dialect.ts";
import { recorded } from "../fixtures/recorded.ts";
import type { Raw } from "./mutations.ts";

const corpus = join(import.meta.dirname, "../../../../../shared/data/mqtt");

/** False: only our own recordings are there. */
export const realOnes = existsSync(corpus);

interface Row {
  readonly dialect: string;
  readonly messages: readonly { readonly topic: string; readonly payload: string; readonly retain?: boolean }[];
}

let rows: readonly Row[] | undefined;

function rowsOf(): readonly Row[] {
  if (!realOnes) return [];
  rows ??= readdirSync(corpus)
    .filter((file) => file.endsWith(".jsonl"))
    .flatMap((file) => readFileSync(join(corpus, file), "utf8").split("\n"))
    .filter((line) => line !== "")
    .map((line): Row => JSON.parse(line));
  return rows;
}

const speaks = (dialect: Dialect, messages: readonly Raw[]): boolean => {
  const session = dialect.open("hub");
  const hears = (m: Raw, i: number): boolean => (session.decode({ ...m, at: i * 1000 })?.nodes.length ?? 0) > 0;
  return [...messages, ...messages].some(hears);
};

/** Messages of one home each, in which this dialect is spoken. Rows of several makers are of whom they make a device. */
export function homesOf(dialect: Dialect, names: ReadonlySet<string>): readonly (readonly Raw[])[] {
  const own = (recorded[dialect.name] ?? []).map(
    ([topic, body, retained = false]): Raw => ({
      topic,
      payload: typeof body === "string" ? body : JSON.stringify(body),
      retained,
    }),
  );
  const real = rowsOf()
    .filter((row) => row.dialect === dialect.name || !names.has(row.dialect))
    .map((row) => ({
      dialect: row.dialect,
      messages: row.messages.map((m): Raw => ({ topic: m.topic, payload: m.payload, retained: m.retain === true })),
    }))
    .filter((row) => row.dialect === dialect.name || speaks(dialect, row.messages));
  return [own, ...real.map((row) => row.messages)].filter((home) => home.length > 0);
}
