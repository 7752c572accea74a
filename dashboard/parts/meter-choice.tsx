import type { EndpointView, MeterDeclaration } from "../../hub/http/schemas.ts";
import { Choice, Field } from "./field.tsx";

/** Endpoint number to what a person said of its meter; undefined: nothing. */
export type Meters = Readonly<Record<string, MeterDeclaration | undefined>>;

/** What the API is told: only what was said, null for nothing at all. */
export function said(meters: Meters): Record<string, MeterDeclaration> | null {
  const set = Object.entries(meters).flatMap(([n, m]) => (m ? [[n, m] as const] : []));
  return set.length > 0 ? Object.fromEntries(set) : null;
}

interface Props {
  readonly endpoint: EndpointView;
  /** The device's only endpoint: its number need not be said. */
  readonly single: boolean;
  readonly said: MeterDeclaration | undefined;
  readonly onSay: (said: MeterDeclaration | undefined) => void;
}

/** With a counter for each way, none of them runs back. */
const hasOneCounter = ({ attributes }: EndpointView): boolean =>
  attributes.filter((a) => a.capability === "electricalEnergyMeasurement").length === 1;

const METERED = ["electricalPowerMeasurement", "electricalEnergyMeasurement"];

/** How the energy of an endpoint is known: by its own meter, by an estimate, or by another device's meter. */
export function MeterChoice({ endpoint, single, said, onSay }: Props) {
  const has = (capability: string) => endpoint.attributes.some((a) => a.capability === capability);
  const metered = METERED.some(has);
  const switched = has("onOff");
  if (!metered && !switched && !said) return null;
  return (
    <>
      <Choice
        label={single ? "Its energy is known" : `Energy of endpoint ${endpoint.number} is known`}
        value={keyOf(said)}
        options={optionsFor(metered, hasOneCounter(endpoint), switched, said)}
        onChange={(key) => onSay(meantBy(key))}
      />
      {said?.kind === "onOff" || said?.kind === "constant" ? (
        <div class="row">
          <Watts
            label={said.kind === "constant" ? "W, always" : "W while on"}
            watts={said.watts}
            least={-100_000}
            onSet={(watts) => onSay({ ...said, watts })}
          />
          {said.kind === "onOff" ? (
            <Watts
              label="W while off"
              watts={said.standbyW}
              least={0}
              onSet={(standbyW) => onSay({ ...said, standbyW })}
            />
          ) : null}
        </div>
      ) : null}
    </>
  );
}

interface WattsProps {
  readonly label: string;
  readonly watts: number;
  readonly least: number;
  readonly onSet: (watts: number) => void;
}

function Watts({ label, watts, least, onSet }: WattsProps) {
  return (
    <Field
      label={label}
      type="number"
      step="any"
      min={least}
      max={100_000}
      required
      value={watts}
      onInput={(e) => Number.isFinite(e.currentTarget.valueAsNumber) && onSet(e.currentTarget.valueAsNumber)}
    />
  );
}

const keyOf = (said: MeterDeclaration | undefined): string =>
  said?.kind === "meter" ? (said.net ? "net" : said.reversed ? "reversed" : "") : (said?.kind ?? "");

function meantBy(key: string): MeterDeclaration | undefined {
  switch (key) {
    case "reversed":
      return { kind: "meter", reversed: true };
    case "net":
      return { kind: "meter", reversed: false, net: true };
    case "onOff":
      return { kind: "onOff", watts: 10, standbyW: 0 };
    case "constant":
      return { kind: "constant", watts: 10 };
    case "elsewhere":
      return { kind: "elsewhere" };
    default:
      return undefined;
  }
}

// What is said already stays in the list, whatever the device tells now: saving must not lose it.
function optionsFor(metered: boolean, single: boolean, switched: boolean, said: MeterDeclaration | undefined) {
  return [
    { value: "", label: metered ? "by its own meter" : "not at all" },
    { value: "reversed", label: "by its meter, which counts the other way round", if: metered },
    { value: "net", label: "by its one counter, which runs back while energy is given", if: single },
    { value: "onOff", label: "estimated: what it takes while on", if: switched },
    { value: "constant", label: "estimated: always the same", if: true },
    { value: "elsewhere", label: "by another device that it hangs on", if: true },
  ].filter((o) => o.if !== false || o.value === keyOf(said));
}
