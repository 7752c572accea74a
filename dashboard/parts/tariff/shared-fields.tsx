import type { TariffComponent } from "../../../hub/http/schemas.ts";
import { ROLES, type Role } from "../../words/tariff.ts";
import { Choice, Field } from "../field.tsx";

/** What the forms of a contract have to know of the rest of the book. */
export interface Around {
  readonly currency: string;
  readonly dayLists: readonly string[];
  readonly series: readonly string[];
}

export interface FormProps<C extends TariffComponent = TariffComponent> {
  readonly value: C;
  readonly around: Around;
  readonly onChange: (value: C) => void;
}

const PERIODS = [
  { value: "day", label: "day" },
  { value: "month", label: "month" },
  { value: "year", label: "year" },
];
/** What the bill calls it. */
export function Name<C extends TariffComponent>({ value, onChange }: Pick<FormProps<C>, "value" | "onChange">) {
  return (
    <Field
      label="Name on the bill"
      required
      maxLength={80}
      value={value.label}
      onInput={(e) => onChange({ ...value, label: e.currentTarget.value })}
    />
  );
}

interface PeriodProps {
  readonly value: string;
  readonly least?: "day" | "month";
  readonly onChange: (value: "day" | "month" | "year") => void;
}

/** A day, a month or a year. */
export function Period({ value, least = "day", onChange }: PeriodProps) {
  const options = least === "month" ? PERIODS.slice(1) : PERIODS;
  return (
    <Choice
      label="A"
      value={value}
      options={options}
      onChange={(v) => onChange(v === "day" ? "day" : v === "year" ? "year" : "month")}
    />
  );
}

/** Which kind of line it is: percentages and caps pick by it. */
export function RoleChoice({ role, onChange }: { readonly role: Role; readonly onChange: (role: Role) => void }) {
  return (
    <Choice
      label="Counts as"
      value={role}
      options={ROLES}
      onChange={(v) => onChange(ROLES.find((r) => r.value === v)?.value ?? role)}
    />
  );
}

/** Kinds of lines, one at least. */
export function Roles({
  of,
  label,
  onChange,
}: {
  readonly of: readonly Role[];
  readonly label: string;
  readonly onChange: (of: Role[]) => void;
}) {
  const flip = (role: Role, on: boolean) => {
    const after = ROLES.map((r) => r.value).filter((r) => (r === role ? on : of.includes(r)));
    if (after.length > 0) onChange(after);
  };
  return (
    <fieldset class="roles">
      <legend>{label}</legend>
      {ROLES.map((role) => (
        <label key={role.value}>
          <input
            type="checkbox"
            checked={of.includes(role.value)}
            onChange={(e) => flip(role.value, e.currentTarget.checked)}
          />
          {role.label}
        </label>
      ))}
    </fieldset>
  );
}

interface StartsProps {
  readonly per: "day" | "month" | "year";
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** When a billing period begins, where it is not the calendar's. */
export function Starts({ per, value, onChange }: StartsProps) {
  if (per === "day") return null;
  return (
    <Field
      label={per === "year" ? "The year begins on" : "The month begins on the day of"}
      hint="As 07-15; left empty: with the calendar"
      pattern="(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
      value={value ?? ""}
      onInput={(e) => onChange(e.currentTarget.value === "" ? undefined : e.currentTarget.value)}
    />
  );
}
