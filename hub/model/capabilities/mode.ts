import type { Capability } from "../capability.ts";

/** Matter's labels of a mode hold 64 characters. */
const LONGEST = 64;

/**
 * A cluster of modes that the device names itself: `currentMode` is its label, and the device's description has the
 * labels as the narrower type. `readOnly` for what must not be chosen from afar.
 */
export function modes<const Name extends string, const Matter extends string>(
  name: Name,
  matter: Matter,
  label: string,
  readOnly?: "readOnly",
) {
  const mode = { type: "string", maxLength: LONGEST } as const;
  const commands: Capability["commands"] = readOnly
    ? {}
    : {
        changeToMode: {
          label: "Choose",
          args: { newMode: { ...mode, label: "Mode" } },
          wants: (args) => ({ currentMode: args.newMode ?? "" }),
        },
      };
  return { name, label, matter, attributes: { currentMode: { ...mode, label: "Mode" } }, commands };
}
