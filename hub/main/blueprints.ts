import { randomBytes } from "node:crypto";
import { partsOf } from "../energy/parts.ts";
import { priceAt } from "../energy/tariff.ts";
import type { Blueprint } from "../model/blueprint/blueprint.ts";
import { blueprintSubjects } from "../model/blueprint/blueprint.ts";
import type { HomeRule } from "../model/rule/rule.ts";
import type { BlueprintFault, BlueprintQuestion, BlueprintRead, Blueprints, BlueprintView, Rules } from "../ports.ts";
import { blueprintAsYaml, readBlueprint } from "../rules/blueprints/file.ts";
import { fill } from "../rules/blueprints/fill.ts";
import { type FitContext, fitOf } from "../rules/blueprints/fit.ts";
import { placesOf, wrap } from "../rules/blueprints/from-rule.ts";
import { draftOf } from "../rules/blueprints/revise.ts";
import { shippedBlueprints } from "../rules/blueprints/shipped/index.ts";
import { nameNow } from "../step/identity/names.ts";
import { createRevising } from "./blueprint-revising.ts";
import { yieldNow } from "./calmly.ts";
import type { FacadeParts } from "./facade.ts";

/** Ready-made rules that people may bring in. */
const MAX_OWN = 200;
const SLOT_MS = 15 * 60_000;

type Parts = Pick<FacadeParts, "state" | "store" | "clock">;

/** Ready-made rules: those of the hub and those that people brought in; what this home has for them, and rules made of them. */
export function createBlueprints(parts: Parts, rules: Rules): Blueprints {
  const { state } = parts;
  const shelf = createShelf(parts);
  const names = (node: string) => nameNow(state, node);
  const ruleOf = (id: string) => state.automation.rules.find((r) => r.id === id);
  const view = (of: Blueprint) => viewOf(of, contextOf(parts), state.automation.rules, shelf.isShipped(of.id));
  const read = (text: string): BlueprintRead => {
    const file = readBlueprint(text);
    return file.ok ? { ok: true, blueprint: view(file.blueprint), stands: shelf.stands(file.blueprint) } : file;
  };
  const keep = (text: string, by: string): BlueprintRead | "full" => {
    const file = readBlueprint(text);
    if (!file.ok) return file;
    const stands = shelf.stands(file.blueprint);
    if (stands !== "new" && stands !== "newer") return { ok: false, faults: [refusal(file.blueprint, stands)] };
    if (!shelf.put(file.blueprint, by)) return "full";
    return { ok: true, blueprint: view(file.blueprint), stands };
  };
  return {
    async list() {
      const views: BlueprintView[] = [];
      for (const of of shelf.all()) {
        views.push(view(of));
        // Each is held against the whole home.
        await yieldNow();
      }
      return views.sort(byUse);
    },
    file: (id) => {
      const of = shelf.find(id);
      return of && blueprintAsYaml(of);
    },
    ...{ read, keep, remove: shelf.remove },
    async fill(id, answers, title) {
      const of = shelf.find(id);
      const made = of && fill(of, answers, title);
      return made?.ok ? { ok: true, draft: made.draft, reading: await rules.read(made.draft) } : made;
    },
    async make(id, { answers, title, sure }, by) {
      const of = shelf.find(id);
      if (!of) return undefined;
      const made = fill(of, answers, title);
      if (!made.ok) return { ok: false, why: "faults", faults: made.faults };
      const blueprint = { id, version: of.version, inputs: made.answers, made: made.draft };
      return rules.save(made.draft, by, { sure, origin: "blueprint", blueprint });
    },
    ...createRevising(parts, rules, { find: shelf.find, questions: (of) => questionsOf(of, contextOf(parts)) }),
    places(id) {
      const rule = ruleOf(id);
      return rule && placesOf(draftOf(rule), names);
    },
    wrap(id, wish, by) {
      const rule = ruleOf(id);
      if (!rule) return undefined;
      const made = wrap(draftOf(rule), { ...wish, id: idFor(wish.title), by }, names);
      return made.ok ? keep(blueprintAsYaml(made.blueprint), by) : made;
    },
  };
}

/** The blueprints themselves. What comes with the hub can't be replaced or removed. */
function createShelf({ store, clock }: Parts) {
  const shipped = new Map(shippedBlueprints.map((b) => [b.id, b]));
  const own = new Map(store.list<Blueprint>("blueprint").map((b) => [b.id, b]));
  const audit = (by: string, what: string, { id, title, version }: Blueprint): void => {
    store.appendAudit({ at: clock.now(), by, what, subject: id, detail: `${title}, version ${version}` });
  };
  return {
    all: (): readonly Blueprint[] => [...shipped.values(), ...[...own.values()].filter((b) => !shipped.has(b.id))],
    find: (id: string) => shipped.get(id) ?? own.get(id),
    isShipped: (id: string) => shipped.has(id),
    stands(of: Blueprint): Extract<BlueprintRead, { ok: true }>["stands"] {
      const ours = shipped.get(of.id);
      const before = ours ?? own.get(of.id);
      if (!before) return "new";
      if (blueprintAsYaml(before) === blueprintAsYaml(of)) return "same";
      if (ours) return "shipped";
      if (of.version === before.version) return "differs";
      return of.version > before.version ? "newer" : "older";
    },
    put(of: Blueprint, by: string): boolean {
      if (!own.has(of.id) && own.size >= MAX_OWN) return false;
      store.put("blueprint", of.id, of);
      own.set(of.id, of);
      audit(by, "blueprint-kept", of);
      return true;
    },
    remove(id: string, by: string): boolean {
      const of = own.get(id);
      if (!of) return false;
      store.remove("blueprint", id);
      own.delete(id);
      audit(by, "blueprint-removed", of);
      return true;
    },
  };
}

function refusal({ id, version }: Blueprint, stands: string): BlueprintFault {
  if (stands === "shipped")
    return { field: "id", text: `"${id}" comes with the hub; give yours another id to keep it beside` };
  if (stands === "same") return { field: "version", text: "exactly this one is here already" };
  if (stands === "older") return { field: "version", text: `a later version than ${version} is here already` };
  return {
    field: "version",
    text: `another version ${version} is here already; give this one a higher number, so that its rules are offered it`,
  };
}

function contextOf({ state, clock }: Parts): FitContext {
  const { home, house, scenes, tariff } = state;
  const now = clock.now();
  const prices = new Set(
    Array.from({ length: 96 }, (_, i) => priceAt(tariff, now + i * SLOT_MS, home.settings.timeZone)),
  );
  return { home, house, scenes, pricesVary: prices.size > 1, hasHouseMeter: partsOf(home).grid !== undefined };
}

function questionsOf(of: Blueprint, context: FitContext): readonly BlueprintQuestion[] {
  const { inputs } = fitOf(of, context);
  return Object.entries(of.inputs).map(([name, input]) => ({ name, input, ...inputs.get(name) }));
}

function viewOf(of: Blueprint, context: FitContext, rules: readonly HomeRule[], isShipped: boolean): BlueprintView {
  const { id, version, title, description, about, icon, by, changes = [] } = of;
  return {
    ...{ id, version, title, description, about, changes, isShipped },
    ...(icon === undefined ? {} : { icon }),
    ...(by === undefined ? {} : { by }),
    lacks: fitOf(of, context).lacks,
    questions: questionsOf(of, context),
    rules: rules.filter((r) => r.blueprint?.id === id).map((r) => r.id),
  };
}

/** Those that fit first, then by what they are for. */
const byUse = (a: BlueprintView, b: BlueprintView): number =>
  Number(a.lacks.length > 0) - Number(b.lacks.length > 0) ||
  blueprintSubjects.indexOf(a.about) - blueprintSubjects.indexOf(b.about);

/** Ids are the same in every home that reads the file, so two must not come to one by their titles alone. */
const idFor = (title: string): string => {
  const words = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return `${words.slice(0, 40) || "rule"}-${randomBytes(4).toString("hex")}`;
};
