/** A named kind of endpoint, under Matter's name, with the words people use for it. */
export interface DeviceType {
  readonly name: string;
  /** The device type's name in the Matter device library. */
  readonly matter: string;
  readonly label: string;
  /** A picture's name in the dashboard. */
  readonly icon: string;
  /** English words for the kind, singular; a sentence's "the lights" finds them. */
  readonly words: readonly string[];
}

export const deviceType = <const D extends DeviceType>(d: D): D => d;
