/** Victron Energy GX devices with Venus OS (github.com/victronenergy/dbus-flashmq; wiki "dbus"). */
import type { Command } from "../../../hub/model/command.ts";
import {
  type Decoded,
  type Dialect,
  type DialectSession,
  type Encoded,
  type MqttMessage,
  nothing,
} from "../dialect.ts";
import { isObject, parseJson } from "../json.ts";
import { sheetDialect } from "../sheet.ts";
import { Portal } from "./victron/portal.ts";
import { VictronTable } from "./victron/table.ts";
import { parseTopic } from "./victron/topic.ts";

/** GX devices on one broker; further ones are not read. */
const MAX_PORTALS = 16;

const speaks = (payload: string): boolean => {
  const body = parseJson(payload);
  return isObject(body) && Object.hasOwn(body, "value");
};

class Session implements DialectSession {
  readonly #portals = new Map<string, Portal>();
  readonly #table: DialectSession;

  constructor(hubId: string) {
    const identity = (key: string): string =>
      this.#portals.get(key.slice(0, 12))?.identity(key) ?? `own:victron/${key}`;
    this.#table = sheetDialect("victron", () => new VictronTable(identity)).open(hubId);
  }

  decode(message: MqttMessage): Decoded | undefined {
    const notice = parseTopic(message.topic);
    if (!notice) return undefined;
    if (notice === "request") return nothing;
    const portal = this.#portal(notice.portal, message.payload);
    if (!portal) return undefined;
    // An emptied topic says what `null` says: the path is not valid any more.
    const said = message.payload === "" ? { ...message, payload: '{"value":null}' } : message;
    const heard = portal.take(notice, said).map((m) => this.#table.decode(m) ?? nothing);
    return {
      nodes: heard.flatMap((d) => d.nodes),
      gone: heard.flatMap((d) => d.gone),
      readings: heard.flatMap((d) => d.readings),
      reachable: heard.flatMap((d) => d.reachable),
      problems: heard.flatMap((d) => d.problems),
      publish: portal.ask(notice.prefix, message.at),
    };
  }

  encode(command: Command): Encoded {
    return this.#table.encode(command);
  }

  /** Known by any message of the form that all of its messages have. */
  #portal(name: string, payload: string): Portal | undefined {
    const known = this.#portals.get(name);
    if (known || this.#portals.size >= MAX_PORTALS || !speaks(payload)) return known;
    const portal = new Portal(name);
    this.#portals.set(name, portal);
    return portal;
  }
}

export const victron: Dialect = { name: "victron", open: (hubId) => new Session(hubId) };
