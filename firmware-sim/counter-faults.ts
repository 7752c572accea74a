/** What goes wrong with energy counters: the shapes that people otherwise repair by hand. */
import { isObject, type Message } from "./devices/device.ts";

/**
 * zero: single messages tell 0. reset: it begins again at zero. jump: 250 kWh more from one message on. unit: Wh for kWh from one
 * message on. rollover: a register of 99999.9 kWh runs over. yesterday: a stand of earlier comes once more, again and again.
 */
export const counterKinds = [
  "counter-zero",
  "counter-reset",
  "counter-jump",
  "counter-unit",
  "counter-rollover",
  "counter-yesterday",
] as const;

export type CounterKind = (typeof counterKinds)[number];

/** Messages of a device before what changes for good does so. */
const GOOD_BEFORE = 8;
const JUMP_KWH = 250;
const REGISTER_KWH = 99_999.9;
/** How far from its end the register begins. */
const LEFT_KWH = 0.05;

/** One device's counters with one fault: it remembers where they stood. */
export class CounterFault {
  readonly #kind: CounterKind;
  readonly #first = new Map<string, number>();
  readonly #before = new Map<string, number>();
  #messages = 0;

  constructor(kind: CounterKind) {
    this.#kind = kind;
  }

  /** The message with its counters as the fault has them; `touched`: one of those that a passing fault touches. */
  spoil<Sent extends Pick<Message, "payload">>(message: Sent, touched: boolean): Sent {
    let body: unknown;
    try {
      body = JSON.parse(message.payload);
    } catch {
      return message;
    }
    if (!this.#walk(body, "", touched)) return message;
    this.#messages += 1;
    return { ...message, payload: JSON.stringify(body) };
  }

  #walk(body: unknown, path: string, touched: boolean): boolean {
    if (!isObject(body)) return false;
    let found = false;
    for (const [key, value] of Object.entries(body)) {
      if (typeof value === "number" && isCounter(key)) {
        // Shelly counts in Wh, the others in kWh.
        const perKwh = path.endsWith("energy") ? 1000 : 1;
        body[key] = this.#spoilt(`${path}.${key}`, value / perKwh, touched) * perKwh;
        found = true;
      } else if (this.#walk(value, `${path}.${key}`, touched)) found = true;
    }
    return found;
  }

  #spoilt(name: string, kwh: number, touched: boolean): number {
    const isLate = this.#messages >= GOOD_BEFORE;
    const first = this.#first.get(name);
    if (first === undefined && (isLate || this.#kind === "counter-rollover")) this.#first.set(name, kwh);
    if (!this.#before.has(name)) this.#before.set(name, kwh);
    const since = kwh - (this.#first.get(name) ?? kwh);
    switch (this.#kind) {
      case "counter-zero":
        return touched && isLate ? 0 : kwh;
      case "counter-yesterday":
        return touched && isLate ? (this.#before.get(name) ?? kwh) : kwh;
      case "counter-reset":
        return isLate ? tidy(since) : kwh;
      case "counter-jump":
        return isLate ? tidy(kwh + JUMP_KWH) : kwh;
      case "counter-unit":
        return isLate ? tidy(kwh * 1000) : kwh;
      case "counter-rollover":
        return tidy((REGISTER_KWH - LEFT_KWH + since) % (REGISTER_KWH + 0.1));
    }
  }
}

const isCounter = (key: string): boolean => key === "energy" || key === "total" || key === "Total";
const tidy = (kwh: number): number => Math.round(kwh * 1e6) / 1e6;
