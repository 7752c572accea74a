import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { understand } from "../../hub/commands/understand.ts";
import { emptyHome, type Home } from "../../hub/model/home.ts";
import type { CapabilityInstance, EndpointDescription } from "../../hub/model/node.ts";

const folder = "../shared/data/commands";
const here = existsSync(`${folder}/intents.jsonl`);
if (!here) console.warn("SKIPPED: sentences that people say are not tried, ../shared/data/commands is not here");

interface Device {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly device_class?: string;
  readonly area?: string;
}
interface ForeignHome {
  readonly areas: readonly { readonly id: string; readonly name: string }[];
  readonly devices: readonly Device[];
}
interface Case {
  readonly id: string;
  readonly language: string;
  readonly home: string;
  readonly utterance: string;
  readonly kind: string;
  readonly scored_by: string;
  readonly devices?: readonly string[];
  readonly context?: { readonly area?: string };
  readonly expected: readonly { readonly action: string }[];
}

const cap = (attributes: string, commands = ""): CapabilityInstance => ({
  attributes: Object.fromEntries(attributes.split(" ").map((a) => [a, { source: "test" }])),
  commands: Object.fromEntries(
    commands
      .split(" ")
      .filter(Boolean)
      .map((c) => [c, { source: "test" }]),
  ),
});
const onOff = cap("onOff", "on off toggle");
const shapes: Readonly<Record<string, Omit<EndpointDescription, "number">>> = {
  light: {
    deviceTypes: ["dimmableLight"],
    capabilities: {
      onOff,
      levelControl: cap("currentLevel", "moveToLevel"),
      colorControl: cap("colorTemperatureMireds", "moveToColorTemperature"),
    },
  },
  switch: { deviceTypes: ["mountedOnOffControl"], capabilities: { onOff } },
  fan: { deviceTypes: ["fan"], capabilities: { onOff, fanControl: cap("fanMode percentSetting", "set") } },
  cover: {
    deviceTypes: ["windowCovering"],
    capabilities: {
      windowCovering: cap("currentPositionLiftPercentage", "upOrOpen downOrClose stopMotion goToLiftPercentage"),
    },
  },
  valve: { deviceTypes: ["waterValve"], capabilities: { onOff } },
  lock: { deviceTypes: ["doorLock"], capabilities: { doorLock: cap("lockState", "lockDoor unlockDoor") } },
  climate: {
    deviceTypes: ["thermostat"],
    capabilities: { thermostat: cap("localTemperature occupiedHeatingSetpoint systemMode", "set") },
  },
  binary_sensor: { deviceTypes: ["contactSensor"], capabilities: { booleanState: cap("stateValue") } },
};

function homeOf(id: string): Home {
  const home = emptyHome({ name: id, timeZone: "Europe/Berlin", latitude: 0, longitude: 0, currency: "EUR" });
  const [file = "", entry] = id.split("#");
  const read = JSON.parse(readFileSync(`${folder}/homes/${file}.json`, "utf8"));
  const foreign: ForeignHome = entry === undefined ? read : read.homes[entry];
  for (const device of foreign.devices) {
    const shape = shapes[device.kind];
    const room = foreign.areas.find((a) => a.id === device.area)?.name;
    if (!shape) continue;
    home.nodes.set(device.id, {
      description: {
        id: device.id,
        name: device.name,
        adapter: "mqtt",
        dialect: "test",
        addresses: [],
        endpoints: [{ number: 1, ...shape }],
      },
      settings: room === undefined ? {} : { room },
      reachable: true,
      heardAt: 0,
      values: new Map(),
    });
  }
  return home;
}

const supported = new Set(
  "turn_on turn_off set_brightness open close set_position set_temperature set_color_temperature set_fan_speed lock unlock".split(
    " ",
  ),
);

describe.skipIf(!here)("sentences that people say in other homes", () => {
  const cases = ["assist", "intents", "intents-new"].flatMap((set) =>
    (here ? readFileSync(`${folder}/${set}.jsonl`, "utf8") : "")
      .split("\n")
      .filter(Boolean)
      .map((line) => ({ set, ...(JSON.parse(line) as Case) })),
  );
  const english = cases.filter((c) => c.language === "en");
  const moved = (c: Case): string[] | undefined => {
    const room = c.context?.area;
    const result = understand(c.utterance, homeOf(c.home), room === undefined ? {} : { room });
    return result.kind === "command" ? [...new Set(result.commands.map((x) => x.target.node))].sort() : undefined;
  };

  test("questions, timers and what is no business of a home move nothing", { timeout: 90_000 }, () => {
    const still = english.filter((c) => c.kind !== "command");
    expect(still.length).toBeGreaterThan(100);
    expect(still.filter((c) => moved(c) !== undefined).map((c) => c.utterance)).toEqual([]);
  });

  test("commands move what was meant or nothing; how many are understood is printed", { timeout: 180_000 }, () => {
    for (const set of ["assist", "intents", "intents-new"]) {
      const commands = english.filter(
        (c) =>
          c.set === set &&
          c.kind === "command" &&
          c.scored_by === "effects" &&
          c.expected.every((e) => supported.has(e.action)),
      );
      const outcome = { pass: 0, miss: 0, wrong: [] as string[] };
      for (const c of commands) {
        const nodes = moved(c);
        const meant = [...new Set(c.devices ?? [])].sort();
        if (nodes === undefined) outcome.miss++;
        else if (nodes.join() === meant.join()) outcome.pass++;
        else outcome.wrong.push(`${c.utterance} -> ${nodes.join(" ")} (meant ${meant.join(" ")})`);
      }
      console.log(
        `${set}: ${outcome.pass} of ${commands.length} understood, ${outcome.miss} not, ${outcome.wrong.length} otherwise\n${outcome.wrong.join("\n")}`,
      );
      const strayed = outcome.wrong.length;
      expect(strayed).toBeLessThanOrEqual(commands.length * 0.05);
    }
  });
});
