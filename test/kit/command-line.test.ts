import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Place, place } from "../cli/support.ts";

let here: Place;
beforeAll(() => {
  here = place();
});
afterAll(() => here.remove());

const dialect = (): string => here.path("inglenook-acme-two", "dialect.js");

describe("a maker at the command line", () => {
  test("writes an adapter, proves it and gets a report to publish", async () => {
    const made = await here.run(["kit", "new", "acme-two"]);
    expect(made).toMatchObject({ code: 0, out: expect.stringContaining("npm test") });
    const args = ["--fuzz", "100", "--grade", "gold", "--json", "r.json", "--html", "r.html"];
    const checked = await here.run(["kit", "check", "inglenook-acme-two", ...args]);
    expect(checked).toMatchObject({ code: 0, out: expect.stringContaining("acme-two: gold;") });
    const report = JSON.parse(readFileSync(here.path("r.json"), "utf8"));
    expect(report).toMatchObject({
      report: 1,
      adapter: "inglenook-acme-two",
      version: "0.1.0",
      check: { complete: true },
    });
    expect(readFileSync(here.path("r.html"), "utf8")).toContain("Grade: gold");
  }, 120_000);

  test("is told by the exit code when the grade is not reached, and by one rule what is wrong", async () => {
    const good = readFileSync(dialect(), "utf8");
    writeFileSync(
      dialect(),
      good.replace(
        '"produced_energy", maker: { kind: "number", unit: "Wh" }',
        '"produced_energy", maker: { kind: "number", unit: "kWh" }',
      ),
    );
    const checked = await here.run(["kit", "check", "inglenook-acme-two", "--fuzz", "20", "--no-broker"]);
    writeFileSync(dialect(), good);
    expect(checked.code).toBe(1);
    expect(checked.out.match(/FAILED .*/g)).toEqual([expect.stringContaining("values.truth")]);
    expect(checked.out).toContain("is 812500; the truth is 812.5");
  }, 120_000);

  test("is told at which rule an adapter hangs, or ends its process", async () => {
    const good = readFileSync(dialect(), "utf8");
    const broken = async (fault: string) => {
      writeFileSync(dialect(), good.replace("if (!body) {", `if (!body) {\n      ${fault}`));
      return here.run(["kit", "check", "inglenook-acme-two", "--no-broker", "--patience", "3"]);
    };
    const [hangs, ends] = [await broken("for (;;);"), await broken("process.exit(3);")];
    writeFileSync(dialect(), good);
    expect(hangs).toMatchObject({
      code: 1,
      err: expect.stringMatching(/at [a-z]+\.[a-z-]+ the adapter did not come back for 3 s/),
    });
    expect(ends).toMatchObject({ code: 1, err: expect.stringContaining("with exit code 3") });
  }, 120_000);

  test.each([
    [["kit", "check", "nowhere"], "There is no adapter nowhere"],
    [["kit", "check", "generic"], "own dialects that can be checked are zigbee2mqtt, tasmota, "],
    [["kit", "check", "tasmota", "--grade", "platinum"], "there is no grade platinum"],
    [["kit", "check", "tasmota", "--only", "nonsense"], "there is no rule nonsense"],
    [["kit", "check", "tasmota", "--fuzz", "many"], "no whole number"],
    [["kit", "new", "tasmota"], "has a dialect tasmota already"],
    [
      ["start", "--adapter", "nowhere", "--port", "0", "--mqtt-port", "0", "--no-matter"],
      "There is no adapter nowhere",
    ],
  ])("%j is refused in words, with the fix", async (args, words) => {
    const ended = await here.run(args);
    expect(ended).toMatchObject({ code: 1, err: expect.stringContaining(words) });
    expect(ended.err).toContain("Fix: ");
  });

  test.each<[NodeJS.Signals, string]>([
    ["SIGTERM", "ends in order"],
    ["SIGKILL", "is cut off"],
  ])(
    "starts a hub with it; at %s it %s and leaves no process behind",
    async (signal: NodeJS.Signals) => {
      const args = ["start", "--adapter", "inglenook-acme-two", "--port", "0", "--mqtt-port", "0", "--no-matter"];
      const hub = here.start(args, { INGLENOOK_LOG: "info" });
      let said = "";
      const hear = (data: Buffer): void => {
        said += data.toString();
      };
      hub.stdout?.on("data", hear);
      hub.stderr?.on("data", hear);
      await vi.waitFor(() => expect(said).toMatch(/maker's adapter is ready[\s\S]*is running/), { timeout: 60_000 });
      const pid = Number(/"pid":(\d+),"msg":"a maker's adapter is ready"/.exec(said)?.[1]);
      expect(process.kill(pid, 0)).toBe(true);
      const ended = new Promise((resolve) => hub.once("exit", resolve));
      hub.kill(signal);
      await ended;
      await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), { timeout: 24_000 });
    },
    40_000,
  );
});
