import { useState } from "preact/hooks";
import type { PolicyView } from "../../hub/http/schemas/policies.ts";
import type { NewPreference } from "../../hub/http/schemas/preferences.ts";
import { Notice } from "./notice.tsx";

/** What a person does to a policy. Shows its own failure; never throws. */
export type PolicyDeed = (
  policy: PolicyView,
  what: "approve" | "refuse" | "watch" | "resume" | "end" | "try" | "change" | "measure",
  body?: object,
) => Promise<void>;

interface Props {
  readonly policy: PolicyView;
  readonly deed: PolicyDeed;
}

/** What is asked before a policy is approved, because of what was refused or done by hand before. */
export function PolicyAsks({ policy, deed }: Props) {
  if (policy.state !== "proposed" && policy.state !== "shadow") return null;
  return (
    <>
      {policy.asks?.map(({ node, words }) => (
        <Notice key={words} tone="warn">
          <span class="row spread">
            <span>{words}</span>
            {node === undefined || policy.devices.length < 2 ? null : (
              <button type="button" class="small" onClick={() => void deed(policy, "change", { leaveOut: [node] })}>
                Leave it out
              </button>
            )}
          </span>
        </Notice>
      ))}
    </>
  );
}

interface Choice {
  readonly label: string;
  readonly because?: NewPreference;
}

const GRID: NewPreference = { kind: "limit", limit: "noGridCharging" };

/** Ways to refuse it, each of which says something for later proposals. */
function refusals({ devices, limits }: PolicyView): Choice[] {
  const battery = devices.some((d) => d.kind === "battery") && !limits.noGridCharging;
  return [
    { label: "It is not wanted" },
    ...devices.map(
      ({ node, name }): Choice => ({ label: `Leave ${name} alone`, because: { kind: "leaveAlone", node } }),
    ),
    ...(battery ? [{ label: "The battery shall never charge from the grid", because: GRID }] : []),
  ];
}

/** Refuses with a reason that later proposals heed. */
export function PolicyRefusal({ policy, deed }: Props) {
  const choices = refusals(policy);
  const [chosen, choose] = useState(0);
  const choice = choices[chosen] ?? choices[0];
  return (
    <details class="fold">
      <summary>
        <h4>Refuse it</h4>
      </summary>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const because = choice?.because;
          void deed(policy, "refuse", { reason: choice?.label ?? "not wanted", ...(because ? { because } : {}) });
        }}
      >
        <label class="stack">
          Why? Later proposals heed it.
          <select value={String(chosen)} onChange={(event) => choose(Number(event.currentTarget.value))}>
            {choices.map(({ label }, k) => (
              <option key={label} value={String(k)}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <div class="row">
          <button type="submit" class="small">
            Refuse
          </button>
        </div>
      </form>
    </details>
  );
}

/** Takes a device out or adds a limit: proposed and tried anew in place of this one. */
export function PolicyChange({ policy, deed }: Props) {
  const { devices, limits } = policy;
  const change = (label: string, body: object) => (
    <button key={label} type="button" class="small" onClick={() => void deed(policy, "change", body)}>
      {label}
    </button>
  );
  const battery = devices.some((d) => d.kind === "battery") && !limits.noGridCharging;
  if (devices.length < 2 && !battery) return null;
  return (
    <details class="fold">
      <summary>
        <h4>Change it</h4>
      </summary>
      <div class="stack">
        <p class="quiet small-text">
          It is proposed and tried anew{policy.state === "running" ? ", and this one ends" : ""}. Later proposals heed
          the change.
        </p>
        <div class="row">
          {devices.length > 1 ? devices.map(({ node, name }) => change(`Without ${name}`, { leaveOut: [node] })) : null}
          {battery ? change("Never charge from the grid", { limits: { noGridCharging: true } }) : null}
        </div>
      </div>
    </details>
  );
}
