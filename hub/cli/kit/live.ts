import type { Command } from "commander";
import { findAdapter } from "../../../adapters/kit/find.ts";
import { coloured, lineOf, plain } from "../../../adapters/kit/live/line.ts";
import { watch } from "../../../adapters/kit/live.ts";
import { loadDialect } from "../../../adapters/kit/load.ts";
import type { Dialect } from "../../../adapters/mqtt/dialect.ts";
import { dialects } from "../../../adapters/mqtt/dialects/index.ts";
import { brokerGiven, filtersGiven, numberGiven, several, untilTold, withBroker } from "./mqtt-option.ts";

interface Given {
  readonly mqtt: string;
  readonly topics?: readonly string[];
  readonly dialect?: string;
  readonly json?: true;
  readonly rate: string;
  readonly ask?: true;
}

/** `inglenook kit live`: how each message is read, as it comes. */
export function addKitLive(kit: Command): void {
  withBroker(kit.command("live").description("show live how each message is read"))
    .option("--topics <filter>", "what to listen to (default everything); may be given again", several)
    .option("--dialect <adapter>", "only by this dialect or adapter (name, folder or file)")
    .option("--json", "one JSON object a line")
    .option("--rate <n>", "messages a second that are shown at most", "50")
    .option("--ask", "ask devices what a hub would ask; else nothing is published")
    .action(async (given: Given) => {
      const paint = process.stdout.isTTY && !process.env.NO_COLOR ? coloured : plain;
      const say = (text: string) => process.stdout.write(`${text}\n`);
      const broker = brokerGiven(given.mqtt);
      const topics = filtersGiven("--topics", given.topics ?? ["#"]);
      const { messages, leftOut, unread } = await watch({
        broker,
        topics,
        dialects: given.dialect === undefined ? dialects : [await dialectGiven(given.dialect)],
        signal: untilTold(),
        rate: numberGiven("--rate", given.rate, 1, 100_000),
        ask: given.ask === true,
        onReady: () => process.stderr.write(`Listening to ${broker.url}. Ctrl-C ends.\n`),
        onMessage: (message) => say(given.json ? JSON.stringify(message) : lineOf(message, paint)),
        onLeftOut: (left) =>
          say(given.json ? JSON.stringify({ leftOut: left }) : `… ${left} messages more were read and not shown`),
      });
      process.stderr.write(`${messages} messages; nobody read ${unread}; ${leftOut} were not shown.\n`);
    });
}

const dialectGiven = async (name: string): Promise<Dialect> =>
  dialects.find((d) => d.name === name) ?? loadDialect(findAdapter(name, process.cwd()).dialect);
