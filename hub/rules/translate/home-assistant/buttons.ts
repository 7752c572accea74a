import type { Trigger } from "../../../model/rule/trigger.ts";
import { type Desk, meantBy, miss } from "./desk.ts";
import type { Item } from "./item.ts";
import { pressOf } from "./states.ts";
import { targetOf } from "./targets.ts";

/** What a remote says of one of its buttons: it is the button that is meant, and how it was pressed. */
const spoken: readonly (readonly [words: RegExp, press: string])[] = [
  [/^(move|dim|brightness_move|hold|rotate)/, "longPress"],
  [/^stop/, "longReleased"],
  [/^(on|off|toggle|step|recall|press|brightness_(up|down)|arrow_(left|right)|up|down|open|close)/, "singlePress"],
];

export interface Pressed {
  readonly press: string;
  /** Which of its buttons, where the word says so. */
  readonly button?: string | undefined;
}

/** A press by a remote's word for it, such as `single`, `1_double`, `on`, `left_hold`; undefined for what is none. */
export function pressedBy(word: string): Pressed | undefined {
  const plain = pressOf(word);
  if (plain) return { press: plain };
  const [, button, how] =
    /^(.+?)[_-](single|double|triple|hold|long|release|long_press|short_press|click)$/.exec(word) ?? [];
  const press = how === undefined ? undefined : pressOf(how);
  if (press) return { press, button };
  const found = spoken.find(([words]) => words.test(word))?.[1];
  return found ? { press: found, button: word } : undefined;
}

/** A press of a button of a device: a remote with several is asked for button by button. */
export function buttonTriggers(desk: Desk, at: Item, device: string, { press, button }: Pressed): readonly Trigger[] {
  const name = button === undefined ? device : `${device}/${button}`.slice(0, 120);
  const meant = meantBy(desk, name, at);
  if (!meant) return [];
  if (meant.kind === "device" && meant.capabilities.includes("switch"))
    return [{ kind: "event", target: targetOf(meant), of: "switch.event", is: press }];
  miss(desk, at, "The device tells of no presses here.");
  return [];
}
