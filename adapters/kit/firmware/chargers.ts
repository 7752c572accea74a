import type { Body, Device, Firmware, Report, Said, Truth, Who } from "../firmware.ts";
import {
  amperes,
  evse,
  imported,
  lacks,
  noWill,
  onePerTopic,
  order,
  presence,
  texts,
  value,
  values,
  volts,
  watts,
} from "./table.ts";

const { state, supply, limit, session } = evse;
const charger = { deviceTypes: { 1: ["energyEvse"] } };

/** Volts, amperes, watts and power factors of three phases, as they stand in go-e's `nrg`. */
const phases = (divisor: number): Report["says"] =>
  Object.fromEntries(
    [0, 1, 2].flatMap((n): (readonly [string, Truth])[] => [
      [`${n}`, { [volts(91 + n)]: 231 + n }],
      [`${4 + n}`, { [amperes(91 + n)]: (130 + n) / 10 }],
      [`${7 + n}`, { [watts(91 + n)]: (30 + n) * 100 }],
      [`${12 + n}`, { [`${91 + n}/electricalPowerMeasurement.powerFactor`]: 97 + n }],
      ["11", { [watts()]: divisor === 1 ? 9000 : 9300 }],
    ]),
  );

function goeSecond(who: Who): Device {
  const base = `/go-eCharger/${who.address.slice(-6)}`;
  const allowed = (body: string, word: string): Report => value(`${base}/alw`, body, { [supply]: word });
  return {
    ...charger,
    name: who.name,
    announce: texts(base, { fna: JSON.stringify(who.name), fwv: '"055.7"', frc: "0" }),
    reports: [
      ...values(base, [
        ["car", "2", { [state]: "pluggedInCharging" }],
        ["amp", "13", { [limit]: 13 }],
        ["eto", "1234567", { [imported()]: 1234.567 }],
        ["wh", "4321.5", { [session]: 4.3215 }],
      ]),
      allowed("true", "chargingEnabled"),
      {
        topic: `${base}/nrg`,
        body: [231, 232, 233, 1, 13, 13.1, 13.2, 3000, 3100, 3200, 0, 9000, 97, 98, 99, 0],
        retained: true,
        says: phases(1),
      },
    ],
    orders: [
      order("1/energyEvse.disable", {}, [`${base}/frc/set`, "1"], allowed("false", "disabled")),
      order(
        "1/energyEvse.set",
        { userMaximumChargeCurrent: 10 },
        [`${base}/amp/set`, "10"],
        value(`${base}/amp`, "10", { [limit]: 10 }),
      ),
    ],
  };
}

function goeFirst(who: Who): Device {
  const serial = who.address.slice(-6);
  const base = `go-eCharger/${serial}`;
  const status = (body: Body, says: Report["says"]): Report => ({ topic: `${base}/status`, body, says, open: "" });
  const nrg = [231, 232, 233, 0, 130, 131, 132, 30, 31, 32, 0, 930, 97, 98, 99, 0];
  const inNrg = Object.fromEntries(Object.entries(phases(10)).map(([place, truth]) => [`nrg.${place}`, truth]));
  const rest = { version: "B", err: "0", cbl: "32", tmp: "25", fwv: "041.0", sse: serial };
  return {
    ...charger,
    name: `go-e charger ${serial}`,
    announce: [],
    reports: [
      status(
        { ...rest, car: "2", amp: "10", alw: "1", dws: "360000", eto: "1234", nrg },
        {
          car: { [state]: "pluggedInCharging" },
          amp: { [limit]: 10 },
          alw: { [supply]: "chargingEnabled" },
          dws: { [session]: 1 },
          eto: { [imported()]: 123.4 },
          ...inNrg,
        },
      ),
    ],
    orders: [
      order(
        "1/energyEvse.set",
        { userMaximumChargeCurrent: 8 },
        [`${base}/cmd/req`, "amx=8"],
        status({ ...rest, car: "2", amp: "8" }, { car: { [state]: "pluggedInCharging" }, amp: { [limit]: 8 } }),
      ),
    ],
  };
}

/** go-e: the second generation with a topic for each key, the first with one body of texts. */
export const goE: Firmware = {
  kit: 1,
  dialect: "go-e",
  models: { second: goeSecond, first: goeFirst },
  without: { ...lacks, ...noWill },
};

function warpCharger(who: Who): Device {
  const id = who.address.slice(-6);
  const base = `warp2/${id}`;
  const stands = (n: number, truth: Truth): Report => ({
    topic: `${base}/evse/state`,
    body: { iec61851_state: 2, charger_state: n, allowed_charging_current: 16_000, error_state: 0 },
    says: { charger_state: truth },
    open: "",
  });
  const offered = (milliamperes: number): Report => ({
    topic: `${base}/evse/external_current`,
    body: { current: milliamperes },
    says: { current: { [limit]: milliamperes / 1000 } },
  });
  return {
    ...charger,
    name: who.name,
    announce: texts(base, {
      "info/name": { name: `warp2-${id}`, type: "warp2", display_type: "WARP2 Charger Pro", uid: id },
      "info/display_name": { display_name: who.name },
      "info/version": { firmware: "2.6.1", config: "2.1.0" },
    }),
    reports: [
      stands(3, { [state]: "pluggedInCharging", [supply]: "chargingEnabled" }),
      offered(10_000),
      {
        topic: `${base}/meter/values`,
        body: { power: 7200.5, energy_rel: 5, energy_abs: 400.25 },
        says: { power: { [watts()]: 7200.5 }, energy_abs: { [imported()]: 400.25 } },
      },
    ],
    orders: [
      order(
        "1/energyEvse.disable",
        {},
        [`${base}/evse/stop_charging`, null],
        stands(1, { [state]: "pluggedInDemand", [supply]: "disabled" }),
      ),
      order(
        "1/energyEvse.set",
        { userMaximumChargeCurrent: 8 },
        [`${base}/evse/external_current_update`, { current: 8000 }],
        offered(8000),
      ),
    ],
  };
}

/** A charger of Tinkerforge with its own meter. */
export const warp: Firmware = {
  kit: 1,
  dialect: "warp",
  models: { charger: warpCharger },
  without: { ...lacks, ...noWill },
};

function openevseCharger(who: Who): Device {
  const base = `openevse-${who.address.slice(-4)}`;
  const announce = (word: string): Said => ({
    topic: `openevse/announce/${who.address.slice(-4)}`,
    body: { state: word, id: who.address, name: who.name, mqtt: base, http: "http://192.0.2.9/" },
    retained: true,
  });
  const offered = (body: string): Report => value(`${base}/pilot`, body, { [limit]: Number(body) }, false);
  const stands = (body: string, truth: Truth): Report => value(`${base}/state`, body, truth, false);
  return {
    ...charger,
    name: who.name,
    announce: [announce("connected")],
    reports: [
      ...values(
        base,
        [
          ["voltage", "230", { [volts()]: 230 }],
          ["amp", "15500", { [amperes()]: 15.5 }],
          ["power", "3560", { [watts()]: 3560 }],
          ["total_energy", "1234.5", { [imported()]: 1234.5 }],
          ["session_energy", "2500", { [session]: 2.5 }],
        ],
        false,
      ),
      offered("16"),
      stands("3", { [state]: "pluggedInCharging", [supply]: "chargingEnabled" }),
    ],
    orders: [
      order(
        "1/energyEvse.disable",
        {},
        [`${base}/override/set`, { state: "disabled" }],
        stands("254", { [state]: "pluggedInNoDemand", [supply]: "disabled" }),
      ),
      order(
        "1/energyEvse.set",
        { userMaximumChargeCurrent: 10 },
        [`${base}/override/set`, { charge_current: 10 }],
        offered("10"),
      ),
    ],
    online: [announce("connected")],
    offline: [announce("disconnected")],
  };
}

/** OpenEVSE with its WiFi gateway. */
export const openevse: Firmware = {
  kit: 1,
  dialect: "openevse",
  models: { charger: openevseCharger },
  without: { ...lacks, ...onePerTopic },
};

function smartevseCharger(who: Who): Device {
  const serial = who.address.slice(-6);
  const base = `SmartEVSE-${serial}`;
  const access = (body: string, word: string): Report => value(`${base}/Access`, body, { [supply]: word });
  const most = (tenths: number): Report =>
    value(`${base}/ChargeCurrentOverride`, String(tenths), { [limit]: tenths / 10 });
  return {
    ...charger,
    name: `SmartEVSE ${serial}`,
    announce: texts(base, { connected: "online", Version: "v3.6.10", Mode: "Normal" }),
    reports: [
      ...values(base, [
        ["State", "Charging", { [state]: "pluggedInCharging" }],
        ["EVChargePower", "3050", { [watts()]: 3050 }],
        ["EVImportActiveEnergy", "1234567", { [imported()]: 1234.567 }],
        ["EVEnergyCharged", "4200", { [session]: 4.2 }],
        ["EVCurrentL1", "132", { [amperes(91)]: 13.2 }],
      ]),
      access("Allow", "chargingEnabled"),
      most(100),
    ],
    orders: [
      order("1/energyEvse.disable", {}, [`${base}/Set/Mode`, "Off"], access("Deny", "disabled")),
      order("1/energyEvse.set", { userMaximumChargeCurrent: 8 }, [`${base}/Set/CurrentOverride`, "80"], most(80)),
    ],
    ...presence(`${base}/connected`, "online", "offline"),
  };
}

/** SmartEVSE 3. */
export const smartevse: Firmware = {
  kit: 1,
  dialect: "smartevse",
  models: { charger: smartevseCharger },
  without: { ...lacks, ...onePerTopic, names: "What people call it is not told over MQTT." },
};
