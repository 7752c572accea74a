/** What goes wrong with real devices, on purpose: only live, only for the devices named. */
import { CounterFault, type CounterKind, counterKinds } from "./counter-faults.ts";
import { isObject, type Message } from "./devices/device.ts";

const kinds = ["late", "lost", "repeated", "absurd", "drop", ...counterKinds] as const;

export type FaultKind = (typeof kinds)[number];

export interface Fault {
  readonly device: string;
  readonly kind: FaultKind;
}

/** A message with the ms it has to wait. */
export interface Delivery {
  readonly message: Message;
  readonly delay: number;
}

/** Share of a device's messages that a fault touches. */
const share = 0.25;
const longestDelay = 45_000;

/** Seconds between two lost connections, and how long one lasts. */
export const dropEvery = 120;
export const dropFor = 30;

/** `Device name:kind`; a text says what is wrong with it. */
export function parseFault(text: string, names: readonly string[]): Fault | string {
  const cut = text.lastIndexOf(":");
  const wanted = text.slice(0, cut).trim().toLowerCase();
  const device = names.find((name) => name.toLowerCase() === wanted);
  const kind = kinds.find((known) => known === text.slice(cut + 1).trim());
  if (!kind) return `--fault ${text}: the kind must be one of ${kinds.join(", ")}`;
  return device ? { device, kind } : `--fault ${text}: there is no such MQTT device; known: ${names.join(", ")}`;
}

const counters = new WeakMap<Fault, CounterFault>();

const isCounterFault = (fault: Fault): fault is Fault & { readonly kind: CounterKind } =>
  counterKinds.some((kind) => kind === fault.kind);

/** A counter's fault goes on from message to message. */
function countersOf(fault: Fault & { readonly kind: CounterKind }): CounterFault {
  const known = counters.get(fault) ?? new CounterFault(fault.kind);
  counters.set(fault, known);
  return known;
}

/** What becomes of one message. */
export function spoil(message: Message, faults: readonly Fault[], chance: () => number): Delivery[] {
  let deliveries: Delivery[] = [{ message, delay: 0 }];
  for (const fault of faults) {
    if (fault.device !== message.from) continue;
    const touched = chance() < share;
    if (isCounterFault(fault)) {
      const spoilt = countersOf(fault);
      deliveries = deliveries.map((one) => ({ ...one, message: spoilt.spoil(one.message, touched) }));
    }
    if (!touched) continue;
    if (fault.kind === "lost") return [];
    if (fault.kind === "late") {
      const delay = Math.round(chance() * longestDelay);
      deliveries = deliveries.map((one) => ({ ...one, delay: one.delay + delay }));
    }
    if (fault.kind === "repeated") deliveries = [...deliveries, ...deliveries.slice(0, 1)];
    if (fault.kind === "absurd") {
      deliveries = deliveries.map((one) => ({ ...one, message: absurd(one.message, chance) }));
    }
  }
  return deliveries;
}

/** Values that real devices have sent: spikes, error codes of probes, counters that fall to zero. */
export function absurd<Sent extends { readonly payload: string }>(message: Sent, chance: () => number): Sent {
  let body: unknown;
  try {
    body = JSON.parse(message.payload);
  } catch {
    return message;
  }
  const spots: { readonly holder: Record<string, unknown>; readonly key: string; readonly value: number }[] = [];
  collect(body, spots);
  const spot = spots[Math.floor(chance() * spots.length)];
  if (!spot) return message;
  const wrong = [spot.value * 1000, -127, 0, 4_294_967_295];
  spot.holder[spot.key] = wrong[Math.floor(chance() * wrong.length)];
  return { ...message, payload: JSON.stringify(body) };
}

function collect(
  body: unknown,
  spots: { readonly holder: Record<string, unknown>; readonly key: string; readonly value: number }[],
): void {
  if (!isObject(body)) return;
  for (const [key, value] of Object.entries(body)) {
    if (typeof value === "number") spots.push({ holder: body, key, value });
    else collect(value, spots);
  }
}
