import { useEffect, useRef, useState } from "preact/hooks";
import type { Known, Value } from "../../hub/http/schemas.ts";
import type { Act, Target, Wanted } from "../acting.ts";
import type { Control } from "../words/controls.ts";
import { amount, number } from "../words/format.ts";
import { NumberControl } from "./number-control.tsx";

export interface ControlProps {
  readonly control: Control;
  readonly node: string;
  readonly name: string;
  /** What is known now of an attribute, by key. */
  readonly known: (key: string) => Known;
  readonly wanted: (target: Target) => Wanted | undefined;
  readonly act: Act;
}

/** The control of its kind. Wanted and reported are two facts: while a command waits the wanted value shows, marked as waiting. */
export function QuickControl(props: ControlProps) {
  const { control, node } = props;
  const target = { node, endpoint: control.endpoint, capability: control.capability };
  const wanted = props.wanted(target);
  const known = control.attribute ? props.known(control.attribute.key) : undefined;
  const reported = known && known.status !== "unknown" ? known.value : undefined;
  const shared = { ...props, target, reported, wanted };
  switch (control.kind) {
    case "switch":
      return <Switch {...shared} control={control} />;
    case "level":
      return <Level {...shared} control={control} />;
    case "setpoint":
      return <Setpoint {...shared} control={control} />;
    case "number":
      return <NumberControl {...shared} attribute={control.attribute} />;
    case "buttons":
      return <Buttons {...shared} control={control} />;
  }
}

type Kind<K extends Control["kind"]> = Extract<Control, { kind: K }>;
interface Shared {
  readonly name: string;
  readonly target: Target;
  readonly reported: Value | undefined;
  readonly wanted: Wanted | undefined;
  readonly act: Act;
}

const words = { onOff: ["turn off", "turn on"], energyEvse: ["stop charging", "allow charging"] } as const;

function Switch({ control, name, target, reported, wanted, act }: Shared & { readonly control: Kind<"switch"> }) {
  const waiting = wanted?.state === "waiting";
  const [off, on] = control.capability === "energyEvse" ? words.energyEvse : words.onOff;
  const flip = (to: boolean) => void act(target, to ? control.on : control.off, {}, `${name}: ${to ? on : off}`);
  // A switch has no third position: while the state is unknown, both ways are offered instead.
  if (reported === undefined && !waiting)
    return (
      <fieldset class="pair">
        <legend class="heard">{name}, state unknown</legend>
        <button type="button" class="small" onClick={() => flip(true)}>
          On
        </button>
        <button type="button" class="small" onClick={() => flip(false)}>
          Off
        </button>
      </fieldset>
    );
  const checked = waiting ? wanted.command === control.on : reported === control.onValue;
  const label = control.capability === "energyEvse" ? `${name}: charging allowed` : name;
  return (
    <button
      type="button"
      role="switch"
      class={`switch ${waiting ? "waiting" : ""}`}
      aria-checked={checked}
      aria-busy={waiting}
      aria-label={label}
      onClick={() => flip(!checked)}
    >
      <span class="knob" />
    </button>
  );
}

function Level({ control, name, target, reported, wanted, act }: Shared & { readonly control: Kind<"level"> }) {
  const [held, setHeld] = useState<number | undefined>(undefined);
  const waiting = wanted?.state === "waiting";
  const asked = waiting ? Number(wanted.args[control.arg]) : undefined;
  const shown = held ?? asked ?? (typeof reported === "number" ? reported : 0);
  const known = typeof reported === "number" || waiting;
  return (
    <div class={`level ${waiting ? "waiting" : known ? "" : "unknown"}`}>
      <input
        type="range"
        min={control.attribute.min ?? 0}
        max={control.attribute.max ?? 100}
        step={1}
        value={shown}
        aria-label={`${name}: ${control.label.toLowerCase()}`}
        aria-valuetext={known ? `${number(shown, 0)} %` : "unknown"}
        onInput={(e) => setHeld(Number(e.currentTarget.value))}
        onChange={(e) => {
          const level = Number(e.currentTarget.value);
          setHeld(undefined);
          void act(target, control.command, { [control.arg]: level }, `${name}: ${number(level, 0)} %`);
        }}
      />
      <span class="level-value">{known || held !== undefined ? `${number(shown, 0)} %` : "?"}</span>
    </div>
  );
}

// Several taps become one command: a thermostat is not to be sent every half degree on the way.
const SETPOINT_WAIT_MS = 700;

function Setpoint({ control, name, target, reported, wanted, act }: Shared & { readonly control: Kind<"setpoint"> }) {
  const { attribute } = control;
  const [held, setHeld] = useState<number | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const waiting = wanted?.state === "waiting" && wanted.args[attribute.attribute] !== undefined;
  const asked = waiting ? Number(wanted.args[attribute.attribute]) : undefined;
  const shown = held ?? asked ?? (typeof reported === "number" ? reported : undefined);
  const step = attribute.step ?? 0.5;
  const move = (by: number) => {
    const next = Math.min(attribute.max ?? 30, Math.max(attribute.min ?? 5, (shown ?? 20) + by));
    setHeld(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setHeld(undefined);
      void act(
        target,
        "set",
        { [attribute.attribute]: next },
        `${name}: ${attribute.label.toLowerCase()} ${number(next)} °C`,
      );
    }, SETPOINT_WAIT_MS);
  };
  return (
    <fieldset class={`setpoint ${waiting || held !== undefined ? "waiting" : ""}`}>
      <legend class="heard">
        {name}: {attribute.label}
      </legend>
      <button
        type="button"
        class="round"
        aria-label={`${name}: cooler`}
        disabled={shown === undefined}
        onClick={() => move(-step)}
      >
        −
      </button>
      <span class="setpoint-value">
        <span class="quiet">{attribute.label} </span>
        {shown === undefined ? "unknown" : amount(shown, attribute.unit, attribute.unitText)}
      </span>
      <button
        type="button"
        class="round"
        aria-label={`${name}: warmer`}
        disabled={shown === undefined}
        onClick={() => move(step)}
      >
        +
      </button>
    </fieldset>
  );
}

function Buttons({ control, name, target, reported, wanted, act }: Shared & { readonly control: Kind<"buttons"> }) {
  const waiting = wanted?.state === "waiting" ? wanted.command : "";
  const fit = control.buttons.filter(([, , when]) => when === undefined || when.includes(String(reported)));
  if (fit.length === 0) return null;
  return (
    <div class="cover">
      {fit.map(([command, label]) => (
        <button
          key={command}
          type="button"
          class={`small ${waiting === command ? "waiting" : ""}`}
          aria-label={`${name}: ${label.toLowerCase()}`}
          onClick={() => void act(target, command, {}, `${name}: ${label.toLowerCase()}`)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
