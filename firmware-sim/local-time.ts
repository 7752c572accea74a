import { Temporal } from "temporal-polyfill";

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** The wall clock of one time zone. A day is counted in whole local days since 1970-01-01. */
export class LocalTime {
  private readonly zone: string;
  private hour = Number.NaN;
  private cached = 0;

  constructor(zone: string) {
    this.zone = zone;
  }

  /** Local minus UTC in ms; offsets change on whole hours only, so one hour's answer is kept. */
  offset(at: number): number {
    const hour = Math.floor(at / hourMs);
    if (hour !== this.hour) {
      const zoned = Temporal.Instant.fromEpochMilliseconds(hour * hourMs).toZonedDateTimeISO(this.zone);
      this.cached = zoned.offsetNanoseconds / 1e6;
      this.hour = hour;
    }
    return this.cached;
  }

  day(at: number): number {
    return Math.floor((at + this.offset(at)) / dayMs);
  }

  /** Hours since local midnight, 0 to 24. */
  hourOfDay(at: number): number {
    const local = at + this.offset(at);
    return (local - Math.floor(local / dayMs) * dayMs) / hourMs;
  }

  /** The moment when the wall shows `hours` on that day. */
  at(day: number, hours: number): number {
    const wall = day * dayMs + Math.round(hours * hourMs);
    return wall - this.offset(wall - this.offset(wall));
  }

  /** 0 = Sunday. */
  static weekday(day: number): number {
    return (((day + 4) % 7) + 7) % 7;
  }

  /** `2026-01-31T12:34:56`, wall clock without a zone. */
  iso(at: number): string {
    return new Date(at + this.offset(at)).toISOString().slice(0, 19);
  }
}
