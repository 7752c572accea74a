import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { NodeDescription } from "../../hub/model/node.ts";
import { openStore } from "../../hub/storage/open.ts";
import { HOUR } from "../../hub/storage/summary.ts";
import { listeningLog, reading } from "../storage/support.ts";
import { end, expectRefusal, line, type Place, place } from "./support.ts";

let at: Place;
beforeEach(() => {
  at = place();
});
afterEach(() => at.remove());

const METER = "meter/1/electricalEnergyMeasurement.cumulativeEnergyImported";
const START = Date.parse("2026-01-10T00:00:00Z");
const meter: NodeDescription = {
  ...{ id: "meter", name: "Grid meter", adapter: "mqtt", dialect: "test", addresses: [] },
  endpoints: [
    {
      number: 1,
      deviceTypes: ["electricalMeter"],
      capabilities: {
        electricalEnergyMeasurement: { attributes: { cumulativeEnergyImported: { source: "t#in" } }, commands: {} },
      },
    },
  ],
};

/** A house that has measured for a day, and a table of the nine days before it. */
async function livedIn(): Promise<void> {
  const store = openStore(at.path("data"), { log: listeningLog() });
  store.put("node", "meter", meter);
  for (let hour = 0; hour < 24; hour++) store.appendReadings([reading(START + hour * HOUR, 1000 + hour, METER)]);
  await store.close();
  const rows = Array.from({ length: 9 * 24 }, (_, i) => {
    const wall = new Date(START - (9 * 24 - i) * HOUR).toISOString();
    return `${wall.slice(8, 10)}.${wall.slice(5, 7)}.2026;${wall.slice(11, 16)};0,5`;
  });
  writeFileSync(at.path("past.csv"), ["Datum;von;Verbrauch [kWh]", ...rows].join("\r\n"));
}

const house = ["--data", "data"];
const bringIn = ["import", ...house, "past.csv", "--zone", "UTC", "--map", `Verbrauch [kWh]=${METER}`];

describe("the history on the command line, without a hub", () => {
  test("goes out as a file, which is never half of one and never written over unasked", async () => {
    await livedIn();
    const out = await at.run(["export", ...house, "--resolution", "day", "-o", "-"]);
    expect(out.out.split("\r\n")[1]).toMatch(new RegExp(`^${METER},Grid meter: Imported,kWh,2026-01-`));
    const file = ["export", ...house, "--format", "parquet", "-o", "history.parquet"];
    expect((await at.run(file)).code).toBe(0);
    expect(readFileSync(at.path("history.parquet")).subarray(0, 4).toString()).toBe("PAR1");
    expectRefusal(await at.run(file), /history\.parquet is there already/, at);
    expect(existsSync(at.path("history.parquet.part"))).toBe(false);
    expectRefusal(await at.run(["export", ...house, "-o", "-", "--key", "no/1/onOff.onOff"]), /no history of/, at);
    expectRefusal(await at.run(["export", "--data", "empty"]), /There is no house in/, at);
  });

  test("comes in: looked at, tried out, written, listed and taken out again", async () => {
    await livedIn();
    const shown = await at.run(["import", ...house, "past.csv", "--zone", "UTC"]);
    expect(shown.out).toContain("Verbrauch [kWh]  counter in kWh, 2025-12-31 to 2026-01-09: 216 rows");
    expect(shown.out).toContain(METER);
    const dry = await at.run([...bringIn, "--dry-run", "--json"]);
    expect(JSON.parse(dry.out)).toMatchObject([{ key: METER, write: 217, recent: 0 }]);
    expect((await at.run(["import", ...house, "--list"])).out.trim()).toBe("nothing");
    const done = await at.run(bringIn);
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining("Brought in: 217 hours.") });
    expect(done.err).toContain("100 %");
    const [batch] = JSON.parse((await at.run(["import", ...house, "--list", "--json"])).out);
    expect(batch).toMatchObject({ file: "past.csv", hours: 217, by: "command line" });
    // What was copied for it has gone.
    expect(readdirSync(at.path("data", "imports"))).toEqual([]);
    expect((await at.run(["import", ...house, "--remove", batch.id])).out.trim()).toBe("Taken out.");
    expectRefusal(await at.run(["import", ...house, "none.csv"]), /there is no file none\.csv/, at);
  });
});

test("while a hub runs, its folder is not touched: the hub does the work for someone it knows", async () => {
  await livedIn();
  mkdirSync(at.path("data", "imports"), { recursive: true });
  writeFileSync(join(at.path("data", "imports"), "past.csv"), readFileSync(at.path("past.csv")));
  const options = ["--data", "data", "--host", "127.0.0.1", "--port", "0", "--no-broker", "--no-matter"];
  const hub = at.start(["start", ...options, "--no-fetch-model"]);
  const said = await line(hub, /End {2}/);
  const [, url = "", token = ""] = /(http:\/\/[\d.:]+)\/#\/welcome\/(\S+)/.exec(said) ?? [];
  for (const args of [["export", ...house, "-o", "-"], bringIn]) {
    const refused = await at.run(args);
    expect(refused.err).toMatch(/is in use by another hub.*\n +Fix: let that hub do it: add --hub/);
    expect(refused.code).toBe(1);
  }
  const account = { token, name: "Kim", password: "correct horse battery" };
  const made = await fetch(`${url}/api/accounts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(account),
  });
  expect(made.ok).toBe(true);
  const remote = ["--hub", url, "--name", "Kim"];
  const env = { INGLENOOK_PASSWORD: account.password };
  expect((await at.run(["export", ...remote, "-o", "-"])).err).toMatch(/INGLENOOK_PASSWORD/);
  const wrong = await at.run(["export", ...remote, "-o", "-"], { INGLENOOK_PASSWORD: "not this one" });
  expect(wrong).toMatchObject({ code: 1, out: "" });
  expect((await at.run(["export", ...remote, "-o", "-"], env)).out).toContain(METER);
  const mapped = ["past.csv", "--zone", "UTC", "--map", `Verbrauch [kWh]=${METER}`];
  const dry = await at.run(["import", ...remote, ...mapped, "--dry-run", "--json"], env);
  expect(JSON.parse(dry.out)).toMatchObject([{ write: 217 }]);
  expect((await at.run(["import", ...remote, ...mapped], env)).out).toContain("Brought in: 217 hours.");
  const [batch] = JSON.parse((await at.run(["import", ...remote, "--list", "--json"], env)).out);
  expect(batch).toMatchObject({ by: "Kim", hours: 217 });
  expect((await end(hub, "SIGTERM")).code).toBe(0);
}, 180_000);
