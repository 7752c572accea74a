/** What EMS-ESP lets one set, with ranges where its documentation gives some (https://docs.emsesp.org). */

interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
}

const room: Range = { min: 5, max: 30, step: 0.5 };
const any: Range = {};

/** By kind of device and circuit. Settings for installers (curves, pumps, valves) are only read: wrong ones harm the plant. */
const names: Readonly<Record<string, Readonly<Record<string, Range>>>> = {
  "thermostat.hc": {
    ...{ mode: any, seltemp: room, manualtemp: room, comforttemp: room, ecotemp: room, daytemp: room, nighttemp: room },
  },
  "boiler.": { heatingactivated: any, heatingoff: any },
  "boiler.dhw": {
    ...{ seltemp: any, activated: any, tapactivated: any, onetime: any, circ: any, disinfecting: any },
  },
  "ventilation.": { bypass: any },
};

/** The range of an entity that can be set; undefined for those that are only read. */
export function settable(device: string, field: string): Range | undefined {
  const [, tag, name = field] = /^(hc|dhw|ww)\d{0,2}\.(.+)$/.exec(field) ?? [];
  const key = `${device}.${tag === "ww" ? "dhw" : (tag ?? "")}`;
  const table = Object.hasOwn(names, key) ? names[key] : undefined;
  const plain = name.replace(/^ww/, "");
  return table && Object.hasOwn(table, plain) ? table[plain] : undefined;
}
