import type { Device, Firmware, Who } from "../firmware.ts";
import {
  amperes,
  exported,
  lacks,
  onePerTopic,
  order,
  presence,
  readOnly,
  texts,
  value,
  values,
  volts,
  watts,
} from "./table.ts";

const ROOF = "solar";

/** Serials of Hoymiles have twelve digits and begin with their model's. */
const hoymiles = (who: Who): string => `11${who.address.slice(2)}`;

function openDtuInverter(who: Who): Device {
  const base = `${ROOF}/${hoymiles(who)}`;
  const limit = "1/solarControl.limit";
  return {
    name: who.name,
    deviceTypes: { 1: ["solarPower"] },
    announce: texts(base, { name: who.name, "device/fwbuildversion": "10018", "status/reachable": "1" }),
    reports: values(base, [
      ["0/power", "410.5", { [watts()]: -410.5 }],
      ["0/voltage", "231.4", { [volts()]: 231.4 }],
      ["0/yieldtotal", "1234.567", { [exported()]: 1234.567 }],
      ["0/temperature", "31.2", { "1/temperatureMeasurement.measuredValue": 31.2 }],
      ["1/power", "210.5", { [watts(2)]: -210.5 }],
      ["1/yieldtotal", "617.25", { [exported(2)]: 617.25 }],
      ["status/limit_relative", "100.00", { [limit]: 100 }],
    ]),
    orders: [
      order(
        "1/solarControl.set",
        { limit: 60 },
        [`${base}/cmd/limit_nonpersistent_relative`, "60"],
        value(`${base}/status/limit_relative`, "60.00", { [limit]: 60 }),
      ),
    ],
    ...presence(`${base}/status/reachable`, "1", "0"),
  };
}

/** OpenDTU: inverters by their serial numbers, and the radio with their sums. */
export const opendtu: Firmware = {
  kit: 1,
  dialect: "opendtu",
  models: { inverter: openDtuInverter },
  bridge: () => texts(ROOF, { "dtu/status": "online", "ac/power": "512.5", "ac/yieldtotal": "4321.5" }),
  company: ["OpenDTU"],
  without: { ...lacks, ...onePerTopic },
};

function ahoyInverter(who: Who): Device {
  const name = `${who.name}-${who.address.slice(-6)}`;
  const base = `ahoy/${name}`;
  return {
    name,
    deviceTypes: { 1: ["solarPower"] },
    announce: texts(base, { available: "2" }),
    reports: values(base, [
      ["ch0/P_AC", "301.5", { [watts()]: -301.5 }],
      ["ch0/U_AC", "232.1", { [volts()]: 232.1 }],
      ["ch0/PF_AC", "98.2", { "1/electricalPowerMeasurement.powerFactor": 98.2 }],
      ["ch0/YieldTotal", "930.25", { [exported()]: 930.25 }],
      ["ch1/P_DC", "320.4", { [watts(2)]: -320.4 }],
      ["ch1/U_DC", "33.5", { [volts(2)]: 33.5 }],
    ]),
    ...presence(`${base}/available`, "2", "0"),
  };
}

/** AhoyDTU: inverters by the names that people gave them. */
export const ahoydtu: Firmware = {
  kit: 1,
  dialect: "ahoydtu",
  models: { inverter: ahoyInverter },
  bridge: () => texts("ahoy", { mqtt: "connected", version: "0.8.83", "total/P_AC": "301.5" }),
  company: ["AhoyDTU"],
  without: {
    ...lacks,
    ...onePerTopic,
    names: "Its name is all that tells inverters apart.",
    orders: "Limits go to an inverter's place in the radio's setup, which no topic tells.",
  },
};

function solarEdge(who: Who): Device {
  const prefix = `solaredge-${who.address}`;
  const info = { manufacturer: "SolarEdge", model: "SE5K", version: "0004.0020.0036", serialnumber: who.address };
  const measured = "electricalPowerMeasurement";
  return {
    name: "Inverter",
    deviceTypes: { 1: ["solarPower"] },
    announce: [],
    reports: [
      {
        topic: `${prefix}/modbus/inverter`,
        body: {
          info: { ...info, sunspec_type: "Single Phase Inverter" },
          ac: { current: { actual: 9.1 }, power: { actual: 2100, reactive: -50 }, frequency: 50.01 },
          dc: { current: 2.8, voltage: 760 },
          energytotal: 12_345_500,
          temperature: 41.5,
          status: 4,
        },
        says: {
          "ac.current.actual": { [amperes()]: 9.1 },
          "ac.power.actual": { [watts()]: -2100 },
          "ac.power.reactive": { [`1/${measured}.reactivePower`]: -50 },
          "ac.frequency": { [`1/${measured}.frequency`]: 50.01 },
          "dc.current": { [amperes(5)]: 2.8 },
          "dc.voltage": { [volts(5)]: 760 },
          energytotal: { [exported()]: 12_345.5 },
          temperature: { "1/temperatureMeasurement.measuredValue": 41.5 },
        },
        open: "",
      },
    ],
    ...presence(`${prefix}/status/modbus`, "online", "offline"),
  };
}

/** SolarEdge2MQTT: an inverter below each prefix, with its serial number in the body. */
export const solaredge2mqtt: Firmware = {
  kit: 1,
  dialect: "solaredge2mqtt",
  models: { inverter: solarEdge },
  without: {
    ...lacks,
    ...readOnly,
    names: "What people call it is not told over MQTT.",
  },
};

function growatt(who: Who): Device {
  const device = who.address.slice(-10).toUpperCase();
  return {
    name: `Growatt ${device}`,
    deviceTypes: { 1: ["solarPower"] },
    announce: [],
    reports: [
      {
        topic: "energy/growatt",
        body: {
          device,
          time: "2026-06-01T12:00:00",
          buffered: "no",
          values: { pvstatus: 1, pvserial: device, pvpowerout: 30_000, pvgridvoltage: 2312, pvenergytotal: 123_456 },
        },
        says: {
          "values.pvpowerout": { [watts()]: -3000 },
          "values.pvgridvoltage": { [volts()]: 231.2 },
          "values.pvenergytotal": { [exported()]: 12_345.6 },
        },
        open: "values",
      },
    ],
  };
}

/** Grott: all inverters on one topic, told apart by their serial numbers; tenths of everything. */
export const grott: Firmware = {
  kit: 1,
  dialect: "grott",
  models: { inverter: growatt },
  without: {
    ...lacks,
    ...readOnly,
    names: "What people call it is not told over MQTT.",
    presence: "It listens to inverters that are silent by night.",
  },
};
