import { describe, expect, test } from "vitest";
import { firmwares, tables } from "../../adapters/kit/firmware/index.ts";
import { dialects } from "../../adapters/mqtt/dialects/index.ts";
import { reachGold } from "./gold.ts";

describe("the hub's own dialects", () => {
  test("can all be checked: the kit has devices that speak each of them", () => {
    expect(firmwares.map((f) => f.dialect).sort()).toEqual(dialects.map((d) => d.name).sort());
  });

  reachGold(firmwares.filter((f) => !tables.includes(f)));
});
