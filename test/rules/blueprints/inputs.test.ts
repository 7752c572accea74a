import { expect, test } from "vitest";
import { blueprintAsYaml, readBlueprint } from "../../../hub/rules/blueprints/file.ts";
import { fill } from "../../../hub/rules/blueprints/fill.ts";
import { fitOf } from "../../../hub/rules/blueprints/fit.ts";
import { placesOf, wrap } from "../../../hub/rules/blueprints/from-rule.ts";
import { fitContext, fullHome } from "./homes.ts";

const FILE = `
inglenookBlueprint: 1
id: dark-floor
version: 1
title: A floor is dark in a part of the year
description: The lights of a floor are kept off in a part of the year.
about: light
inputs:
  floor: { kind: floor, label: Which floor }
  first: { kind: date, label: From, default: 11-01 }
  last: { kind: date, label: To }
rule:
  form: while
  while: { kind: date, from: { input: first }, to: { input: last } }
  keep: [{ kind: command, target: { floors: [{ input: floor }], kinds: [light] }, capability: onOff, command: off }]
`;

function read() {
  const file = readBlueprint(FILE);
  if (!file.ok) throw new Error(JSON.stringify(file.faults));
  return file.blueprint;
}

test("a floor of this home is offered and fills in a target; a home without floors is told what it lacks", () => {
  const home = fullHome();
  const floors = { Upstairs: ["Bathroom"], Below: ["Cellar"] };
  const fit = fitOf(read(), fitContext({ ...home, settings: { ...home.settings, floors } }));
  expect(fit.lacks).toEqual([]);
  expect(fit.inputs.get("floor")?.offers?.map((o) => o.value)).toEqual(["Below", "Upstairs"]);
  const { floors: _, ...bare } = home.settings;
  expect(fitOf(read(), fitContext({ ...home, settings: bare })).lacks).toEqual([
    "No floor has a name yet. Floors are set up under Settings.",
  ]);
  const made = fill(read(), { floor: "Below", last: "02-29" });
  expect(made.ok && made.draft).toMatchObject({
    while: { kind: "date", from: "11-01", to: "02-29" },
    keep: [{ target: { floors: ["Below"], kinds: ["light"] } }],
  });
});

test("a day that no year has is refused by its input; one that is not answered is asked for", () => {
  const refused = fill(read(), { floor: "Below", last: "02-30" });
  expect(refused).toEqual({ ok: false, faults: [{ field: "inputs.last", text: "this month has no such day" }] });
  const missing = fill(read(), { floor: "Below" });
  expect(missing).toEqual({ ok: false, faults: [{ field: "inputs.last", text: "choose a day of the year" }] });
});

test("days of the year of a rule of one's own may become inputs, and the file makes the same rule", () => {
  const made = fill(read(), { floor: "Below", last: "03-15" });
  if (!made.ok) throw new Error("it must be filled in");
  const days = placesOf(made.draft, (id) => id).filter((p) => p.input.kind === "date");
  expect(days.map((p) => [p.input.label, p.now])).toEqual([
    ["First day", "11-01"],
    ["Last day", "03-15"],
  ]);
  const head = { id: "again", title: "Again", description: "Again.", about: "light" as const };
  const inputs = Object.fromEntries(days.map((p) => [p.name, p.input.label]));
  const wrapped = wrap(made.draft, { ...head, inputs }, (id) => id);
  const again = wrapped.ok ? readBlueprint(blueprintAsYaml(wrapped.blueprint)) : undefined;
  if (!again?.ok) throw new Error("it must be read again");
  const other = fill(again.blueprint, { [days[0]?.name ?? ""]: "10-01" });
  expect(other.ok && other.draft).toMatchObject({ while: { from: "10-01", to: "03-15" } });
});
