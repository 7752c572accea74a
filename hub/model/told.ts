/** What a person may say of a device in place of what the hub has learned: it counts until it is taken back. */

export interface ToldKind {
  /** What it is, for people: "holds". */
  readonly label: string;
  readonly unit: "kWh" | "%" | "l";
  readonly least: number;
  readonly most: number;
}

export const toldKinds = {
  batteryKwh: { label: "The battery holds", unit: "kWh", least: 0.5, most: 200 },
  batteryReturn: { label: "Of what goes in comes back", unit: "%", least: 72, most: 100 },
  carKwh: { label: "A full charge of the car takes", unit: "kWh", least: 2, most: 250 },
  tankLitres: { label: "The tank holds", unit: "l", least: 5, most: 3000 },
} as const satisfies Readonly<Record<string, ToldKind>>;

export type ToldFact = keyof typeof toldKinds;
export type ToldFacts = Readonly<Partial<Record<ToldFact, number>>>;

/** Water: kWh that warm one litre by one kelvin. */
export const KWH_PER_LITRE_K = 4.186 / 3600;
