/** Modes, people, days, scenes, rules and triggers that are named and not there. */
import { modesOf } from "../../../model/house.ts";
import { nearest } from "../../../model/nearest.ts";
import type { Condition } from "../../../model/rule/condition.ts";
import { isSwitching, type Step } from "../../../model/rule/step.ts";
import type { Trigger } from "../../../model/rule/trigger.ts";
import type { Desk } from "../desk.ts";
import { error, type Found, listed } from "../found.ts";
import type { At } from "../walk.ts";

/** Faults of a condition that speaks of the house. */
export function houseFaults(desk: Desk, { it, field, scope }: At<Condition>): readonly Found[] {
  switch (it.kind) {
    case "mode":
      return it.in.flatMap((mode, i) => modeFault(desk, mode, `${field}.in`, `${field}.in.${i}`));
    case "presence":
      return personFault(desk, it.who, `${field}.who`);
    case "calendar":
      return entryFault(desk, it.entry, `${field}.entry`);
    case "trigger":
      return triggerFault(scope.triggers, it.id, `${field}.id`);
    default:
      return [];
  }
}

/** Faults of a trigger that speaks of the house. */
export function houseTriggerFaults(desk: Desk, { it, field }: At<Trigger>): readonly Found[] {
  if (it.kind === "mode") return it.to.flatMap((mode, i) => modeFault(desk, mode, `${field}.to`, `${field}.to.${i}`));
  if (it.kind === "presence") return personFault(desk, it.who, `${field}.who`);
  return it.kind === "calendar" && it.entry.trim() !== "" ? entryFault(desk, it.entry, `${field}.entry`) : [];
}

/** Faults of a step that speaks of the house, of scenes and other rules. `id`: the rule itself, which may start itself. */
export function houseStepFaults(desk: Desk, { it, field }: At<Step>, id: string | undefined): readonly Found[] {
  const { scenes, rules } = desk.context;
  if (it.kind === "mode") return modeFault(desk, it.to, `${field}.to`, `${field}.to`);
  if (it.kind === "scene" && !scenes.some((s) => s.id === it.scene)) {
    const meant = scenes.find(
      (s) =>
        s.title ===
        nearest(
          it.scene,
          scenes.map((o) => o.title),
        ),
    );
    return [absent("unknown-scene", `${field}.scene`, `There is no scene "${it.scene}".`, meant)];
  }
  if (it.kind !== "rule" || it.rule === id) return [];
  const other = rules.find((r) => r.id === it.rule);
  if (other && (other.form === "when" || isSwitching(it))) return [];
  if (other) {
    const text = `"${other.title}" holds as long as its condition does: it can't be started.`;
    return [error("unknown-rule", `${field}.rule`, text, { about: [other.id] })];
  }
  const startable = rules.filter((r) => r.form === "when" || isSwitching(it));
  const meant = startable.find(
    (r) =>
      r.title ===
      nearest(
        it.rule,
        startable.map((o) => o.title),
      ),
  );
  return [absent("unknown-rule", `${field}.rule`, `There is no rule "${it.rule}".`, meant)];
}

function absent(
  code: string,
  field: string,
  text: string,
  meant: { readonly id: string; readonly title: string } | undefined,
): Found {
  return error(
    code,
    field,
    text,
    meant ? { fix: { text: `take "${meant.title}"`, change: [{ at: field, value: meant.id }] } } : {},
  );
}

function modeFault(desk: Desk, mode: string, field: string, at: string): Found[] {
  const known = modesOf(desk.context.house);
  if (known.includes(mode)) return [];
  return [
    unknown(
      "unknown-mode",
      field,
      at,
      `This house has no mode "${mode}", only ${listed(known, 16)}.`,
      nearest(mode, known),
    ),
  ];
}

function personFault(desk: Desk, who: string, field: string): Found[] {
  if (who === "anyone" || who === "everyone") return [];
  const { people } = desk.context.house;
  if (people.some((p) => p.id === who || p.name === who)) return [];
  const names = people.map((p) => p.name);
  const have = names.length > 0 ? `: write anyone, everyone or one of ${listed(names)}` : ": no people are set up yet";
  return [
    unknown("unknown-person", field, field, `Nobody called "${who}" lives in this house${have}.`, nearest(who, names)),
  ];
}

function entryFault(desk: Desk, entry: string, field: string): Found[] {
  const known = [...new Set(["holiday", "absence", ...desk.context.house.spans.map((s) => s.entry)])];
  if (known.includes(entry)) return [];
  return [
    unknown(
      "unknown-entry",
      field,
      field,
      `The calendar has no entry "${entry}", only ${listed(known)}.`,
      nearest(entry, known),
    ),
  ];
}

function triggerFault(triggers: readonly Trigger[] | undefined, id: string, field: string): Found[] {
  if (triggers?.some((t) => t.id === id)) return [];
  if (!triggers)
    return [error("unknown-trigger", field, `Nothing starts this: it can't be asked whether "${id}" did.`)];
  const known = triggers.flatMap((t) => t.id ?? []);
  const have = known.length > 0 ? `, only ${listed(known)}` : "";
  return [
    unknown("unknown-trigger", field, field, `No trigger of this rule is called "${id}"${have}.`, nearest(id, known)),
  ];
}

function unknown(code: string, field: string, at: string, text: string, meant: string | undefined): Found {
  return error(
    code,
    field,
    text,
    meant === undefined ? {} : { fix: { text: `write ${meant}`, change: [{ at, value: meant }] } },
  );
}
