import { localTime } from "../energy/clock.ts";
import { type History, hoursOf, type Stretch, timeOf, valueAt } from "./history.ts";
import { yieldAt } from "./room-yield.ts";
import type { Store } from "./store.ts";

/** What a room's model knows, K and hours. */
interface RoomKnown {
  readonly inside: Float64Array;
  readonly outside: Float64Array;
  readonly walls: Float64Array;
  /** Share of the difference lost outdoors an hour, and taken from the walls. */
  readonly loss: number;
  readonly share: number;
  readonly wallHours: number;
  /** K an hour per kW at 7 degC outside. */
  readonly gain: number;
  readonly idleW: number;
  readonly mostW: number;
  /** K an hour without heating in a room at 0 degC. */
  readonly free: (i: number) => number;
  /** The least that people may have, degC by minute of the day. */
  readonly floor: ((minutes: number) => number) | undefined;
}

/** Nobody stores warmth above this, degC. */
const TOO_WARM_C = 28;
/** Where nothing was measured. */
const USUAL_C = 20;

/** The room and its walls, never colder than people may have it. */
export function roomStore(h: History, over: Stretch, room: RoomKnown): Store {
  const hours = hoursOf(h);
  const begin = valueAt(room.inside, Math.max(0, over.from - 1));
  const wall = valueAt(room.walls, Math.max(0, over.from - 1));
  const of = (make: (i: number) => number) =>
    Float64Array.from({ length: over.to - over.from }, (_, t) => make(over.from + t));
  const minutes = (i: number) => localTime(timeOf(h, i), h.timeZone).minutes;
  const pull = Number.isFinite(wall) ? room.share * hours : 0;
  const { floor } = room;
  return {
    start: Number.isFinite(begin) ? begin : USUAL_C,
    keep: 1 - room.loss * hours - pull,
    gain: of((i) => room.gain * yieldAt(valueAt(room.outside, i) || 7)),
    drift: of((i) => room.free(i) * hours),
    leastKwh: (room.idleW * hours) / 1000,
    mostKwh: of(() => (room.mostW * hours) / 1000),
    low: of((i) => (floor ? floor(minutes(i)) - 0.1 : 0)),
    high: of(() => TOO_WARM_C),
    worthKwh: 1 / room.gain,
    ...(pull > 0
      ? {
          beside: {
            start: wall,
            pull,
            follows: Math.min(1, hours / room.wallHours),
            worthKwh: (room.share * room.wallHours) / room.gain || 0,
          },
        }
      : {}),
  };
}
