import { describe, expect, test } from "vitest";
import { chanceOf } from "../../../adapters/kit/chance.ts";
import { dialectsWith } from "../../../adapters/mqtt/dialects/index.ts";
import { charger, pump } from "./fixtures/generic.ts";
import { homesOf, realOnes } from "./malformed/homes.ts";
import { House } from "./malformed/house.ts";
import { breakOne, shuffled } from "./malformed/mutations.ts";

const SEED = Number(process.env.MALFORMED_SEED ?? 1);
/** The stated bar: MALFORMED_COUNT=10000. */
const ENOUGH = Number(process.env.MALFORMED_COUNT ?? 5_000);
/** Broken messages between two whole ones, so that they meet devices in every state of being known. */
const BETWEEN = 4;
/** A home is heard again with other breaks until there were enough, each time by a new house. */
const A_HOME = 400;

if (!realOnes) console.warn("SKIPPED: no real messages are at hand, so that only our own recordings are broken");

const all = dialectsWith(() => [pump, charger]);
const names = new Set(all.map((d) => d.name));
const hash = (text: string): number => [...text].reduce((sum, c) => Math.imul(sum, 31) + c.charCodeAt(0), SEED);

describe.each(all.map((d) => [d.name, d] as const))("%s", (name, dialect) => {
  test(`bears ${ENOUGH} broken messages: nothing thrown, nothing said that can't be`, () => {
    const homes = homesOf(dialect, names);
    expect(homes.length, "there are messages to be broken").toBeGreaterThan(0);
    const each = Math.min(A_HOME, Math.ceil(ENOUGH / homes.length));
    const faults: string[] = [];
    let given = 0;
    for (let round = 0; given < ENOUGH; round += 1) {
      const home = homes[round % homes.length] ?? [];
      const chance = chanceOf(hash(name) + round);
      const house = new House(dialect, all);
      const order = round % 3 === 2 ? shuffled(home, chance) : home;
      const whole = [...order, ...order];
      const step = Math.max(BETWEEN, Math.ceil(each / whole.length));
      let here = 0;
      for (let at = 0; here < each; at += 1) {
        const message = whole[at % whole.length];
        if (message) house.hear({ ...message, how: "whole", cut: false });
        for (let i = 0; i < step && here < each; i += 1, here += 1) house.hear(breakOne(home, chance));
      }
      house.ask(chance);
      faults.push(...house.faults());
      given += here;
    }
    expect([...new Set(faults)].slice(0, 20)).toEqual([]);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    expect(given).toBeGreaterThanOrEqual(ENOUGH);
  });
});
