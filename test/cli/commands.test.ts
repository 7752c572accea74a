import { mkdirSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { expectRefusal, type Place, place, takenPort } from "./support.ts";

let at: Place;
beforeEach(() => {
  at = place();
});
afterEach(() => at.remove());

interface Diagnosis {
  readonly name: string;
  readonly state: string;
  readonly detail: string;
  readonly fix?: string;
}

describe("the doctor", () => {
  const local = ["--host", "127.0.0.1", "--data", "data"];

  async function freePort(): Promise<number> {
    const { port, free } = await takenPort();
    await free();
    return port;
  }

  test("finds free ports and a folder that can be written", async () => {
    const [port, mqtt] = [await freePort(), await freePort()];
    const ended = await at.run(["doctor", ...local, "--json", "--port", String(port), "--mqtt-port", String(mqtt)]);
    const found = JSON.parse(ended.out) as Diagnosis[];
    const states = Object.fromEntries(found.map((d) => [d.name, d.state]));
    expect(states).toMatchObject({ [`port ${port}`]: "ok", [`port ${mqtt}`]: "ok", "data folder": "ok" });
    expect(found.map((d) => d.name)).toEqual(expect.arrayContaining(["disk", "memory", "clock", "network", "IPv6"]));
    expect(ended.code).toBe(found.some((d) => d.state === "bad") ? 1 : 0);
  });

  test("calls a taken port bad, says what to do, and ends with 1", async () => {
    const taken = await takenPort();
    const ended = await at.run(["doctor", ...local, "--port", String(taken.port), "--mqtt-port", "0"]);
    await taken.free();
    expect(ended.out).toMatch(new RegExp(`^BAD +port ${taken.port} +in use\\n +Fix: .*--port`, "m"));
    expect(ended.code).toBe(1);
  });

  test.each(["/proc/inglenook", "file/data"])("calls the data folder %s bad", async (data) => {
    writeFileSync(at.path("file"), "");
    const ended = await at.run(["doctor", "--json", "--port", "0", "--mqtt-port", "0", "--data", data]);
    const found = (JSON.parse(ended.out) as Diagnosis[]).find((d) => d.name === "data folder");
    expect(found).toMatchObject({ state: "bad", fix: expect.stringContaining("--data") });
    expect(ended.code).toBe(1);
  });
});

describe("a setting is taken from the flag, else the environment, else the file", () => {
  const ports = async (args: string[], env: Record<string, string>) => {
    writeFileSync(at.path("hub.json"), JSON.stringify({ port: 41001, mqttPort: 41002 }));
    const { out } = await at.run(["doctor", "--json", ...args], env);
    return (JSON.parse(out) as Diagnosis[])
      .map((d) => d.name)
      .filter((name) => name.startsWith("port ") && name !== "port 5540");
  };

  test.each<[string, string[], Record<string, string>, string[]]>([
    ["nothing is given", [], {}, ["port 4477", "port 1883"]],
    ["a demo", ["--demo"], {}, ["port 4477", "port 18830"]],
    ["a demo by environment", [], { INGLENOOK_DEMO: "1" }, ["port 4477", "port 18830"]],
    ["no demo by environment", [], { INGLENOOK_DEMO: "0" }, ["port 4477", "port 1883"]],
    ["a file", ["--config", "hub.json"], {}, ["port 41001", "port 41002"]],
    ["a file by environment", [], { INGLENOOK_CONFIG: "hub.json" }, ["port 41001", "port 41002"]],
    ["environment over file", ["--config", "hub.json"], { INGLENOOK_PORT: "41003" }, ["port 41003", "port 41002"]],
    [
      "flag over both",
      ["--config", "hub.json", "--port", "41004"],
      { INGLENOOK_PORT: "41003", INGLENOOK_MQTT_PORT: "41005" },
      ["port 41004", "port 41005"],
    ],
    ["an empty variable counts as none", [], { INGLENOOK_PORT: "", INGLENOOK_DEMO: "" }, ["port 4477", "port 1883"]],
  ])("%s", async (_what, args, env, expected) => {
    expect(await ports(args, env)).toEqual(expected);
  });
});

describe("models by the command line", () => {
  test("the list names what can be had, with size and licence", async () => {
    const { out, code } = await at.run(["model", "list", "--json"]);
    const { models } = JSON.parse(out) as {
      models: { id: string; state: string; sizeBytes: number; licence: string }[];
    };
    expect(code).toBe(0);
    expect(models.map((m) => m.id)).toContain("qwen2.5-coder-0.5b");
    for (const m of models) expect(m).toMatchObject({ state: "absent", licence: expect.stringMatching(/./) });
  });

  test("one that is not here can't be used", async () => {
    const ended = await at.run(["model", "use", "qwen2.5-coder-0.5b"]);
    expectRefusal(ended, /qwen2\.5-coder-0\.5b is not here yet/, at);
  });

  test("one that nobody knows can neither be used nor fetched", async () => {
    expectRefusal(await at.run(["model", "use", "nobody"]), /there is no model nobody/, at);
    expectRefusal(await at.run(["model", "pull", "nobody"]), /there is no model nobody/, at);
  });
});

const plug = {
  ieee_address: "0x00158d0001a2b3c4",
  type: "Router",
  network_address: 1,
  supported: true,
  disabled: false,
  friendly_name: "kettle",
  interview_completed: true,
  definition: {
    model: "ZNCZ04LM",
    vendor: "Xiaomi",
    description: "Mi smart plug EU",
    exposes: [{ type: "numeric", name: "power", property: "power", label: "Power", access: 1, unit: "W" }],
    options: [],
  },
};

const corpus = [
  JSON.stringify({
    id: "one",
    messages: [
      { topic: "zigbee2mqtt/bridge/state", payload: '{"state":"online"}', retain: true },
      { topic: "zigbee2mqtt/bridge/devices", payload: JSON.stringify([plug]), retain: true },
      { topic: "zigbee2mqtt/kettle", payload: '{"power":1834.2}' },
    ],
  }),
  "this is no row",
];

interface Row {
  readonly id: string | null;
  readonly threw: boolean;
  readonly nodes: { readonly name: string; readonly endpoints: { readonly attributes: object[] }[] }[];
}

describe("recorded messages through the dialects", () => {
  test("give one line of JSON a row, and nothing else", async () => {
    writeFileSync(at.path("two.jsonl"), `${corpus.join("\n")}\n`);
    const { out, err, code } = await at.run(["replay", "--corpus", "two.jsonl", "--json"]);
    expect({ err, code }).toEqual({ err: "", code: 0 });
    const [one, two] = out
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text) as Row);
    expect(one).toMatchObject({ id: "one", threw: false, nodes: [{ name: "kettle" }] });
    expect(one?.nodes[0]?.endpoints.flatMap((e) => e.attributes)).toContainEqual({
      path: "electricalPowerMeasurement.activePower",
      value: 1834.2,
      unit: "W",
      source: "zigbee2mqtt/kettle#power",
    });
    expect(two).toMatchObject({ id: null, nodes: [], threw: false });
  });

  test("end quietly when the reader has had enough", async () => {
    writeFileSync(at.path("many.jsonl"), `${Array.from({ length: 3000 }, () => corpus[0]).join("\n")}\n`);
    const child = at.start(["replay", "--corpus", "many.jsonl"]);
    child.stdout?.once("data", () => child.stdout?.destroy());
    let err = "";
    child.stderr?.on("data", (data: Buffer) => {
      err += data.toString();
    });
    const code = await new Promise((resolve) => child.once("exit", resolve));
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  test("need a file that is there", async () => {
    mkdirSync(at.path("folder"));
    expectRefusal(await at.run(["replay", "--corpus", "none.jsonl"]), /none\.jsonl does not exist/, at);
    expectRefusal(await at.run(["replay", "--corpus", "folder"]), /folder is a folder/, at);
    expectRefusal(await at.run(["replay"]), /--corpus <file>/, at);
  });
});

test("help names every subcommand, and `start` each setting with its variable", async () => {
  const { out, code } = await at.run(["--help"]);
  expect(code).toBe(0);
  for (const name of ["start", "model", "replay", "doctor"]) expect(out).toMatch(new RegExp(`^ {2}${name}\\b`, "m"));
  const { out: start } = await at.run(["start", "--help"]);
  for (const name of ["DATA", "PORT", "MQTT_PORT", "DEMO", "CONFIG"])
    expect(start.replace(/\s+/g, " ")).toContain(`[INGLENOOK_${name}]`);
});
