/** What a Z-Wave node moves or lights: switches, dimmers, covers, barriers, colours. */
import type { MakerType } from "../../codec.ts";
import type { Json } from "../../json.ts";
import { type Bench, flag, number, text } from "./bench.ts";
import { barrier as barrierState, dimmerOn, hexHue, hexSaturation, percent } from "./codecs.ts";
import { calls, type Entry, type ZwaveWrite } from "./device.ts";

/** Slats of Window Covering: their keys with and without a position. */
const SLATS = /^(?:10|11|22|23)$/;

export function binarySwitch(b: Bench, entry: Entry): void {
  const { property } = entry.name;
  // What was asked for last is no state; the current value is.
  if (property === "targetValue" && b.isShadow(entry, "currentValue")) return;
  if (property !== "currentValue") {
    b.own(entry);
    return;
  }
  const { endpoint } = b.plain(entry);
  b.draft.type(endpoint, calls(b.node, /plug|socket|outlet/i) ? "onOffPlugInUnit" : "mountedOnOffControl");
  b.add(entry, "on", flag, b.writes(b.target(entry, "targetValue")));
}

export function level(b: Bench, entry: Entry): void {
  const { property, endpoint } = entry.name;
  if (property === "targetValue" && b.isShadow(entry, "currentValue")) return;
  if (property !== "currentValue") {
    // Held down while it is true; false lets go. They are the commands below.
    if (/^(?:up|down|open|close|on|off)$/i.test(property)) return;
    b.own(entry);
    return;
  }
  const target = b.target(entry, "targetValue");
  const maker: MakerType = { kind: "number", min: 0, max: 99, step: 1 };
  const write = b.writes(target);
  if (b.thermostats.has(endpoint)) {
    b.add(entry, "pi_heating_demand", maker, { codec: percent });
    b.add(entry, "", maker, { ...write, label: "Valve" });
    return;
  }
  if (b.covers) {
    cover(b, entry, target);
    return;
  }
  const place = b.plain(entry).endpoint;
  const coloured = [...b.node.entries.values()].some(({ name }) => name.cc === 51 && name.property === "hexColor");
  b.draft.type(place, coloured ? "extendedColorLight" : "dimmableLight");
  b.add(entry, "level", maker, { ...write, codec: percent });
  b.add(entry, "on", number, { ...write, codec: dimmerOn });
}

function cover(b: Bench, entry: Entry, target: Entry): void {
  const { endpoint } = b.plain(entry);
  b.add(entry, "position", number, { ...b.writes(target), codec: percent });
  acts(b, endpoint, target, 99);
  const stop = [...b.node.entries.values()].find(
    ({ name }) =>
      name.cc === 38 && name.endpoint === entry.name.endpoint && /^(?:up|open|down|close)$/i.test(name.property),
  );
  if (!stop) return;
  b.act(endpoint, "windowCovering.stopMotion", stop, false);
}

function acts(b: Bench, endpoint: number, target: Entry, open: number): void {
  b.act(endpoint, "windowCovering.upOrOpen", target, open);
  b.act(endpoint, "windowCovering.downOrClose", target, 0);
}

export function covering(b: Bench, entry: Entry): void {
  const { property, key = "" } = entry.name;
  if (property === "targetValue" && b.isShadow(entry, "currentValue")) return;
  if (property !== "currentValue") {
    b.own(entry);
    return;
  }
  const target = b.target(entry, "targetValue");
  const word = SLATS.test(key) ? "tilt" : "position";
  b.add(entry, word, number, { ...b.writes(target), codec: percent });
  if (word === "position") acts(b, b.plain(entry).endpoint, target, 99);
}

export function barrier(b: Bench, entry: Entry): void {
  const { property } = entry.name;
  if (property === "targetState" && b.isShadow(entry, "currentState")) return;
  if (property !== "currentState") {
    b.own(entry);
    return;
  }
  b.add(entry, "moving", number, { codec: barrierState });
  b.add(entry, "", number, { label: "State" });
  acts(b, b.plain(entry).endpoint, b.target(entry, "targetState"), 255);
}

export function colour(b: Bench, entry: Entry): void {
  const { property, key } = entry.name;
  if (property === "hexColor") {
    const write =
      (part: string) =>
      (raw: unknown): ZwaveWrite => ({ entry, value: { [part]: raw as Json } });
    b.add(entry, "hue", text, { codec: hexHue, write: write("hue") });
    b.add(entry, "saturation", text, { codec: hexSaturation, write: write("saturation") });
    return;
  }
  // The whole as one object repeats what stands beside by channel.
  if (property === "targetColor" || (property === "currentColor" && key === undefined)) return;
  if (property !== "currentColor") {
    b.own(entry);
    return;
  }
  const byte: MakerType = { kind: "number", min: 0, max: 255, step: 1 };
  b.add(entry, "", byte, b.writes(b.target(entry, "targetColor")));
}
