import type { TariffComponent } from "../../../model/tariff-book.ts";
import type { Calendar } from "../calendar.ts";
import { cap } from "./cap.ts";
import { dynamic } from "./dynamic.ts";
import type { ComponentKind, LineDays, MarginalPart, Moment } from "./kind.ts";
import { netMetering } from "./net-metering.ts";
import { peak } from "./peak.ts";
import { perKwh } from "./per-kwh.ts";
import { percent } from "./percent.ts";
import { standing } from "./standing.ts";
import { tiers } from "./tiers.ts";

type Kinds = { readonly [K in TariffComponent["kind"]]: ComponentKind<Extract<TariffComponent, { kind: K }>> };

/** Every form of price: one line each. */
const kinds: Kinds = { perKwh, dynamic, standing, tiers, peak, netMetering, percent, cap };

/** A contract's lines, each component seeing those before it. */
export function linesOf(components: readonly TariffComponent[], calendar: Calendar): LineDays[] {
  const lines: LineDays[] = [];
  for (const component of components) lines.push(...billed(component, calendar, lines));
  return lines;
}

/** What one more kWh costs, part by part. */
export function marginalOf(components: readonly TariffComponent[], moment: Moment): MarginalPart[] {
  const parts: MarginalPart[] = [];
  for (const component of components) parts.push(...charged(component, moment, parts));
  return parts;
}

const kindOf = <C extends TariffComponent>(component: C) => kinds[component.kind] as ComponentKind<C>;

const billed = <C extends TariffComponent>(component: C, calendar: Calendar, before: readonly LineDays[]) =>
  kindOf(component).bill(component, calendar, before);

const charged = <C extends TariffComponent>(component: C, moment: Moment, before: readonly MarginalPart[]) =>
  kindOf(component).marginal(component, moment, before);
