import type { RuleDraft } from "../model/rule/rule.ts";
import type { Incoming, IncomingRule, Keep, RuleExchange, Rules, Scenes } from "../ports.ts";
import { offersOf } from "../rules/exchange/offers.ts";
import { readOwn, writingYaml } from "../rules/exchange/own.ts";
import { actionInWords } from "../rules/explain.ts";
import { LINK, linksIn, type Translated, translateFiles } from "../rules/translate/home-assistant/index.ts";
import { nameNow } from "../step/identity/names.ts";
import type { CoreState } from "../step.ts";
import { calmly } from "./calmly.ts";
import { type ExchangeDesk, type Read, sameAs } from "./exchange/desk.ts";
import { entitiesOf, finder } from "./exchange/entities.ts";
import { type Kept, keepAll } from "./exchange/keep.ts";
import { linked } from "./exchange/links.ts";

interface Parts {
  readonly state: CoreState;
}

/** Rules out of and into files. What seems to be there already is never kept a second time without a word. */
export function createRuleExchange({ state }: Parts, rules: Rules, scenes: Scenes): RuleExchange {
  const desk = { state, rules, scenes };
  return {
    async write(version, ids) {
      const all = rules.list().map((status) => status.rule);
      const chosen = ids ? all.filter((rule) => ids.includes(rule.id)) : all;
      return calmly(writingYaml(chosen, state.home.settings.name, version));
    },
    async read(files, { meant, keep }): Promise<Incoming> {
      const own = readOwn(files[0]?.text ?? "");
      if (own && !own.ok) return own;
      const none = { entities: [], offers: [] } as const;
      if (own)
        return {
          ok: true,
          format: "inglenook",
          ...none,
          left: own.left,
          rules: await look(desk, own.rules.map(ownRead), keep),
        };
      const offers = offersOf(state.home, state.house, state.scenes);
      const find = finder(offers, meant, keep === undefined);
      const found = translateFiles(files, (entity) => find(entity)?.meant);
      if (!found.ok) return found;
      const read = found.things.map((thing, place) => incoming(thing, place, files.length > 1 ? files : []));
      return {
        ...{ ok: true, format: "homeAssistant", left: found.left, rules: await look(desk, read, keep) },
        entities: entitiesOf(found.things, offers, find),
        offers: offers.map(({ value, label }) => ({ value, label })),
      };
    },
  };
}

const incoming = (thing: Translated, place: number, files: readonly { readonly name: string }[]): Read => {
  const { key, line, title, draft, scene, misses } = thing;
  const file = files[thing.file]?.name;
  const made = { ...(draft ? { draft } : {}), ...(scene ? { scene } : {}), ...(file ? { file } : {}) };
  return { place, key, line, title, misses, kind: thing.kind === "scene" ? "scene" : "rule", ...made };
};

const ownRead = (
  { faults, ...rest }: Extract<ReturnType<typeof readOwn>, { ok: true }>["rules"][number],
  place: number,
): Read => ({ ...rest, place, kind: "rule", key: "", misses: faults.map((fault) => ({ ...fault, level: "missed" })) });

/** All of them in words, with what speaks against each; kept where that is asked for. */
async function look(
  desk: ExchangeDesk,
  all: readonly Read[],
  keep: Keep | undefined,
): Promise<readonly IncomingRule[]> {
  const titles = new Map(all.map((one) => [one.key, one.title]));
  const same = new Map(all.map((one) => [one.place, sameAs(desk, one)]));
  const kept = keep ? await keepAll(desk, all, same, keep) : new Map<number, Kept>();
  const ids = new Map(
    all.flatMap((one) => (one.key && same.get(one.place) ? [[one.key, same.get(one.place)?.id ?? ""]] : [])),
  );
  const found: IncomingRule[] = [];
  for (const one of all) {
    const { place, line, title, misses, kind, file } = one;
    const before = same.get(place);
    const done = kept.get(place);
    const needs = one.draft ? [...new Set(linksIn(one.draft))].map((key) => titles.get(key) ?? key) : [];
    found.push({
      ...{ place, line, title, misses, kind },
      ...(file ? { file } : {}),
      ...(before ? { same: before } : {}),
      ...(needs.length > 0 ? { needs } : {}),
      ...(await told(desk, one, titles, ids)),
      ...(done ? { kept: done } : {}),
    });
  }
  return found;
}

async function told(
  desk: ExchangeDesk,
  one: Read,
  titles: ReadonlyMap<string, string>,
  ids: ReadonlyMap<string, string>,
) {
  if (one.scene) {
    const words = one.scene.map((action) => actionInWords(action, (node) => nameNow(desk.state, node)));
    return { words: words.join("; "), problems: [] };
  }
  if (!one.draft) return { words: "", problems: [] };
  const same = one.key ? ids.get(one.key) : undefined;
  const { words, problems } = await desk.rules.read(linkedHere(one.draft, ids), same);
  const named = words.replaceAll(
    new RegExp(`${LINK}([\\w.]*\\w)`, "g"),
    (_, key: string) => `"${titles.get(key) ?? key}"`,
  );
  // What comes from the same files is there once it is kept.
  return { draft: one.draft, words: named, problems: problems.filter((p) => !p.text.includes(LINK)) };
}

/** Only what is known already has its id. */
const linkedHere = (draft: RuleDraft, ids: ReadonlyMap<string, string>): RuleDraft =>
  linksIn(draft).every((key) => ids.has(key)) ? linked(draft, ids) : draft;
