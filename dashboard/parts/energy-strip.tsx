import type { EnergyNow } from "../../hub/http/schemas.ts";
import { money, number, power } from "../words/format.ts";
import { Icon } from "./icon.tsx";

interface Props {
  readonly energy: EnergyNow | undefined;
  readonly currency: string | undefined;
  /** Whether the home has a device of that type: what it does not have is not shown as unknown. */
  readonly has: (type: string) => boolean;
}

/** The house's energy in one line; each part says in words which way it flows. Nothing where nothing measures it. */
export function EnergyStrip({ energy, currency, has }: Props) {
  if (!energy) return null;
  const { grid, solar, battery, batteryPercent } = energy;
  const [hasSun, hasBattery] = [
    solar !== undefined || has("solarPower"),
    battery !== undefined || has("batteryStorage"),
  ];
  const hasGrid = grid !== undefined || has("electricalMeter");
  if (!hasSun && !hasBattery && !hasGrid) return null;
  return (
    <a class="strip" href="#/energy">
      <span class="heard">Energy now: </span>
      {hasSun ? (
        <Part icon="sun" tone="sun" label="Sun" value={solar === undefined ? "unknown" : power(Math.max(0, -solar))} />
      ) : null}
      {hasBattery ? (
        <Part
          icon="battery"
          tone="battery"
          label={battery === undefined || Math.abs(battery) < 5 ? "Battery" : battery > 0 ? "Charging" : "Giving"}
          value={battery === undefined ? "unknown" : power(Math.abs(battery))}
          extra={batteryPercent === undefined ? undefined : `${number(batteryPercent, 0)} %`}
        />
      ) : null}
      <Part
        icon="grid"
        tone="grid"
        label={grid === undefined ? "Grid" : grid < 0 ? "To the grid" : "From the grid"}
        value={grid === undefined ? (hasGrid ? "unknown" : "no house meter") : power(Math.abs(grid))}
        extra={`${money(energy.price, currency)}/kWh`}
      />
    </a>
  );
}

interface PartProps {
  readonly icon: string;
  readonly tone: string;
  readonly label: string;
  readonly value: string;
  readonly extra?: string | undefined;
}

function Part({ icon, tone, label, value, extra }: PartProps) {
  return (
    <span class={`strip-part tone-${tone}`}>
      <Icon name={icon} />
      <span>
        <span class="strip-label">{label}</span>
        <span class="strip-value">
          {value}
          {extra ? <span class="quiet"> · {extra}</span> : null}
        </span>
      </span>
    </span>
  );
}
