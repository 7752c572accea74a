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

/** The name of a kind that nobody knows, from its number in the Matter device library or the maker's own. */
export const unknownDeviceType = (id: number): string => `unknown0x${id.toString(16).padStart(4, "0")}`;

/** `unknown0x1234` as people read it; undefined for a name of another form. */
export function unknownKindWords(name: string): string | undefined {
  const id = /^unknown(0x[0-9a-f]{4,8})$/.exec(name)?.[1];
  return id && `Unknown kind ${id}`;
}
