/** Covers, fans and vacuums. */
import type { Codec, MakerType } from "../../../codec.ts";
import { asNumber } from "../../../codec.ts";
import { textOf } from "../../../json.ts";
import type { Entity } from "../config.ts";
import { type EntityReader, word, words } from "../reader.ts";

/** Between the maker's own ends and 0 to 100 %, also where the maker counts the other way round. */
function between(closed: number, open: number): Codec {
  const span = open - closed || 100;
  return {
    type: { type: "number", unit: "%", min: 0, max: 100 },
    read: (raw) => {
      const value = asNumber(raw);
      return value === undefined ? undefined : Math.round(((value - closed) / span) * 100);
    },
    write: (value) => Math.round(closed + (Number(value) / 100) * span),
  };
}

const doors: Readonly<Record<string, string>> = { garage: "garage", gate: "gate", door: "door" };

export function cover(reader: EntityReader, entity: Entity): void {
  const { config } = entity;
  const endpoint = reader.endpoint(entity, "position");
  reader.draft.type(endpoint, "windowCovering");
  const percent: MakerType = { kind: "number", unit: "%", min: 0, max: 100 };
  const [closed, open] = [reader.number(entity, "position_closed") ?? 0, reader.number(entity, "position_open") ?? 100];
  const position = reader.source(entity, "position_topic", "position_template");
  const vars = (raw: unknown) => ({ value: raw, position: raw, position_open: open, position_closed: closed });
  const to = reader.writer(entity, "set_position_topic", "set_position_template", vars);
  reader.add(entity, {
    role: "position",
    word: "position",
    maker: percent,
    codec: between(closed, open),
    from: position,
    to,
  });
  tilt(reader, entity, percent);
  const states = ["opening", "closing", "stopped", "open", "closed"] as const;
  const house = new Map(states.map((s) => [String(word(config, `state_${s}`, s)), /ing$/.test(s) ? s : "stopped"]));
  const codec: Codec = {
    type: { type: "enum", values: ["stopped", "opening", "closing"] },
    read: (raw) => house.get(String(raw)),
    write: () => undefined,
  };
  const from = reader.source(entity, "state_topic", "value_template");
  reader.add(entity, { role: "state", word: "cover_state", maker: { kind: "text" }, codec, from });
  // Without a position of its own it is known to be open or closed, no more.
  const ends = new Map<string, unknown>([
    [String(word(config, "state_open", "open")), 100],
    [String(word(config, "state_closed", "closed")), 0],
  ]);
  if (!position && !reader.speech && from)
    reader.add(entity, { role: "open", word: "position", maker: percent, from: { ...from, only: ends } });
  const send = reader.writer(entity, "command_topic");
  const source = `${reader.text(entity, "command_topic") ?? ""}#`;
  const commands = [
    ["open", "OPEN", "upOrOpen"],
    ["close", "CLOSE", "downOrClose"],
    ["stop", "STOP", "stopMotion"],
  ] as const;
  for (const [key, usual, command] of commands)
    if (send && config[`payload_${key}`] !== null)
      reader.draft.action(endpoint, `windowCovering.${command}`, {
        source,
        writes: [send(word(config, `payload_${key}`, usual))],
      });
  const kind = textOf(config, "device_class");
  if (kind !== undefined && Object.hasOwn(doors, kind)) reader.draft.label(endpoint, reader.label(entity));
}

function tilt(reader: EntityReader, entity: Entity, percent: MakerType): void {
  const closed = reader.number(entity, "tilt_closed_value") ?? reader.number(entity, "tilt_min") ?? 0;
  const open = reader.number(entity, "tilt_opened_value") ?? reader.number(entity, "tilt_max") ?? 100;
  const vars = (raw: unknown) => ({ value: raw, tilt_position: raw });
  const to = reader.writer(entity, "tilt_command_topic", "tilt_command_template", vars);
  const from = reader.source(entity, "tilt_status_topic", "tilt_status_template");
  reader.add(entity, { role: "tilt", word: "tilt", maker: percent, codec: between(closed, open), from, to });
}

export function fan(reader: EntityReader, entity: Entity): void {
  const { config } = entity;
  const endpoint = reader.endpoint(entity, "fan_mode");
  reader.draft.type(endpoint, "fan");
  const [on, off] = [word(config, "payload_on", "ON"), word(config, "payload_off", "OFF")];
  const state = reader.source(entity, "state_topic", "state_value_template");
  const to = reader.writer(entity, "command_topic", "command_template");
  reader.add(entity, { word: "on", maker: { kind: "boolean", on, off }, from: state, to });
  const top = reader.number(entity, "speed_range_max") ?? 100;
  const presets = words(config, "preset_modes");
  const preset = reader.source(entity, "preset_mode_state_topic", "preset_mode_value_template");
  const setPreset = reader.writer(entity, "preset_mode_command_topic", "preset_mode_command_template");
  const percentage = reader.source(entity, "percentage_state_topic", "percentage_value_template");
  const setPercentage = reader.writer(entity, "percentage_command_topic", "percentage_command_template");
  const wheel = reader.speech?.fanMode(percentage?.template ?? preset?.template, presets);
  if (wheel)
    reader.add(entity, {
      role: "mode",
      word: "fan_mode",
      maker: wheel,
      from: percentage ?? preset,
      to: setPreset ?? (setPercentage && wheelTo(entity, reader)),
    });
  else {
    reader.add(entity, {
      role: "percentage",
      word: "fan_speed",
      maker: { kind: "number", min: 0, max: top },
      from: percentage,
      to: setPercentage,
    });
    if (presets.length > 0)
      reader.add(entity, {
        role: "preset_mode",
        maker: { kind: "enum", values: presets },
        from: preset,
        to: setPreset,
      });
  }
  const swing = reader.source(entity, "oscillation_state_topic", "oscillation_value_template");
  const swings: MakerType = {
    kind: "boolean",
    on: word(config, "payload_oscillation_on", "oscillate_on"),
    off: word(config, "payload_oscillation_off", "oscillate_off"),
  };
  reader.add(entity, {
    role: "oscillation",
    maker: swings,
    from: swing,
    to: reader.writer(entity, "oscillation_command_topic", "oscillation_command_template"),
  });
  const direction = reader.source(entity, "direction_state_topic", "direction_value_template");
  const ways: MakerType = { kind: "enum", values: ["forward", "reverse"] };
  reader.add(entity, {
    role: "direction",
    maker: ways,
    from: direction,
    to: reader.writer(entity, "direction_command_topic", "direction_command_template"),
  });
}

/** The publisher's own word goes straight to the topic that takes it. */
const wheelTo = (entity: Entity, reader: EntityReader) => reader.writer(entity, "percentage_command_topic");

/** A vacuum tells its state as JSON; it takes words. */
export function vacuum(reader: EntityReader, entity: Entity): void {
  const topic = reader.text(entity, "state_topic");
  reader.draft.type(reader.endpoint(entity, undefined), "roboticVacuumCleaner");
  reader.add(entity, { role: "state", maker: { kind: "text" }, from: { topic, path: ["state"] } });
  reader.add(entity, {
    role: "battery_level",
    word: "battery",
    maker: { kind: "number", unit: "%" },
    from: { topic, path: ["battery_level"] },
  });
  const speeds = words(entity.config, "fan_speed_list");
  const setSpeed = reader.writer(entity, "set_fan_speed_topic");
  if (speeds.length > 0)
    reader.add(entity, {
      role: "fan_speed",
      maker: { kind: "enum", values: speeds },
      from: { topic, path: ["fan_speed"] },
      to: setSpeed,
    });
  const usual = ["start", "pause", "stop", "return_to_base", "clean_spot", "locate"];
  const values = usual.map((key) => String(word(entity.config, `payload_${key}`, key)));
  const to = reader.writer(entity, "command_topic");
  reader.add(entity, { role: "command", maker: { kind: "enum", values }, to });
  reader.add(entity, {
    role: "send_command",
    maker: { kind: "text" },
    to: reader.writer(entity, "send_command_topic"),
  });
}
