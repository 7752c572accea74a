import type { RuleDraft } from "../model/rule/rule.ts";
import type { Incoming, IncomingEntity, IncomingRule, RuleExchange, Rules } from "../ports.ts";
import { fits, guessOf, type Offer, offersOf } from "../rules/exchange/offers.ts";
import { readOwn, rulesAsYaml } from "../rules/exchange/own.ts";
import { type Translated, translateFile } from "../rules/translate/home-assistant/index.ts";
import type { CoreState } from "../step.ts";

interface Parts {
  readonly state: Pick<CoreState, "home" | "house" | "scenes">;
}

/** Rules out of and into files. A file names no rule that is there: each comes in as a new one. */
export function createRuleExchange({ state }: Parts, rules: Rules): RuleExchange {
  return {
    write(version, ids) {
      const all = rules.list().map((status) => status.rule);
      const chosen = ids ? all.filter((rule) => ids.includes(rule.id)) : all;
      return rulesAsYaml(chosen, state.home.settings.name, version);
    },
    read(text, options): Incoming {
      const own = readOwn(text);
      if (own && !own.ok) return own;
      const looked = (read: Read, place: number) => look(rules, read, place, options.keep);
      const ours = { format: "inglenook", entities: [], offers: [] } as const;
      if (own) return { ok: true, ...ours, left: own.left, rules: own.rules.map(ownRead).map(looked) };
      const offers = offersOf(state.home, state.house, state.scenes);
      const find = finder(offers, options.meant, options.keep === undefined);
      const file = translateFile(text, (entity) => find(entity)?.offer.meant);
      if (!file.ok) return file;
      return {
        ...{ ok: true, format: "homeAssistant", left: file.left, rules: file.automations.map(looked) },
        entities: entitiesOf(file.automations, offers, find),
        offers: offers.map(({ value, label }) => ({ value, label })),
      };
    },
  };
}

type Find = (entity: string) => { readonly offer: Offer; readonly guessed: boolean } | undefined;

/** What a person said of an entity counts, also that it is nothing here; else it is guessed once. */
function finder(offers: readonly Offer[], meant: Readonly<Record<string, string>>, guessing: boolean): Find {
  const byValue = new Map(offers.map((offer) => [offer.value, offer]));
  const guesses = new Map<string, Offer | undefined>();
  return (entity) => {
    if (Object.hasOwn(meant, entity)) {
      const offer = byValue.get(meant[entity] ?? "");
      return offer && { offer, guessed: false };
    }
    if (!guessing) return undefined;
    if (!guesses.has(entity)) guesses.set(entity, guessOf(entity, offers));
    const offer = guesses.get(entity);
    return offer && { offer, guessed: true };
  };
}

/** Entities of a file that are told; the first by line. */
const MAX_ENTITIES = 1000;

function entitiesOf(all: readonly Translated[], offers: readonly Offer[], find: Find): readonly IncomingEntity[] {
  const seen = new Map<string, { line: number; rules: number }>();
  for (const { entity, line } of all.flatMap((one) => one.entities)) {
    const before = seen.get(entity);
    seen.set(entity, { line: before?.line ?? line, rules: (before?.rules ?? 0) + 1 });
  }
  return [...seen].slice(0, MAX_ENTITIES).map(([entity, told]) => {
    const found = find(entity);
    return {
      ...{ entity, ...told, meant: found?.offer.value ?? "", guessed: found?.guessed ?? false },
      offers: offers.filter((offer) => fits(entity, offer)).map((offer) => offer.value),
    };
  });
}

interface Read {
  readonly line: number;
  readonly title: string;
  readonly draft?: RuleDraft;
  readonly misses: IncomingRule["misses"];
}

const ownRead = ({ faults, ...rest }: Extract<ReturnType<typeof readOwn>, { ok: true }>["rules"][number]): Read => ({
  ...rest,
  misses: faults.map((fault) => ({ ...fault, level: "missed" })),
});

type Keep = Parameters<RuleExchange["read"]>[1]["keep"];

/** One rule in words, with what speaks against it; kept where that is asked for. */
function look(rules: Rules, { line, title, draft, misses }: Read, place: number, keep: Keep): IncomingRule {
  const base = { place, line, title, misses };
  const wanted = keep?.places.includes(place) === true;
  if (!draft) return { ...base, words: "", problems: [], ...(wanted ? { kept: {} } : {}) };
  const { words, problems } = rules.read(draft);
  const whole = { ...base, draft, words, problems };
  if (!keep || !wanted) return whole;
  const saved = rules.save(draft, keep.by, { sure: keep.sure, origin: "import" });
  return { ...whole, kept: saved.ok ? { id: saved.status.rule.id } : {} };
}
