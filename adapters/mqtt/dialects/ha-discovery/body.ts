/** A message for all who listen to its topic. */
import { type Json, parseJson } from "../../json.ts";
import type { Rendered, Template } from "./template/compile.ts";

/** Longer messages are read by plain paths only. */
const MAX_RUN = 64 * 1024;
const tooLong: Rendered = { ok: false, reason: "is given too long a message" };
const cutOff: Rendered = { ok: false, reason: "is given JSON that is broken off" };

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

  /** A default that a template has for what is missing must not come out of a body that broke off. */
  #refusal(template: Template): Rendered | undefined {
    if (this.payload.length > MAX_RUN) return tooLong;
    const broken = template.paths.length > 0 && /^\s*[{[]/.test(this.payload) && this.json() === undefined;
    return broken ? cutOff : undefined;
  }

  render(template: Template): Rendered {
    const known = this.#rendered.get(template);
    if (known) return known;
    const rendered = this.#refusal(template) ?? template.run({ value: this.payload, value_json: this.json() }, this.at);
    this.#rendered.set(template, rendered);
    return rendered;
  }
}
