import type { Body, Device, Firmware, Truth, Who } from "../firmware.ts";
import {
  amperes,
  exported,
  imported,
  lacks,
  noWill,
  onePerTopic,
  presence,
  readOnly,
  texts,
  value,
  values,
  volts,
  watts,
} from "./table.ts";

const meter = { deviceTypes: { 1: ["electricalMeter"] } };
const nameless = { names: "What people call it is not told over MQTT." } as const;

/** With one tariff alone, so that the other counts nothing. */
function dsmrMeter(who: Who): Device {
  const base = `dsmr-${who.address}`;
  return {
    ...meter,
    name: "Smart meter",
    announce: texts(
      `${base}/reading`,
      { electricity_delivered_2: "0.000", electricity_returned_2: "0.000", electricity_currently_returned: "0.000" },
      false,
    ),
    reports: values(
      `${base}/reading`,
      [
        ["electricity_delivered_1", "1000.500", { [imported()]: 1000.5 }],
        ["electricity_returned_1", "10.250", { [exported()]: 10.25 }],
        ["electricity_currently_delivered", "1.250", { [watts()]: 1250 }],
        ["phase_voltage_l1", "231.5", { [volts(91)]: 231.5 }],
        ["phase_power_current_l1", "5", { [amperes(91)]: 5 }],
      ],
      false,
    ),
  };
}

/** DSMR-reader, each value of the telegram on a topic of its own. */
export const dsmrReader: Firmware = {
  kit: 1,
  dialect: "dsmr-reader",
  models: { meter: dsmrMeter },
  without: { ...lacks, ...onePerTopic, ...readOnly, ...noWill, ...nameless },
};

function glowDisplay(who: Who): Device {
  const base = `glow/${who.address.toUpperCase()}`;
  const price = { unitrate: 0.25, standingcharge: 0.4 };
  return {
    ...meter,
    name: "Smart meter display",
    announce: texts(
      base,
      {
        STATE: {
          ...{ software: "v1.8.13", hardware: "IHD-2", smetsversion: "SMETS2" },
          han: { rssi: -70, status: "joined" },
        },
      },
      false,
    ),
    reports: [
      {
        topic: `${base}/SENSOR/electricitymeter`,
        body: {
          electricitymeter: {
            timestamp: "2026-01-01T12:00:00Z",
            energy: {
              export: { cumulative: 12.5, units: "kWh" },
              import: { cumulative: 5000.25, day: 3.5, units: "kWh", mpan: "1900000000001", supplier: "Kit", price },
            },
            power: { value: 1.25, units: "kW" },
          },
        },
        says: {
          "electricitymeter.energy.export.cumulative": { [exported()]: 12.5 },
          "electricitymeter.energy.import.cumulative": { [imported()]: 5000.25 },
          "electricitymeter.power.value": { [watts()]: 1250 },
        },
        open: "electricitymeter",
      },
    ],
  };
}

/** Hildebrand's display beside a British smart meter. */
export const glow: Firmware = {
  kit: 1,
  dialect: "glow",
  models: { display: glowDisplay },
  without: { ...lacks, ...readOnly, ...noWill, ...nameless },
};

function p1Meter(who: Who): Device {
  const base = `P1-Dongle-${who.address}`;
  return {
    ...meter,
    name: base.replaceAll("-", " "),
    announce: texts(base, {
      ...{ LWT: "Online", mac: who.address.replace(/(..)(?=.)/g, "$1:").toUpperCase(), firmware: "4.9.1" },
      ...{ energy_delivered_tariff2: "0.000", power_returned: "0.000" },
    }),
    reports: values(base, [
      ["energy_delivered_tariff1", "1000.5", { [imported()]: 1000.5 }],
      ["power_delivered", "1.500", { [watts()]: 1500 }],
      ["voltage_l1", "231.2", { [volts(91)]: 231.2 }],
      ["current_l1", "6", { [amperes(91)]: 6 }],
    ]),
    ...presence(`${base}/LWT`, "Online", "Offline"),
  };
}

/** Smartstuff's P1 dongle. */
export const p1Dongle: Firmware = {
  kit: 1,
  dialect: "p1-dongle",
  models: { meter: p1Meter },
  without: { ...lacks, ...onePerTopic, ...readOnly, names: "Its topics begin with its name." },
};

function hanReader(who: Who): Device {
  const topic = `ams-${who.address.slice(-6)}`;
  const id = who.address.replace(/(..)(?=.)/g, "$1:").toUpperCase();
  const body: Body = {
    ...{ id, name: who.name, up: 100, t: 1_767_225_600, vcc: 3.3, rssi: -60, temp: -127 },
    data: { lv: "AIDON_V0001", type: "6525", P: 700, I1: 2.2, U1: 231.5, tPI: 12_345.678, tPO: 99.5 },
  };
  const said: readonly (readonly [string, Truth])[] = [
    ["data.P", { [watts()]: 700 }],
    ["data.I1", { [amperes(91)]: 2.2 }],
    ["data.U1", { [volts(91)]: 231.5 }],
    ["data.tPI", { [imported()]: 12_345.678 }],
    ["data.tPO", { [exported()]: 99.5 }],
  ];
  return {
    ...meter,
    name: who.name,
    announce: [],
    reports: [{ topic, body, says: Object.fromEntries(said), open: "data" }],
  };
}

/** A reader at the HAN port of a Nordic meter, everything in one body. */
export const amsreader: Firmware = {
  kit: 1,
  dialect: "amsreader",
  models: { reader: hanReader },
  without: { ...lacks, ...readOnly, ...noWill },
};

function pulse(who: Who): Device {
  const base = `$aws/rules/ingest_tibber_bridge_data/${who.address}`;
  const lines = [
    ...["/EMH5\\@01EMH00000001", "1-0:96.1.0*255(1EMH0012345678)", "1-0:1.8.0*255(012345.6789*kWh)"],
    ...["1-0:2.8.0*255(000200.5*kWh)", "1-0:16.7.0*255(-001500*W)", "1-0:32.7.0*255(230.1*V)", "!"],
  ];
  const truth = { [imported()]: 12_345.6789, [exported()]: 200.5, [watts()]: -1500, [volts(91)]: 230.1 };
  return {
    ...meter,
    name: "Tibber Pulse",
    announce: texts(base, { metric: { status: { rssi: -63, Vin: 5.1, uptime: 5 } } }, false),
    reports: [value(`${base}/obis_stream`, lines.join("\r\n"), truth, false)],
  };
}

function pulseCounter(who: Who): Device {
  return {
    ...meter,
    name: "Tibber Pulse",
    announce: [],
    reports: [
      {
        topic: `$aws/rules/ingest_tibber_bridge_data/${who.address}/imp`,
        body: { power: 1.25, energy: 3.5 },
        says: { power: { [watts()]: 1250 } },
        open: "",
      },
    ],
  };
}

/** Tibber Pulse on a broker of one's own: the meter's telegram as it stands, or pulses of its light. */
export const tibberPulse: Firmware = {
  kit: 1,
  dialect: "tibber-pulse",
  models: { pulse, counter: pulseCounter },
  without: {
    ...lacks,
    ...readOnly,
    ...noWill,
    ...nameless,
    counters: "They stand within the text of a telegram.",
  },
};
