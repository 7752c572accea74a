/** The firmware's own parts, which have no number: radio, cloud, updates, and how the device speaks over MQTT. */
import type { Problem } from "../../../../hub/model/finding.ts";
import type { Draft, Property } from "../../draft.ts";
import { get, type Json } from "../../json.ts";
import type { ShellyWrite } from "./components.ts";
import type { ShellyDevice } from "./device.ts";

/** Clocks, memory, revision counters and other variants of the firmware: they say nothing of the home. */
const clockwork =
  /^sys\.(time|unixtime|uptime|mac|utc_offset|last_sync_ts|ram_.*|fs_.*|.*_rev|alt\..*|wakeup_period|btrelay_.*|bthc_.*)$|^script/;

/** Whether a field of an unnumbered component is worth keeping. */
export const isKept = (field: string): boolean => !clockwork.test(field);

/** Name and label of such a field on the device itself. */
export function namedField(field: string): { readonly name: string; readonly label?: string; readonly unit?: string } {
  if (field === "wifi.rssi") return { name: "wifi_rssi", label: "Wi-Fi signal", unit: "dBm" };
  if (field === "sys.available_updates.stable.version") return { name: field, label: "Newer firmware" };
  return { name: field };
}

/** Settings of `Mqtt.SetConfig` (https://shelly-api-docs.shelly.cloud/gen2/ComponentsAndServices/Mqtt); the hub itself speaks by RPC, so that it needs no plain topics. */
const settings: Readonly<Record<string, string>> = {
  rpc_ntf: "Notes over MQTT (changing it restarts the device)",
  status_ntf: "Statuses in topics of their own (changing it restarts the device)",
  enable_control: "Commands in plain topics (changing it restarts the device)",
};

export const SET_MQTT = "Mqtt.SetConfig";
const fieldOf = (name: string): string => `mqtt/config.${name}`;

export function addMqttSettings(draft: Draft<ShellyWrite>, device: ShellyDevice): void {
  const config = device.configs.get("mqtt");
  for (const [name, label] of Object.entries(settings)) {
    if (typeof get(config, name) !== "boolean") continue;
    const property: Property<ShellyWrite> = {
      endpoint: 1,
      field: fieldOf(name),
      source: `${device.prefix}/rpc#mqtt.${name}`,
      name: `mqtt.${name}`,
      label,
      maker: { kind: "boolean", on: true, off: false },
      write: (raw) => ({ method: SET_MQTT, params: { config: { [name]: raw as Json } } }),
    };
    draft.add(property);
  }
}

/** Fields and values of these settings, to be read when a configuration came. */
export const mqttSettings = (config: Json | undefined): readonly (readonly [field: string, value: Json])[] =>
  Object.keys(settings).flatMap((name) => {
    const value = get(config, name);
    return typeof value === "boolean" ? [[fieldOf(name), value] as const] : [];
  });

/** Without notes the hub hears nothing, or no presses: a person may turn them on; the hub never does it by itself. */
export function deafness(device: ShellyDevice, topic: string): Problem | undefined {
  const config = device.configs.get("mqtt");
  if (get(config, "rpc_ntf") !== false) return undefined;
  const lost =
    get(config, "status_ntf") === true
      ? "does not tell of its buttons and events"
      : "tells nothing by itself: its values are those of the moment when it came online";
  return {
    code: "notes-turned-off",
    message: `${device.shellyId} ${lost}`,
    fix: "Turn on “RPC status notifications over MQTT” in the device's settings; it restarts.",
    remedy: {
      label: "Turn on its notes and restart it",
      command: {
        target: { node: device.id, endpoint: 1 },
        capability: "vendor",
        command: "set",
        args: { "mqtt.rpc_ntf": true },
      },
    },
    node: device.id,
    topic,
    field: "mqtt.rpc_ntf",
  };
}

/** What a component says is wrong with it, in words, and what to do. Setting up that is not done yet is no fault. */
const faults: Readonly<Record<string, readonly [what: string, fix: string]>> = {
  overtemp: ["is too hot and has switched off", "Let it cool down, and give it less load or more air."],
  overpower: ["carries more power than it may and has switched off", "Take load off it."],
  overcurrent: ["carries more current than it may and has switched off", "Take load off it."],
  overvoltage: ["has too high a voltage and has switched off", "Have the supply looked at."],
  undervoltage: ["has too low a voltage and has switched off", "Have the supply looked at."],
  obstruction: ["has met an obstruction", "Free its way, then move it again."],
  safety_switch: ["is held by its safety switch", "Release the safety switch."],
  power_meter_failure: ["cannot measure its power", "Restart it; if it stays so, it is broken."],
  phase_sequence: ["has its phases in the wrong order", "Have the wiring looked at."],
  no_load: ["has nothing connected", "Look at the lamp or the wiring."],
  out_of_range: ["measures something outside its range", "Look at the sensor."],
  read: ["cannot read its sensor", "Look at the sensor and its wire."],
};

/** The faults in a component's `errors`. */
export function faultsOf(device: ShellyDevice, component: string, errors: Json, topic: string): Problem[] {
  if (!Array.isArray(errors)) return [];
  return errors.slice(0, 8).flatMap((error: Json) => {
    // Of a three-phase meter: `phase_a_overvoltage` and the like.
    const word =
      typeof error === "string"
        ? error.replace(/^([abcn]|phase_[abcn])_/, "").replace(/^out_of_range.*/, "out_of_range")
        : "";
    const [what, fix] = (Object.hasOwn(faults, word) ? faults[word] : undefined) ?? [];
    if (what === undefined || fix === undefined) return [];
    const message = `${component} of ${device.shellyId} ${what}`;
    const field = `${component}.errors.${String(error).slice(0, 40)}`;
    return [{ code: "device-fault", message, fix, node: device.id, topic, field }];
  });
}
