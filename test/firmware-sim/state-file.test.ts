import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { demoHome } from "../../firmware-sim/homes/demo.ts";
import { loadState, saveState } from "../../firmware-sim/state-file.ts";
import { World } from "../../firmware-sim/world.ts";

const folder = mkdtempSync(join(tmpdir(), "sim-state-"));
afterAll(() => rmSync(folder, { recursive: true }));
const { params } = demoHome;

describe("a world that was left", () => {
  test("goes on as if nothing had happened", () => {
    const file = join(folder, "world.json");
    const start = Date.parse("2026-11-01T00:00:00Z");
    const world = new World(9, params, start);
    world.forwardTo(start + 10 * 3_600_000);
    saveState(file, { home: "demo", seed: 9, state: world.state });
    const again = new World(9, params, loadState(file, "demo", 9, params) ?? 0);
    for (const one of [world, again]) one.forwardTo(start + 40 * 3_600_000);
    expect(again.state).toEqual(world.state);
  });

  test("is absent before its first save", () => {
    expect(loadState(join(folder, "none.json"), "demo", 9, params)).toBeUndefined();
  });

  test("is refused with the fix when it is damaged or another home's", () => {
    const file = join(folder, "bad.json");
    const load = () => loadState(file, "demo", 9, params);
    writeFileSync(file, "{");
    expect(load).toThrow(/not JSON; remove it/);
    const world = new World(9, params, 0);
    saveState(file, { home: "demo", seed: 4, state: world.state });
    expect(load).toThrow(/seed 4; remove it/);
    const { tank: _gone, ...rest } = world.state;
    writeFileSync(file, JSON.stringify({ version: 1, home: "demo", seed: 9, state: rest }));
    expect(load).toThrow(/damaged at state.tank; remove it/);
  });
});
