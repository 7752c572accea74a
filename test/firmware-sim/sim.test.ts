import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Aedes } from "aedes";
import { build } from "esbuild";
import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { makers } from "../../firmware-sim/workshop/makers.ts";

const root = join(import.meta.dirname, "../..");
// Inside the tree, because the bundle finds its packages from where it lies.
mkdirSync(join(root, ".data"), { recursive: true });
const bundles = mkdtempSync(join(root, ".data", "test-sim-"));
const bundle = join(bundles, "firmware-sim.mjs");
const hubsOwn = join(bundles, "inglenook.mjs");
const folder = mkdtempSync(join(tmpdir(), "sim-home-"));
const patience = { timeout: 45_000, interval: 25 };

let broker: Aedes;
let server: ReturnType<typeof createServer>;
let port = 0;
let hub: MqttClient;
const logins: string[] = [];
const heard: { readonly topic: string; readonly payload: string }[] = [];

const last = (topic: string): string | undefined => heard.findLast((one) => one.topic === topic)?.payload;

function home(name: string, body: object): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(body));
  return file;
}

interface Run {
  readonly child: ChildProcess;
  said: string;
  errors: string;
}

/** The program as it is shipped. */
function sim(args: readonly string[], env: Readonly<Record<string, string>> = {}, program = bundle): Run {
  const child = spawn(process.execPath, [program, "sim", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  const run: Run = { child, said: "", errors: "" };
  child.stdout?.on("data", (data: Buffer) => {
    run.said += data.toString();
  });
  child.stderr?.on("data", (data: Buffer) => {
    run.errors += data.toString();
  });
  return run;
}

async function ended({ child }: Run): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  return new Promise((resolve) => child.once("close", resolve));
}

beforeAll(async () => {
  const how = { bundle: true, platform: "node", format: "esm", packages: "external", logLevel: "error" } as const;
  await build({ ...how, entryPoints: [join(root, "firmware-sim/main.ts")], outfile: bundle });
  // The hub's command line with this one word: all others are tested where they belong.
  const contents = `import { Command } from "commander"; import { addSim } from "./hub/cli/sim.ts";
    const program = new Command("inglenook"); addSim(program); await program.parseAsync();`;
  await build({ ...how, stdin: { contents, resolveDir: root, loader: "ts" }, outfile: hubsOwn });
  broker = await Aedes.createBroker({
    authenticate: (_client, name, password, done) => {
      if (name) logins.push(`${name}:${password?.toString()}`);
      done(null, true);
    },
  });
  server = createServer(broker.handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" && address ? address.port : 0;
  hub = await connectAsync(`mqtt://127.0.0.1:${port}`);
  hub.on("message", (topic, payload) => heard.push({ topic, payload: payload.toString() }));
  await hub.subscribeAsync("#");
});

afterAll(async () => {
  await hub.endAsync(true);
  await new Promise<void>((resolve) => broker.close(() => resolve()));
  server.close();
  rmSync(bundles, { recursive: true });
  rmSync(folder, { recursive: true });
});

const devices = [
  { kind: "zigbee2mqtt/plug", name: "Socket" },
  { kind: "ha-discovery/lock", name: "Door", id: "02a1b2c3d4e1" },
  { kind: "esphome/plug", name: "Node" },
  { kind: "tasmota/plug", name: "Plug", options: { topic: "plug" } },
  { kind: "shelly-gen1/plug", name: "First", id: "02a1b2c3d4e5" },
  { kind: "shelly-gen2/plug", name: "Second", id: "02a1b2c3d4e6" },
  { kind: "homie/light", name: "Lamp", id: "lamp" },
  { kind: "zwave-js-ui/dimmer", name: "Dimmer" },
];

describe("inglenook sim on a real broker", () => {
  let run: Run;
  beforeAll(() => {
    run = sim([home("home.json", { devices }), "--mqtt", `mqtt://tester:s3cret@127.0.0.1:${port}`, "--speed", "10"]);
  });
  afterAll(() => {
    run.child.kill("SIGKILL");
  });

  test("every maker's device is there, with the words of its maker", async () => {
    const present = {
      "zigbee2mqtt/bridge/state": '{"state":"online"}',
      "maker/bolt_3_02a1b2c3d4e1/status": "online",
      "node/status": "online",
      "tele/plug/LWT": "Online",
      "shellies/shellyplug-s-C3D4E5/online": "true",
      "shellyplusplugs-02a1b2c3d4e6/online": "true",
      "homie/lamp/$state": "ready",
    };
    // A bare Aedes takes a retained message that another one has overtaken for a duplicate: it is asked for what it holds.
    const held = async (topic: string): Promise<string | undefined> => {
      if (last(topic) === undefined) await hub.subscribeAsync(topic);
      return last(topic);
    };
    for (const [topic, payload] of Object.entries(present))
      await vi.waitFor(async () => expect([topic, await held(topic)]).toEqual([topic, payload]), patience);
    const zwave = "zwave/_CLIENTS/ZWAVE_GATEWAY-workshop/status";
    await vi.waitFor(async () => expect(await held(zwave)).toContain("true"), patience);
    expect(Object.keys(present)).toHaveLength(makers.length - 1);
  });

  test("they obey and echo", async () => {
    await hub.publishAsync("zigbee2mqtt/Socket/set", '{"state":"OFF"}');
    await hub.publishAsync("maker/bolt_3_02a1b2c3d4e1/lock/set", "UNLOCK");
    await hub.publishAsync("node/switch/relay/command", "OFF");
    await hub.publishAsync("cmnd/plug/POWER", "OFF");
    await hub.publishAsync("shellies/shellyplug-s-C3D4E5/relay/0/command", "off");
    const call = { id: 1, src: "me", method: "Switch.Set", params: { id: 0, on: false } };
    await hub.publishAsync("shellyplusplugs-02a1b2c3d4e6/rpc", JSON.stringify(call));
    await hub.publishAsync("homie/lamp/light/on/set", "true");
    await hub.publishAsync("zwave/Dimmer/switch_multilevel/endpoint_0/targetValue/set", "30");
    await vi.waitFor(() => {
      expect(last("zigbee2mqtt/Socket")).toContain('"state":"OFF"');
      expect(last("maker/bolt_3_02a1b2c3d4e1/lock")).toBe("UNLOCKED");
      expect(last("node/switch/relay/state")).toBe("OFF");
      expect(last("stat/plug/POWER")).toBe("OFF");
      expect(last("shellies/shellyplug-s-C3D4E5/relay/0")).toBe("off");
      expect(last("me/rpc")).toContain('"was_on":true');
      expect(last("homie/lamp/light/on")).toBe("true");
      expect(last("zwave/Dimmer/switch_multilevel/endpoint_0/currentValue")).toContain('"value":30');
    }, patience);
  });

  test("what goes to and fro is shown, and the password never", () => {
    expect(logins).toContain("tester:s3cret");
    expect(run.said).toContain("→ tele/plug/LWT Online");
    expect(run.said).toContain("← cmnd/plug/POWER OFF");
    expect(run.errors).toContain(`8 devices on mqtt://127.0.0.1:${port}`);
    expect(run.said + run.errors).not.toContain("s3cret");
  });

  test("on Ctrl-C each takes its leave as it really does", async () => {
    run.child.kill("SIGINT");
    expect(await ended(run)).toBe(0);
    await vi.waitFor(() => {
      expect(last("zigbee2mqtt/bridge/state")).toBe('{"state":"offline"}');
      expect(last("maker/bolt_3_02a1b2c3d4e1/status")).toBe("offline");
      expect(last("node/status")).toBe("offline");
      expect(last("tele/plug/LWT")).toBe("Offline");
      expect(last("shellies/shellyplug-s-C3D4E5/online")).toBe("false");
      expect(last("shellyplusplugs-02a1b2c3d4e6/online")).toBe("false");
      expect(last("homie/lamp/$state")).toBe("disconnected");
      expect(last("zwave/_CLIENTS/ZWAVE_GATEWAY-workshop/status")).toContain("false");
    }, patience);
  });
});

describe("inglenook sim by itself", () => {
  test("lists every kind with a line, and every fault", async () => {
    const run = sim(["--list"]);
    expect(await ended(run)).toBe(0);
    for (const maker of makers)
      for (const { name } of maker.kinds) expect(run.said).toMatch(new RegExp(`^${maker.name}/${name} +\\w`, "m"));
    expect(run.said).toMatch(/^reboot +\w/m);
  });

  test("prints an example that it prints a story of", async () => {
    const example = sim(["--example"]);
    expect(await ended(example)).toBe(0);
    const file = home("example.json", JSON.parse(example.said));
    const run = sim([file, "--print", "30", "--since", "2026-01-01T00:00:00Z", "--seed", "3"]);
    expect(await ended(run)).toBe(0);
    const lines = run.said
      .trim()
      .split("\n")
      .map((line): { at: number } => JSON.parse(line));
    expect(lines.length).toBeGreaterThan(200);
    expect(lines[0]?.at).toBe(Date.parse("2026-01-01T00:00:00Z"));
  });

  test("takes name and password of the broker from the environment", async () => {
    const file = home("one.json", { devices: [{ kind: "homie/meter", name: "M", id: "m" }] });
    const secrets = { INGLENOOK_MQTT_USER: "env", INGLENOOK_MQTT_PASSWORD: "hidden" };
    const run = sim([file, "--mqtt", `mqtt://127.0.0.1:${port}`, "--quiet"], secrets);
    await vi.waitFor(() => expect(logins).toContain("env:hidden"), patience);
    run.child.kill("SIGTERM");
    expect(await ended(run)).toBe(0);
    expect(run.said).toBe("");
  });

  test.each([
    [["nowhere.json"], /there is no such file[\s\S]*Fix: .*--example/],
    [[], /give a home file[\s\S]*Fix: /],
    [["BAD"], /devices\[0\]\.kind[\s\S]*Fix: use one of/],
    [["GOOD", "--fault", "Nobody:late"], /there is no such device; known: Plug/],
    [["GOOD", "--mqtt", "http://user:word@host"], /broker http:\/\/host is no address[\s\S]*Fix: /],
    [["GOOD", "--speed", "fast"], /number from 0\.1 to 3600/],
  ])("refuses %j in words, without a stack", async (args, words) => {
    const files: Readonly<Record<string, string>> = {
      BAD: home("bad.json", { devices: [{ kind: "x/y", name: "a" }] }),
      GOOD: home("good.json", { devices: [{ kind: "tasmota/plug", name: "Plug" }] }),
    };
    const run = sim(args.map((arg) => files[arg] ?? arg));
    expect(await ended(run)).toBe(1);
    expect(run.errors).toMatch(words);
    expect(run.errors).not.toMatch(/^\s+at |word@/m);
    expect(run.said).toBe("");
  });
});

describe("the word sim of the hub's command line", () => {
  test("passes everything on: help, mistakes and their exit code", async () => {
    const help = sim(["--help"], {}, hubsOwn);
    expect(await ended(help)).toBe(0);
    expect(help.said).toContain("Usage: inglenook sim [options] [home]");
    const wrong = sim(["nowhere.json", "--speed", "2"], {}, hubsOwn);
    expect(await ended(wrong)).toBe(1);
    expect(wrong.errors).toContain("there is no such file");
  });

  test("waits until the devices have taken their leave", async () => {
    const file = home("leave.json", { devices: [{ kind: "homie/light", name: "L", id: "leaver" }] });
    const run = sim([file, "--mqtt", `mqtt://127.0.0.1:${port}`], {}, hubsOwn);
    await vi.waitFor(() => expect(last("homie/leaver/$state")).toBe("ready"), patience);
    run.child.kill("SIGTERM");
    expect(await ended(run)).toBe(0);
    await vi.waitFor(() => expect(last("homie/leaver/$state")).toBe("disconnected"), patience);
  });
});
