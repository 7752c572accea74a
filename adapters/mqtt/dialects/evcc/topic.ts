/** Topics of evcc: every field one topic below a root of the owner's choosing (docs.evcc.io, MQTT API). */

export interface Spot {
  readonly root: string;
  /** `site`, `grid`, `pv/1`, `battery/1`, `loadpoints/1`, `vehicles/<name>` … */
  readonly device: string;
  readonly field: string;
}

const LOADPOINT = /^(.+)\/(loadpoints\/\d{1,3})\/([A-Za-z]\w*(?:\/\w+)*)$/;
const VEHICLE = /^(.+)\/(vehicles\/[^/]{1,80})\/([A-Za-z]\w*(?:\/\w+)*)$/;
const SITE = /^(.+)\/site\/([A-Za-z]\w*(?:\/\w+)*)$/;
const REST = /^(.+)\/(status|updated|loadpoints|vehicles|site)$/;
const MEMBER = /^(pv|battery|aux|ext|consumers)\/(?:devices\/)?(\d{1,3})\/(.+)$/;
const GRID = /^grid(?:\/|(?=Power$|Energy$|Currents\/|Powers\/|Voltages\/))(.+)$/;

/** Names that only evcc has: by them a root is known for evcc's. */
export const TELLING =
  /\/loadpoints\/\d+\/(mode|chargePower|charging|chargerIcon|chargerFeature\w+|phasesActive|vehicleSo[cC]|chargedEnergy|effectiveLimitSoc)$|\/site\/(siteTitle|gridConfigured|greenShareHome|greenShareLoadpoints|residualPower|prioritySo[cC]|homePower|pvPower)$/;

const small = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);
/** Older versions wrote SoC. */
const modern = (field: string): string => field.replace(/SoC/g, "Soc");

/** Where a topic belongs; "count" for numbers of list items and times; undefined: not of this form. */
export function spotOf(topic: string): Spot | "count" | "set" | "status" | undefined {
  if (topic.endsWith("/set"))
    return LOADPOINT.test(topic) || VEHICLE.test(topic) || SITE.test(topic) ? "set" : undefined;
  const own = LOADPOINT.exec(topic) ?? VEHICLE.exec(topic);
  if (own) return { root: own[1] ?? "", device: own[2] ?? "", field: modern(own[3] ?? "") };
  const [, root = "", path = ""] = SITE.exec(topic) ?? [];
  if (!path) {
    const [, , rest] = REST.exec(topic) ?? [];
    return rest === "status" ? "status" : rest ? "count" : undefined;
  }
  if (/^(pv|battery|aux|ext|consumers)(\/devices)?$/.test(path)) return "count";
  const [, kind, number, field = ""] = MEMBER.exec(path) ?? [];
  if (kind) return { root, device: `${kind}/${number}`, field: modern(field) };
  const [, grid] = GRID.exec(path) ?? [];
  if (grid) return { root, device: "grid", field: small(grid) };
  return { root, device: "site", field: modern(path) };
}

/** The root of a topic of this form, whoever's it is. */
export const rootOf = (topic: string): string | undefined => {
  const match = LOADPOINT.exec(topic) ?? VEHICLE.exec(topic) ?? SITE.exec(topic) ?? REST.exec(topic);
  return match?.[1];
};
