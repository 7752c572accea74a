import pino from "pino";
import type { Log } from "../ports.ts";

const USUAL = "warn";

/** Lines of JSON on standard error; `INGLENOOK_LOG` sets the level (default warn, so that an SD card is spared). */
export function createLog(): Log {
  const redact = {
    paths: ["password", "token", "code", "pairingCode", "*.password", "*.token", "*.pairingCode"],
    censor: "(kept out)",
  };
  const asked = process.env.INGLENOOK_LOG || USUAL;
  const known = asked === "silent" || Object.hasOwn(pino.levels.values, asked);
  const log = pino({ level: known ? asked : USUAL, base: null, redact }, pino.destination({ dest: 2, sync: true }));
  const levels = Object.keys(pino.levels.values).join(", ");
  if (!known) log.warn(`INGLENOOK_LOG is none of silent, ${levels}: "${USUAL}" is used`);
  return log;
}
