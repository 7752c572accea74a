/** What a running template has: its variables, and a budget that ends it. */
import { begin, spend, TemplateError } from "./meter.ts";
import { isDict, isList } from "./python.ts";

/** Longest text and list that a template may make. */
const MAX_TEXT = 32_768;
const MAX_LIST = 4_096;

export class Run {
  /** Epoch ms of the message, for `now()`. */
  readonly at: number;

  constructor(at: number) {
    this.at = at;
    begin();
  }

  spend(steps: number): void {
    spend(steps);
  }

  /** Looking through a value costs by its size: whole messages are at most 64 KiB here. */
  through(value: unknown): void {
    if (typeof value === "string") this.spend(value.length >> 4);
    else if (isList(value)) this.spend(value.length + 64);
    else if (isDict(value)) this.spend((value instanceof Map ? value.size : Object.keys(value).length) + 64);
  }

  /** Text and lists cost by their length and are refused beyond a limit. */
  made<T>(value: T): T {
    if (typeof value === "string") {
      if (value.length > MAX_TEXT) throw new TemplateError("makes too long a text");
      this.spend(value.length >> 4);
    } else if (isList(value)) {
      if (value.length > MAX_LIST) throw new TemplateError("makes too long a list");
      this.spend(value.length >> 2);
    }
    return value;
  }
}

export class Frame {
  readonly run: Run;
  readonly #vars: Map<string, unknown>;
  readonly #outer: Frame | undefined;

  constructor(run: Run, vars: Map<string, unknown>, outer?: Frame) {
    this.run = run;
    this.#vars = vars;
    this.#outer = outer;
  }

  /** The body of a loop: what is set in it ends with it. */
  inner(): Frame {
    return new Frame(this.run, new Map(), this);
  }

  find(name: string): { readonly value: unknown } | undefined {
    if (this.#vars.has(name)) return { value: this.#vars.get(name) };
    return this.#outer?.find(name);
  }

  set(name: string, value: unknown): void {
    this.#vars.set(name, value);
  }
}

export type Eval = (frame: Frame) => unknown;

/** The text that a template writes. */
export class Output {
  readonly #parts: string[] = [];
  #length = 0;

  write(part: string): void {
    this.#length += part.length;
    if (this.#length > MAX_TEXT) throw new TemplateError("makes too long a text");
    this.#parts.push(part);
  }

  text(): string {
    return this.#parts.join("");
  }
}
