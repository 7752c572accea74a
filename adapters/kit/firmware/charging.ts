import type { Device, Firmware, Report, Truth, Who } from "../firmware.ts";
import { evse, imported, lacks, noWill, onePerTopic, order, presence, texts, value, values, watts } from "./table.ts";

const { state, supply, limit } = evse;
const charger = { deviceTypes: { 1: ["energyEvse"] } };
/** Both number what they look after. */
const numberOf = (who: Who): number => Number.parseInt(who.address.slice(-4), 16);

function openwbCharger(who: Who): Device {
  const number = numberOf(who);
  const base = `openWB/chargepoint/${number}`;
  const locked = (body: string, word: string): Report => value(`${base}/set/manual_lock`, body, { [supply]: word });
  return {
    ...charger,
    name: who.name,
    announce: texts(base, { config: { name: who.name, type: "mqtt", id: number }, "get/plug_state": "true" }),
    reports: [
      ...values(base, [
        ["get/charge_state", "true", { [state]: "pluggedInCharging" }],
        ["get/power", "7200", { [watts()]: 7200 }],
        ["get/imported", "5000500", { [imported()]: 5000.5 }],
      ]),
      locked("false", "chargingEnabled"),
    ],
    orders: [
      order(
        "1/energyEvse.disable",
        {},
        [`openWB/set/chargepoint/${number}/set/manual_lock`, "true"],
        locked("true", "disabled"),
      ),
    ],
  };
}

function openwbBattery(who: Who): Device {
  const number = numberOf(who);
  return {
    name: `Battery ${number}`,
    deviceTypes: { 1: ["batteryStorage"] },
    announce: [],
    reports: values(`openWB/bat/${number}`, [
      ["get/power", "900", { [watts()]: 900 }],
      ["get/soc", "55", { "1/powerSource.batPercentRemaining": 55 }],
      ["get/imported", "3000500", { [imported()]: 3000.5 }],
    ]),
  };
}

/** Charge points and batteries of one openWB, software 2. */
export const openwb: Firmware = {
  kit: 1,
  dialect: "openwb",
  models: { chargepoint: openwbCharger, battery: openwbBattery },
  without: { ...lacks, ...onePerTopic, ...noWill },
};

function loadpoint(who: Who): Device {
  const base = `evcc/loadpoints/${numberOf(who)}`;
  const enabled = (body: string, truth: Truth): Report => value(`${base}/enabled`, body, truth);
  const most = (body: string): Report => value(`${base}/maxCurrent`, body, { [limit]: Number(body) });
  return {
    ...charger,
    name: who.name,
    announce: texts(base, { title: who.name, mode: "pv", connected: "true", charging: "true" }),
    reports: [
      enabled("true", { [supply]: "chargingEnabled", [state]: "pluggedInCharging" }),
      most("16"),
      ...values(base, [
        ["chargePower", "7200", { [watts()]: 7200 }],
        ["chargeTotalImport", "1234.5", { [imported()]: 1234.5 }],
        ["vehicleSoc", "62", { [evse.charge]: 62 }],
      ]),
    ],
    orders: [
      order(
        "1/energyEvse.disable",
        {},
        [`${base}/mode/set`, "off"],
        enabled("false", { [supply]: "disabled", [state]: "pluggedInCharging" }),
      ),
      order("1/energyEvse.set", { userMaximumChargeCurrent: 10 }, [`${base}/maxCurrent/set`, "10"], most("10")),
    ],
    ...presence("evcc/status", "online", "offline"),
  };
}

/** Loadpoints of one evcc; its site is a node of its own. */
export const evcc: Firmware = {
  kit: 1,
  dialect: "evcc",
  models: { loadpoint },
  bridge: () => texts("evcc", { status: "online", "site/siteTitle": "Mill Lane", "site/homePower": "725" }),
  company: ["Mill Lane"],
  without: { ...lacks, ...onePerTopic },
};
