/** Recorded messages as a file: JSON lines behind a head line, or one row as `inglenook replay --corpus` reads it. */
import { get, isObject, type Json, listOf, parseJson } from "../mqtt/json.ts";

/** One message as it came from the broker, or as it is to be published. */
export interface Recorded {
  /** Seconds since the recording began. */
  readonly at: number;
  readonly topic: string;
  readonly payload: string;
  /** The broker keeps it. */
  readonly retain: boolean;
  /** It was in the broker before the recording began: said who knows when. */
  readonly kept?: true;
  readonly qos?: 0 | 1;
  /** Said to the device and not by it. */
  readonly dir?: "to-device";
}

export interface RecordingHead {
  /** Version of the format. */
  readonly recording: 1;
  /** When it began, ISO 8601. */
  readonly made: string;
  readonly topics: readonly string[];
  readonly seconds: number;
  /** How many of which kind were made up in place of real ones. */
  readonly replaced: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}

export interface Recording {
  readonly head: RecordingHead;
  /** In the order in which they came. */
  readonly messages: readonly Recorded[];
}

/** What one recording holds at most; what comes after it is left out, and said. */
export const limits = { messages: 100_000, chars: 50 * 1024 * 1024 } as const;

/** Why a recording can't be used or made, and what to do. */
export class RecordingFault extends Error {
  override readonly name = "RecordingFault";
  readonly code: string;
  readonly fix: string;

  constructor(code: string, message: string, fix: string) {
    super(message);
    this.code = code;
    this.fix = fix;
  }
}

/** A recording as the text of its file, ending in a line end. A row has everything in one line. */
export function recordingText({ head, messages }: Recording, form: "lines" | "row"): string {
  if (form === "row") return `${JSON.stringify({ id: `recording:${head.made}`, ...head, messages })}\n`;
  return [head, ...messages].map((line) => `${JSON.stringify(line)}\n`).join("");
}

/** Rows without times are played a second apart. */
const STEP_S = 1;

const words = (json: Json | undefined): readonly string[] =>
  Array.isArray(json) ? json.filter((one): one is string => typeof one === "string").slice(0, 1000) : [];

function headOf(json: Json): RecordingHead {
  const [made, seconds, replaced] = ["made", "seconds", "replaced"].map((key) => get(json, key));
  const counts = Object.entries(isObject(replaced) ? replaced : {}).filter(
    (pair): pair is [string, number] => typeof pair[1] === "number",
  );
  return {
    recording: 1,
    made: typeof made === "string" && !Number.isNaN(Date.parse(made)) ? made : new Date(0).toISOString(),
    topics: words(get(json, "topics")),
    seconds: typeof seconds === "number" && seconds >= 0 && seconds < 1e8 ? seconds : 0,
    replaced: Object.fromEntries(counts),
    notes: words(get(json, "notes")),
  };
}

const wrong = (where: string, what: string): RecordingFault =>
  new RecordingFault(
    "bad-recording",
    `${where}: ${what}.`,
    "make one with: inglenook kit record --mqtt URL --out FILE",
  );

function messageOf(json: Json, where: string, before: number): Recorded {
  const [at, topic, payload] = ["at", "topic", "payload"].map((key) => get(json, key));
  if (typeof topic !== "string" || topic === "" || topic.length > 1024 || /[+#\0]/.test(topic))
    throw wrong(where, "topic: must be a topic of 1 to 1024 characters without + and #");
  if (typeof payload !== "string") throw wrong(where, "payload: must be text");
  if (at !== undefined && !(typeof at === "number" && at >= before && at < 1e8))
    throw wrong(where, `at: must be seconds, ${before} or more, as lines stand in their order`);
  return {
    at: typeof at === "number" ? at : before + STEP_S,
    topic,
    payload,
    retain: get(json, "retain") === true,
    ...(get(json, "kept") === true ? { kept: true as const } : {}),
    ...(get(json, "qos") === 1 ? { qos: 1 as const } : {}),
    ...(get(json, "dir") === "to-device" ? { dir: "to-device" as const } : {}),
  };
}

/** Reads either form; `name` is the file's, for messages. Throws RecordingFault with the line and field. */
export function readRecording(text: string, name: string): Recording {
  const lines = text.split("\n").flatMap((line, n) => (line.trim() ? [{ line, where: `${name}: line ${n + 1}` }] : []));
  const [first, ...rest] = lines.map(({ line, where }) => ({ json: parseJson(line), where }));
  if (!first || !isObject(first.json)) throw wrong(name, 'line 1 must be a head such as {"recording":1,…}, or a row');
  const row = Array.isArray(get(first.json, "messages"));
  const version = get(first.json, "recording");
  if (row ? version !== undefined && version !== 1 : version !== 1)
    throw wrong(first.where, `recording: this is version ${JSON.stringify(version) ?? "none"}; only 1 can be read`);
  if (row && rest.length > 0) throw wrong(name, "it has several rows; keep the line of one device");
  const given = row
    ? listOf(first.json, "messages").map((json, n) => ({ json, where: `${name}: message ${n + 1}` }))
    : rest;
  if (given.length > limits.messages) throw wrong(name, `it has more than ${limits.messages} messages`);
  let before = 0;
  const messages = given.map(({ json, where }) => {
    if (json === undefined) throw wrong(where, "is no JSON");
    const message = messageOf(json, where, before);
    before = message.at;
    return message;
  });
  if (messages.length === 0) throw wrong(name, "it holds no messages");
  const head = headOf(first.json);
  return { head: { ...head, seconds: Math.max(head.seconds, before) }, messages };
}
