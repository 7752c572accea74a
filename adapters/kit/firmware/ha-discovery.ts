import type { Body, Device, Firmware, Report, Said, Who } from "../firmware.ts";

type Fields = { readonly [key: string]: Body };

const baseOf = (who: Who): string => `kit2mqtt/${who.address}`;
const presence = (who: Who, word: string): Said => ({ topic: `${baseOf(who)}/status`, body: word, retained: true });

/** The device form: one message for the whole device. */
const config = (who: Who, components: Fields): Said => ({
  topic: `homeassistant/device/kit_${who.address}/config`,
  body: {
    dev: {
      ids: [`kit_${who.address}`],
      cns: [["mac", who.address.replace(/(..)(?=.)/g, "$1:")]],
      name: who.name,
      mf: "Kit",
    },
    o: { name: "kit2mqtt" },
    cmps: components,
    stat_t: `${baseOf(who)}/state`,
    avty_t: `${baseOf(who)}/status`,
  },
  retained: true,
});

const sensor = (who: Who, key: string, kind: string, unit: string, more: Fields = {}): Body => ({
  ...{ p: "sensor", dev_cla: kind, unit_of_meas: unit, uniq_id: `${who.address}_${key}` },
  ...{ val_tpl: `{{ value_json.${key} }}`, ...more },
});

const common = (who: Who, components: Fields) => ({
  name: who.name,
  announce: [config(who, components), presence(who, "online")],
  offline: [presence(who, "offline")],
  online: [presence(who, "online")],
  removed: [{ ...config(who, {}), body: "" }],
});

const state = (who: Who, body: Body, says: Report["says"]): Report => ({ topic: `${baseOf(who)}/state`, body, says });

function plug(who: Who): Device {
  const on = "1/onOff.onOff";
  const command = `${baseOf(who)}/set`;
  const components = {
    relay: {
      ...{ p: "switch", dev_cla: "outlet", uniq_id: `${who.address}_relay`, val_tpl: "{{ value_json.relay }}" },
      ...{ cmd_t: command, pl_on: "ON", pl_off: "OFF" },
    },
    power: sensor(who, "power", "power", "kW"),
    energy: sensor(who, "energy", "energy", "Wh", { stat_cla: "total_increasing" }),
  };
  const off = state(who, { relay: "OFF" }, { relay: { [on]: false } });
  return {
    ...common(who, components),
    deviceTypes: { 1: ["onOffPlugInUnit", "electricalSensor"] },
    reports: [
      state(
        who,
        { relay: "ON", power: 1.25, energy: 3250 },
        {
          relay: { [on]: true },
          power: { "1/electricalPowerMeasurement.activePower": 1250 },
          energy: { "1/electricalEnergyMeasurement.cumulativeEnergyImported": 3.25 },
        },
      ),
    ],
    orders: [{ command: "1/onOff.off", wire: [{ topic: command, body: "OFF" }], echo: [off] }],
  };
}

function climate(who: Who): Device {
  const components = (unit: string): Fields => ({
    temperature: sensor(who, "temperature", "temperature", unit),
    humidity: sensor(who, "humidity", "humidity", "%"),
    battery: sensor(who, "battery", "battery", "%"),
  });
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
    ...common(who, components("°C")),
    deviceTypes: { 1: ["temperatureSensor", "humiditySensor"] },
    sleeps: true,
    reports: [report(-4.5, -4.5)],
    otherUnit: { said: [config(who, components("°F"))], reports: [report(50, 10)] },
  };
}

/** A bridge that announces its devices for Home Assistant, each in one message. */
export const haDiscovery: Firmware = {
  kit: 1,
  dialect: "ha-discovery",
  models: { plug, climate },
  without: { events: "No device here has a button.", open: "What no component reads is not part of the announcement." },
};
