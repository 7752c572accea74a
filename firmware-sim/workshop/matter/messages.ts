/** What a Matter device's process and its parent say to each other over IPC. */
import { z } from "zod";
import type { MatterKind } from "./sheets.ts";

const seconds = z.number().min(0).max(86_400);

/** What becomes of an update: put in place, not allowed now, failing the device's own check, taken back. */
export const updateOutcome = z.enum(["applies", "refuses", "rejects", "rollsBack"]);

/** What can go wrong with a Matter device; every field is checked where it arrives. */
export const matterFault = z.discriminatedUnion("kind", [
  /** Power cut: the process ends without a goodbye; its launcher starts it again after `seconds` (0), or never (null). */
  z.strictObject({ kind: z.literal("reboot"), seconds: seconds.nullable().optional() }),
  /** No packet goes out or comes in, for `seconds` or, without it, until `restore`. */
  z.strictObject({ kind: z.literal("silence"), seconds: seconds.optional() }),
  /** What comes in is heard `ms` later. */
  z.strictObject({ kind: z.literal("slow"), ms: z.number().min(0).max(60_000) }),
  /** That share of packets is lost, both ways. */
  z.strictObject({ kind: z.literal("loss"), share: z.number().min(0).max(1) }),
  /** It forgets its subscriptions and tells nobody: reports stop while sessions live. */
  z.strictObject({ kind: z.literal("subscription") }),
  /** It goes on under another port, chosen by the system where none is given. */
  z.strictObject({ kind: z.literal("address"), port: z.number().int().min(1024).max(65_535).optional() }),
  /** It is from now on at that address of its machine alone; until `restore`. */
  z.strictObject({ kind: z.literal("interface"), address: z.ipv6() }),
  /** The reports of its present subscriptions name others, which nobody has. */
  z.strictObject({ kind: z.literal("wrongSubscription") }),
  /** Attributes say what the specification forbids, until `restore`. */
  z.strictObject({ kind: z.literal("absurd") }),
  /** Reset to factory defaults by its own button: every fabric is forgotten, it can be paired again. */
  z.strictObject({ kind: z.literal("reset") }),
  /** New firmware brings an endpoint (a temperature sensor) or takes it away again. */
  z.strictObject({ kind: z.literal("firmware"), endpoint: z.boolean() }),
  /** It asks its first home's hub for an update by itself, at that endpoint of the hub. */
  z.strictObject({ kind: z.literal("asksForUpdate"), endpoint: z.number().int().min(1).max(65_534) }),
  /** From now on that becomes of its updates; for a device that takes any. */
  z.strictObject({ kind: z.literal("updates"), outcome: updateOutcome }),
  /** The air is clean again. */
  z.strictObject({ kind: z.literal("restore") }),
]);

export type MatterFault = z.output<typeof matterFault>;

/** How a device presents itself once it is online. */
export interface Presented {
  readonly serial: string;
  readonly uniqueId: string;
  readonly name: string;
  readonly kind: MatterKind;
  readonly port: number;
  readonly manualPairingCode: string;
  readonly qrPairingCode: string;
}

/** The exit code of a process that wants to be started again; the seconds until then stand in its last message. */
export const REBOOT = 75;

/** Parent to process. `serial` names one of several devices. `set` without `id` is not answered. */
export const request = z.strictObject({
  id: z.number().int().optional(),
  serial: z.string().max(32).optional(),
  set: z.record(z.string(), z.unknown()).optional(),
  /** Lets so many seconds of the device's clock go by at once. */
  run: z
    .number()
    .min(0)
    .max(7 * 86_400)
    .optional(),
  fault: matterFault.optional(),
});

export type Request = z.output<typeof request>;

/** Process to parent. */
export interface Reply {
  /** The first device of the process is online. */
  readonly ready?: true;
  readonly manualPairingCode?: string;
  /** All devices of the process, when they are online and when one of them has moved. */
  readonly devices?: readonly Presented[];
  /** Some state changed. */
  readonly state?: Readonly<Record<string, unknown>>;
  readonly serial?: string;
  /** The answer to the request of that id: the state after it, or what went wrong. */
  readonly answer?: number;
  readonly error?: string;
  /** It ends now and wants to be started again after so many seconds; null: never. */
  readonly rebooting?: number | null;
}
