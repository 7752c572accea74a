import pino from "pino";
import type { Log } from "../ports.ts";

/** Lines of JSON on standard error; `INGLENOOK_LOG` sets the level (default warn, so that an SD card is spared). */
export function createLog(): Log {
  const redact = {
    paths: ["password", "token", "code", "pairingCode", "*.password", "*.token", "*.pairingCode"],
    censor: "(kept out)",
  };
  return pino(
    { level: process.env.INGLENOOK_LOG ?? "warn", base: null, redact },
    pino.destination({ dest: 2, sync: true }),
  );
}
