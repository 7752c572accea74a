import { describe, test } from "vitest";
import { killRounds } from "./kill-rounds.ts";

describe("a broker that is killed while messages are acknowledged", () => {
  test("has every retained message, waiting message and session that it acknowledged", () => killRounds(3), 60_000);
});
