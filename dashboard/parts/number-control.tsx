import { useEffect, useRef, useState } from "preact/hooks";
import type { AttributeView, Value } from "../../hub/http/schemas.ts";
import type { Act, Target, Wanted } from "../acting.ts";
import { amount } from "../words/format.ts";

interface Props {
  readonly attribute: AttributeView;
  readonly name: string;
  readonly target: Target;
  readonly reported: Value | undefined;
  readonly wanted: Wanted | undefined;
  readonly act: Act;
}

/** Several presses become one command. */
const WAIT_MS = 700;
/** More steps than a thumb can tell apart on a slider. */
const MOST_STEPS = 200;

/** A number of the house: one step down or up by a press, and, where its steps are not too many, a slider over its range. */
export function NumberControl({ attribute, name, target, reported, wanted, act }: Props) {
  const { min = 0, max = 100, step = 1 } = attribute;
  const [held, setHeld] = useState<number | undefined>(undefined);
  // Presses may come faster than the page is drawn.
  const pressed = useRef<number | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const waiting = wanted?.state === "waiting";
  // That it was done is told a moment before the device's own word of it comes.
  const isDone = wanted?.state === "confirmed";
  const asked = waiting || isDone ? Number(wanted.args[attribute.attribute]) : undefined;
  const shown = held ?? asked ?? (typeof reported === "number" ? reported : undefined);
  const words = (value: number) => amount(value, attribute.unit, attribute.unitText);
  const set = (value: number) => {
    pressed.current = undefined;
    setHeld(undefined);
    void act(target, "set", { [attribute.attribute]: value }, `${name}: ${words(value)}`);
  };
  const move = (by: number) => {
    const next = exact(Math.min(max, Math.max(min, (pressed.current ?? shown ?? min) + by)));
    pressed.current = next;
    setHeld(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => set(next), WAIT_MS);
  };
  const press = (by: number, word: string, sign: string) => (
    <button type="button" class="round" aria-label={`${name}: ${word}`} onClick={() => move(by)}>
      {sign}
    </button>
  );
  return (
    <fieldset class={`setpoint number-control ${waiting || held !== undefined ? "waiting" : ""}`}>
      <legend class="heard">{name}</legend>
      {press(-step, "less", "−")}
      {(max - min) / step <= MOST_STEPS ? (
        <input
          type="range"
          {...{ min, max, step }}
          value={shown ?? min}
          aria-label={name}
          aria-valuetext={shown === undefined ? "unknown" : words(shown)}
          onInput={(e) => {
            clearTimeout(timer.current);
            pressed.current = undefined;
            setHeld(Number(e.currentTarget.value));
          }}
          onChange={(e) => set(Number(e.currentTarget.value))}
        />
      ) : null}
      <span class="setpoint-value">{shown === undefined ? "unknown" : words(shown)}</span>
      {press(step, "more", "+")}
    </fieldset>
  );
}

/** A tenth and a fifth of it are no 0.30000000000000004. */
const exact = (value: number): number => Number(value.toPrecision(12));
