import { expect, test } from "vitest";
import { groupsOf, search } from "../../dashboard/words/groups.ts";
import { iconOf, mainOf, switchWords, toldWords } from "../../dashboard/words/values.ts";
import type { AttributeView, Known, NodeView } from "../../hub/http/schemas.ts";
import { fakeNodes } from "./support/fake-home.ts";

const NOW = Date.UTC(2025, 10, 20, 12);
const nodes = fakeNodes(NOW);
const known = (value: number | string): Known => ({ status: "known", value, at: NOW, source: "x" });
const unknown: Known = { status: "unknown", reason: "never reported" };
const homeless = (list: readonly NodeView[]): NodeView[] => list.map(({ room: _, ...node }) => node);

const lamp = nodes.find((n) => n.id === "lamp");
if (!lamp) throw new Error("the home has no lamp");

test("a few devices without a room stand together, many are told apart by what they are", () => {
  expect(groupsOf(homeless(nodes.slice(0, 3)), []).map(([title]) => title)).toEqual(["No room yet"]);
  const many = homeless(nodes).flatMap((n) =>
    [1, 2, 3].map((i) => ({ ...n, id: `${n.id}-${i}`, name: `${n.name} ${i}` })),
  );
  const groups = groupsOf(many, []);
  expect(groups[0]?.[0]).toBe("No room yet: lights");
  expect(groups.flatMap(([, held]) => held)).toHaveLength(many.length);
});

test("rooms stand in the person's order, and what has none comes last", () => {
  const [one, two, three] = nodes;
  if (!one || !two || !three) throw new Error("too small a home");
  const placed = [{ ...one, room: "Attic" }, { ...two, room: "Cellar" }, ...homeless([three])];
  expect(groupsOf(placed, ["Cellar", "Attic"]).map(([title]) => title)).toEqual(["Cellar", "Attic", "No room yet"]);
});

test("a device is found by its name and its maker, in any case and order", () => {
  const made = { ...lamp, vendor: "Brightworks" };
  expect(search([made, ...nodes.slice(1, 4)], `brightWORKS ${lamp.name.slice(0, 3)}`)).toEqual([made]);
  expect(search(nodes, "no such thing")).toEqual([]);
  expect(search(nodes, "  ")).toBe(nodes);
});

test("a tile shows what is known rather than what would matter more", () => {
  const meter = (capability: string, attribute: string, told: Known): AttributeView => ({
    ...{ key: `n/1/${capability}.${attribute}`, capability, attribute, label: attribute, capabilityLabel: capability },
    ...{ type: "number", kind: "measurement", writable: false, source: "t", known: told },
  });
  const node = (...attributes: AttributeView[]): NodeView => ({
    ...lamp,
    endpoints: [{ number: 1, deviceTypes: [], commands: [], attributes }],
  });
  const charge = meter("energyEvse", "stateOfCharge", unknown);
  const power = meter("electricalPowerMeasurement", "activePower", known(7000));
  expect(mainOf(node(charge, power))?.attribute.attribute).toBe("activePower");
  const battery = meter("powerSource", "batPercentRemaining", known(78));
  const told = mainOf(node(battery));
  expect(told && toldWords(told, battery.known)).toBe("batPercentRemaining: 78");
  expect(mainOf(node(meter("vendor", "ip", known("192.0.2.1"))))).toBeUndefined();
});

test("a device's picture is of what it is, not of how it is fed", () => {
  const type = (name: string) => ({ name, label: name, icon: name });
  const endpoint = (number: number, ...names: string[]) => ({
    ...{ number, attributes: [], commands: [] },
    deviceTypes: names.map(type),
  });
  expect(iconOf({ ...lamp, endpoints: [endpoint(1), endpoint(2, "powerSource", "temperatureSensor")] })).toBe(
    "temperatureSensor",
  );
  expect(iconOf({ ...lamp, endpoints: [endpoint(1, "powerSource")] })).toBe("powerSource");
});

test("a machine's words for yes and no are not shown to people", () => {
  expect(switchWords(["0", "1"])).toEqual(["no", "yes"]);
  expect(switchWords(["closed", "open"])).toEqual(["closed", "open"]);
});
