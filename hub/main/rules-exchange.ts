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
import {
  comingFor,
  comingNodes,
  type KeptDesks,
  makeComing,
  mayBecome,
  NEW_NUMBER,
  NEW_SWITCH,
  withComing,
} from "./exchange/kept.ts";
import { linked } from "./exchange/links.ts";

interface Parts extends KeptDesks {
  readonly state: CoreState;
  readonly scenes: Scenes;
}

/** Rules out of and into files. What seems to be there already is never kept a second time without a word. */
export function createRuleExchange({ state, switches, numbers, scenes }: Parts, rules: Rules): RuleExchange {
  const desks: KeptDesks = { switches, numbers };
  const desk: ExchangeDesk = { state, rules, scenes, coming: [] };
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
      const find = finder(offers, meant, keep === undefined, desks);
      const found = translateFiles(files, (entity) => find(entity)?.meant);
      if (!found.ok) return found;
      const asNew = (entity: string) => {
        const as = mayBecome(entity);
        return find(entity)?.value === as ? as : undefined;
      };
      const read = found.things.map((thing, place) => ({
        ...incoming(thing, place, files.length > 1 ? files : []),
        makes: comingFor(thing, asNew, found.numbers, state, desks),
      }));
      const coming = comingNodes(
        read.flatMap((one) => one.makes),
        desks,
      );
      return {
        ...{
          ok: true,
          format: "homeAssistant",
          left: found.left,
          rules: await look({ ...desk, coming }, read, keep, desks),
        },
        entities: entitiesOf(found.things, offers, find),
        offers: [...NEW_OFFERS, ...offers.map(({ value, label }) => ({ value, label }))],
      };
    },
  };
}

const NEW_OFFERS = [
  { value: NEW_SWITCH, label: "a new switch of the house" },
  { value: NEW_NUMBER, label: "a new number of the house" },
];

const incoming = (thing: Translated, place: number, files: readonly { readonly name: string }[]): Read => {
  const { key, line, title, draft, scene, misses } = thing;
  const file = files[thing.file]?.name;
  const made = { ...(draft ? { draft } : {}), ...(scene ? { scene } : {}), ...(file ? { file } : {}) };
  return { place, key, line, title, misses, kind: thing.kind === "scene" ? "scene" : "rule", ...made };
};

const ownRead = (
  { faults, ...rest }: Extract<ReturnType<typeof readOwn>, { ok: true }>["rules"][number],
  place: number,
): Read => ({ ...rest, place, kind: "rule", key: "", misses: faults.map((fault) => ({ ...fault, level: "wrong" })) });

/** All of them in words, with what speaks against each; kept where that is asked for. */
async function look(
  desk: ExchangeDesk,
  all: readonly Read[],
  keep: Keep | undefined,
  desks?: KeptDesks,
): Promise<readonly IncomingRule[]> {
  const titles = new Map(all.map((one) => [one.key, one.title]));
  const same = new Map(all.map((one) => [one.place, sameAs(desk, one)]));
  const kept = keep ? await keepWith(desk, all, same, keep, desks) : new Map<number, Kept>();
  const ids = new Map(
    all.flatMap((one) => (one.key && same.get(one.place) ? [[one.key, same.get(one.place)?.id ?? ""]] : [])),
  );
  const found: IncomingRule[] = [];
  for (const one of all) {
    const { place, line, title, misses, kind, file, makes = [] } = one;
    const before = same.get(place);
    const done = kept.get(place);
    const needs = one.draft ? [...new Set(linksIn(one.draft))].map((key) => titles.get(key) ?? key) : [];
    found.push({
      ...{ place, line, title, misses, kind },
      ...(file ? { file } : {}),
      ...(before ? { same: before } : {}),
      ...(needs.length > 0 ? { needs } : {}),
      ...(makes.length > 0 ? { makes: makes.map(({ name }) => name) } : {}),
      ...(await told(desk, one, titles, ids)),
      ...(done ? { kept: done } : {}),
    });
  }
  return found;
}

/** Makes the switches and numbers first that the chosen ones need; those for which there is no room are not kept. */
async function keepWith(
  desk: ExchangeDesk,
  all: readonly Read[],
  same: ReadonlyMap<number, IncomingRule["same"]>,
  keep: Keep,
  desks: KeptDesks | undefined,
): Promise<ReadonlyMap<number, Kept>> {
  const needs = new Map(all.map(({ place, makes = [] }) => [place, makes]));
  const without = desks ? makeComing(needs, keep.places, desks, keep.by) : new Set<number>();
  const places = keep.places.filter((place) => !without.has(place));
  const kept = await keepAll(desk, all, same, { ...keep, places });
  return new Map<number, Kept>([...kept, ...[...without].map((place) => [place, { why: "full" }] as const)]);
}

async function told(
  desk: ExchangeDesk,
  one: Read,
  titles: ReadonlyMap<string, string>,
  ids: ReadonlyMap<string, string>,
) {
  const then = withComing(desk.state, desk.coming);
  if (one.scene) {
    const words = one.scene.map((action) => actionInWords(action, (node) => nameNow(then, node)));
    return { words: words.join("; "), problems: [] };
  }
  if (!one.draft) return { words: "", problems: [] };
  const same = one.key ? ids.get(one.key) : undefined;
  const { words, problems } = await desk.rules.read(linkedHere(one.draft, ids), same, desk.coming);
  const named = words.replaceAll(
    new RegExp(`${LINK}([\\w.]*\\w)`, "g"),
    (_, key: string) => `"${titles.get(key) ?? key}"`,
  );
  // What comes from the same files is there once it is kept.
  const own = problems.filter((p) => !p.text.includes(LINK));
  const { lineOf } = one;
  const placed = lineOf ? own.map((p) => ({ ...p, line: lineOf(p.field) })) : own;
  return { draft: one.draft, words: named, problems: placed };
}

/** Only what is known already has its id. */
const linkedHere = (draft: RuleDraft, ids: ReadonlyMap<string, string>): RuleDraft =>
  linksIn(draft).every((key) => ids.has(key)) ? linked(draft, ids) : draft;
