/** Repairs in words that a person can judge. */
import type { Pin, Repair, RepairKind, Stand } from "../../model/repair.ts";

const kwh = (value: number): string => `${Number(value.toFixed(Math.abs(value) < 10 ? 3 : 1))} kWh`;

function forHow(ms: number): string {
  if (ms < 90_000) return `${Math.max(1, Math.round(ms / 1000))} s`;
  if (ms < 5_400_000) return `${Math.round(ms / 60_000)} min`;
  return ms < 172_800_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} days`;
}

/** The stand between the two ends of a pin that lies farthest from its course; its end where there is none. */
const worstOf = ({ from, to }: Pin, evidence: readonly Stand[]): Stand =>
  evidence
    .filter(({ at }) => at > from.at && at < to.at)
    .reduce(
      (far, stand) => (far === to || Math.abs(stand.kwh - from.kwh) > Math.abs(far.kwh - from.kwh) ? stand : far),
      to,
    );

/** Of a repair as it stands: for silences all of them, else the last and how often. */
export function reasonOfAll(
  repair: Pick<Repair, "kind" | "pins" | "times" | "kwh" | "evidence">,
  limitW: number,
): string {
  const { kind, pins, times, evidence } = repair;
  if (kind === "gap" && times > 1) return silences(pins, times, repair.kwh);
  const last = pins.at(-1);
  return last ? ofMany(reasonOf(kind, last, worstOf(last, evidence), limitW), times) : "";
}

/** `reason` is that of the last. */
export const ofMany = (reason: string, times: number): string =>
  times > 1 ? `${reason} That was the last of ${times} times.` : reason;

export function silences(pins: readonly Pin[], times: number, all: number): string {
  const ms = pins.reduce((sum, { from, to }) => sum + to.at - from.at, 0);
  const inAll = pins.length === times ? `, for ${forHow(ms)} in all` : "";
  return `The counter was silent ${times} times${inAll}. The ${kwh(all)} that it counted meanwhile are spread over each of these times.`;
}

/** Why the numbers in a pin are not taken as they were told. `worst`: the farthest number in between. */
export function reasonOf(kind: RepairKind, pin: Pin, worst: Stand, limitW: number): string {
  const { from, to } = pin;
  const time = forHow(to.at - from.at);
  switch (kind) {
    case "reset":
      return `The counter fell from ${kwh(from.kwh)} to ${kwh(to.kwh)} and went on from there: it began again at zero. What it has counted since is used.`;
    case "rollover":
      return `The counter reached the end of its register at ${kwh(from.kwh)} and went on from zero.`;
    case "dip":
      return `The counter fell from ${kwh(from.kwh)} to ${kwh(worst.kwh)} and was back at ${kwh(to.kwh)} within ${time}: the fall is not used.`;
    case "spike":
      return `The counter rose from ${kwh(from.kwh)} to ${kwh(worst.kwh)} and was back at ${kwh(to.kwh)} within ${time}: the rise is not used.`;
    case "jump":
      return `The counter rose by ${kwh(to.kwh - from.kwh)} within ${time} and stayed there. A connection of ${Math.round(limitW / 1000)} kW can't carry that, so the rise is not used.`;
    case "replaced":
      return `The counter went on from ${kwh(to.kwh)} after ${kwh(from.kwh)}, as a new or newly set meter does. It counts on from there.`;
    case "unit":
      return `From ${from.kwh} to ${to.kwh} within ${time}: the counter tells another unit since. Its numbers are multiplied by ${pin.scale ?? 1}.`;
    case "clock":
      if (from.at <= to.at)
        return `The hub had no clock at first. The ${kwh(pin.kwh ?? 0)} that were counted until it was set lie in the time right before.`;
      return `The clock was set back by ${forHow(from.at - to.at)}: readings of that time lie beside those of the time before, and are used once.`;
    case "gap":
      return `The counter was silent for ${time}. The ${kwh(pin.kwh ?? 0)} that it counted meanwhile are spread over that time.`;
    case "watching":
      return `The counter told ${kwh(worst.kwh)} after ${kwh(from.kwh)}. It is not used until further readings show what it is.`;
    case "power":
      return `A power of ${Math.round(from.kwh)} W is more than the connection of ${Math.round(limitW / 1000)} kW carries: it is not used.`;
    case "power-unit":
      return `The power does not fit the counter of the same device; multiplied by ${pin.scale ?? 1} it does.`;
  }
}
