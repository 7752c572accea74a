import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";

/** What is kept of one device on one bridge: its endpoints' numbers by part. Kept for ever, so that a device that comes back is itself. */
interface KeptNode {
  readonly id: string;
  readonly parts: Record<string, number>;
}

interface KeptBridge {
  /** The next number; never lower, so that a number is never used for another device. */
  next: number;
  readonly nodes: Record<string, KeptNode>;
}

interface Kept {
  readonly version: 1;
  readonly bridges: Record<string, KeptBridge>;
}

/** Endpoint 0 is the bridge itself and 1 its aggregator. */
const FIRST = 2;
const LAST = 0xfffe;

/**
 * Which Matter endpoint number each part of each device has. One file, replaced as a whole: a power cut leaves the old
 * or the new one. Throws when the file is there but can't be read: numbers made up anew would make strangers of all devices.
 */
export class Numbers {
  readonly #file: string;
  readonly #kept: Kept;
  #dirty = false;

  constructor(folder: string) {
    this.#file = join(folder, "numbers.json");
    this.#kept = readKept(this.#file);
  }

  /** The endpoint's number; a new one for a part that was never there. Undefined when all 65,000 are used up. */
  numberOf(bridge: string, node: string, key: string): number | undefined {
    const { kept, own } = this.#of(bridge, node);
    const known = Object.hasOwn(own.parts, key) ? own.parts[key] : undefined;
    if (known !== undefined) return known;
    if (kept.next > LAST) return undefined;
    own.parts[key] = kept.next++;
    this.#dirty = true;
    return own.parts[key];
  }

  /** The name of the device in matter.js's own store: made once and kept, whatever the hub calls the device later. */
  idOf(bridge: string, node: string): string {
    return this.#of(bridge, node).own.id;
  }

  /** Writes what is new, before any of it is told to anyone. */
  save(): void {
    if (!this.#dirty) return;
    const fresh = `${this.#file}.new`;
    const file = openSync(fresh, "w", 0o600);
    try {
      writeSync(file, JSON.stringify(this.#kept));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(fresh, this.#file);
    const folder = openSync(dirname(this.#file), "r");
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
    this.#dirty = false;
  }

  forget(bridge: string): void {
    if (!Object.hasOwn(this.#kept.bridges, bridge)) return;
    delete this.#kept.bridges[bridge];
    this.#dirty = true;
    this.save();
  }

  #of(bridge: string, node: string): { readonly kept: KeptBridge; readonly own: KeptNode } {
    const { bridges } = this.#kept;
    const kept = Object.hasOwn(bridges, bridge) ? bridges[bridge] : undefined;
    const whole = kept ?? { next: FIRST, nodes: {} };
    bridges[bridge] = whole;
    const known = Object.hasOwn(whole.nodes, node) ? whole.nodes[node] : undefined;
    const own = known ?? { id: `device-${Object.keys(whole.nodes).length + 1}`, parts: {} };
    whole.nodes[node] = own;
    return { kept: whole, own };
  }
}

function readKept(file: string): Kept {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, "code") === "ENOENT") return { version: 1, bridges: {} };
    throw error;
  }
  const kept: Partial<Kept> = JSON.parse(text);
  if (kept.version !== 1 || typeof kept.bridges !== "object")
    throw new Error(`${file} is not a list of endpoint numbers`);
  return { version: 1, bridges: kept.bridges };
}
