/** Things that are on or off: switches, sirens, valves, locks. */
import type { MakerType } from "../../../codec.ts";
import { textOf } from "../../../json.ts";
import type { Entity } from "../config.ts";
import { type EntityReader, type Write, word } from "../reader.ts";

/** State words may differ from command words: what is read on one side is written by the other. */
function twoSided(entity: Entity): {
  readonly maker: MakerType & { kind: "boolean" };
  readonly out: (raw: unknown) => unknown;
} {
  const on = word(entity.config, "payload_on", "ON");
  const off = word(entity.config, "payload_off", "OFF");
  const stateOn = word(entity.config, "state_on", String(on));
  const stateOff = word(entity.config, "state_off", String(off));
  return { maker: { kind: "boolean", on: stateOn, off: stateOff }, out: (raw) => (raw === stateOn ? on : off) };
}

export function onOff(reader: EntityReader, entity: Entity): void {
  const { maker, out } = twoSided(entity);
  const source = entity.component === "siren" ? "state_value_template" : "value_template";
  const from = reader.source(entity, "state_topic", source);
  const to = sirenBody(reader, entity) ?? reader.writer(entity, "command_topic", "command_template");
  // A switch among the settings is one of the maker's own.
  const setting = textOf(entity.config, "entity_category") !== undefined || entity.component !== "switch";
  const lead = setting ? undefined : "on";
  reader.add(entity, { word: lead, maker, from, to: to && ((raw) => to(out(raw))) });
  const endpoint = reader.endpoint(entity, lead);
  if (lead && (!reader.speech || reader.speech.switches(entity)))
    reader.draft.type(
      endpoint,
      textOf(entity.config, "device_class") === "outlet" ? "onOffPlugInUnit" : "mountedOnOffControl",
    );
}

/** A siren without a template takes a JSON body. */
function sirenBody(reader: EntityReader, entity: Entity): ((raw: unknown) => Write) | undefined {
  if (entity.component !== "siren" || reader.text(entity, "command_template") !== undefined) return undefined;
  const to = reader.writer(entity, "command_topic");
  return to && ((raw) => to({ state: raw }));
}

/** A valve is open or closed, or stands at a position. */
export function valve(reader: EntityReader, entity: Entity): void {
  const { config } = entity;
  const open = word(config, "payload_open", "OPEN");
  const close = word(config, "payload_close", "CLOSE");
  const from = reader.source(entity, "state_topic", "value_template");
  const to = reader.writer(entity, "command_topic", "command_template");
  if (config.reports_position === true) {
    const [low, high] = [reader.number(entity, "position_closed") ?? 0, reader.number(entity, "position_open") ?? 100];
    reader.add(entity, { maker: { kind: "number", unit: "%", min: low, max: high }, from, to });
    return;
  }
  const maker: MakerType = {
    kind: "boolean",
    on: word(config, "state_open", "open"),
    off: word(config, "state_closed", "closed"),
  };
  reader.add(entity, { word: "on", maker, from, to: to && ((raw) => to(raw === maker.on ? open : close)) });
  reader.draft.type(reader.endpoint(entity, "on"), "waterValve");
}

const lockWords = ["LOCKED", "UNLOCKED", "LOCKING", "UNLOCKING", "JAMMED"];

export function lock(reader: EntityReader, entity: Entity): void {
  const { config } = entity;
  const keys = ["state_locked", "state_unlocked", "state_locking", "state_unlocking", "state_jammed"];
  const [locked, unlocked, locking, unlocking, jammed] = keys.map((k, i) =>
    String(word(config, k, lockWords[i] ?? "")),
  );
  const house = new Map([
    [locked, "locked"],
    [unlocked, "unlocked"],
    [locking, "unlocked"],
    [unlocking, "notFullyLocked"],
    [jammed, "notFullyLocked"],
  ]);
  const from = reader.source(entity, "state_topic", "value_template");
  const to = reader.writer(entity, "command_topic", "command_template");
  const sides: readonly (readonly [string, unknown])[] = [
    ["locked", word(config, "payload_lock", "LOCK")],
    ["unlocked", word(config, "payload_unlock", "UNLOCK")],
  ];
  const codec = {
    type: { type: "enum", values: ["notFullyLocked", "locked", "unlocked"] } as const,
    read: (raw: unknown) => house.get(String(raw)),
    write: (value: unknown) => sides.find(([side]) => side === value)?.[1],
  };
  const maker: MakerType = { kind: "boolean", on: locked, off: unlocked };
  reader.add(entity, { word: "lock", maker, codec, from, to: to && ((raw) => to(toSide(raw, maker, sides))) });
  reader.endpoint(entity, "lock");
}

/** The command word; the publisher's own dialect hands its state words over instead. */
const toSide = (raw: unknown, maker: MakerType, sides: readonly (readonly [string, unknown])[]): unknown => {
  if (maker.kind !== "boolean") return raw;
  if (raw === maker.on) return sides[0]?.[1];
  return raw === maker.off ? sides[1]?.[1] : raw;
};

/** Sirens, mowers, alarm panels and such: no standard capability, so their state and their commands stay the maker's own words. */
export function stateAndWords(reader: EntityReader, entity: Entity): void {
  const { config } = entity;
  const from =
    reader.source(entity, "state_topic", "value_template") ??
    reader.source(entity, "activity_state_topic", "activity_value_template");
  if (from) reader.add(entity, { maker: { kind: "text" }, from });
  const payloads = Object.entries(config).flatMap(([key, value]) =>
    key.startsWith("payload_") && !/available/.test(key) && typeof value === "string" && value ? [value] : [],
  );
  const usual = entity.component === "alarm_control_panel" ? ["DISARM", "ARM_HOME", "ARM_AWAY", "ARM_NIGHT"] : payloads;
  const values = [...new Set(payloads.length > 0 ? payloads : usual)];
  const vars = (raw: unknown) => ({ value: raw, action: raw, code: "" });
  const to = reader.writer(entity, "command_topic", "command_template", vars);
  if (to && values.length > 0) reader.add(entity, { role: "command", maker: { kind: "enum", values }, to });
  for (const what of ["start_mowing", "pause", "dock"]) {
    const one = reader.writer(entity, `${what}_command_topic`, `${what}_command_template`);
    if (one) reader.add(entity, { role: what, maker: { kind: "enum", values: [what] }, to: one });
  }
}
