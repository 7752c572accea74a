import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matches, misfitOfFilter, TopicTree } from "../../hub/broker/topics.ts";

const level = fc.constantFrom("a", "b", "", "$SYS", "+");
const topic = fc.array(fc.constantFrom("a", "b", "", "$SYS"), { minLength: 1, maxLength: 4 }).map((l) => l.join("/"));
const filter = fc
  .tuple(fc.array(level, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([levels, open]) => (open ? [...levels, "#"] : levels).join("/"));

describe("topic filters", () => {
  test("match as MQTT 3.1.1 says in section 4.7", () => {
    for (const [f, t, fits] of [
      ["sport/tennis/player1/#", "sport/tennis/player1", true],
      ["sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true],
      ["sport/#", "sport", true],
      ["sport/tennis/+", "sport/tennis/player1/ranking", false],
      ["sport/+", "sport", false],
      ["sport/+", "sport/", true],
      ["+/+", "/finance", true],
      ["/+", "/finance", true],
      ["+", "/finance", false],
      ["#", "$SYS/x", false],
      ["+/monitor/Clients", "$SYS/monitor/Clients", false],
      ["$SYS/#", "$SYS/x", true],
    ] as const)
      expect([f, t, matches(f, t)]).toEqual([f, t, fits]);
    for (const bad of ["", "a/#/b", "a#", "a/b#", "+a", "a/+b"]) expect(misfitOfFilter(bad)).toBeDefined();
    for (const good of ["#", "+", "/", "a//b", "+/+/#"]) expect(misfitOfFilter(good)).toBeUndefined();
  });

  test("are found by the tree exactly where each one matches, after any subscribing and unsubscribing", () => {
    const step = fc.tuple(filter, fc.constantFrom("c1", "c2", "c3"), fc.boolean());
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.array(topic, { maxLength: 10 }), (steps, topics) => {
        const tree = new TopicTree<string>();
        const held = new Map<string, [filter: string, owner: string]>();
        for (const [f, owner, add] of steps) {
          if (add) {
            tree.set(f, owner, f);
            held.set(`${owner} ${f}`, [f, owner]);
          } else {
            tree.delete(f, owner);
            held.delete(`${owner} ${f}`);
          }
        }
        expect(tree.size).toBe(held.size);
        for (const t of topics) {
          const got: string[] = [];
          tree.match(t, (owner, f) => got.push(`${owner} ${f}`));
          const wanted = [...held].filter(([, [f]]) => matches(f, t)).map(([key]) => key);
          expect(got.sort()).toEqual(wanted.sort());
        }
      }),
      { numRuns: 500 },
    );
  });
});
