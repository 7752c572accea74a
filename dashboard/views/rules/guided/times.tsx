import type { Trigger } from "../../../../hub/http/schemas.ts";
import { NumberField, TextField } from "../../../parts/entry-fields.tsx";
import { Choice } from "../../../parts/field.tsx";
import { Dates, Months, Weekdays } from "./fields.tsx";
import { Entry } from "./who.tsx";

type Of<K extends Trigger["kind"]> = Extract<Trigger, { kind: K }>;
type Timed = Of<"time" | "every" | "cron" | "sun" | "calendar">;

interface Props<T extends Timed> {
  readonly of: T;
  readonly onChange: (trigger: Trigger) => void;
}

/** A start by clock, sun or calendar. */
export function TimeTrigger({ of, onChange }: Props<Timed>) {
  return (
    <>
      {of.kind === "time" ? <At of={of} onChange={onChange} /> : null}
      {of.kind === "every" ? <Every of={of} onChange={onChange} /> : null}
      {of.kind === "cron" ? <Cron of={of} onChange={onChange} /> : null}
      {of.kind === "sun" ? <Sun of={of} onChange={onChange} /> : null}
      {of.kind === "calendar" ? <Calendar of={of} onChange={onChange} /> : null}
      <Choice
        label="If the hub was off at that moment"
        value={of.late ?? "skip"}
        options={[
          { value: "skip", label: "let it go" },
          { value: "catchUp", label: "do it once, late" },
        ]}
        onChange={(v) => {
          const { late: _late, withinMinutes: _within, ...rest } = of;
          onChange(v === "catchUp" ? { ...rest, late: "catchUp" } : rest);
        }}
      />
      {of.late === "catchUp" ? (
        <NumberField
          label="At most so late (minutes)"
          hint="empty: 60"
          min={1}
          max={1440}
          step={1}
          value={of.withinMinutes}
          onChange={(withinMinutes) => onChange({ ...of, withinMinutes })}
        />
      ) : null}
    </>
  );
}

const At = ({ of, onChange }: Props<Of<"time">>) => (
  <>
    <TextField label="At" type="time" value={of.at} onChange={(at) => onChange({ ...of, at })} />
    <Weekdays value={of.weekdays} onChange={(weekdays) => onChange({ ...of, weekdays })} />
    <Months value={of.months} onChange={(months) => onChange({ ...of, months })} />
    <Dates value={of.dates} onChange={(dates) => onChange({ ...of, dates })} />
  </>
);

const Every = ({ of, onChange }: Props<Of<"every">>) => (
  <>
    <NumberField
      label="Every (minutes)"
      min={1}
      max={1440}
      step={1}
      value={of.minutes}
      onChange={(minutes) => onChange({ ...of, minutes: minutes ?? 0 })}
    />
    <div class="rule-line">
      <TextField
        label="Not before"
        type="time"
        value={of.from}
        onChange={(from) => onChange({ ...of, from: from || undefined })}
      />
      <TextField
        label="Not after"
        type="time"
        value={of.to}
        onChange={(to) => onChange({ ...of, to: to || undefined })}
      />
    </div>
  </>
);

const Cron = ({ of, onChange }: Props<Of<"cron">>) => (
  <TextField
    label="Times in the form of cron"
    hint="minute, hour, day of the month, month, weekday: 30 6 * * MON-FRI is 06:30 from Monday to Friday"
    maxLength={200}
    value={of.expression}
    onChange={(expression) => onChange({ ...of, expression })}
  />
);

export const SUN = [
  { value: "sunrise", label: "Sunrise" },
  { value: "sunset", label: "Sunset" },
  { value: "dawn", label: "Dawn" },
  { value: "dusk", label: "Dusk" },
  { value: "noon", label: "The sun at its highest" },
] as const;

const Sun = ({ of, onChange }: Props<Of<"sun">>) => (
  <>
    <div class="rule-line">
      <Choice
        label="At"
        value={of.event}
        options={SUN}
        onChange={(v) => onChange({ ...of, event: SUN.find((s) => s.value === v)?.value ?? "sunset" })}
      />
      <Offset value={of.offsetMinutes} onChange={(offsetMinutes) => onChange({ ...of, offsetMinutes })} />
    </div>
    <div class="rule-line">
      <TextField
        label="Not before"
        type="time"
        value={of.notBefore}
        onChange={(t) => onChange({ ...of, notBefore: t || undefined })}
      />
      <TextField
        label="Not after"
        type="time"
        value={of.notAfter}
        onChange={(t) => onChange({ ...of, notAfter: t || undefined })}
      />
    </div>
    <Weekdays value={of.weekdays} onChange={(weekdays) => onChange({ ...of, weekdays })} />
  </>
);

const Calendar = ({ of, onChange }: Props<Of<"calendar">>) => (
  <div class="rule-line">
    <Entry value={of.entry} onChange={(entry) => onChange({ ...of, entry })} />
    <Choice
      label="When it"
      value={of.edge}
      options={[
        { value: "begins", label: "begins" },
        { value: "ends", label: "ends" },
      ]}
      onChange={(v) => onChange({ ...of, edge: v === "ends" ? "ends" : "begins" })}
    />
    <Offset value={of.offsetMinutes} onChange={(offsetMinutes) => onChange({ ...of, offsetMinutes })} />
  </div>
);

interface OffsetProps {
  readonly value: number | undefined;
  readonly onChange: (minutes: number | undefined) => void;
}

export const Offset = ({ value, onChange }: OffsetProps) => (
  <NumberField
    label="Later by (minutes)"
    hint="below zero: earlier"
    min={-720}
    max={720}
    step={1}
    value={value}
    onChange={onChange}
  />
);
