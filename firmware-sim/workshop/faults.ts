/** What goes wrong with real devices, on purpose and by name. */
import type { Act } from "./firmware.ts";

interface Meaning {
  readonly about: string;
  /** Seconds until it begins, where nothing else is said. */
  readonly after: number;
  /** Seconds between two times; without it, it happens once. */
  readonly every?: number;
}

/** Every kind of fault with its line for `--list`. */
export const faultKinds = {
  late: { about: "some messages come up to 45 s late", after: 0 },
  lost: { about: "some messages never come", after: 0 },
  repeated: { about: "some messages come twice", after: 0 },
  absurd: { about: "a number is a spike, an error code of a probe, or zero", after: 0 },
  truncated: { about: "some messages are cut off", after: 0 },
  malformed: { about: "some messages are not what they should be: nan, null, an error page, broken JSON", after: 0 },
  unit: { about: "temperatures come in Fahrenheit, power and energy a thousandfold, and nothing says so", after: 20 },
  drop: { about: "the connection is lost for 30 s; the last will comes", after: 20, every: 120 },
  offline: { about: "the device dies and does not come back", after: 20 },
  clock: { about: "its clock jumps: to 1970, then an hour ahead, then back", after: 20, every: 60 },
  counter: { about: "its energy counters fall to zero", after: 20 },
  reboot: { about: "it restarts", after: 20, every: 120 },
  rename: { about: "it gets another name or topic by its maker's own means", after: 20 },
  remove: { about: "it is removed by its maker's own means", after: 20 },
  flood: { about: "it sends 1000 messages a second for 5 s", after: 20, every: 120 },
  stale: { about: "the broker holds values of three months ago, retained", after: 0 },
  subscription: { about: "a Matter device forgets who listens to it and tells nobody", after: 20, every: 300 },
  address: { about: "a Matter device goes on under another port", after: 20, every: 300 },
  firmware: { about: "new firmware brings a Matter device one endpoint more", after: 20 },
} as const satisfies Record<string, Meaning>;

export type FaultKind = keyof typeof faultKinds;

export const faultNames = Object.keys(faultKinds) as [FaultKind, ...FaultKind[]];

export interface Fault {
  readonly device: string;
  readonly kind: FaultKind;
  readonly after: number;
  readonly every: number | undefined;
  /** Of the messages that a fault of messages touches, 0 to 1. */
  readonly share: number;
}

/** The acts behind faults: things that happen to a device, not to its messages. */
export const acts: Readonly<Partial<Record<FaultKind, Act>>> = {
  reboot: "reboot",
  rename: "rename",
  remove: "remove",
  counter: "counter",
  offline: "offline",
};

const usualShare = 0.25;

/** A fault with what was left out filled in. */
export function fault(
  device: string,
  kind: FaultKind,
  given: {
    readonly after?: number | undefined;
    readonly every?: number | undefined;
    readonly share?: number | undefined;
  } = {},
): Fault {
  const usual: Meaning = faultKinds[kind];
  return {
    device,
    kind,
    after: given.after ?? usual.after,
    every: given.every ?? usual.every,
    share: given.share ?? usualShare,
  };
}

/** `Device name:kind` or `Device name:kind@seconds`; a text says what is wrong with it and what to do. */
export function parseFault(text: string, names: readonly string[]): Fault | string {
  const cut = text.lastIndexOf(":");
  const wanted = text.slice(0, cut).trim().toLowerCase();
  const [word = "", seconds] = text
    .slice(cut + 1)
    .trim()
    .split("@");
  const kind = faultNames.find((known) => known === word);
  if (cut < 0 || !kind) return `--fault ${text}: give NAME:KIND, with a kind of ${faultNames.join(", ")}`;
  const after = seconds === undefined ? undefined : Number(seconds);
  if (after !== undefined && !(after >= 0 && after <= 86_400))
    return `--fault ${text}: the seconds after @ must be from 0 to 86400`;
  const device = names.find((name) => name.toLowerCase() === wanted);
  if (device === undefined) return `--fault ${text}: there is no such device; known: ${names.join(", ")}`;
  return fault(device, kind, { after });
}
