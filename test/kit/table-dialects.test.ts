import { describe } from "vitest";
import { tables } from "../../adapters/kit/firmware/index.ts";
import { reachGold } from "./gold.ts";

describe("the hub's own dialects out of tables", () => reachGold(tables));
