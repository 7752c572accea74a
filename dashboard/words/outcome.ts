import type { Outcome } from "../../hub/http/schemas.ts";

/** An outcome as people say it. */
export function outcomeWords(outcome: Outcome): string {
  switch (outcome.state) {
    case "confirmed":
      return "done, the device confirmed it";
    case "accepted":
      return "sent; nothing can confirm it";
    case "unconfirmed":
      return `not confirmed. ${outcome.reason}`;
    case "refused":
      return `refused. ${outcome.reason}`;
  }
}
