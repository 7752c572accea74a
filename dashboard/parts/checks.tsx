import { Icon } from "./icon.tsx";

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** What was looked at before a person is asked, each passed or failed. */
export function Checks({ checks }: { readonly checks: readonly Check[] }) {
  return (
    <ul class="checks">
      {checks.map((check) => (
        <li key={check.name} class={check.ok ? "check-ok" : "check-bad"}>
          <Icon name={check.ok ? "check" : "alert"} />
          <span>
            <span class="heard">{check.ok ? "Passed: " : "Failed: "}</span>
            {check.name} <span class="quiet small-text">{check.detail}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
