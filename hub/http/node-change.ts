import { deviceTypes } from "../model/device-types/index.ts";
import type { NodeState } from "../model/home.ts";
import type { NodeSettings } from "../model/node.ts";
import type { ToldFacts } from "../model/told.ts";
import { own } from "./attribute-type.ts";
import type { FieldError } from "./problem.ts";
import type { NodeChange } from "./schemas.ts";

type Changed =
  | { readonly ok: true; readonly settings: NodeSettings }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** What is said of a device; what was set to null is taken back. */
const toldOf = (told: Readonly<Record<string, number | null | undefined>>): ToldFacts =>
  Object.fromEntries(Object.entries(told).filter(([, value]) => typeof value === "number"));

/** A node's settings with a person's change: what is absent stays, null takes away. Roles must fit endpoints and device types. */
export function changedSettings(node: NodeState, change: NodeChange): Changed {
  const errors = Object.entries(change.roles ?? {}).flatMap(([number, role]): FieldError[] => {
    const field = `roles.${number}`;
    if (!node.description.endpoints.some((e) => String(e.number) === number))
      return [{ field, message: "is no endpoint of this device" }];
    return own(deviceTypes, role) ? [] : [{ field, message: `is no device type: ${role}` }];
  });
  for (const number of Object.keys(change.meters ?? {}))
    if (!node.description.endpoints.some((e) => String(e.number) === number))
      errors.push({ field: `meters.${number}`, message: "is no endpoint of this device" });
  if (errors.length > 0) return { ok: false, errors };
  const name = change.name === undefined ? node.settings.name : change.name;
  const room = change.room === undefined ? node.settings.room : change.room;
  const labels = change.labels === undefined ? node.settings.labels : change.labels;
  const roles = change.roles === undefined ? node.settings.roles : change.roles;
  const meters = change.meters === undefined ? node.settings.meters : change.meters;
  const told = change.told === undefined ? node.settings.told : toldOf({ ...node.settings.told, ...change.told });
  const noPlans = change.noPlans ?? node.settings.noPlans;
  const switchedThere = change.switchedThere ?? node.settings.switchedThere;
  const settings: NodeSettings = {
    ...(name == null ? {} : { name }),
    ...(room == null ? {} : { room }),
    ...(labels == null || labels.length === 0 ? {} : { labels }),
    ...(roles == null ? {} : { roles }),
    ...(meters == null ? {} : { meters }),
    ...(noPlans ? { noPlans } : {}),
    ...(switchedThere ? { switchedThere } : {}),
    ...(told && Object.keys(told).length > 0 ? { told } : {}),
  };
  return { ok: true, settings };
}
