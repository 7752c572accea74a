import type { Cadence, MatterDevice, MqttDevice } from "./device.ts";
import { fridgePlug } from "./matter/fridge-plug.ts";
import type { MatterConfig } from "./matter/matter-device.ts";
import { thermostat } from "./matter/thermostat.ts";
import { onePm } from "./shelly/one-pm.ts";
import { pmMini } from "./shelly/pm-mini.ts";
import { pro3em } from "./shelly/pro-3em.ts";
import type { ShellyDevice } from "./shelly/shelly.ts";
import { twoPmCover } from "./shelly/two-pm-cover.ts";
import { dishwasherPlug } from "./tasmota/dishwasher-plug.ts";
import { relayLight } from "./tasmota/relay-light.ts";
import { waterHeater } from "./tasmota/water-heater.ts";
import { type BridgeConfig, ZigbeeBridge } from "./zigbee/bridge.ts";
import { climateSensor } from "./zigbee/climate-sensor.ts";
import { colorTemperatureLight } from "./zigbee/color-temperature-light.ts";
import { dimmableLight } from "./zigbee/dimmable-light.ts";
import { evCharger } from "./zigbee/ev-charger.ts";
import { homeBattery } from "./zigbee/home-battery.ts";
import { meteringPlug } from "./zigbee/metering-plug.ts";
import { motionSensor } from "./zigbee/motion-sensor.ts";
import { windowContact } from "./zigbee/window-contact.ts";

/** Every simulated product under its kind; a new one is one file and one line. */
const zigbeeMakers = {
  colorTemperatureLight,
  dimmableLight,
  windowContact,
  motionSensor,
  climateSensor,
  meteringPlug,
  evCharger,
  homeBattery,
};
const tasmotaMakers = { waterHeater, dishwasherPlug, relayLight };
const shellyMakers = { pro3em, pmMini, onePm, twoPmCover };
const matterMakers = { fridgePlug, thermostat };

type Entry<Makers extends Record<string, (config: never, cadence: Cadence) => unknown>> = {
  [Kind in keyof Makers]: { readonly kind: Kind } & Parameters<Makers[Kind]>[0];
}[keyof Makers];

/** The devices of one home, as data. */
export interface DeviceList {
  readonly bridge: BridgeConfig;
  readonly zigbee: readonly Entry<typeof zigbeeMakers>[];
  readonly tasmota: readonly Entry<typeof tasmotaMakers>[];
  readonly shelly: readonly Entry<typeof shellyMakers>[];
  readonly matter: readonly ({ readonly kind: keyof typeof matterMakers } & MatterConfig)[];
}

export interface Devices {
  readonly mqtt: readonly MqttDevice[];
  /** The ones among `mqtt` that a hub must ask before it knows them. */
  readonly shelly: readonly ShellyDevice[];
  readonly matter: readonly MatterDevice[];
}

/** Builds what stands in the home; all of them read and move one world. */
export function buildDevices(list: DeviceList, cadence: Cadence): Devices {
  // The entry's kind picks the maker of its own config, which the type of a union cannot follow.
  const make = <Device>(makers: object, entry: { readonly kind: string }): Device =>
    (makers as Record<string, (config: object, cadence: Cadence) => Device>)[entry.kind]?.(entry, cadence) ??
    fail(entry.kind);
  const zigbee = list.zigbee.map((entry) => make<ReturnType<typeof homeBattery>>(zigbeeMakers, entry));
  const tasmota = list.tasmota.map((entry) => make<MqttDevice>(tasmotaMakers, entry));
  const shelly = list.shelly.map((entry) => make<ShellyDevice>(shellyMakers, entry));
  const matter = list.matter.map((entry) => make<MatterDevice>(matterMakers, entry));
  return { mqtt: [new ZigbeeBridge(list.bridge, zigbee), ...tasmota, ...shelly], shelly, matter };
}

function fail(kind: string): never {
  throw new Error(`no simulated product of kind ${kind}`);
}
