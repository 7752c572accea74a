/** Faults of messages: what becomes of one on its way. */
import { absurd } from "../faults.ts";
import type { Fault } from "./faults.ts";
import type { Said } from "./firmware.ts";

/** Seconds that a late message is late at most. */
const latest = 45;

/** What is sent instead of one message; the delay is in `after`. */
export function spoil(said: Said, faults: readonly Fault[], elapsed: number, chance: () => number): readonly Said[] {
  let sent: readonly Said[] = [said];
  for (const fault of faults) {
    if (fault.device !== said.from || elapsed < fault.after) continue;
    // A unit stays changed; everything else comes and goes.
    if (fault.kind === "unit") sent = sent.map((one) => ({ ...one, payload: otherUnit(one) }));
    else if (chance() < fault.share) sent = touched(sent, fault, chance);
  }
  return sent;
}

function touched(sent: readonly Said[], { kind }: Fault, chance: () => number): readonly Said[] {
  switch (kind) {
    case "lost":
      return [];
    case "late":
      return sent.map((one) => ({ ...one, after: (one.after ?? 0) + chance() * latest }));
    case "repeated":
      return [...sent, ...sent];
    case "absurd":
      return sent.map((one) => absurd(one, chance));
    case "truncated":
      return sent.map((one) => ({ ...one, payload: one.payload.slice(0, Math.floor(chance() * one.payload.length)) }));
    case "malformed":
      return sent.map((one) => ({ ...one, payload: malformed(one.payload, chance) }));
    default:
      return sent;
  }
}

function malformed(payload: string, chance: () => number): string {
  const forms = [
    "nan",
    "null",
    "None",
    "unavailable",
    "",
    "<html><body>502 Bad Gateway</body></html>",
    `${payload},`,
    payload.replaceAll('"', "'"),
    JSON.stringify(payload),
  ];
  return forms[Math.floor(chance() * forms.length)] ?? "";
}

const temperature = /temp|setpoint|^tC$/i;
const energy = /power|energy|watt|consum|^total/i;

/** The same values in another unit, which is told nowhere. */
function otherUnit({ topic, payload }: Said): string {
  const number = payload.trim() === "" ? Number.NaN : Number(payload);
  if (Number.isFinite(number)) return String(converted(topic, number));
  try {
    return JSON.stringify(
      JSON.parse(payload, (key, value) => (typeof value === "number" ? converted(key, value) : value)),
    );
  } catch {
    return payload;
  }
}

function converted(name: string, value: number): number {
  if (temperature.test(name)) return Math.round((value * 1.8 + 32) * 100) / 100;
  return energy.test(name) ? value * 1000 : value;
}
