import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dialects } from "../../../adapters/mqtt/dialects/index.ts";
import { createIngest, type Received } from "../../../adapters/mqtt/ingest.ts";
import { config, dev, plug } from "./fixtures/ha-discovery.ts";
import { Listener, type Message } from "./listener.ts";

/** A meter of many values, each in a topic of its own, as programs announce them: one config after the other. */
const meter = (id: string, values: number): readonly Message[] =>
  Array.from({ length: values }, (_, n) =>
    config("sensor", `${id}_${n}`, {
      ...dev(id),
      ...{ name: `W ${n}`, uniq_id: `${id}_${n}`, stat_t: `${id}/${n}`, dev_cla: "power", unit_of_meas: "W" },
      avty_t: "meters/there",
    }),
  );

/** Hears a broker as the link does: work that can wait is left for the end of a burst. */
class Burst extends Listener {
  readonly told: string[] = [];
  #at = 1_000_000;

  constructor() {
    super(createIngest(dialects, "hub", true));
  }

  override hear(...messages: readonly Message[]): this {
    for (const [topic, body, retained = false] of messages) {
      this.#at += 1;
      this.take(this.ingest.receive(topic, typeof body === "string" ? body : JSON.stringify(body), retained, this.#at));
      while (!this.#isIdle(false));
    }
    return this;
  }

  pause(): this {
    while (!this.#isIdle(true));
    return this;
  }

  #isIdle(calm: boolean): boolean {
    const { done, idle, ...received } = this.ingest.catchUp(1000, this.#at, "", calm);
    this.take(received);
    return done || (idle && !calm);
  }

  override take(received: Received): void {
    super.take(received);
    for (const input of received.inputs) if (input.kind === "nodeFound") this.told.push(input.node.id);
  }
}

const shape = (l: Listener): object => [...l.nodes.values()].sort((a, b) => (a.id < b.id ? -1 : 1));

describe("a burst of announcements", () => {
  test("makes a device once when it begins and once when it is over, whatever the number of its configs", () => {
    const l = new Burst().hear(...meter("m", 60));
    expect(l.told).toEqual(["ha-m"]);
    expect(l.pause().told).toEqual(["ha-m", "ha-m"]);
    expect(shape(l)).toEqual(shape(new Listener().hear(...meter("m", 60))));
  });

  test("is read at once where a message needs it", () => {
    const l = new Burst().hear(...meter("m", 9), ["m/7", "70"]);
    expect(l.told).toEqual(["ha-m", "ha-m"]);
    expect(Object.values(l.values())).toEqual([70]);
  });

  test("in any order, with any pauses, gives the same house and the same values", () => {
    const says: readonly Message[] = [
      ...meter("a", 5),
      ...meter("b", 5),
      ...plug,
      ...[0, 1, 2, 3, 4].flatMap((n): Message[] => [
        [`a/${n}`, `${n}`, true],
        [`b/${n}`, `1${n}`, true],
      ]),
      ["meters/there", "online", true],
    ];
    const once = new Listener().hear(...says);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...says], { minLength: says.length }),
        fc.array(fc.boolean(), { minLength: says.length, maxLength: says.length }),
        (shuffled, pauses) => {
          const l = new Burst();
          for (const [i, message] of shuffled.entries())
            if (pauses[i]) l.hear(message).pause();
            else l.hear(message);
          l.pause();
          expect(l.values()).toEqual(once.values());
          expect(shape(l)).toEqual(shape(once));
          expect([...l.reachable].sort()).toEqual([...once.reachable].sort());
        },
      ),
      { numRuns: 100 },
    );
  });

  test("a word to a whole house of them is heard by all", () => {
    const ids = ["a", "b", "c", "d", "e", "f", "g"];
    const l = new Burst().hear(...ids.flatMap((id) => meter(id, 2)), ["meters/there", "offline", true]).pause();
    expect([...l.reachable]).toEqual(ids.map((id) => [`ha-${id}`, false]));
  });

  test("a device that is taken away in it is gone at once", () => {
    const l = new Burst().hear(...meter("m", 3));
    for (const [topic] of meter("m", 3)) l.hear([topic, "", true]);
    expect([...l.nodes]).toEqual([]);
    expect(l.pause().told).toEqual(["ha-m"]);
  });

  test("a value that came before the config of its topic is read, though the device was known", () => {
    const [first, second] = meter("m", 2);
    const l = new Listener().hear(...(first ? [first] : []), ["m/1", "5", true], ...(second ? [second] : []));
    expect(Object.values(l.values())).toEqual([5]);
  });

  test("what the broker had kept stays of unknown age, however new the config that makes it readable", () => {
    const same = { stat_t: "m", unit_of_meas: "W", dev_cla: "power" };
    const [first, second] = ["a", "b"].map((key) =>
      config("sensor", key, { ...dev("m"), ...same, name: key, uniq_id: key, val_tpl: `{{ value_json.${key} }}` }),
    );
    const [topic = "", body = ""] = second ?? [];
    const l = new Listener().hear(...(first ? [first] : []), ["m", { b: 5 }, true], [topic, body]);
    expect([...l.readings.values()]).toMatchObject([{ value: 5, ageUnknown: true }]);
  });
});
