import type { PolicyView } from "../../hub/http/schemas/policies.ts";
import { number } from "../words/format.ts";
import { Checks } from "./checks.tsx";

interface Props {
  readonly policy: Pick<PolicyView, "limits" | "checks">;
}

const BEYOND = " Beyond that its devices go their own way until midnight.";

/** What it may never go beyond, as sentences. */
function limitWords({ noGridCharging, commandsPerDay, cyclesPerDay }: PolicyView["limits"]): readonly string[] {
  return [
    ...(noGridCharging ? ["never charges the battery from the grid"] : []),
    ...(cyclesPerDay === undefined ? [] : [`fills the battery at most ${number(cyclesPerDay, 1)} times a day`]),
    ...(commandsPerDay === undefined ? [] : [`gives at most ${commandsPerDay} commands a day`]),
  ];
}

/** What a policy may do at most, and what was looked at before it was tried; open where something speaks against it. */
export function PolicyDoors({ policy: { limits, checks = [] } }: Props) {
  const words = limitWords(limits);
  const failed = checks.some((c) => !c.ok);
  return (
    <>
      {words.length > 0 ? (
        <p class="quiet small-text">
          It {words.join(", ")}.{words.length > (limits.noGridCharging ? 1 : 0) ? BEYOND : ""}
        </p>
      ) : null}
      {checks.length > 0 ? (
        <details class="fold" open={failed}>
          <summary>
            <h4>{failed ? "Stopped before its trial" : `${checks.length} checks passed before its trial`}</h4>
          </summary>
          <Checks checks={checks} />
        </details>
      ) : null}
    </>
  );
}
