import type { Endpoint } from "@matter/main";

/** What the parent sets and what it is told, in human units. */
export type Values = Readonly<Record<string, unknown>>;

/** The application endpoint of one simulated Matter product. */
export interface ProductEndpoint {
  readonly endpoint: Endpoint;
  /** The whole state that is changed over Matter, as of now. */
  state(): Values;
  /** Takes what the world measured or did; unknown names and values of the wrong type are ignored. */
  set(values: Values): Promise<void>;
  /** Calls back on each change that came over Matter or by the device itself. */
  onState(listener: (state: Values) => void): void;
}

/** The number under that name, or undefined for anything else. */
export const numberIn = (values: Values, name: string): number | undefined => {
  const value = values[name];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
};

/** A scaled integer of Matter, e.g. `scaled(20.5, 100)` for 0.01 degC. */
export const scaled = (value: number, factor: number): number => Math.round(value * factor);
