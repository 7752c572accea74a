/** Decides when a device reports, as attribute reporting does: at once for states, by threshold and time for measurements. */

export interface Threshold {
  /** A change worth a report once `min` has passed. */
  readonly small: number;
  /** A change worth a report at once. */
  readonly big: number;
}

export class Reporter {
  private readonly limits: readonly Threshold[];
  private readonly min: number;
  private readonly max: number;
  private lastAt = Number.NEGATIVE_INFINITY;
  private lastState = "";
  private readonly last: number[] = [];

  /** `min` and `max` in seconds. */
  constructor(interval: { readonly min: number; readonly max: number }, limits: readonly Threshold[]) {
    this.min = interval.min * 1000;
    this.max = interval.max * 1000;
    this.limits = limits;
  }

  /** True when a report is due at `at` (epoch ms); it then counts as sent. */
  due(at: number, state: string, measured: readonly number[]): boolean {
    if (!this.wants(at, state, measured)) return false;
    this.sent(at, state, measured);
    return true;
  }

  /** Notes a report that was sent for another reason, such as the echo of a command. */
  sent(at: number, state: string, measured: readonly number[]): void {
    this.lastAt = at;
    this.lastState = state;
    for (let i = 0; i < measured.length; i++) this.last[i] = measured[i] ?? 0;
  }

  private wants(at: number, state: string, measured: readonly number[]): boolean {
    if (state !== this.lastState) return true;
    const elapsed = at - this.lastAt;
    if (elapsed >= this.max) return true;
    for (let i = 0; i < this.limits.length; i++) {
      const limit = this.limits[i];
      if (!limit) continue;
      const moved = Math.abs((measured[i] ?? 0) - (this.last[i] ?? Number.POSITIVE_INFINITY));
      if (moved >= limit.big || (elapsed >= this.min && moved >= limit.small)) return true;
    }
    return false;
  }
}
