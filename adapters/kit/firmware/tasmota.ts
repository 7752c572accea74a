import { namedEndpoint } from "../../mqtt/draft.ts";
import type { Body, Device, Firmware, Report, Said, Who } from "../firmware.ts";

type Fields = { readonly [key: string]: Body };

const mac = (who: Who): string => who.address.toUpperCase();

const config = (who: Who, relays: readonly number[], more: Fields = {}): Said => ({
  topic: `tasmota/discovery/${mac(who)}/config`,
  body: {
    ...{ ip: "192.0.2.9", dn: who.name, fn: ["One"], hn: `${who.name}-1`, mac: mac(who), md: "Kit" },
    ...{ ofln: "Offline", onln: "Online", state: ["OFF", "ON", "TOGGLE", "HOLD"], sw: "15.0.0" },
    ...{ t: who.name, ft: "%prefix%/%topic%/", tp: ["cmnd", "stat", "tele"], rl: relays },
    ...{ so: {}, lt_st: 0, ver: 1 },
    ...more,
  },
  retained: true,
});
const will = (who: Who, word: string): Said => ({ topic: `tele/${who.name}/LWT`, body: word, retained: true });
const shapes = (who: Who, sn: Body): Said => ({
  topic: `tasmota/discovery/${mac(who)}/sensors`,
  body: { sn, ver: 1 },
  retained: true,
});

const common = (who: Who, announce: readonly Said[]) => ({
  name: who.name,
  announce: [...announce, will(who, "Online")],
  offline: [will(who, "Offline")],
  online: [will(who, "Online")],
  removed: [{ topic: `tasmota/discovery/${mac(who)}/config`, body: "", retained: true }],
});

const stat = (who: Who, body: Body, says: Report["says"]): Report => ({ topic: `stat/${who.name}/RESULT`, body, says });

function meter(who: Who): Device {
  const power = "1/electricalPowerMeasurement";
  const energy = "1/electricalEnergyMeasurement";
  const body = { Total: 100.5, Today: 1.5, Power: 1834, Factor: 0.98, Voltage: 230, ExportActive: 7.25 };
  const off: Report = {
    topic: `stat/${who.name}/POWER`,
    body: "OFF",
    says: { "": { "1/onOff.onOff": false } },
  };
  return {
    ...common(who, [config(who, [1]), shapes(who, { Time: "2026-01-01T00:00:00", ENERGY: body })]),
    deviceTypes: { 1: ["onOffPlugInUnit", "electricalSensor"] },
    reports: [
      {
        topic: `tele/${who.name}/SENSOR`,
        body: { Time: "2026-01-01T00:00:00", ENERGY: body },
        says: {
          "ENERGY.Power": { [`${power}.activePower`]: 1834 },
          "ENERGY.Factor": { [`${power}.powerFactor`]: 98 },
          "ENERGY.Voltage": { [`${power}.voltage`]: 230 },
          "ENERGY.Total": { [`${energy}.cumulativeEnergyImported`]: 100.5 },
          "ENERGY.ExportActive": { [`${energy}.cumulativeEnergyExported`]: 7.25 },
        },
        open: "ENERGY",
      },
      { topic: `stat/${who.name}/POWER`, body: "ON", says: { "": { "1/onOff.onOff": true } } },
    ],
    events: [
      stat(who, { Button1: { Action: "SINGLE" } }, { "Button1.Action": { "1/vendor.Button1.Action": "SINGLE" } }),
    ],
    orders: [
      { command: "1/onOff.off", wire: [{ topic: `cmnd/${who.name}/POWER`, body: "OFF" }], echo: [off] },
      { command: "1/onOff.toggle", wire: [{ topic: `cmnd/${who.name}/POWER`, body: "TOGGLE" }], echo: [off] },
    ],
  };
}

function lamp(who: Who): Device {
  const level = "1/levelControl.currentLevel";
  return {
    ...common(who, [config(who, [2], { lt_st: 2 })]),
    deviceTypes: { 1: ["colorTemperatureLight"] },
    reports: [
      stat(
        who,
        { POWER: "ON", Dimmer: 40, CT: 250 },
        {
          POWER: { "1/onOff.onOff": true },
          Dimmer: { [level]: 40 },
          CT: { "1/colorControl.colorTemperatureMireds": 250 },
        },
      ),
    ],
    orders: [
      {
        command: "1/levelControl.moveToLevel",
        args: { level: 75 },
        wire: [{ topic: `cmnd/${who.name}/Dimmer`, body: "75" }],
        echo: [stat(who, { POWER: "ON", Dimmer: 75 }, { Dimmer: { [level]: 75 } })],
      },
    ],
  };
}

function blind(who: Who): Device {
  const place = "1/windowCovering.currentPositionLiftPercentage";
  const shutter = (position: number): Report =>
    stat(
      who,
      { Shutter1: { Position: position, Direction: 0, Target: position } },
      { "Shutter1.Position": { [place]: position } },
    );
  const says = { ...shutter(30).says, "Shutter1.Direction": { "1/windowCovering.operationalStatus": "stopped" } };
  return {
    ...common(who, [config(who, [3, 3], { sho: [0], fn: ["Blind"] })]),
    deviceTypes: { 1: ["windowCovering"] },
    reports: [{ ...shutter(30), says }],
    orders: [
      {
        command: "1/windowCovering.upOrOpen",
        wire: [{ topic: `cmnd/${who.name}/ShutterOpen1`, body: "" }],
        echo: [shutter(100)],
      },
    ],
  };
}

function probe(who: Who): Device {
  const body = (unit: string, raw: number): Body => ({ AM2301: { Temperature: raw, Humidity: 61.5 }, TempUnit: unit });
  const report = (unit: string, raw: number, degrees: number): Report => ({
    topic: `tele/${who.name}/SENSOR`,
    body: body(unit, raw),
    says: {
      "AM2301.Temperature": { [`${AM2301}/temperatureMeasurement.measuredValue`]: degrees },
      "AM2301.Humidity": { [`${AM2301}/relativeHumidityMeasurement.measuredValue`]: 61.5 },
    },
  });
  return {
    ...common(who, [config(who, []), shapes(who, body("C", 20))]),
    deviceTypes: { [AM2301]: ["temperatureSensor", "humiditySensor"] },
    reports: [report("C", -4.5, -4.5)],
    otherUnit: { said: [], reports: [report("F", 50, 10)] },
  };
}

/** The endpoint that a sensor of this name has on every Tasmota. */
const AM2301 = namedEndpoint("AM2301");

/** Native discovery (SetOption19 0): a metering plug, a lamp, a blind and a thermometer. */
export const tasmota: Firmware = { kit: 1, dialect: "tasmota", models: { meter, lamp, blind, probe } };
