import { useState } from "preact/hooks";
import type { ScheduleView } from "../../hub/http/schemas/policies.ts";
import { clockAt, money, number } from "../words/format.ts";
import { MODES, tone } from "./schedule-modes.ts";

interface Props {
  readonly schedule: ScheduleView;
  readonly currency: string | undefined;
  readonly timeZone: string | undefined;
}

type Device = ScheduleView["devices"][number];
type Block = Device["blocks"][number];

const SHOWN_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
const TICK_HOURS = 4;

/** The next 24 hours as a picture: prices above, what each device does below; a block tells why it is as it is. */
export function ScheduleChart({ schedule, currency, timeZone }: Props) {
  const from = schedule.slots[0]?.from ?? schedule.at;
  const to = Math.min(schedule.end, from + SHOWN_MS);
  const share = (at: number) => ((Math.min(to, Math.max(from, at)) - from) / (to - from)) * 100;
  const [chosen, choose] = useState<{ readonly device: string; readonly from: number } | undefined>(undefined);
  const shown = chosenBlock(schedule, chosen);
  const ticks = Array.from(
    { length: 24 / TICK_HOURS + 1 },
    (_, k) => Math.ceil(from / HOUR_MS) * HOUR_MS + k * TICK_HOURS * HOUR_MS,
  );
  return (
    <figure class="schedule" aria-label="What is planned for the next 24 hours">
      <Prices schedule={schedule} from={from} to={to} currency={currency} />
      <div class="schedule-rows">
        {schedule.devices.map((device) => (
          <div key={device.node} class="schedule-row">
            <p class="schedule-name">{device.name}</p>
            <div class="schedule-track">
              {device.blocks
                .filter((block) => block.from < to)
                .map((block) => (
                  <button
                    key={block.from}
                    type="button"
                    class={`schedule-block ${tone(block.mode)}`}
                    style={{ left: `${share(block.from)}%`, width: `${share(block.to) - share(block.from)}%` }}
                    aria-pressed={shown?.device === device && shown.block === block}
                    aria-label={`${MODES[block.mode] ?? block.mode}: ${block.words}`}
                    title={block.words}
                    onClick={() => choose({ device: device.node, from: block.from })}
                  >
                    <span aria-hidden="true">{MODES[block.mode] ?? block.mode}</span>
                  </button>
                ))}
            </div>
          </div>
        ))}
        <div class="schedule-times" aria-hidden="true">
          {ticks
            .filter((at) => at < to)
            .map((at) => (
              <span key={at} style={{ left: `${share(at)}%` }}>
                {clockAt(at, timeZone)}
              </span>
            ))}
        </div>
      </div>
      {shown ? (
        <figcaption class="schedule-why" role="status">
          {shown.block.words}
          {shown.block.kwh > 0.05 ? <span class="quiet"> About {number(shown.block.kwh, 1)} kWh.</span> : null}
        </figcaption>
      ) : null}
    </figure>
  );
}

/** The block that was chosen, else what the first device does now. */
function chosenBlock(
  schedule: ScheduleView,
  chosen: { readonly device: string; readonly from: number } | undefined,
): { readonly device: Device; readonly block: Block } | undefined {
  const device = schedule.devices.find((d) => d.node === chosen?.device) ?? schedule.devices[0];
  const block = device?.blocks.find((b) => b.from === chosen?.from) ?? device?.blocks[0];
  return device && block ? { device, block } : undefined;
}

const WIDTH = 240;
const HEIGHT = 36;

/** Import prices as steps; what is not published yet is drawn pale. */
function Prices({
  schedule,
  from,
  to,
  currency,
}: {
  readonly schedule: ScheduleView;
  readonly from: number;
  readonly to: number;
  readonly currency: string | undefined;
}) {
  const slots = schedule.slots.filter((s) => s.from < to);
  const prices = slots.map((s) => s.price);
  const [low, high] = [Math.min(0, ...prices), Math.max(...prices, 0.01)];
  const x = (at: number) => ((Math.min(to, at) - from) / (to - from)) * WIDTH;
  const y = (price: number) => HEIGHT - ((price - low) / (high - low)) * (HEIGHT - 2);
  return (
    <div class="schedule-row">
      <p class="schedule-name quiet">
        {money(Math.min(...prices), currency)} to {money(Math.max(...prices), currency)} a kWh
      </p>
      <svg class="schedule-prices" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {slots.map((slot, t) => {
          const end = slots[t + 1]?.from ?? to;
          return (
            <rect
              key={slot.from}
              class={slot.priceKnown ? "price-known" : "price-guess"}
              x={x(slot.from)}
              width={Math.max(0, x(end) - x(slot.from))}
              y={y(slot.price)}
              height={HEIGHT - y(slot.price)}
            />
          );
        })}
      </svg>
    </div>
  );
}
