import type { Condition } from "../../../../hub/http/schemas.ts";
import { Choice } from "../../../parts/field.tsx";
import { Offset, SUN } from "./times.tsx";

type Between = Extract<Condition, { kind: "sunBetween" }>;
type Moment = NonNullable<Between["from"]>;

interface Props {
  readonly of: Between;
  readonly onChange: (condition: Between) => void;
}

/** A part of the day by the sun; an end that is left out is midnight, and one of them stays. */
export function SunSpan({ of: { from, to }, onChange }: Props) {
  const change = (next: { readonly from?: Moment | undefined; readonly to?: Moment | undefined }) => {
    const { from: begins, to: ends } = { from, to, ...next };
    onChange({ kind: "sunBetween", ...(begins ? { from: begins } : {}), ...(ends ? { to: ends } : {}) });
  };
  return (
    <>
      <End label="From" none={to !== undefined} value={from} onChange={(next) => change({ from: next })} />
      <End label="To" none={from !== undefined} value={to} onChange={(next) => change({ to: next })} />
      <p class="quiet">Both are those of the day that the clock shows.</p>
    </>
  );
}

interface EndProps {
  readonly label: string;
  /** Whether it may be left out. */
  readonly none: boolean;
  readonly value: Moment | undefined;
  readonly onChange: (moment: Moment | undefined) => void;
}

const End = ({ label, none, value, onChange }: EndProps) => (
  <div class="rule-line">
    <Choice
      label={label}
      value={value?.event ?? ""}
      options={none || !value ? [{ value: "", label: "Midnight" }, ...SUN] : SUN}
      onChange={(v) => {
        const event = SUN.find((s) => s.value === v)?.value;
        onChange(event && { ...value, event });
      }}
    />
    {value ? (
      <Offset
        value={value.offsetMinutes}
        onChange={(minutes) => onChange(minutes ? { ...value, offsetMinutes: minutes } : { event: value.event })}
      />
    ) : null}
  </div>
);
