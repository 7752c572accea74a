/** What the machine and its network give the hub. Implemented by shells; nothing here does anything. */
export interface Diagnosis {
  readonly name: string;
  readonly state: "ok" | "warn" | "bad";
  readonly detail: string;
  readonly fix?: string;
}

/** Looks at the machine and the network now; takes up to three seconds. */
export type Doctor = () => Promise<readonly Diagnosis[]>;
