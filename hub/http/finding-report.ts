import type { Finding } from "../model/finding.ts";
import type { NodeState } from "../model/home.ts";
import type { NodeDescription } from "../model/node.ts";

const MAX_SAMPLE = 500;

const spoken: Readonly<Record<NodeDescription["adapter"], (dialect: string) => string>> = {
  ...{ matter: () => "Matter", house: () => "kept by the hub itself", mqtt: (dialect) => `MQTT, ${dialect}` },
};

/**
 * A finding as its device's maker can use it, in Markdown. People paste this into public places: what tells one home or
 * one device from another is masked, and so is what looks like a secret.
 */
export function makersReport(finding: Finding, node: NodeState | undefined, version: string): string {
  const device = node?.description;
  const words = ownWords(device, node?.settings.name, fieldOf(finding));
  const plain = (text: string | undefined): string | undefined => text && masked(text, words);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["Device", [device?.vendor, device?.model].filter(Boolean).join(" ") || "unknown"],
    ["Firmware", finding.firmware ?? device?.firmware ?? "unknown"],
    ["Spoken", device && spoken[device.adapter](device.dialect)],
    ["Topic", code(plain(finding.topic))],
    ["Field", code(plain(fieldOf(finding)))],
    ["Expected", plain(finding.expected)],
    ["Seen", `${finding.count} ${finding.count === 1 ? "time" : "times"}`],
    ["First", new Date(finding.firstAt).toISOString()],
    ["Last", new Date(finding.lastAt).toISOString()],
    ["Kind", code(finding.code)],
    ["Read by", `Inglenook ${version}`],
  ];
  const lines = facts.flatMap(([label, value]) => (value ? [`- ${label}: ${value}`] : []));
  const sample = plain(finding.sample)?.slice(0, MAX_SAMPLE);
  return [
    `# ${oneLine(plain(finding.message) ?? finding.code)}`,
    "",
    ...lines,
    ...(sample ? ["", "What was said:", "", fence(sample)] : []),
    ...(finding.fix ? ["", `What the owner was told: ${oneLine(plain(finding.fix) ?? "")}`] : []),
    "",
  ].join("\n");
}

/** The core names a field by the node's path; the node's own id says nothing to a maker. */
const fieldOf = ({ field, node }: Finding): string | undefined =>
  node !== undefined && field?.startsWith(`${node}/`) ? field.slice(node.length + 1) : field;

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
const code = (text: string | undefined): string | undefined => text && `\`${oneLine(text).replaceAll("`", "'")}\``;

/** Fenced with more backticks than the text has in a row (CommonMark, section 4.5). */
function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}\n${text}\n${ticks}`;
}

const SECRET_NAME =
  "[\\w.-]*(?:pass(?:word|wd|phrase)?|pwd|secret|token|api_?key|psk|ssid|auth|credential|cookie|pin)[\\w.-]*";
const SECRET = new RegExp(`("?${SECRET_NAME}"?\\s*[:=]\\s*)("(?:[^"\\\\]|\\\\.)*"?|[^\\s,;&}]+)`, "gi");
const PLACE = /("?(?:lat(?:itude)?|lon(?:gitude)?|lng)"?\s*[:=]\s*)-?\d+(?:\.\d+)?/gi;
const SERIAL =
  /("?(?:serial(?:_?(?:no|number|nr))?|sn|mac|uid|unique_?id|imei|iccid)"?\s*[:=]\s*)("[^"]*"?|[^\s,;&}]+)/gi;

type Stand = readonly [word: string, stand: string];

function masked(text: string, words: readonly Stand[]): string {
  let out = text;
  for (const [own, stand] of words)
    out = out.replace(new RegExp(`(?<!\\w)${own.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?!\\w)`, "gi"), stand);
  return out
    .replace(SECRET, "$1<secret>")
    .replace(PLACE, "$1<place>")
    .replace(SERIAL, "$1<serial>")
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi, "<address>")
    .replace(/[\w.+-]+@[\w-]+\.[\w.-]+/g, "<mail>")
    .replace(/\b(?:[0-9a-f]{2}[:-]){5,7}[0-9a-f]{2}\b/gi, "<mac>")
    .replace(/(?<![0-9a-z.])(?:0x)?(?=[0-9a-f]*\d)[0-9a-f]{12,32}(?![0-9a-z.])/gi, "<id>")
    .replace(/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g, "<ip>");
}

/** What names this very device: its addresses, its serial number, what people call it. The longest first. */
function ownWords(device: NodeDescription | undefined, name: string | undefined, field = ""): readonly Stand[] {
  const words: Stand[] = [];
  const add = (word: string | undefined, stand: string) => {
    if (word && word.length >= 3) words.push([word, stand]);
  };
  add(device?.serial, "<serial>");
  for (const address of device?.addresses ?? []) add(address.slice(address.indexOf(":") + 1), "<address>");
  add(device?.id, "<device>");
  // A name that is only the model's or the field's tells nobody anything, and masking it would hide what is meant.
  const known = `${device?.vendor ?? ""} ${device?.model ?? ""} ${field}`.toLowerCase();
  for (const called of [name, device?.name]) if (called && !known.includes(called.toLowerCase())) add(called, "<name>");
  return words.sort(([a], [b]) => b.length - a.length);
}
