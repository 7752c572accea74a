/** A message for all who listen to its topic. */
import { type Json, parseJson } from "../../json.ts";
import type { Rendered, Template } from "./template/compile.ts";

/** Longer messages are read by plain paths only. */
const MAX_RUN = 64 * 1024;
const refused: Rendered = { ok: false, reason: "is given too long a message" };

/** A message, parsed at most once for all who listen. */
export class Body {
  readonly topic: string;
  readonly payload: string;
  readonly retained: boolean;
  readonly at: number;
  #json: Json | undefined;
  #parsed = false;
  readonly #rendered = new Map<Template, Rendered>();

  constructor(topic: string, payload: string, retained: boolean, at: number) {
    this.topic = topic;
    this.payload = payload;
    this.retained = retained;
    this.at = at;
  }

  json(): Json | undefined {
    if (!this.#parsed) {
      this.#json = parseJson(this.payload);
      this.#parsed = true;
    }
    return this.#json;
  }

  /** Text that a template gave, parsed. */
  parse(text: string): Json | undefined {
    return parseJson(text);
  }

  render(template: Template): Rendered {
    const known = this.#rendered.get(template);
    if (known) return known;
    const tooLong = this.payload.length > MAX_RUN;
    const rendered = tooLong ? refused : template.run({ value: this.payload, value_json: this.json() }, this.at);
    this.#rendered.set(template, rendered);
    return rendered;
  }
}
