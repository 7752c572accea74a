import { capabilities } from "../../model/capabilities/index.ts";
import type { Value } from "../../model/capability.ts";

/** What a command brings about in one attribute. */
export interface Write {
  readonly attribute: string;
  /** Undefined: it is not known before it runs. */
  readonly value: Value | undefined;
  /** It is another value than before, whichever that was. */
  readonly turns: boolean;
}

interface Asked {
  readonly capability: string;
  readonly command: string;
  /** Undefined: not known before it runs. */
  readonly args: Readonly<Record<string, Value | undefined>>;
}

/** Stands for what is not known; no device says such a thing. */
const UNKNOWN = "\u0000";

/** The attributes that a command changes, and to what: by the capability's own word on what confirms it. */
export function writesOf({ capability, command, args }: Asked): readonly Write[] {
  if (command === "set") return Object.entries(args).map(([attribute, value]) => ({ attribute, value, turns: false }));
  const spec = Object.hasOwn(capabilities, capability) ? capabilities[capability] : undefined;
  const wants = spec && Object.hasOwn(spec.commands, command) ? spec.commands[command]?.wants : undefined;
  if (!wants) return [];
  const given = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, value ?? UNKNOWN]));
  const whenOn = wants(given, () => true);
  const whenOff = wants(given, () => false);
  const isSaid = Object.values(args).every((value) => value !== undefined);
  return Object.entries(whenOff).map(([attribute, value]) => {
    const turns = whenOn[attribute] !== value;
    const known = !turns && value !== UNKNOWN && (isSaid || value !== "");
    return { attribute, value: known ? value : undefined, turns };
  });
}
