import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { partsOf } from "../../hub/energy/parts.ts";
import type { Goal } from "../../hub/model/goal/index.ts";
import { parsePath } from "../../hub/model/path.ts";
import type { Wish } from "../../hub/model/plan.ts";
import { createFinds } from "../../hub/planning/finds/desk.ts";
import { minersPast } from "../../hub/planning/finds/past.ts";
import { createLoadLearning } from "../../hub/planning/load-learning.ts";
import type { LanguageModel, Store } from "../../hub/ports.ts";
import { openStore } from "../../hub/storage/open.ts";
import { MONDAY } from "./bench.ts";
import { demoTariff, pathOf } from "./demo-home.ts";
import { livedHome, wastefulHome } from "./miners-homes.ts";

const DAYS = 12;
const NOW = MONDAY + DAYS * 86_400_000;
const log = { info() {}, warn() {}, error() {} };
const folder = mkdtempSync(join(tmpdir(), "inglenook-finds-"));
const home = wastefulHome();
let store: Store;
let now = NOW;

/** The past as devices tell it: switches and sensors only on change. */
beforeAll(() => {
  store = openStore(folder, { log, clock: { now: () => now } });
  const { buckets } = livedHome({ standbyW: 14, lightLeftOn: true, carAt: 1090 }, 1, DAYS);
  for (const [key, list] of buckets) {
    const path = parsePath(key);
    if (!path) continue;
    const isState = path.attribute === "occupancy" || path.attribute === "stateValue";
    const changes = isState ? list.filter((b, i) => i === 0 || b.last !== list[i - 1]?.last) : list;
    store.appendReadings(
      changes.map((b) => ({ path, value: isState ? b.last > 0 : b.mean, at: b.at, source: "test" })),
    );
    store.flush();
  }
  // What each plug does is learned once for all of these tests.
  learned = createLoadLearning({ home: () => home, store, now: () => NOW, yieldNow });
}, 180_000);

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const yieldNow = () => new Promise<void>((resolve) => setImmediate(resolve));
let learned: ReturnType<typeof createLoadLearning>;

const none: LanguageModel = { ready: () => undefined, ask: async () => ({ ok: false, reason: "no model" }) };
const scripted = (text: string): LanguageModel => ({
  ready: () => "scripted",
  ask: async () => ({ ok: true, text, model: "scripted", tokens: 9, ms: 9 }),
});

function desk(languageModel: LanguageModel = none, wishes: readonly Wish[] = []) {
  const jobs: { progress: number[]; state?: string; cancel: () => void }[] = [];
  const offered: (readonly Goal[])[] = [];
  const audit: string[] = [];
  const room = createFinds({
    home: () => home,
    store,
    now: () => now,
    tariff: () => demoTariff,
    languageModel,
    loads: () => learned(),
    wishes: () => wishes,
    offer: (goals, text, by) => {
      offered.push(goals);
      const rest = { at: now, state: "read" as const, progress: "", refused: [], readBy: "" };
      return { ...rest, id: "w", text, by, goals } satisfies Wish;
    },
    audit: ({ what }) => audit.push(what),
    yieldNow,
    job: (_, cancel) => {
      const job: (typeof jobs)[number] = { progress: [], cancel };
      jobs.push(job);
      return {
        progress: (done) => void job.progress.push(done),
        end: (state) => {
          job.state = state;
        },
      };
    },
  });
  return { room, jobs, offered, audit };
}

const wish = (state: Wish["state"], goals: Wish["goals"]): Wish => ({
  ...{ id: "w", text: "less CO2", by: "Ada", at: now, state, progress: "", goals, refused: [], readBy: "grammar" },
});

describe("the desk of finds", () => {
  test("searches the stored past in the background, tells how far it is, and keeps what it found", async () => {
    const { room, jobs, audit } = desk();
    expect(room.view()).toMatchObject({ dismissed: [], searching: false });
    room.search("Ada");
    room.search("Bo");
    expect(room.view().searching).toBe(true);
    await room.idle();
    const { found, searching } = room.view();
    expect(searching).toBe(false);
    expect(found?.rankedBy).toBe("saving");
    expect(found?.finds.map((f) => f.kind).sort()).toEqual(["leftOn", "peakUse", "standby"]);
    expect(jobs).toMatchObject([{ state: "done" }]);
    const { progress = [] } = jobs[0] ?? {};
    expect(progress.length).toBeGreaterThan(5);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(audit).toEqual(["finds-searched"]);
    expect(desk().room.view().found).toEqual(found);
  }, 90_000);

  test("looks by itself once a day, and not again before", async () => {
    const { room, jobs } = desk();
    room.due();
    await room.idle();
    expect(jobs).toHaveLength(0);
    now = NOW + 86_400_001;
    room.due();
    await room.idle();
    room.due();
    expect(jobs).toHaveLength(1);
    now = NOW;
  }, 90_000);

  test("can be cancelled, and what was found before stays", async () => {
    const { room, jobs } = desk();
    const before = room.view().found;
    room.search("Ada");
    await Promise.resolve();
    jobs[0]?.cancel();
    await room.idle();
    expect(jobs).toMatchObject([{ state: "cancelled" }]);
    expect(room.view()).toMatchObject({ searching: false, found: before });
    expect(room.view().failed).toBeUndefined();
  }, 90_000);

  test("what is not interesting stays so over searches and restarts, until it is put back", async () => {
    const { room } = desk();
    const id = room.view().found?.finds[0]?.id ?? "";
    expect([room.dismiss("nothing", true, "Ada"), room.dismiss(id, true, "Ada")]).toEqual([false, true]);
    const again = desk().room;
    again.search("hub");
    await again.idle();
    expect(again.view().dismissed).toEqual([id]);
    again.dismiss(id, false, "Ada");
    expect(desk().room.view().dismissed).toEqual([]);
  }, 90_000);

  test("what a person refused a plan for stands last, and says why, until that is taken back", () => {
    const { room } = desk();
    const kinds = () => room.view().found?.finds.map((f) => [f.kind, f.aside !== undefined]);
    const before = kinds();
    const first = room.view().found?.finds.find((f) => f.offer.kind === "goals" && f.node !== undefined);
    if (!first?.node || before?.at(-1)?.[0] === first.kind) throw new RangeError("no find to refuse");
    const what = { kind: "notThisMeasure", node: first.node, measure: "standbyCutoff" } as const;
    const kept = { id: "p", at: now, by: "Ada", source: "refused", what } as const;
    store.put("preference", "p", kept);
    expect(kinds()?.at(-1)).toEqual([first.kind, true]);
    expect(kinds()?.filter(([, aside]) => aside)).toHaveLength(1);
    store.put("preference", "p", { ...kept, takenBackAt: now });
    expect(kinds()).toEqual(before);
    store.remove("preference", "p");
  });

  test("a find's goals become a wish that waits for the person; advice does not", async () => {
    const { room, offered } = desk();
    const standby = room.view().found?.finds.find((f) => f.kind === "standby");
    expect(room.wish(standby?.id ?? "", "Ada")).toMatchObject({ ok: true, wish: { text: standby?.title } });
    expect(offered).toEqual([[{ kind: "reduceStandby", node: standby?.node }]]);
    expect(room.wish("nothing", "Ada")).toMatchObject({ ok: false });
  });

  test("what serves a confirmed wish comes first, from the moment that it is said; a wish that waits counts for nothing", () => {
    const kinds = (wishes: readonly Wish[]) =>
      desk(none, wishes)
        .room.view()
        .found?.finds.map((f) => f.kind);
    const co2 = [{ kind: "minimise", what: "co2" }] as const;
    expect(kinds([])?.[0]).toBe("peakUse");
    expect(desk(none).room.view().found?.rankedBy).toBe("saving");
    expect(kinds([wish("done", co2)])?.at(-1)).toBe("peakUse");
    expect(desk(none, [wish("done", co2)]).room.view().found?.rankedBy).toBe("goals");
    expect(kinds([wish("read", co2)])).toEqual(kinds([]));
    expect(kinds([wish("done", [{ kind: "offWhenEmpty", what: "lights" }])])?.[0]).toBe("leftOn");
  });

  test("a model words finds and never puts them in order; one that answers nonsense changes nothing", async () => {
    const good = desk(scripted('{"order":["f2","f1","f3"],"words":[{"id":"f2","why":"It is easy to do."}]}')).room;
    const before = good.view().found?.finds.map((f) => f.id) ?? [];
    good.search("Ada");
    await good.idle();
    expect(good.view().found?.rankedBy).toBe("saving");
    expect(good.view().found?.finds.map((f) => f.id)).toEqual(before);
    expect(good.view().found?.words).toEqual([{ find: before[1], words: "It is easy to do." }]);
    // With a wish it is asked about the list as people see it, and its words stand by the find that they are about.
    const wished = desk(scripted('{"words":[{"id":"f1","why":"It is easy to do."}]}'), [
      wish("done", [{ kind: "offWhenEmpty", what: "lights" }]),
    ]).room;
    wished.search("Ada");
    await wished.idle();
    const { finds = [], words = [] } = wished.view().found ?? {};
    expect(finds[0]?.kind).toBe("leftOn");
    expect(words).toEqual([{ find: finds[0]?.id, words: "It is easy to do." }]);
    const bad = desk(scripted("I switched everything off")).room;
    bad.search("Ada");
    await bad.idle();
    expect(bad.view().found).toMatchObject({ rankedBy: "saving", notes: ["the answer is no JSON"] });
    expect(bad.view().found?.finds.map((f) => f.id)).toEqual(before);
  }, 180_000);

  test("a sensor that saw somebody for a moment within a quarter hour saw somebody in it", async () => {
    const key = pathOf("Office motion", "occupancySensing.occupancy");
    const path = parsePath(key);
    if (!path) throw new Error(key);
    const at = NOW + 3_600_000;
    const say = (value: boolean, when: number) => ({ path, value, at: when, source: "test" });
    store.appendReadings([say(false, NOW), say(true, at + 60_000), say(false, at + 120_000)]);
    store.flush();
    const asking = { store, yieldNow: async () => {}, step: () => {} };
    const h = await minersPast(asking, home, partsOf(home), NOW + 7_200_000);
    const seen = Array.from(h.series.get(key) ?? []).slice(-8);
    expect(seen).toEqual([0, 0, 0, 0, 1, 0, 0, 0]);
  }, 90_000);
});
