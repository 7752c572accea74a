/** Shelly's first generation: plain topics under `shellies/<id>` (https://shelly-api-docs.shelly.cloud/gen1/#mqtt-support). */
import type { MqttMessage, MqttPublish } from "../dialect.ts";
import { macAddress } from "../identity.ts";
import type { Json } from "../json.ts";
import { parseObject, textOf } from "../json.ts";
import type { Act, Claim, Head, Known, Sheet } from "../sheet/claim.ts";
import { phaseLabels } from "../sheet/lines.ts";
import { sheetDialect } from "../sheet.ts";
import { readEvent, readLamp, readPlain, readProbes, readSettings } from "./shelly-gen1/bodies.ts";
import { together } from "./shelly-gen1/lamps.ts";
import { lineOf } from "./shelly-gen1/lines.ts";
import { isReady, isThreePhase, keyOf, onBattery, type Root, Roots, sleeps } from "./shelly-gen1/roots.ts";
import { readStatus } from "./shelly-gen1/status.ts";

const HOUR = 3600;

/** Who it is and how it stands: by default nothing is retained. Once, and never of one that sleeps. */
function askOnce(root: Root): readonly MqttPublish[] {
  if (root.asked || sleeps(root)) return [];
  root.asked = true;
  return ["announce", "update"].map((payload) => ({ topic: `${root.topic}/command`, payload, qos: 1 }));
}

/** How a body on this tail is read, and the field under which a single value stands. */
function reader(root: Root, tail: string): { under: string; reads: (payload: string) => Json | undefined } {
  if (tail === "info" || tail === "status") return { under: "", reads: (payload) => readStatus(root, payload) };
  if (tail === "settings") return { under: "", reads: (payload) => readSettings(root, payload) };
  if (tail === "announce") return { under: "announce", reads: parseObject };
  if (/^ext_(?:temperatures|humidities|switches)$/.test(tail))
    return { under: "", reads: (payload) => readProbes(tail, payload) };
  const [, input] = /^input_event\/(\d)$/.exec(tail) ?? [];
  if (input) return { under: "", reads: (payload) => readEvent(root, Number(input), payload) };
  const [, kind, channel, rest = ""] = /^(light|color|white)\/(\d)(\/.+)?$/.exec(tail) ?? [];
  if (!kind || !channel)
    return { under: isSplit(tail) ? "" : tail, reads: (payload) => readPlain(root, tail, payload) };
  const note = (): void => void root.lamps.set(Number(channel), kind);
  const status = (payload: string): Json | undefined => {
    note();
    return readLamp(root, Number(channel), payload);
  };
  if (rest === "/status") return { under: "", reads: status };
  const under = `lamp/${channel}${rest}`;
  const single = (payload: string): Json | undefined => {
    note();
    return readPlain(root, under, payload);
  };
  return { under, reads: single };
}

/** Single values that stand for more than one field. */
const isSplit = (tail: string): boolean =>
  /^(?:relay|roller)\/\d$|^valve\/\d\/state$|^sensor\/(?:operation|state|smoke)$/.test(tail);

function head(device: Known, root: Root | undefined): Head {
  const id = root?.id ?? device.key;
  const types: Record<number, string> = {};
  const labels: Record<number, string> = {};
  const acts: Act[] = [];
  const act = (endpoint: number, path: string, tail: string, payload: string): void =>
    void acts.push({ endpoint, path, publish: [{ topic: `${root?.topic}/${tail}`, payload, qos: 1 }] });
  for (let n = 0; n < 10; n += 1) {
    if (device.has(`relay/${n}`)) {
      types[1 + n] = /^SHPLG|^shellyplug/i.test(root?.model ?? id) ? "onOffPlugInUnit" : "mountedOnOffControl";
      act(1 + n, "onOff.toggle", `relay/${n}/command`, "toggle");
    }
    if (device.has(`lamp/${n}`)) {
      types[1 + n] = lampType(device, n);
      act(1 + n, "onOff.toggle", `${root?.lamps.get(n) ?? "light"}/${n}/command`, "toggle");
    }
    if (device.has(`roller/${n}`)) {
      act(1 + n, "windowCovering.upOrOpen", `roller/${n}/command`, "open");
      act(1 + n, "windowCovering.downOrClose", `roller/${n}/command`, "close");
      act(1 + n, "windowCovering.stopMotion", `roller/${n}/command`, "stop");
    }
    if (device.has(`input/${n}.event`) || device.has(`input/${n}`)) {
      types[51 + n] = "genericSwitch";
      labels[51 + n] = `Input ${n + 1}`;
    }
    if (device.has(`emeter/${n}/power`) && !(root && isThreePhase(root))) labels[31 + n] = `Meter ${n + 1}`;
    if (device.has(`ext_temperature/${n}`)) labels[61 + n] = `Probe ${n + 1}`;
  }
  const metered = ["relay", "lamp", "roller", "emeter"].some((kind) => device.has(`${kind}/0/power`));
  return {
    addresses: [root?.mac ?? `own:shelly/${id.toLowerCase()}`],
    name: device.fact("name") ?? id,
    vendor: "Shelly",
    model: root?.model,
    firmware: device.fact("firmware"),
    types,
    labels: root && isThreePhase(root) ? { ...labels, ...phaseLabels } : labels,
    acts,
    // What measures the mains reports every half minute.
    silentAfterS: root && onBattery(root) ? 25 * HOUR : metered ? 15 * 60 : undefined,
  };
}

function lampType(device: Known, n: number): string {
  if (device.has(`lamp/${n}/hue`)) return "extendedColorLight";
  if (device.has(`lamp/${n}/temp`)) return "colorTemperatureLight";
  return device.has(`lamp/${n}/level`) ? "dimmableLight" : "onOffLight";
}

function sheet(): Sheet {
  const roots = new Roots();

  const values = (root: Root, tail: string): Claim => {
    roots.speaks(root);
    const read = reader(root, tail);
    const reads = (payload: string): Json | undefined => {
      roots.speaks(root);
      return read.reads(payload);
    };
    const claim: Claim = {
      kind: "values",
      device: keyOf(root),
      group: root.topic,
      under: read.under,
      reads,
      asks: () => askOnce(root),
    };
    // A device that goes by its id for want of an address may still tell it.
    return root.mac === undefined ? { ...claim, once: true } : claim;
  };

  /** An introduction, on the device's own topic or on the one that all share. */
  const introduction = (topic: string, payload: string, at: number): Claim | undefined => {
    const root = roots.announced(topic, payload, at);
    return root && { ...values(root, "announce"), once: true };
  };

  const online = (root: Root, payload: string): Claim | undefined =>
    payload !== "true" && payload !== "false"
      ? undefined
      : {
          kind: "will",
          group: root.topic,
          says: (said) => (said === "true" ? true : said === "false" && !sleeps(root) ? false : undefined),
          asks: ({ payload: said }: MqttMessage) => (said === "true" ? askOnce(root) : []),
          once: true,
        };

  /** The latest time heard of: what waited is offered again with its own, older time. */
  let now = 0;
  const claim = (topic: string, payload: string, at: number): Claim | undefined => {
    now = Math.max(now, at);
    if (topic.endsWith("/announce")) return introduction(topic, payload, at);
    const found = roots.find(topic, at);
    if (!found) return topic === "shellies/command" ? { kind: "ignored" } : undefined;
    const { root, tail } = found;
    if (tail === "online") return online(root, payload);
    if (/(?:^|\/)(?:command|set)(?:\/|$)/.test(tail)) return { kind: "ignored", once: true };
    if (tail === "info") root.mac ??= macAddress(textOf(parseObject(payload), "mac"));
    if (isReady(root, now)) return values(root, tail);
    // One message is lost so that the device can be asked who it is; what follows waits for the answer.
    return root.asked || sleeps(root) ? undefined : { kind: "ignored", asks: () => askOnce(root), once: true };
  };

  return {
    claim,
    head: (device) => head(device, roots.get(device.key)),
    line: (field, sample, device) => {
      const root = roots.get(device.key);
      return root && lineOf(() => roots.get(device.key) ?? root, field, sample);
    },
    finish: together,
  };
}

export const shellyGen1 = sheetDialect("shelly-gen1", sheet);
