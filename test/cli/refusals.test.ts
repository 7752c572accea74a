import { closeSync, openSync, writeFileSync, writeSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { end, expectRefusal, line, type Place, place, takenPort } from "./support.ts";

let at: Place;
beforeEach(() => {
  at = place();
});
afterEach(() => at.remove());

/** A start on free ports, without the parts that a refusal does not need. */
const start = (data: string, ...more: string[]) => [
  "start",
  "--data",
  data,
  "--host",
  "127.0.0.1",
  "--port",
  "0",
  "--mqtt-port",
  "0",
  ...more,
];

/** A hub that lived here once and ended in order. */
async function livedIn(folder: string): Promise<void> {
  const child = at.start(start(folder, "--no-matter"));
  await line(child, /End {2}/);
  await end(child, "SIGTERM");
}

function overwrite(file: string, from: number, bytes: number): void {
  const fd = openSync(file, "r+");
  writeSync(fd, Buffer.alloc(bytes, 0xa5), 0, bytes, from);
  closeSync(fd);
}

describe("a hub that can't start says why and what to do, and leaves nothing behind", () => {
  test("another program has the dashboard's port", async () => {
    const taken = await takenPort();
    const ended = await at.run([...start(at.path("data")), "--demo", "--port", String(taken.port), "--no-fetch-model"]);
    await taken.free();
    expectRefusal(ended, new RegExp(`Port ${taken.port} is already in use`), at);
  });

  test("another program has the MQTT port", async () => {
    const taken = await takenPort();
    const ended = await at.run([...start(at.path("data")), "--mqtt-port", String(taken.port)]);
    await taken.free();
    expectRefusal(ended, new RegExp(`MQTT port 127.0.0.1:${taken.port} is taken`), at);
  });

  test("the dashboard and the broker are given one port", async () => {
    const ended = await at.run([...start(at.path("data")), "--port", "45678", "--mqtt-port", "45678"]);
    expectRefusal(ended, /can't both listen on port 45678/, at);
  });

  test.each(["/proc/inglenook/data", "file/data"])("the data folder %s can't be made", async (data) => {
    writeFileSync(at.path("file"), "");
    expectRefusal(await at.run(start(data)), /can not be written/, at);
  });

  test.each([
    ["its head is overwritten", 0, 512],
    ["all after its head is overwritten", 100, 20_000],
  ])("the database is damaged: %s", async (_where, from, bytes) => {
    await livedIn(at.path("data"));
    overwrite(at.path("data", "hub.db"), from, bytes);
    const ended = await at.run(start(at.path("data"), "--no-matter"));
    expectRefusal(ended, /the database .*hub\.db is damaged/, at);
  });

  test("the broker's database is damaged", async () => {
    await livedIn(at.path("data"));
    overwrite(at.path("data", "broker.db"), 0, 512);
    const ended = await at.run(start(at.path("data"), "--no-matter"));
    expectRefusal(ended, /the database .*broker\.db is damaged/, at);
  });

  test("another hub lives in the data folder, and goes on", async () => {
    const first = at.start(start(at.path("data"), "--no-matter"));
    await line(first, /End {2}/);
    const second = await at.run(start(at.path("data"), "--no-matter"));
    expect(second.code).toBe(1);
    expect(second.err).toMatch(new RegExp(`in use by another hub \\(process ${first.pid}\\)\\n {2}Fix: `));
    expect(first.exitCode).toBeNull();
    expect((await end(first, "SIGTERM")).code).toBe(0);
  });

  test("the broker would be open to everyone", async () => {
    const ended = await at.run([...start(at.path("data")), "--mqtt-host", "0.0.0.0"]);
    expectRefusal(ended, /open to the whole network/, at);
  });
});

describe("a setting that can't be used is named with the place where it was given", () => {
  const file = (text: string) => {
    writeFileSync(at.path("hub.json"), text);
    return ["start", "--config", "hub.json"];
  };

  test.each([
    ["no JSON, and no secret of it is shown", '{"mqttPassword": "hunter2hunter2",', /hub\.json is no JSON\./],
    ["a list", "[1]", /is no JSON object/],
    ["an unknown setting", '{"prot": 1}', /prot in hub\.json: there is no such setting/],
    ["a word for a port", '{"port": "http"}', /port in hub\.json must be a whole number from 0 to 65535/],
    ["a port in quotes", '{"port": "4477"}', /port in hub\.json must be a whole number/],
    ["a short password", '{"mqttPassword": "short"}', /mqttPassword in hub\.json must have at least 8 characters/],
    ["a name of every object", '{"__proto__": {"demo": true}}', /__proto__ in hub\.json: there is no such setting/],
  ])("in a file: %s", async (_what, text, words) => {
    const ended = await at.run(file(text));
    expectRefusal(ended, words, at);
    expect(ended.err).not.toContain("hunter2");
  });

  test("a file that is not there", async () => {
    expectRefusal(await at.run(["start", "--config", "none.json"]), /none\.json does not exist/, at);
  });

  test("a folder in place of a file", async () => {
    expectRefusal(await at.run(["start", "--config", at.home]), /is no file/, at);
  });

  test.each([
    ["INGLENOOK_PORT", "70000", /INGLENOOK_PORT must be a whole number from 0 to 65535/],
    ["INGLENOOK_DEMO", "perhaps", /INGLENOOK_DEMO is neither on nor off/],
  ])("the variable %s=%s", async (name, value, words) => {
    expectRefusal(await at.run(["start"], { [name]: value }), words, at);
  });

  test.each([
    [["start", "--speed", "0"], /--speed must be a number from 1 to 1000/],
    [["start", "--bogus"], /unknown option '--bogus'/],
    [["bogus"], /unknown command 'bogus'/],
  ])("the words %j", async (args, words) => {
    expectRefusal(await at.run(args), words, at);
  });
});
