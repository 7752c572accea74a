/** Topics of openWB, software 2 and 1.9, below a root of the owner's choosing (github.com/openWB/core, github.com/snaptec/openWB). */

export interface Spot {
  readonly root: string;
  /** `system`, or kind and number: `chargepoint/0`, `counter/0`, `pv/1`, `bat/2`, `vehicle/1`, `template/0`. */
  readonly device: string;
  readonly field: string;
  /** Software 1.9. */
  readonly old: boolean;
}

const NEW =
  /^(.+)\/(chargepoint|counter|pv|bat|vehicle)\/(\d{1,4})\/(config|name|(?:get|set)\/.+|info|charge_template|ev_template)$/;
const TEMPLATE = /^(.+)\/vehicle\/template\/charge_template\/(\d{1,4})(?:\/(.+))?$/;
const COMPONENT = /^(.+)\/system\/device\/\d+\/component\/(\d{1,4})\/config$/;
const SUM = /^(.+)\/(chargepoint|counter|pv|bat)\/((?:get|set)\/.+)$/;
const OLD_LP = /^(.+)\/lp\/(\d)\/([%A-Za-z]\w*)$/;
const OLD = /^(.+)\/(evu|pv|housebattery|global)\/((?:\d\/)?[%A-Za-z]\w*)$/;
const SYSTEM = /^(.+)\/system\/(version|serial_number|time|ip_address|Uptime|Version|wizzardDone|current_branch)$/;
const SET = /^(.+)\/set\/(chargepoint|counter|pv|bat|vehicle|lp\d|ChargeMode|system|general)(\/|$)/;

/** Names that only openWB has: by them a root is known for openWB's. */
export const TELLING =
  /\/(chargepoint|counter|pv|bat)\/\d+\/get\/(power|powers|currents|imported|exported|plug_state|fault_state|soc)$|\/lp\/\d\/(W|kWhCounter|boolPlugStat|boolChargeStat|%Soc|ChargePointEnabled)$|\/evu\/(W|WhImported|WhExport)$|\/housebattery\/(W|%Soc)$/;

const oldKinds: Readonly<Record<string, string>> = {
  evu: "counter/0",
  pv: "pv/0",
  housebattery: "bat/0",
  global: "system",
};

const hidden =
  /^set\/(?!current$|manual_lock$|energy_to_charge$|log$)|^(get|set)\/(simulation|sim_|hierarchy|rfid_timestamp|error_timestamp|heartbeat|version|vehicle_id)/;

/** Where a topic belongs; "ours" for what is not read; undefined: not of this form. */
export function spotOf(topic: string): Spot | "ours" | undefined {
  if (SET.test(topic)) return "ours";
  const template = TEMPLATE.exec(topic);
  if (template)
    return { root: template[1] ?? "", device: `template/${template[2]}`, field: template[3] ?? "", old: false };
  const component = COMPONENT.exec(topic);
  // Whose name this is stands in the body.
  if (component) return { root: component[1] ?? "", device: `component/${component[2]}`, field: "config", old: false };
  const [, root = "", kind, number, path = ""] = NEW.exec(topic) ?? [];
  if (kind)
    return hidden.test(path)
      ? "ours"
      : { root, device: `${kind}/${number}`, field: path.replace(/^get\//, ""), old: false };
  return sumOf(topic) ?? oldOf(topic);
}

function sumOf(topic: string): Spot | "ours" | undefined {
  const [, root = "", kind, path = ""] = SUM.exec(topic) ?? [];
  if (kind)
    return hidden.test(path) && path !== "set/home_consumption"
      ? "ours"
      : { root, device: "system", field: `${kind}/${path}`, old: false };
  const [, base = "", name = ""] = SYSTEM.exec(topic) ?? [];
  return base ? { root: base, device: "system", field: `system/${name}`, old: false } : undefined;
}

function oldOf(topic: string): Spot | undefined {
  const [, root = "", number, field = ""] = OLD_LP.exec(topic) ?? [];
  if (number) return { root, device: `chargepoint/${number}`, field, old: true };
  const [, base = "", kind = "", name = ""] = OLD.exec(topic) ?? [];
  const device = oldKinds[kind];
  return device ? { root: base, device, field: name, old: true } : undefined;
}

const FORMS = [SET, TEMPLATE, COMPONENT, NEW, SUM, SYSTEM, OLD_LP, OLD];

/** The root of a topic of one of these forms, whoever's it is. */
export function rootOf(topic: string): string | undefined {
  for (const form of FORMS) {
    const root = form.exec(topic)?.[1];
    if (root !== undefined) return root;
  }
  return undefined;
}
