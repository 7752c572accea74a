import { deviceTypesOf, endpointNameOf, type Home } from "../../model/home.ts";
import { type HouseState, modesOf, type Scene } from "../../model/house.ts";
import type { Meant } from "../translate/home-assistant/index.ts";

/** Something of this home that an entity of Home Assistant may be. */
export interface Offer {
  readonly value: string;
  readonly label: string;
  /** Kinds of entity that it may be, for example light. */
  readonly domains: readonly string[];
  readonly meant: Meant;
}

const domainsOf: Readonly<Record<string, readonly string[]>> = {
  onOff: [
    "light",
    "switch",
    "fan",
    "input_boolean",
    "group",
    "siren",
    "outlet",
    "media_player",
    "humidifier",
    "binary_sensor",
    "water_heater",
  ],
  windowCovering: ["cover"],
  thermostat: ["climate", "sensor", "water_heater"],
  rvcOperationalState: ["vacuum"],
  houseNumber: ["input_number", "counter", "number", "sensor"],
  modeSelect: ["select", "input_select"],
  doorLock: ["lock"],
  fanControl: ["fan"],
  mediaPlayback: ["media_player"],
  valveConfigurationAndControl: ["valve", "switch"],
  occupancySensing: ["binary_sensor", "group"],
  booleanState: ["binary_sensor", "group"],
  switch: ["sensor", "event", "input_button"],
};

/** What of this home entities may be: endpoints, people, rooms, scenes and modes. */
export function offersOf(home: Home, house: HouseState, scenes: readonly Scene[]): readonly Offer[] {
  const rooms = new Set([...home.nodes.values()].flatMap((node) => node.settings.room ?? []));
  const people = ["anyone", "everyone", ...house.people.map((p) => p.name)];
  return [
    ...devices(home),
    ...people.map((who) =>
      offer(`person:${who}`, who, ["person", "device_tracker", "group", "zone"], { kind: "person", who }),
    ),
    ...[...rooms].toSorted().map((room) => offer(`room:${room}`, room, ["area"], { kind: "room", room })),
    ...scenes.map(({ id, title }) => offer(`scene:${id}`, title, ["scene"], { kind: "scene", scene: id })),
    offer("house", "The mode of the house", ["input_select", "alarm_control_panel"], {
      ...{ kind: "house", modes: modesOf(house) },
    }),
    ...modesOf(house).map((mode) =>
      offer(`mode:${mode}`, `The house in mode ${mode}`, ["input_boolean", "input_select"], { kind: "mode", mode }),
    ),
  ];
}

const offer = (value: string, label: string, domains: readonly string[], meant: Meant): Offer => ({
  ...{ value, label, domains, meant },
});

function devices(home: Home): readonly Offer[] {
  return [...home.nodes].flatMap(([id, node]) =>
    node.description.endpoints.flatMap((endpoint): Offer[] => {
      const capabilities = Object.keys(endpoint.capabilities);
      const domains = new Set(
        capabilities.flatMap((c) => (Object.hasOwn(domainsOf, c) ? (domainsOf[c] ?? []) : ["sensor"])),
      );
      if (domains.size === 0) return [];
      const room = node.settings.room ? `, ${node.settings.room}` : "";
      const meant: Meant = {
        ...{ kind: "device", node: id, endpoint: endpoint.number, capabilities },
        types: deviceTypesOf(node, endpoint),
      };
      return [
        offer(
          `device:${id}/${endpoint.number}`,
          `${endpointNameOf(node, endpoint)}${room}`,
          [...domains, "device", "topic"],
          meant,
        ),
      ];
    }),
  );
}

/** Offers that an entity may be at all. */
export const fits = (entity: string, { domains }: Pick<Offer, "domains">): boolean =>
  domains.includes(entity.split(/[./]/, 1)[0] ?? "");

/** More than half of the words must be the same for a guess. */
const ENOUGH = 0.5;

/** What an entity probably is, by the words of its name; a person has to confirm it. Undefined where it is not clear. */
export function guessOf(entity: string, offers: readonly Offer[]): Offer | undefined {
  const wanted = wordsOf(entity.slice(entity.search(/[./]/) + 1));
  let best: { offer: Offer; score: number } | undefined;
  let tie = false;
  for (const one of offers) {
    if (!fits(entity, one)) continue;
    const score = likeness(wanted, wordsOf(one.label));
    tie = best !== undefined && score === best.score ? true : tie;
    if (score >= ENOUGH && (best === undefined || score > best.score)) {
      best = { offer: one, score };
      tie = false;
    }
  }
  return tie ? undefined : best?.offer;
}

const wordsOf = (name: string): ReadonlySet<string> =>
  new Set(
    name
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean),
  );

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((word) => b.has(word)).length;
  return both / Math.max(1, a.size + b.size - both);
}
