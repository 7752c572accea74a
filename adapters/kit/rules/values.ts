import { capabilities } from "../../../hub/model/capabilities/index.ts";
import type { Value } from "../../../hub/model/capability.ts";
import { type Heard, readingsOf, sameValue } from "../bench.ts";
import { rawNumber, withField, withMore, withNumber, without } from "../bodies.ts";
import type { Report, Truth } from "../firmware.ts";
import { fieldsOf, type Grown, type Rule, shown, type Trial, truthIn } from "../trial.ts";

const isVendor = (path: string): boolean => path.includes("/vendor.");

const isCounter = (path: string): boolean => {
  const [, capability = "", attribute = ""] = /^\d+\/([^.]+)\.(.+)$/.exec(path) ?? [];
  const spec = Object.hasOwn(capabilities, capability) ? capabilities[capability]?.attributes : undefined;
  return spec !== undefined && Object.hasOwn(spec, attribute) && spec[attribute]?.kind === "counter";
};

/** The truths of the report's other fields: what one broken field must not disturb. */
const othersIn = (report: Report, field: string): Truth =>
  Object.assign({}, ...Object.entries(report.says).flatMap(([name, truth]) => (name === field ? [] : [truth])));

/** The last key of a field's path without its number: `Shutter1.POWER1`, `light/shelf/POWER` and `POWER` name the same. */
const lastKey = (field: string): string => (field.split(/[./]/).at(-1) ?? "").replace(/\d+$/, "");

/** Whether some problem names the field, with or without the part that an envelope says, or the topic where it has one value. */
const named = (heard: Heard, { topic, says }: Report, field: string): boolean =>
  heard.problems.some(
    (p) =>
      field === "" ||
      (p.field !== undefined && lastKey(p.field) === lastKey(field)) ||
      (p.topic === topic && Object.keys(says).length === 1),
  );

/** A field that says something a machine can't take: no reading of it, the others as ever. */
function broken(
  trial: Trial,
  { bench, node }: Grown,
  report: Report,
  field: string,
  raw: Value | null,
  told: boolean,
): void {
  const what = `${report.topic}#${field} = ${shown(raw)}`;
  const heard = bench.hear([withField(report, field, raw)]);
  trial.silent(what, heard, node, report.says[field] ?? {});
  trial.holds(what, heard, node, othersIn(report, field), false);
  if (told) trial.expect(named(heard, report, field), () => `${what} is no finding that names the field`);
  bench.hear([report]);
}

export const values: readonly Rule[] = [
  {
    id: "values.truth",
    grade: "bronze",
    title: "Every value has the right meaning, unit, scale and sign",
    fix: "Give each property the maker's unit and scale; positive is what the endpoint takes in, negative what it gives out; counters of a day or session are never the lifetime ones.",
    run(trial) {
      for (const { bench, node, device } of trial.grown(trial.declared()))
        for (const report of device.reports) trial.holds(report.topic, bench.hear([report]), node, truthIn(report));
    },
  },
  {
    id: "values.fit",
    grade: "bronze",
    title: "Nothing is ever said that was not announced, or that does not fit its type and range",
    fix: "Read with readField(); announce an attribute (a node in decode()'s answer) before its first reading.",
    run(trial) {
      trial.looked += 1;
      for (const breach of trial.context.ledger.of("values.fit")) trial.fail(breach);
    },
  },
  {
    id: "values.null",
    grade: "bronze",
    title: "Null and empty are no value: not 0, not off",
    fix: "Leave the reading out when the field holds null or an empty text; readField() does.",
    run(trial) {
      for (const grown of trial.grown())
        for (const [report, field] of fieldsOf(grown.device.reports))
          for (const raw of field === "" ? [""] : [null, ""]) broken(trial, grown, report, field, raw, false);
    },
  },
  {
    id: "values.partial",
    grade: "bronze",
    title: "A field that is not in a message keeps its value",
    fix: "Read only the fields that are there; never fill in the missing ones.",
    run: partial,
  },
  {
    id: "values.malformed",
    grade: "silver",
    title: "One unreadable field is one finding that names it; the other fields are read",
    fix: "Read field by field and add a problem with node, topic and field for what is not understood; readField() does.",
    run(trial) {
      for (const grown of trial.grown())
        for (const [report, field, truth] of fieldsOf(grown.device.reports)) {
          const plainText = Object.entries(truth).some(([path, v]) => typeof v === "string" && isVendor(path));
          if (!plainText) broken(trial, grown, report, field, "kit: no such value", true);
        }
      trial.looked += 1;
    },
  },
  {
    id: "values.range",
    grade: "bronze",
    title: "A value that can't be is a finding and is not used: neither passed on nor cut to the range",
    fix: "Check against the attribute's range (misfit) and report value-out-of-range; readField() does.",
    run(trial) {
      for (const grown of trial.grown())
        for (const [report, field, truth] of fieldsOf(grown.device.reports)) {
          const numbers = Object.entries(truth).filter(([path, v]) => typeof v === "number" && !isVendor(path));
          if (numbers.length === 0 || rawNumber(report, field) === undefined) continue;
          for (const far of [1e15, -1e15]) {
            const mangled = withNumber(report, field, far);
            const heard = grown.bench.hear([mangled]);
            trial.silent(`${report.topic}#${field} = ${far}`, heard, grown.node, Object.fromEntries(numbers));
            trial.expect(
              named(heard, report, field),
              () => `${report.topic}#${field} = ${far} is no finding that names the field`,
            );
            grown.bench.hear([report]);
          }
        }
    },
  },
  {
    id: "values.unknown-kept",
    grade: "silver",
    title: "A field that nobody announced is kept as the maker's own value",
    fix: "Add unheard-of fields as properties without a word (vendor), or say a problem that names the field.",
    needs: "open",
    run(trial) {
      for (const { bench, node, device } of trial.grown())
        for (const report of device.reports.filter((r) => r.open !== undefined)) {
          const heard = bench.hear([withMore(report, report.open ?? "", "kit_unheard", 42)]);
          const kept = [...readingsOf(heard, node)].some(([path, r]) => isVendor(path) && r.value === 42);
          const said = heard.problems.some((p) => p.field?.includes("kit_unheard"));
          trial.expect(kept || said, () => `${report.topic}: kit_unheard = 42 vanished`);
          trial.holds(`${report.topic} with an unheard field`, heard, node, truthIn(report));
        }
    },
  },
  {
    id: "values.counter-reset",
    grade: "silver",
    title: "A lifetime counter is passed on as it stands, also when it falls",
    fix: "Do not smooth, clip or add up counters: the house knows what a reset is.",
    needs: "counters",
    run: counterReset,
  },
  {
    id: "values.unit-change",
    grade: "gold",
    title: "When the device changes its unit, its values are converted by the new one from then on",
    fix: "Read the unit from each announcement or body anew and rebuild the description.",
    needs: "otherUnit",
    run(trial) {
      for (const { bench, node, device } of trial.grown(trial.declared())) {
        if (!device.otherUnit) continue;
        bench.hear(device.otherUnit.said);
        for (const report of device.otherUnit.reports)
          trial.holds(`${report.topic} in another unit`, bench.hear([report]), node, truthIn(report));
        bench.plug(device);
        for (const report of device.reports)
          trial.holds(`${report.topic} in the first unit again`, bench.hear([report]), node, truthIn(report));
      }
    },
  },
];

function partial(trial: Trial): void {
  trial.looked += 1;
  for (const { bench, node, device } of trial.grown())
    for (const report of device.reports) {
      const fields = Object.keys(report.says);
      for (const kept of fields) {
        if (fields.length < 2) continue;
        const others = fields.filter((f) => f !== kept);
        const heard = bench.hear([without(report, others)]);
        const what = `${report.topic} with ${kept} alone`;
        trial.holds(what, heard, node, report.says[kept] ?? {}, false);
        for (const other of others) trial.silent(what, heard, node, report.says[other] ?? {});
      }
    }
}

function counterReset(trial: Trial): void {
  for (const { bench, node, device } of trial.grown())
    for (const [report, field, truth] of fieldsOf(device.reports)) {
      const path = Object.keys(truth).find(isCounter);
      const raw = rawNumber(report, field);
      const value = path === undefined ? undefined : truth[path];
      if (path === undefined || raw === undefined || typeof value !== "number" || value === 0) continue;
      for (const share of [2, 1, 0.01, 0.02]) {
        const told = readingsOf(bench.hear([withNumber(report, field, raw * share)]), node).get(path)?.value;
        trial.expect(
          sameValue(told, value * share),
          () =>
            `${report.topic}#${field} counted to ${shown(raw * share)}: ${path} is ${shown(told)}, not ${value * share}`,
        );
      }
    }
}
