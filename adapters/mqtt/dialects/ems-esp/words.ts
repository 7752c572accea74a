/**
 * What EMS-ESP's entities mean (https://docs.emsesp.org). One name means the same on every device of a kind, so that
 * a kind and the entity's path are enough; units are in no message and come from the names.
 */

export interface EmsWord {
  /** Word in meanings.ts, or `ems_mode`, which has a form of its own; without one it is the maker's own. */
  readonly word?: string;
  readonly endpoint: number;
  readonly unit?: string;
}

/** Endpoints beside the circuits: places of a device that measure something of their own. */
const places = { outdoor: 41, flow: 42, return: 43, second: 44, third: 45, fourth: 46 } as const;

interface Entry {
  readonly word: string;
  readonly unit?: string;
  readonly at?: keyof typeof places;
}

const temperature = (at?: keyof typeof places): Entry => ({ word: "temperature", unit: "C", ...(at ? { at } : {}) });

/** What any device may measure, wherever it sits in the plant; settings and computed temperatures are none of these. */
const measured: Readonly<Record<string, Entry>> = {
  outdoortemp: temperature("outdoor"),
  ...{ curflowtemp: temperature("flow"), flowtemp: temperature("flow"), sysflowtemp: temperature("flow") },
  ...{ rettemp: temperature("return"), sysrettemp: temperature("return") },
  ...{ cylbottomtemp: temperature("third"), cyltoptemp: temperature("fourth") },
};

const source: Readonly<Record<string, Entry>> = {
  ...measured,
  // Only this is what the compressor takes from the mains; `hppower` is heat on some models and electricity on others.
  hpcurrpower: { word: "power", unit: "W" },
  metertotal: { word: "energy", unit: "kWh" },
};

/** Entities outside of circuits, by kind of device. */
const plain: Readonly<Record<string, Readonly<Record<string, Entry>>>> = {
  boiler: source,
  heatsource: source,
  heatpump: { ...source, airhumidity: { word: "humidity", unit: "%" }, dewtemperature: temperature("second") },
  solar: { ...measured, collectortemp: temperature("second") },
  switch: { ...measured, flowtemphc: temperature("flow") },
  extension: { ...measured, flowtemphc: temperature("flow") },
  mixer: measured,
  water: measured,
  thermostat: { outdoortemp: temperature("outdoor") },
  pool: { pooltemp: temperature() },
  ventilation: {
    outfresh: temperature("outdoor"),
    infresh: temperature("second"),
    outexhaust: temperature("third"),
    inexhaust: temperature("fourth"),
    airhumidity: { word: "humidity", unit: "%" },
  },
};

/** Of a heating circuit. */
const rooms: Readonly<Record<string, Entry>> = {
  seltemp: { word: "occupied_heating_setpoint", unit: "C" },
  currtemp: { word: "local_temperature", unit: "C" },
  mode: { word: "ems_mode" },
};

/** Of the hot water; its temperature is a tank's, not a room's. */
const tank: Readonly<Record<string, Entry>> = {
  seltemp: { word: "occupied_heating_setpoint", unit: "C" },
  curtemp: temperature(),
  temp: temperature(),
  charging: { word: "water_heater_demand" },
  onetime: { word: "water_heater_boost" },
};

/** Of another source of heat, such as a stove: the flow comes first, what else it measures stays the maker's own. */
const other: Readonly<Record<string, Entry>> = {
  ...{ flowtemp: temperature(), curflowtemp: temperature(), sysflowtemp: temperature() },
};

/** Of circuits, by kind of device and kind of circuit. What a thermostat says of hot water are settings of the boiler's tank. */
const circuits: Readonly<Record<string, Readonly<Record<string, Entry>>>> = {
  "thermostat.hc": rooms,
  "mixer.hc": { flowtemphc: temperature() },
  ...{ "heatsource.ahs": other, "boiler.ahs": other, "heatsource.hs": other, "boiler.hs": other, "mixer.ahs": other },
  "boiler.dhw": tank,
  "heatsource.dhw": tank,
  "heatpump.dhw": tank,
  "water.dhw": tank,
  "mixer.dhw": tank,
  "solar.dhw": tank,
};

/** Units by what the names hold; the first that fits counts, an empty one says that there is none. */
const units: readonly (readonly [name: RegExp, unit: string])[] = [
  [/valvestatus$/, "%"],
  [/(status|state|mode|ok|type|starts|activated|enabled)$/, ""],
  [/nrg|meter|^energytotal$/, "kWh"],
  [/^energy(today|lasthour)$/, "Wh"],
  [/^(hppower|nompower|boilernompower)$/, "kW"],
  [/^(hpcurrpower|hppowerlimit|solarpower)$/, "W"],
  [/^(syspress|.*pressure)$/, "bar"],
  [/^(setdiffpress)$/, "mbar"],
  [/^curflow$/, "l/min"],
  [/^(pc[01]flow|flow)$/, "l/h"],
  [/(dewoffset|tempdiff|hyst(on|off)?\d?|diff|offset|instantstart|pvraiseheat|pvlowercool)$/, "K"],
  [/((heat|cool)(on|off)delay|boosttime|maintenancetime)$/, "h"],
  [/(workm(in)?|uptime(control)?|pumpdelay|delayboiler|duration|disinfecttime|heattime|inttime(floor)?)$/, "min"],
  [/^valvesettime$/, "s"],
  [/(temp\w*|^hpt[a-z]\d*|redthreshold|^(out|in)(fresh|exhaust))$/, "C"],
  [
    /(pumpmod\w*|power|pow(max|min)?|valve|speed|spd|shunt|humidity|hum|percent|load|demand|rate|modulation|heatup)$/,
    "%",
  ],
];

/** Before 3.7 the hot water was `ww`, and its entities began with it. */
const emsTag = (tag: string): string => tag.replace(/^ww/, "dhw");

interface Split {
  /** `hc`, `dhw` or ``. */
  readonly kind: string;
  readonly number: number;
  readonly name: string;
}

function split(field: string): Split {
  const [, tag, rest] = /^((?:hc|dhw|ww|ahs|hs|shc)\d{0,2})\.(.+)$/.exec(field) ?? [];
  const [, old] = tag === undefined ? (/^ww(.+)$/.exec(field) ?? []) : [];
  if (old) return { kind: "dhw", number: 1, name: old };
  const [, kind = "", number = ""] = /^([a-z]+?)(\d*)$/.exec(emsTag(tag ?? "")) ?? [];
  const name = kind === "dhw" ? (rest ?? "").replace(/^ww/, "") : (rest ?? field);
  return { kind, number: Number(number || 1), name };
}

/** First endpoints of the circuits: heating circuits 2 to 9, hot water 11 to 20, other sources 21 to 40. */
const first: Readonly<Record<string, number>> = { hc: 2, dhw: 11, ahs: 21, hs: 22, shc: 2 };

const unitOf = (name: string): string | undefined => units.find(([pattern]) => pattern.test(name))?.[1] || undefined;

const entryOf = (table: Readonly<Record<string, Entry>> | undefined, name: string): Entry | undefined =>
  table && Object.hasOwn(table, name) ? table[name] : undefined;

/**
 * What an entity means. `device` is what stands before `_data` in the topic (`boiler`), `field` its path in the message
 * (`hc1.seltemp`, `dhw.curtemp`, before 3.7 `ww.curtemp` or `wwcurtemp`). Undefined: no name of a value.
 */
export function emsWord(device: string, field: string): EmsWord | undefined {
  if (field === "" || field.length > 120) return undefined;
  const { kind, number, name } = split(field);
  const base = Object.hasOwn(first, kind) ? (first[kind] ?? 1) : 0;
  const endpoint = base === 0 ? 1 : Math.min(base + Math.max(number, 1) - 1, 40);
  const table = kind === "" ? plain : circuits;
  const key = kind === "" ? device : `${device}.${kind}`;
  const entry = entryOf(Object.hasOwn(table, key) ? table[key] : undefined, name);
  const unit = entry ? entry.unit : unitOf(name);
  return {
    endpoint: entry?.at ? places[entry.at] : endpoint,
    ...(entry ? { word: entry.word } : {}),
    ...(unit === undefined ? {} : { unit }),
  };
}

/** The address of one device behind a gateway, or of the gateway itself; discovery names them so too (`ems-esp-boiler`). */
export function emsAddress(base: string, device?: string): string {
  const name = base.replaceAll("/", "_");
  return `own:ems-esp/${device === undefined ? name : `${name}-${device}`}`;
}
