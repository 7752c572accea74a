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

/** Numbers given since the copy was made are not in it: so many are left out, that none goes to another device. */
const LEFT_OUT = 1000;

/**
 * Which Matter endpoint number each part of each device has. One file, replaced as a whole, and its twin after it: a power
 * cut leaves the old or the new one, and a damaged one has the other. Where both are gone, that of the store's copy counts.
 * Throws when there is a file and none can be read: numbers made up anew would make strangers of all devices.
 */
export class Numbers {
  readonly #files: readonly string[];
  readonly #kept: Kept;
  /** Where the numbers came from, if not from their own file. */
  readonly restored: "twin" | "copy" | undefined;
  #dirty = false;

  constructor(folder: string) {
    const [own, twin] = ["numbers.json", "numbers-twin.json"].map((name) => join(folder, name));
    this.#files = [own, twin].filter((file) => file !== undefined);
    const found = [...this.#files, join(`${folder}-backup`, "numbers.json")].map(readKept);
    const at = found.findIndex((one) => one !== undefined && !(one instanceof Error));
    const kept = found[at];
    if (kept === undefined || kept instanceof Error) {
      const damage = found.find((one) => one instanceof Error);
      if (damage) throw damage;
      this.#kept = { version: 1, bridges: {} };
      return;
    }
    this.#kept = kept;
    this.restored = at === 0 ? undefined : at === 1 ? "twin" : "copy";
    if (at === 2) for (const bridge of Object.values(kept.bridges)) bridge.next += LEFT_OUT;
    this.#dirty = at > 0;
    this.save();
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
    for (const file of this.#files) replace(file, JSON.stringify(this.#kept));
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

function replace(path: string, text: string): void {
  const fresh = `${path}.new`;
  const file = openSync(fresh, "w", 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(fresh, path);
  const folder = openSync(dirname(path), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Undefined: there is no such file. */
function readKept(file: string): Kept | Error | undefined {
  try {
    const kept: Partial<Kept> = JSON.parse(readFileSync(file, "utf8"));
    if (kept.version !== 1 || typeof kept.bridges !== "object" || kept.bridges === null)
      return new Error(`${file} is not a list of endpoint numbers`);
    return { version: 1, bridges: kept.bridges };
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, "code") === "ENOENT") return undefined;
    return error instanceof Error ? error : new Error(String(error));
  }
}
