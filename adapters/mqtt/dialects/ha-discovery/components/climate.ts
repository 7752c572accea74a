/** Thermostats, water heaters and humidifiers. */
import type { MakerType } from "../../../codec.ts";
import { textOf } from "../../../json.ts";
import type { Entity } from "../config.ts";
import { type EntityReader, word, words } from "../reader.ts";

/** Topic key, template key, word in meanings.ts. */
type Line = readonly [role: string, state: string, template: string, command: string, commandTemplate: string];

const line = (role: string, stateTemplate = "state_template"): Line => [
  role,
  `${role}_state_topic`,
  `${role}_${stateTemplate}`,
  `${role}_command_topic`,
  `${role}_command_template`,
];

/** What the thermostat is doing, in Home Assistant's words. */
const actions = ["off", "heating", "cooling", "drying", "idle", "fan", "preheating", "defrosting"];

function degrees(reader: EntityReader, entity: Entity, ranged: boolean): MakerType {
  const heater = entity.component === "water_heater";
  const fahrenheit = /f/i.test(textOf(entity.config, "temperature_unit") ?? "C");
  const [low, high] = heater ? [43.3, 60] : [7, 35];
  const usual = (celsius: number): number => (fahrenheit ? Math.round(celsius * 1.8 + 32) : celsius);
  const step = reader.number(entity, "temp_step") ?? reader.number(entity, "precision");
  if (!ranged) return { kind: "number", unit: fahrenheit ? "°F" : "°C" };
  return {
    kind: "number",
    unit: fahrenheit ? "°F" : "°C",
    min: reader.number(entity, "min_temp") ?? usual(low ?? 7),
    max: reader.number(entity, "max_temp") ?? usual(high ?? 35),
    ...(step === undefined ? {} : { step }),
  };
}

function settable(
  reader: EntityReader,
  entity: Entity,
  [role, state, template, command, out]: Line,
  maker: MakerType,
  word?: string,
): void {
  const from = reader.source(entity, state, template);
  reader.add(entity, { role, word, maker, from, to: reader.writer(entity, command, out) });
}

/** Choices that are always the maker's own words, whatever they look like. */
function choices(reader: EntityReader, entity: Entity): void {
  const lists = [
    [line("preset_mode", "value_template"), "preset_modes"],
    [line("swing_mode"), "swing_modes"],
    [line("swing_horizontal_mode"), "swing_horizontal_modes"],
  ] as const;
  for (const [keys, list] of lists) {
    const values = words(entity.config, list);
    if (values.length > 0) settable(reader, entity, keys, { kind: "enum", values });
  }
}

export function climate(reader: EntityReader, entity: Entity): void {
  const { config } = entity;
  const heater = entity.component === "water_heater";
  const named = words(config, "modes");
  const modes =
    named.length > 0
      ? named
      : heater
        ? ["off", "eco", "electric", "performance"]
        : ["auto", "off", "cool", "heat", "dry", "fan_only"];
  const lead = "local_temperature";
  reader.endpoint(entity, lead);
  const current = reader.source(entity, "current_temperature_topic", "current_temperature_template");
  reader.add(entity, { role: "current_temperature", word: lead, maker: degrees(reader, entity, false), from: current });
  const humidity = reader.source(entity, "current_humidity_topic", "current_humidity_template");
  reader.add(entity, {
    role: "current_humidity",
    word: "humidity",
    maker: { kind: "number", unit: "%" },
    from: humidity,
  });
  const onlyCools = named.includes("cool") && !named.some((m) => /heat|auto/.test(m) && m !== "auto") && !heater;
  const target = degrees(reader, entity, true);
  settable(
    reader,
    entity,
    line("temperature"),
    target,
    onlyCools ? "occupied_cooling_setpoint" : "occupied_heating_setpoint",
  );
  settable(reader, entity, line("temperature_low"), target, "occupied_heating_setpoint");
  settable(reader, entity, line("temperature_high"), target, "occupied_cooling_setpoint");
  settable(reader, entity, line("mode"), { kind: "enum", values: modes }, "system_mode");
  const fans = words(config, "fan_modes");
  if (fans.length > 0) settable(reader, entity, line("fan_mode"), { kind: "enum", values: fans }, "fan_mode");
  settable(reader, entity, line("target_humidity"), {
    kind: "number",
    unit: "%",
    min: reader.number(entity, "min_humidity") ?? 30,
    max: reader.number(entity, "max_humidity") ?? 99,
  });
  const doing = reader.source(entity, "action_topic", "action_template");
  reader.add(entity, { role: "action", word: "running_state", maker: { kind: "enum", values: actions }, from: doing });
  choices(reader, entity);
  power(reader, entity);
  const endpoint = reader.endpoint(entity, lead);
  if (heater) reader.draft.type(endpoint, "waterHeater");
  else if (fans.length > 0 && modes.length > 0) reader.draft.type(endpoint, "roomAirConditioner");
}

/** On and off apart from the mode: can only be sent. */
function power(reader: EntityReader, entity: Entity): void {
  const to = reader.writer(entity, "power_command_topic", "power_command_template");
  const [on, off] = [word(entity.config, "payload_on", "ON"), word(entity.config, "payload_off", "OFF")];
  reader.add(entity, { role: "power", maker: { kind: "boolean", on, off }, to });
}

export function humidifier(reader: EntityReader, entity: Entity): void {
  const { config } = entity;
  const [on, off] = [word(config, "payload_on", "ON"), word(config, "payload_off", "OFF")];
  const from = reader.source(entity, "state_topic", "state_value_template");
  const to = reader.writer(entity, "command_topic", "command_template");
  reader.add(entity, { maker: { kind: "boolean", on, off }, from, to });
  const range = { min: reader.number(entity, "min_humidity") ?? 0, max: reader.number(entity, "max_humidity") ?? 100 };
  settable(reader, entity, line("target_humidity"), { kind: "number", unit: "%", ...range });
  const current = reader.source(entity, "current_humidity_topic", "current_humidity_template");
  reader.add(entity, {
    role: "current_humidity",
    word: "humidity",
    maker: { kind: "number", unit: "%" },
    from: current,
  });
  const modes = words(config, "modes");
  if (modes.length > 0) settable(reader, entity, line("mode"), { kind: "enum", values: modes });
  const doing = reader.source(entity, "action_topic", "action_template");
  reader.add(entity, { role: "action", maker: { kind: "text" }, from: doing });
}
