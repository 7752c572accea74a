import { describe, expect, test } from "vitest";
import { dialects } from "../../../adapters/mqtt/dialects/index.ts";
import { createIngest } from "../../../adapters/mqtt/ingest.ts";
import { flatTariff, newHome } from "../../../hub/main/defaults.ts";
import { knownOf, presenceOf } from "../../../hub/model/home.ts";
import { emptyState, step } from "../../../hub/step.ts";
import * as esp from "./fixtures/esphome.ts";
import * as gen2 from "./fixtures/shelly-gen2.ts";
import * as tasmota from "./fixtures/tasmota.ts";
import type { Message } from "./listener.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A house that hears a broker, and its own clock. */
class House {
  now = Date.UTC(2026, 2, 2, 12);
  /** To devices. */
  readonly questions: string[] = [];
  readonly #state = emptyState(newHome(), flatTariff);
  #ingest = createIngest(dialects, "hub");

  hear(...messages: readonly Message[]): this {
    for (const [topic, body, retained = false] of messages) {
      this.now += 1000;
      const payload = typeof body === "string" ? body : JSON.stringify(body);
      const { inputs, publish } = this.#ingest.receive(topic, payload, retained, this.now);
      this.questions.push(...publish.map((p) => p.topic));
      for (const input of inputs) step(this.#state, input, this.now);
    }
    return this;
  }

  after(ms: number): this {
    this.now += ms;
    step(this.#state, { kind: "tick", at: this.now }, this.now);
    return this;
  }

  /** The dialects have forgotten everything; the broker has kept what it keeps. */
  restarted(): this {
    this.#ingest = createIngest(dialects, "hub");
    return this;
  }

  node(id: string) {
    const found = this.#state.home.nodes.get(id);
    if (!found) throw new Error(`no ${id}; there are ${[...this.#state.home.nodes.keys()].join(", ")}`);
    return found;
  }

  presence(id: string): string {
    return presenceOf(this.node(id), this.now);
  }

  /** Presence, and how its values stand. */
  shows(id: string): string {
    const node = this.node(id);
    const all = new Set([...node.values.keys()].map((key) => knownOf(node, key, this.now).status));
    return [presenceOf(node, this.now), ...all].join(" ");
  }
}

const mac = "DC4F220000AA";
const temperature: Message = ["tele/s/SENSOR", { DS18B20: { Temperature: 20 } }];
const sensor = (more: object): readonly Message[] => [
  tasmota.config(mac, "s", { rl: [], ...more }),
  ["tele/s/LWT", "Online", true],
  temperature,
];
const nap = (seconds: number): Message => [
  "tele/s/DEEPSLEEP",
  { DeepSleep: { Time: "2026-03-02T13:00:00", DeepSleep: 1_000_000, Wakeup: 1_000_000 + seconds } },
  true,
];
const gone: Message = ["tele/s/LWT", "Offline", true];

const climate = "shellyplusht-aabbcc000011";
const climateNode = "mac-aabbcc000011";
const climateSays = (id: string, external: boolean, prefix = id): Message =>
  gen2.full(
    id,
    {
      "temperature:0": { id: 0, tC: 20.5 },
      "devicepower:0": { id: 0, battery: { V: 5.5, percent: 80 }, external: { present: external } },
    },
    prefix,
  );
const online = (is: boolean, prefix: string): Message => [`${prefix}/online`, String(is), true];

const old = "shellies/shellyht-B00010";
const oldNode = "mac-112233b00010";
const oldHello: Message = [
  "shellies/announce",
  { id: "shellyht-B00010", model: "SHHT-1", mac: "112233B00010", fw_ver: "20230913/v1.14.0" },
];

const log = (line: string): Message => ["hall/debug", `\u001b[0;32m[I]${line}\u001b[0m`];
const espSays = (tail: string, body: string): Message => [`hall/${tail}/state`, body];
const espHome: readonly Message[] = [
  ["hall/status", "online", true],
  esp.hello("hall"),
  ...esp.later,
  espSays("switch/pump", "ON"),
];
const espGone: Message = ["hall/status", "offline", true];

/** Who, what it says while it is awake, its will, and the hours until it is given up. */
const sleepers: readonly (readonly [
  who: string,
  id: string,
  awake: readonly Message[],
  will: Message,
  hours: number,
])[] = [
  ["a Tasmota on a battery", `mac-${mac.toLowerCase()}`, sensor({ bat: 1, dslp: 0 }), gone, 25],
  ["a Tasmota that is set to sleep", `mac-${mac.toLowerCase()}`, sensor({ bat: 0, dslp: 1 }), gone, 25],
  [
    "a Tasmota that says how long it sleeps",
    `mac-${mac.toLowerCase()}`,
    [...sensor({ bat: 0, dslp: 1 }), nap(3000)],
    gone,
    3,
  ],
  ["an old Tasmota that announces its sleep", `mac-${mac.toLowerCase()}`, [...sensor({}), nap(600)], gone, 1],
  [
    "a Shelly that reports a battery, under a name of its owner's",
    "mac-aabbcc000012",
    [online(true, "attic"), climateSays("shellynew-aabbcc000012", false, "attic")],
    online(false, "attic"),
    25,
  ],
  [
    "a Shelly of the first generation",
    oldNode,
    [oldHello, [`${old}/online`, "true", true], [`${old}/sensor/humidity`, "50"]],
    [`${old}/online`, "false", true],
    25,
  ],
  [
    "an ESPHome whose log tells of its sleep",
    `mac-${esp.mac}`,
    [...espHome, log("[deep_sleep:088]: Beginning Deep Sleep")],
    espGone,
    25,
  ],
  [
    "an ESPHome whose log tells how long it sleeps",
    `mac-${esp.mac}`,
    [...espHome, log("[deep_sleep.component:021]:   Sleep Duration: 600000 ms")],
    espGone,
    1,
  ],
  [
    "an ESPHome that can be kept awake",
    `mac-${esp.mac}`,
    [...espHome, espSays("switch/prevent_deep_sleep", "OFF")],
    espGone,
    25,
  ],
];

describe("a device that sleeps between its reports", () => {
  test.each(sleepers)("%s is not lost by its will, but after its own time", (_who, id, awake, will, hours) => {
    const house = new House().hear(...awake);
    expect(house.shows(id)).toBe("here known");
    house.hear(will);
    expect(house.shows(id)).toBe("here known");
    house.after((hours - 0.5) * HOUR);
    expect(house.shows(id)).toMatch(/^(here|asleep) known$/);
    house.after(HOUR);
    expect(house.shows(id)).toBe("silent stale");
    house.hear(...awake);
    expect(house.shows(id)).toBe("here known");
  });

  test("with a cell that it tells of, it is shown asleep", () => {
    const house = new House().hear(online(true, climate), climateSays(climate, false), online(false, climate));
    house.after(11 * MINUTE);
    expect(house.shows(climateNode)).toBe("asleep known");
  });

  test("is not lost because the hub was started anew while it slept; what hangs on the mains is", () => {
    const ours = `mac-${mac.toLowerCase()}`;
    const plug = `mac-${gen2.plug.slice(-12)}`;
    const discovery = tasmota.config(mac, "s", { rl: [], dslp: 1 });
    const house = new House().hear(discovery, temperature, climateSays(climate, false), ...gen2.home).restarted();
    house.hear(online(false, climate), gone, discovery, online(false, gen2.plug));
    expect([ours, climateNode, plug].map((id) => house.presence(id))).toEqual(["here", "here", "lost"]);
  });
});

test("a Tasmota that wakes every hour is not asked for everything each time", () => {
  const wake: readonly Message[] = [["tele/s/LWT", "Online", true], temperature, gone];
  const asked = (more: object) => new House().hear(...sensor(more), gone, ...wake, ...wake).questions;
  expect(asked({ dslp: 1 })).toEqual(["cmnd/s/STATUS"]);
  expect(asked({ dslp: 0 })).toHaveLength(3);
});

describe("a device on the mains", () => {
  test.each<[who: string, id: string, awake: readonly Message[], will: Message]>([
    ["a Tasmota", `mac-${mac.toLowerCase()}`, sensor({ bat: 0, dslp: 0 }), gone],
    ["a Tasmota that slept once", `mac-${mac.toLowerCase()}`, [...sensor({ bat: 0, dslp: 0 }), nap(600)], gone],
    ["an old Tasmota", `mac-${mac.toLowerCase()}`, sensor({}), gone],
    ["a Shelly with a battery, on its plug", climateNode, [climateSays(climate, true)], online(false, climate)],
    [
      "a Shelly that was put on its plug",
      climateNode,
      [climateSays(climate, false), climateSays(climate, true)],
      online(false, climate),
    ],
    ["a Shelly", `mac-${gen2.plug.slice(-12)}`, gen2.home, online(false, gen2.plug)],
    ["an ESPHome", `mac-${esp.mac}`, [...espHome, log("[light:036]: nothing of sleep")], espGone],
  ])("%s is lost at once by the same will", (_who, id, awake, will) => {
    const house = new House().hear(...awake);
    expect(house.shows(id)).toBe("here known");
    house.hear(will);
    expect(house.shows(id)).toBe("lost stale");
  });

  test("and one that is taken off its plug sleeps again", () => {
    const house = new House().hear(climateSays(climate, true), climateSays(climate, false), online(false, climate));
    expect(house.shows(climateNode)).toBe("here known");
  });
});
