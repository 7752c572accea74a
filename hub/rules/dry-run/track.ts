/** What a condition came to over a past, worked out without words: so that the rule itself is asked only where it may change. */

export const NO = 0;
export const YES = 1;
export const UNKNOWN = 2;
/** It has to be asked: this depends on what the rule itself did. */
export const MAYBE = 3;

/** Says `says[i]` from `ats[i]` (epoch ms, rising) on; the first stands from the beginning. */
export interface Track {
  readonly ats: readonly number[];
  readonly says: readonly number[];
  /** Moments at which the condition must be asked whatever else is so: it counts time from there. */
  readonly musts: readonly number[];
}

export const flat = (from: number, says: number): Track => ({ ats: [from], says: [says], musts: [] });

/** Builds a track; what says the same again is left out, but not what has to be asked. */
export class TrackBuilder {
  readonly #ats: number[] = [];
  readonly #says: number[] = [];

  add(at: number, says: number): void {
    const last = this.#ats.length - 1;
    if (last >= 0 && this.#says[last] === says && says !== MAYBE) return;
    if (last >= 0 && (this.#ats[last] ?? 0) >= at) {
      this.#says[last] = says;
      return;
    }
    this.#ats.push(at);
    this.#says.push(says);
  }

  done(musts: readonly number[] = []): Track {
    return { ats: this.#ats, says: this.#says, musts };
  }
}

/** Kleene's logic with one more: a part that has to be asked leaves the whole to be asked, unless another decides it. */
function decided(values: readonly number[], decides: number): number {
  let found: number = decides === NO ? YES : NO;
  for (const value of values) {
    if (value === decides) return decides;
    if (value === MAYBE || (value === UNKNOWN && found !== MAYBE)) found = value;
  }
  return found;
}

/** All parts, or any of them. */
export function joined(parts: readonly Track[], all: boolean, from: number): Track {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const built = new TrackBuilder();
  const places = parts.map(() => 0);
  const values = parts.map((p) => p.says[0] ?? UNKNOWN);
  built.add(from, decided(values, all ? NO : YES));
  for (;;) {
    let next = Number.POSITIVE_INFINITY;
    for (let k = 0; k < parts.length; k++) next = Math.min(next, parts[k]?.ats[(places[k] ?? 0) + 1] ?? next);
    if (next === Number.POSITIVE_INFINITY) break;
    for (let k = 0; k < parts.length; k++) {
      const place = (places[k] ?? 0) + 1;
      if (parts[k]?.ats[place] !== next) continue;
      places[k] = place;
      values[k] = parts[k]?.says[place] ?? UNKNOWN;
    }
    built.add(next, decided(values, all ? NO : YES));
  }
  return built.done(parts.flatMap((p) => p.musts));
}

/** The opposite. */
export const turned = (track: Track): Track => ({
  ...track,
  says: track.says.map((s) => (s === YES ? NO : s === NO ? YES : s)),
});

/** Only once it has been so for so long (ms) without a break. */
export function lastingFor(track: Track, ms: number, to: number): Track {
  const built = new TrackBuilder();
  const musts: number[] = [...track.musts];
  for (const [i, at] of track.ats.entries()) {
    const says = track.says[i] ?? UNKNOWN;
    musts.push(at);
    if (says === MAYBE) built.add(at, MAYBE);
    else if (says !== YES) built.add(at, says);
    else {
      const end = track.ats[i + 1] ?? to;
      built.add(at, NO);
      if (at + ms < end) {
        built.add(at + ms, YES);
        musts.push(at + ms);
      }
    }
  }
  return built.done(musts);
}

/** The moments at which the whole may be another than before. */
export function changesOf({ ats, says, musts }: Track): number[] {
  const found: number[] = [...musts];
  for (let i = 1; i < ats.length; i++) if (says[i] !== says[i - 1] || says[i] === MAYBE) found.push(ats[i] ?? 0);
  return found;
}
