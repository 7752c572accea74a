/** Takes secrets out of a recording, and real addresses, so that it can be given away and still tells the same story. */
import { parseJson } from "../../mqtt/json.ts";
import type { Recorded } from "../recording.ts";
import { rewriteJson, type Scalar } from "./json-text.ts";
import { caseLike, MadeUp } from "./made-up.ts";
import { hidesSecret, nameInTopic, type Sort, sortOf } from "./names.ts";

const MAC = /(?<![0-9a-f:-])[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}(?:[0-9a-f]{2}\1){0,2}[0-9a-f]{2}(?![0-9a-f:-])/gi;
const HEX = /(?<![0-9a-z])(0x)?([0-9a-f]{16}|[0-9a-f]{12})(?![0-9a-z])/gi;
const IP4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;
const IP6 = /(?<![0-9a-f:])(?:[0-9a-f]{1,4}:){2,7}(?:(?::[0-9a-f]{1,4}){1,5}|[0-9a-f]{1,4})(?![0-9a-f:])/gi;
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const URL_USER = /([a-z][a-z0-9+.-]*:\/\/)([^/@\s:"']*)(?::([^/@\s"']*))?@/gi;
/** As in plain text and in the query of an address. */
const NAMED = /((?:password|passwd|pwd|token|secret|api_?key|psk|ssid)["']?\s*[=:]\s*["']?)([^\s,;&"']+)/gi;
/** A network's own addresses, masks and "none", which name nobody. */
const NOBODY = /^(0|127|255)\./;
const VERSION = /(^|[_-])ver$|version|^(fw|sw|hw)|firmware/i;
/** `tasmota_A1B2C3`, `shelly1-B929CC`: the end of an address at the end of a name. */
const TAIL = /[a-z0-9][-_]((?=[a-f]*\d)[0-9a-f]{6})$/i;
/** A number in a topic that is too long to be an index or the number of a value (zwave-js-ui: up to seven digits). */
const NUMBER_PART = /^[a-z]{0,4}\d{8,}$/i;
/** Shorter serial numbers stand right after the maker's name: `go-eCharger/012345`. */
const SHORT_NUMBER = /^\d{6,7}$/;
/** Shorter ones are too likely to be words of the protocol. */
const SHORTEST_KNOWN = 6;

/** The beginning of an address of which only the end was seen. */
const UNSAID = "000000";

const hexOf = (text: string): string => text.replace(/^0x|[^0-9a-f]/gi, "").toLowerCase();
const plainWord = (text: string): boolean => text.length < SHORTEST_KNOWN;

class Scrubber {
  readonly made = new MadeUp();
  readonly #keepAddresses: boolean;
  /** Values that were found by their field's name, small letters, to be replaced wherever else they stand. */
  readonly #known = new Map<string, (found: string) => string>();
  readonly #parts = new Set<string>();
  #pattern: RegExp | undefined;

  constructor(keepAddresses: boolean) {
    this.#keepAddresses = keepAddresses;
  }

  /** First look: what is a secret or an address by its place. */
  learn({ topic, payload }: Recorded): void {
    for (const [n, part] of topic.split("/").entries()) {
      this.#parts.add(part.toLowerCase());
      if (this.#keepAddresses) continue;
      const tail = TAIL.exec(part)?.[1];
      if (tail !== undefined) this.#learnTail(UNSAID + tail.toLowerCase());
      if (NUMBER_PART.test(part) || (n === 1 && SHORT_NUMBER.test(part))) this.#learnSerial(part);
    }
    this.#scan(topic, payload, (sort, value) => this.#learnValue(sort, value));
    if (this.#keepAddresses) return;
    for (const text of [topic, payload]) {
      for (const [mac] of text.matchAll(MAC)) this.#learnTail(hexOf(mac));
      for (const [hex, , digits = ""] of text.matchAll(HEX)) if (isAddress(hex)) this.#learnTail(digits.toLowerCase());
    }
  }

  /** After the first look at everything: the message as it may be shown. */
  clean(message: Recorded): Recorded {
    this.#pattern ??= this.#makePattern();
    return { ...message, topic: this.#text(message.topic), payload: this.#body(message.topic, message.payload) };
  }

  /** A name may end in the last six digits of an address: of a known one, or of one that nobody said. */
  #learnTail(address: string): void {
    const hex = address.slice(-6);
    if (!/\d/.test(hex) || (address.startsWith(UNSAID) && this.#known.has(hex))) return;
    this.#known.set(hex, (found) => caseLike(found, this.made.address(address).slice(-6)));
  }

  #learnSerial(value: string): void {
    if (value.length < 4 || this.#known.has(value.toLowerCase())) return;
    this.#known.set(value.toLowerCase(), () => this.made.serial(value));
  }

  #learnValue(sort: Sort, value: Scalar): void {
    if (typeof value === "boolean" || value === null || value === "") return;
    const text = String(value);
    if (sort === "serial" && !this.#keepAddresses) this.#learnSerial(text);
    if (sort === "mac" && !this.#keepAddresses && /^[0-9a-f]{12}([0-9a-f]{4})?$/i.test(text)) {
      const hex = text.toLowerCase();
      this.#known.set(hex, (found) => caseLike(found, this.made.address(hex)));
      this.#learnTail(hex);
    }
    if (plainWord(text) || typeof value !== "string") return;
    if (sort === "secret") this.#known.set(text.toLowerCase(), () => this.made.secret(text));
    if (sort === "network") this.#known.set(text.toLowerCase(), () => this.made.network(text));
    if (sort === "person") this.#known.set(text.toLowerCase(), () => this.made.person(text));
  }

  /** Every value with a name that says what it is. */
  #scan(topic: string, payload: string, found: (sort: Sort, value: Scalar) => void): void {
    const json = parseJson(payload);
    if (typeof json !== "object" || json === null) {
      const sort = sortOf(nameInTopic(topic));
      if (sort) found(sort, payload);
      return;
    }
    rewriteJson(payload, (keys, value) => {
      const sort = sortOfKeys(keys);
      if (sort) found(sort, value);
      else if (typeof value === "string" && /^\s*[{[]/.test(value)) this.#scan("", value, found);
      return undefined;
    });
  }

  #makePattern(): RegExp | undefined {
    // A password that is also a part of topics is a word of the protocol there.
    const words = [...this.#known.keys()].filter(
      (word) => /^\d/.test(word) || this.#isAddress(word) || !this.#parts.has(word),
    );
    if (words.length === 0) return undefined;
    const any = words.sort((a, b) => b.length - a.length).map((w) => w.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"));
    return new RegExp(`(?<![0-9a-z])(?:${any.join("|")})(?![0-9a-z])`, "gi");
  }

  readonly #isAddress = (word: string): boolean => NUMBER_PART.test(word) || /^[0-9a-f]{6,16}$/.test(word);

  #body(topic: string, payload: string): string {
    const json = parseJson(payload);
    if (typeof json === "object" && json !== null)
      return rewriteJson(
        payload,
        (keys, value) => this.#value(keys, value),
        (key) => this.#text(key),
      );
    const sort = sortOf(nameInTopic(topic));
    const now = sort && payload !== "" ? this.#bySort(sort, payload) : undefined;
    return now === undefined ? this.#text(payload) : String(now);
  }

  #value(keys: readonly string[], value: Scalar): Scalar | undefined {
    if (typeof value === "boolean" || value === null || value === "") return undefined;
    const sort = sortOfKeys(keys);
    const now = sort && this.#bySort(sort, value);
    if (now !== undefined) return now;
    if (typeof value === "number") {
      const known = this.#known.get(String(value));
      return known && !this.#keepAddresses && String(value).length >= LONG_NUMBER
        ? Number(known(String(value)))
        : undefined;
    }
    if (/^\s*[{[]/.test(value) && parseJson(value) !== undefined) return this.#body("", value);
    return this.#text(value, VERSION.test(keys.at(-1) ?? ""));
  }

  /** What takes the place of a value whose name says what it is; undefined: whatever its text says. */
  #bySort(sort: Sort, value: string | number): string | number | undefined {
    const text = String(value);
    if (sort === "place") return this.made.place(value);
    if (sort === "secret") {
      const made = this.made.secret(text);
      return typeof value === "number" ? 0 : made;
    }
    // BSSID: the address of the network's radio.
    if (sort === "network") return text.search(MAC) === 0 ? undefined : this.made.network(text);
    if (sort === "person") return typeof value === "string" ? this.made.person(text) : undefined;
    if (this.#keepAddresses || sort === "mac" || text.length < 4) return undefined;
    return typeof value === "number"
      ? Number(this.made.serial(text))
      : this.#text(text) === text
        ? this.made.serial(text)
        : undefined;
  }

  #text(text: string, version = false): string {
    let now = text.replace(URL_USER, (_, scheme, user, password) => {
      const who = user ? this.made.person(user) : "";
      return `${scheme}${who}${password === undefined ? "" : `:${this.made.secret(password)}`}@`;
    });
    now = now.replace(
      NAMED,
      (_, before, value) => `${before}${/^ssid/i.test(before) ? this.made.network(value) : this.made.secret(value)}`,
    );
    now = now.replace(MAIL, (mail) => (this.#isMadeUp(mail) ? mail : this.made.person(mail)));
    if (!this.#keepAddresses) now = this.#addresses(now, version);
    return this.#pattern
      ? now.replace(this.#pattern, (found) => this.#known.get(found.toLowerCase())?.(found) ?? found)
      : now;
  }

  /** What stands in an address of a broker now has the form of a mail's address. */
  readonly #isMadeUp = (mail: string): boolean => /^(removed|user)-?\d+@/.test(mail);

  #addresses(text: string, version: boolean): string {
    let now = text.replace(MAC, (mac, separator: string) => {
      const made = this.made.address(hexOf(mac)).match(/../g)?.join(separator) ?? mac;
      return caseLike(mac, made);
    });
    now = now.replace(HEX, (hex, prefix: string | undefined, digits: string) =>
      isAddress(hex) ? `${prefix ?? ""}${caseLike(digits, this.made.address(digits.toLowerCase()))}` : hex,
    );
    if (!version)
      now = now.replace(IP4, (ip) =>
        NOBODY.test(ip) || ip.split(".").some((part) => Number(part) > 255) ? ip : this.made.ip(ip),
      );
    return now.replace(IP6, (ip) =>
      ip.includes("::") || ip.split(":").length === 8 ? this.made.ip(ip.toLowerCase()) : ip,
    );
  }
}

/** Shorter numbers are values, not serial numbers. */
const LONG_NUMBER = 6;

/** Twelve or sixteen digits alone may be a number; with 0x or a letter among them they are an address. */
const isAddress = (hex: string): boolean => /^0x/i.test(hex) || (/[a-f]/i.test(hex) && /\d/.test(hex));

/** By the nearest key; what stands anywhere under a secret is one. */
function sortOfKeys(keys: readonly string[]): Sort | undefined {
  return keys.slice(0, -1).some(hidesSecret) ? "secret" : sortOf(keys.at(-1) ?? "");
}

export interface Scrubbed {
  readonly messages: readonly Recorded[];
  /** How many different values of each sort were replaced. */
  readonly replaced: Readonly<Record<string, number>>;
}

/**
 * Replaces passwords, tokens, keys, network names, users, coordinates and, unless `keepAddresses`, MAC, IEEE and IP addresses and
 * serial numbers, in topics, names and values, each by the same made-up one of its form. What only a person knows to be private
 * (a device's given name) stays.
 */
export function scrub(messages: readonly Recorded[], keepAddresses: boolean): Scrubbed {
  const scrubber = new Scrubber(keepAddresses);
  for (const message of messages) scrubber.learn(message);
  const clean = messages.map((message) => scrubber.clean(message));
  return { messages: clean, replaced: scrubber.made.counts() };
}
