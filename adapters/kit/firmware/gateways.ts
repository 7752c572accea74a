import type { Body, Device, Firmware, Report, Said, Truth, Who } from "../firmware.ts";
import { evse, exported, imported, lacks, onePerTopic, order, presence, texts, value, watts } from "./table.ts";

function thermostat(who: Who): Device {
  const base = `ems-${who.address}`;
  const [wanted, room] = ["2/thermostat.occupiedHeatingSetpoint", "2/thermostat.localTemperature"];
  const said = (seltemp: number): Report => ({
    topic: `${base}/thermostat_data`,
    body: { dampedoutdoortemp: 7.5, hc1: { seltemp, currtemp: 20.9, mode: "auto", program: "prog 1" } },
    retained: true,
    says: {
      "hc1.seltemp": { [wanted]: seltemp },
      "hc1.currtemp": { [room]: 20.9 },
      "hc1.mode": { "2/thermostat.systemMode": "auto" },
    },
    open: "hc1",
  });
  return {
    name: "Thermostat",
    deviceTypes: { 2: ["thermostat"] },
    announce: texts(base, { status: "online" }),
    reports: [said(21.5)],
    orders: [
      order("2/thermostat.set", { occupiedHeatingSetpoint: 19 }, [`${base}/thermostat/hc1/seltemp`, "19"], said(19)),
    ],
    ...presence(`${base}/status`, "online", "offline"),
  };
}

/** A thermostat on the bus of a boiler, behind EMS-ESP. */
export const emsEsp: Firmware = {
  kit: 1,
  dialect: "ems-esp",
  models: { thermostat },
  without: {
    ...lacks,
    names: "Things on the bus have no names of their own.",
    otherUnit: "What the gateway is set to is in no message.",
    counters: "A thermostat counts nothing.",
  },
};

const PORTAL = "c0ffee112233";

/** A service of the GX device, numbered by it. */
const service = (who: Who, kind: string): string => `N/${PORTAL}/${kind}/${Number.parseInt(who.address.slice(-4), 16)}`;
const notice = (topic: string, raw: Body): Said => ({ topic, body: { value: raw } });
const told = (base: string, rows: readonly (readonly [path: string, raw: Body, truth: Truth])[]): readonly Report[] =>
  rows.map(([path, raw, truth]) => ({ ...notice(`${base}/${path}`, raw), says: { value: truth } }));

/** Asked to stay awake, it says everything again. */
const victronDevice = (who: Who, base: string, more: Readonly<Record<string, Body>>) => {
  const about = { Serial: who.address.toUpperCase(), CustomName: who.name, FirmwareVersion: "1.03", ...more };
  return {
    name: who.name,
    announce: Object.entries(about).map(([path, raw]) => notice(`${base}/${path}`, raw)),
    online: [notice(`${base}/Connected`, 1)],
    offline: [notice(`${base}/Connected`, 0)],
  };
};

function gridMeter(who: Who): Device {
  const base = service(who, "grid");
  return {
    ...victronDevice(who, base, { ProductName: "Grid meter" }),
    deviceTypes: { 1: ["electricalMeter"] },
    reports: told(base, [
      ["Ac/Power", -420.5, { [watts()]: -420.5 }],
      ["Ac/Energy/Forward", 1200.5, { [imported()]: 1200.5 }],
      ["Ac/Energy/Reverse", 3400.25, { [exported()]: 3400.25 }],
    ]),
  };
}

function wallbox(who: Who): Device {
  const base = service(who, "evcharger");
  const set = base.replace(/^N/, "W");
  const offered = (raw: number): Report => ({
    ...notice(`${base}/SetCurrent`, raw),
    says: { value: { [evse.limit]: raw } },
  });
  return {
    ...victronDevice(who, base, { ProductName: "EV charger", MaxCurrent: 32, StartStop: 1 }),
    deviceTypes: { 1: ["energyEvse"] },
    reports: [
      ...told(base, [
        ["Ac/Power", 7200, { [watts()]: 7200 }],
        ["Ac/Energy/Forward", 950.5, { [imported()]: 950.5 }],
        ["Status", 2, { [evse.state]: "pluggedInCharging" }],
        ["Session/Energy", 7.5, { [evse.session]: 7.5 }],
      ]),
      offered(16),
    ],
    orders: [
      order("1/energyEvse.set", { userMaximumChargeCurrent: 10 }, [`${set}/SetCurrent`, { value: 10 }], offered(10)),
      order(
        "1/energyEvse.disable",
        {},
        [`${set}/StartStop`, { value: 0 }],
        ...told(base, [["Status", 3, { [evse.state]: "pluggedInNoDemand" }]]),
      ),
    ],
  };
}

/** What is wired to a GX device of Victron Energy. */
export const victron: Firmware = {
  kit: 1,
  dialect: "victron",
  models: { grid: gridMeter, wallbox },
  without: { ...lacks, ...onePerTopic },
};

const GATEWAY = "home/attic";

/** What the gateway heard of a Bluetooth device. */
function heard(who: Who, type: string, values: Readonly<Record<string, Body>>, says: Report["says"]): Report {
  const id = who.address.replace(/(..)(?=.)/g, "$1:").toUpperCase();
  const about = { id, rssi: -71, brand: "Kit", model: type, model_id: `KIT-${type}`, type };
  return { topic: `${GATEWAY}/BTtoMQTT/${who.address.toUpperCase()}`, body: { ...about, ...values }, says, open: "" };
}
const bluetooth = (who: Who, type: string) => ({
  name: `${type} ${who.address.slice(-4).toUpperCase()}`,
  announce: [],
  ...presence(`${GATEWAY}/LWT`, "online", "offline"),
});

function thermometer(who: Who): Device {
  return {
    ...bluetooth(who, "THB"),
    deviceTypes: { 1: ["temperatureSensor", "humiditySensor"] },
    reports: [
      heard(
        who,
        "THB",
        { tempc: -4.5, hum: 48.5, batt: 90 },
        {
          tempc: { "1/temperatureMeasurement.measuredValue": -4.5 },
          hum: { "1/relativeHumidityMeasurement.measuredValue": 48.5 },
          batt: { "1/powerSource.batPercentRemaining": 90 },
        },
      ),
    ],
  };
}

function finger(who: Who): Device {
  const on = "1/onOff.onOff";
  const id = who.address.replace(/(..)(?=.)/g, "$1:").toUpperCase();
  const stands = (state: string): Report =>
    heard(who, "ACTR", { state, mode: "onestate" }, { state: { [on]: state === "on" } });
  return {
    ...bluetooth(who, "ACTR"),
    deviceTypes: { 1: ["mountedOnOffControl"] },
    reports: [stands("on")],
    orders: [
      order(
        "1/onOff.off",
        {},
        [`${GATEWAY}/commands/MQTTtoBT`, { model_id: "KIT-ACTR", cmd: "off", id }],
        stands("off"),
      ),
    ],
  };
}

/** OpenMQTTGateway with a thermometer and a switching finger in its reach. */
export const openmqttgateway: Firmware = {
  kit: 1,
  dialect: "openmqttgateway",
  models: { thermometer, finger },
  bridge: () =>
    texts(GATEWAY, {
      LWT: "online",
      SYStoMQTT: { uptime: 120, version: "v1.9.0", env: "esp32-kit", rssi: -50, mac: "02:A0:B1:FF:00:01" },
    }),
  company: ["attic"],
  without: {
    ...lacks,
    names: "It is called by its model and the end of its address.",
    counters: "No device here counts.",
  },
};

function strip(who: Who): Device {
  const base = `wled/${who.address.slice(-6)}`;
  const [on, level, hue, saturation] = [
    "1/onOff.onOff",
    "1/levelControl.currentLevel",
    "1/colorControl.currentHue",
    "1/colorControl.currentSaturation",
  ];
  const xml = `<?xml version="1.0" ?><vs><ac>102</ac><cl>255</cl><cl>0</cl><cl>0</cl><fx>3</fx><ds>${who.name}</ds></vs>`;
  const bright = (body: string, percent: number): Report =>
    value(`${base}/g`, body, { [on]: percent > 0, [level]: percent });
  return {
    name: who.name,
    deviceTypes: { 1: ["extendedColorLight"] },
    announce: [...texts(base, { status: "online" }), ...texts(base, { v: xml }, false)],
    reports: [bright("102", 40), value(`${base}/c`, "#00FF00", { [hue]: 120, [saturation]: 100 })],
    orders: [
      order("1/levelControl.moveToLevel", { level: 80 }, [base, "204"], bright("204", 80)),
      order("1/onOff.off", {}, [base, "OFF"], bright("0", 0)),
    ],
    ...presence(`${base}/status`, "online", "offline"),
  };
}

/** WLED: a strip of lights. */
export const wled: Firmware = {
  kit: 1,
  dialect: "wled",
  models: { strip },
  without: { ...lacks, ...onePerTopic, counters: "A lamp counts nothing." },
};
