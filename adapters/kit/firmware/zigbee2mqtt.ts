import type { Body, Device, Firmware, Report, Said, Who } from "../firmware.ts";

const BASE = "zigbee2mqtt";

type Fields = { readonly [key: string]: Body };

const numeric = (name: string, access: number, more: Fields = {}): Body => ({
  ...{ type: "numeric", name, property: name, label: name, access },
  ...more,
});
const onOff: Body = {
  ...{ type: "binary", name: "state", property: "state", label: "State", access: 7 },
  ...{ value_on: "ON", value_off: "OFF", value_toggle: "TOGGLE" },
};

const entry = (who: Who, model: string, exposes: readonly Body[], more: Fields = {}): Body => ({
  ieee_address: `0x0000${who.address}`,
  friendly_name: who.name,
  type: "Router",
  supported: true,
  disabled: false,
  interview_state: "SUCCESSFUL",
  power_source: "Mains (single phase)",
  definition: { vendor: "Kit", model, description: `A ${model}`, exposes },
  ...more,
});

const presence = (who: Who, state: string): Said => ({
  topic: `${BASE}/${who.name}/availability`,
  body: { state },
  retained: true,
});

const bridgeList = (cards: readonly Body[]): Said => ({
  topic: `${BASE}/bridge/devices`,
  body: [{ ieee_address: "0x00", friendly_name: "Coordinator", type: "Coordinator" }, ...cards],
  retained: true,
});

const common = (who: Who, card: Body) => ({
  name: who.name,
  card,
  announce: [presence(who, "online")],
  offline: [presence(who, "offline")],
  online: [presence(who, "online")],
});

const set = (who: Who, body: Body): readonly Said[] => [{ topic: `${BASE}/${who.name}/set`, body }];
const state = (who: Who, body: Body, says: Report["says"]): Report => ({ topic: `${BASE}/${who.name}`, body, says });

function plug(who: Who): Device {
  const exposes = [
    { type: "switch", features: [onOff] },
    numeric("power", 1, { unit: "W" }),
    numeric("current", 1, { unit: "mA" }),
    numeric("energy", 1, { unit: "kWh" }),
    numeric("produced_energy", 1, { unit: "Wh" }),
  ];
  const off = state(who, { state: "OFF" }, { state: { "1/onOff.onOff": false } });
  return {
    ...common(who, entry(who, "plug", exposes)),
    deviceTypes: { 1: ["onOffPlugInUnit", "electricalSensor"] },
    reports: [
      {
        ...state(
          who,
          { state: "ON", power: -12.5, current: 54, energy: 3.25, produced_energy: 1250 },
          {
            state: { "1/onOff.onOff": true },
            power: { "1/electricalPowerMeasurement.activePower": -12.5 },
            current: { "1/electricalPowerMeasurement.activeCurrent": 0.054 },
            energy: { "1/electricalEnergyMeasurement.cumulativeEnergyImported": 3.25 },
            produced_energy: { "1/electricalEnergyMeasurement.cumulativeEnergyExported": 1.25 },
          },
        ),
        open: "",
      },
    ],
    orders: [
      { command: "1/onOff.off", wire: set(who, { state: "OFF" }), echo: [off] },
      { command: "1/onOff.toggle", wire: set(who, { state: "TOGGLE" }), echo: [off] },
    ],
  };
}

function lamp(who: Who): Device {
  const level = "1/levelControl.currentLevel";
  const exposes = [
    {
      type: "light",
      features: [
        onOff,
        numeric("brightness", 7, { value_min: 0, value_max: 254 }),
        numeric("color_temp", 7, { unit: "mired", value_min: 153, value_max: 370 }),
      ],
    },
  ];
  return {
    ...common(who, entry(who, "lamp", exposes)),
    deviceTypes: { 1: ["colorTemperatureLight"] },
    reports: [
      state(
        who,
        { state: "ON", brightness: 127, color_temp: 250 },
        {
          state: { "1/onOff.onOff": true },
          brightness: { [level]: 50 },
          color_temp: { "1/colorControl.colorTemperatureMireds": 250 },
        },
      ),
    ],
    orders: [
      {
        command: "1/levelControl.moveToLevel",
        args: { level: 100, transitionTime: 2 },
        wire: set(who, { brightness: 254, transition: 2 }),
        echo: [state(who, { brightness: 254 }, { brightness: { [level]: 100 } })],
      },
    ],
  };
}

function sensor(who: Who): Device {
  const exposes = (unit: string): readonly Body[] => [
    numeric("temperature", 1, { unit }),
    numeric("humidity", 1, { unit: "%" }),
    numeric("battery", 1, { unit: "%" }),
    { type: "enum", name: "action", property: "action", label: "Action", access: 1, values: ["single", "double"] },
  ];
  const card = (unit: string): Body =>
    entry(who, "sensor", exposes(unit), { type: "EndDevice", power_source: "Battery" });
  const report = (raw: number, degrees: number): Report =>
    state(
      who,
      { temperature: raw, humidity: 48.5, battery: 81 },
      {
        temperature: { "1/temperatureMeasurement.measuredValue": degrees },
        humidity: { "1/relativeHumidityMeasurement.measuredValue": 48.5 },
        battery: { "1/powerSource.batPercentRemaining": 81 },
      },
    );
  return {
    ...common(who, card("°C")),
    deviceTypes: { 1: ["temperatureSensor", "humiditySensor", "genericSwitch"] },
    sleeps: true,
    reports: [report(-4.5, -4.5)],
    events: [state(who, { action: "single" }, { action: { "1/vendor.action": "single" } })],
    otherUnit: { said: [bridgeList([card("°F")])], reports: [report(50, 10)] },
  };
}

/** A bridge with a metering plug, a lamp and a battery sensor. */
export const zigbee2mqtt: Firmware = {
  kit: 1,
  dialect: "zigbee2mqtt",
  models: { plug, lamp, sensor },
  bridge: (cards) => [{ topic: `${BASE}/bridge/state`, body: { state: "online" }, retained: true }, bridgeList(cards)],
};
