import { type Diagnostic, LogDestination, LogFormat, Logger, LogLevel } from "@matter/main";

/** More lines than this in a minute are counted, not passed on. */
const LINES_A_MINUTE = 30;
const LONGEST = 400;

/** Anything that could be a passcode, a pairing code or a key: long digit runs, QR payloads, long hex. */
const secrets = /MT:[0-9A-Za-z.-]+|\b\d{4}-?\d{3}-?\d{4}\b|\b\d{7,}\b|\b[0-9a-fA-F]{24,}\b/g;

/** The text on one line, bounded, with everything that looks like a secret taken out. */
export const withoutSecrets = (text: string): string =>
  text.replace(secrets, "…").replace(/\s+/g, " ").trim().slice(0, LONGEST);

/** Passes matter.js's warnings and errors on, one line each and not too many; its lower levels are dropped. */
export function captureLog(write: (level: "warn" | "error", message: string) => void): void {
  let minute = 0;
  let count = 0;
  const plain = LogFormat(LogFormat.PLAIN);
  const destination = LogDestination({
    name: "inglenook",
    level: LogLevel.WARN,
    format: plain,
    add(message: Diagnostic.Message) {
      if (message.level < LogLevel.WARN) return;
      const now = Math.floor(Date.now() / 60_000);
      if (now !== minute) {
        if (count > LINES_A_MINUTE) write("warn", `${count - LINES_A_MINUTE} more lines of matter.js were dropped`);
        minute = now;
        count = 0;
      }
      if (++count > LINES_A_MINUTE) return;
      const [firstLine = ""] = plain(message).split("\n");
      // The hub's log has a time and a level of its own.
      const text = firstLine.replace(/^[\d-]+ [\d:.]+ [A-Z]+ +/, "");
      write(message.level >= LogLevel.ERROR ? "error" : "warn", withoutSecrets(text));
    },
  });
  for (const name of Object.keys(Logger.destinations)) delete Logger.destinations[name];
  Logger.destinations.inglenook = destination;
  Logger.level = LogLevel.WARN;
}
