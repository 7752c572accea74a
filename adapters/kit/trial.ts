/** What a rule has at hand: devices of every model, a bench for them, and a place for what it finds. */
import type { NodeId } from "../../hub/model/path.ts";
import type { Dialect } from "../mqtt/dialect.ts";
import { asRead } from "./as-read.ts";
import { Bench, type Heard, readingsOf, sameValue } from "./bench.ts";
import type { Device, Firmware, Part, Report, Truth, Who } from "./firmware.ts";
import type { Ledger } from "./invariants.ts";

export type Grade = "bronze" | "silver" | "gold";

export interface Sizes {
  /** Broken messages a model. */
  readonly fuzz: number;
  /** Messages at full speed. */
  readonly flood: number;
  /** Seconds of 1,000 messages each through a broker. */
  readonly seconds: number;
  readonly seed: number;
}

/** A broker on this machine, for the rules that need real connections. */
export interface BenchBroker {
  readonly url: string;
  /** Ends it and all connections at once, and opens it again at the same address with what it kept. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface Context {
  readonly dialect: Dialect;
  readonly firmware: Firmware;
  readonly sizes: Sizes;
  readonly ledger: Ledger;
  readonly openBroker?: (() => Promise<BenchBroker>) | undefined;
}

export interface Rule {
  /** Stable for ever: reports and makers' pages name it. */
  readonly id: string;
  readonly grade: Grade;
  /** What a good adapter does, as a sentence. */
  readonly title: string;
  /** What to do when it fails. */
  readonly fix: string;
  /** What the firmware must show, or excuse. */
  readonly needs?: Part;
  /** Needs a broker. */
  readonly live?: true;
  readonly run: (trial: Trial) => void | Promise<void>;
}

const MAX_EVIDENCE = 5;
const MAX_WORDS = 400;

/** The nth device of a test run; the addresses are from the range for local use. */
export const who = (n: number, name = `thing_${n}`): Who => ({
  address: (0x02_a0_b1_00_00_00 + n).toString(16).padStart(12, "0"),
  name,
});

export interface Grown {
  readonly bench: Bench;
  readonly node: NodeId;
  readonly device: Device;
}

export class Trial {
  readonly context: Context;
  readonly evidence: string[] = [];
  /** How often something was found; only the first few are kept in words. */
  failures = 0;
  /** How many things were looked at: a rule that found nothing to look at has proved nothing. */
  looked = 0;

  constructor(context: Context) {
    this.context = context;
  }

  fail(words: string): void {
    this.failures += 1;
    if (this.evidence.length < MAX_EVIDENCE) this.evidence.push(words.slice(0, MAX_WORDS));
  }

  /** Looks at one thing; false when it is wrong. */
  expect(holds: boolean, words: () => string): boolean {
    this.looked += 1;
    if (!holds) this.fail(words());
    return holds;
  }

  /** Makers of devices whose truth is what the adapter reads of them in a quiet home, see {@link asRead}. */
  models(): readonly (readonly [string, (who: Who) => Device])[] {
    return this.declared().map(
      ([label, make]) => [label, (w) => asRead(this.bench(`${label}, alone`), make(w))] as const,
    );
  }

  /** Makers of devices with the maker's own truth. */
  declared(): readonly (readonly [string, (who: Who) => Device])[] {
    return Object.entries(this.context.firmware.models);
  }

  bench(label: string): Bench {
    const { dialect, firmware, ledger } = this.context;
    return new Bench(dialect, firmware, ledger, label);
  }

  /** A device that has come up and has said its values. */
  grow(label: string, device: Device, ...others: readonly Device[]): Grown | undefined {
    const bench = this.bench(label);
    bench.plug(device, ...others);
    bench.hear(device.reports);
    const node = bench.nodeOf(device);
    if (node !== undefined) return { bench, node, device };
    this.looked += 1;
    this.fail(`${label}: no node came of what ${device.name} says of itself`);
    return undefined;
  }

  /** One grown device of each model. */
  grown(models = this.models()): readonly Grown[] {
    return models.flatMap(([label, make]) => this.grow(label, make(who(1))) ?? []);
  }

  /** Readings of one node against the truth; `only`: no other value of a capability may be there. */
  holds(what: string, heard: Heard, node: NodeId, truth: Truth, only = true): void {
    const readings = readingsOf(heard, node);
    for (const [path, value] of Object.entries(truth)) {
      const told = readings.get(path)?.value;
      this.expect(sameValue(told, value), () => `${what}: ${path} is ${shown(told)}; the truth is ${shown(value)}`);
    }
    if (!only) return;
    for (const [path, reading] of readings)
      if (!Object.hasOwn(truth, path) && !path.includes("/vendor."))
        this.fail(`${what}: ${path} = ${shown(reading.value)}, which the device does not say`);
  }

  /** None of these may have been read. */
  silent(what: string, heard: Heard, node: NodeId, truth: Truth): void {
    const readings = readingsOf(heard, node);
    for (const path of Object.keys(truth)) {
      const told = readings.get(path);
      this.expect(told === undefined, () => `${what}: ${path} became ${shown(told?.value)}; it must stay as it was`);
    }
  }
}

export const shown = (value: unknown): string => (value === undefined ? "not there" : JSON.stringify(value));

/** Every report of a device with a body of fields or of one plain value. */
export const fieldsOf = (reports: readonly Report[]): readonly (readonly [Report, string, Truth])[] =>
  reports.flatMap((report) => Object.entries(report.says).map(([field, truth]) => [report, field, truth] as const));

export const truthIn = (report: Report): Truth => Object.assign({}, ...Object.values(report.says));
