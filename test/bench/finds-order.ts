/**
 * Who puts finds in the better order for a family's wish: plain saving, the rules of `miners/order.ts`, or a language model. Pairs of finds of which
 * the first should come first are in support/finds-cases.ts. Run:
 *
 *   npx esbuild test/bench/finds-order.ts --bundle --platform=node --format=esm --packages=external --outfile=.data/finds-order.mjs &&
 *     node .data/finds-order.mjs [MODEL.gguf ...]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createLlama, type LocalModel } from "../../hub/llm/llama.ts";
import type { Find } from "../../hub/model/find.ts";
import { goalInWords } from "../../hub/planner/goal.ts";
import { ordered } from "../../hub/planner/miners/order.ts";
import { findQuestion } from "../../hub/planner/miners/telling.ts";
import type { Names } from "../../hub/planner/names.ts";
import { buildProcess } from "../llm/process-entry.ts";
import { type Case, cases, homes, type Row } from "./support/finds-cases.ts";

const likely = (value: number) => ({ likely: value, low: value * 0.7, high: value * 1.3 });
const findOf = (id: string, row: Row): Find => ({
  ...{ id, kind: row.kind, title: id, facts: [], effect: row.effect, confidence: row.confidence, because: "" },
  ...(row.node ? { node: row.node } : {}),
  ...(row.room ? { room: row.room } : {}),
  ...{ kwh: likely(row.kwh), money: likely(row.money) },
  picture: { caption: "", unit: "W", across: "hours", values: [] },
  offer:
    row.offer === "goals"
      ? { kind: "goals", goals: [] }
      : row.offer === "advice"
        ? { kind: "advice", words: "" }
        : { kind: "blueprint", blueprint: "b", words: "" },
});
const findsOf = ({ home }: Case): Find[] =>
  Object.entries<Row>(homes[home])
    .map(([id, row]) => findOf(id, row))
    .sort((a, b) => b.money.likely - a.money.likely);

type Order = (of: Case) => Promise<readonly string[]>;

const names: Names = { things: [], rooms: new Map(), allRooms: [], nameOf: (node) => node };
const ids = (finds: readonly Find[]) => finds.map((f) => f.id);

const SYSTEM = `You help a family to save energy at home. Answer only with JSON.
"order": the ids of the list, what helps this family most first; easy and sure things before hard and unsure ones.`;

/** Plain: with kinds of goals and no names. `said`: with the wish as the family said it, and what kind of device each find is about. */
function byModel(model: LocalModel, said: boolean, took: number[]): Order {
  return async (of) => {
    const finds = findsOf(of);
    const kinds = of.goals.map((g) => g.kind);
    const about = (k: number) => finds[k]?.node ?? finds[k]?.room ?? "the house";
    const wish = `The family says: "${of.wish}". In other words: ${of.goals.map((g) => goalInWords(g, names)).join("; ")}.`;
    const plain = findQuestion(finds, kinds, "EUR").user;
    const user = said
      ? plain.replace(/^.*$/m, wish).replace(/^f(\d+): /gm, (start, n) => `${start}[${about(Number(n) - 1)}] `)
      : plain;
    const id = { enum: finds.map((_, k) => `f${k + 1}`) };
    const order = { type: "array", minItems: finds.length, maxItems: finds.length, items: id };
    const jsonSchema = { type: "object", properties: { order }, required: ["order"], additionalProperties: false };
    const before = performance.now();
    const answer = await model.ask({ system: SYSTEM, user, jsonSchema, maxTokens: 120, timeoutMs: 180_000 });
    took.push(performance.now() - before);
    if (!answer.ok) throw new Error(answer.reason);
    const { order: list } = JSON.parse(answer.text) as { order: string[] };
    // What it left out follows by saving.
    return [...new Set([...list.flatMap((one) => finds[Number(one.slice(1)) - 1]?.id ?? []), ...ids(finds)])];
  };
}

async function score(name: string, order: Order): Promise<void> {
  let [right, all, whole, unmoved] = [0, 0, 0, 0];
  for (const of of cases) {
    const list = await order(of);
    const held = of.pairs.filter(([a, b]) => list.indexOf(a) < list.indexOf(b)).length;
    right += held;
    all += of.pairs.length;
    whole += held === of.pairs.length ? 1 : 0;
    unmoved += list.join() === ids(findsOf(of)).join() ? 1 : 0;
  }
  console.log(
    `${name}: ${right} of ${all} pairs (${Math.round((100 * right) / all)} %), ${whole} of ${cases.length} cases whole, ${unmoved} left by saving`,
  );
}

await score("by saving", async (of) => ids(findsOf(of)));
await score("by the goals' rules", async (of) => ids([...ordered(findsOf(of), of.goals).finds]));
const files = process.argv.slice(2);
const entry = files.length > 0 ? await buildProcess() : "";
for (const path of files) {
  const stateFolder = mkdtempSync(join(tmpdir(), "finds-order-"));
  const log = { info() {}, warn: console.warn, error: console.error };
  const model = createLlama({ entry, modelPath: () => path, log, stateFolder });
  for (const said of [false, true]) {
    const took: number[] = [];
    await score(
      `${basename(path)}, ${said ? "with the wish in words" : "with kinds of goals"}`,
      byModel(model, said, took),
    );
    console.log(`  ${(took.toSorted((a, b) => a - b)[took.length >> 1] ?? 0) / 1000} s each (median)`);
  }
  await model.stop();
  rmSync(stateFolder, { recursive: true, force: true });
}
