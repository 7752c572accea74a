import type { Wanted } from "../acting.ts";
import { Icon } from "./icon.tsx";

/** What became of a command, seen where it was given: waiting, confirmed, or in doubt with the reason. */
export function WantedNote({ wanted }: { readonly wanted: Wanted | undefined }) {
  switch (wanted?.state) {
    case undefined:
      return null;
    case "waiting":
      return <p class="wanted">waiting for the device …</p>;
    case "confirmed":
      return (
        <p class="wanted wanted-good">
          <Icon name="check" /> confirmed
        </p>
      );
    case "accepted":
      return <p class="wanted">sent; nothing can confirm it</p>;
    case "unconfirmed":
    case "refused":
      return (
        <p class="wanted wanted-bad">
          <Icon name="alert" /> {wanted.state}: {wanted.reason}
        </p>
      );
  }
}
