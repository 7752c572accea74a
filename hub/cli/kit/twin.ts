import type { Command } from "commander";
import { printable } from "../../../adapters/kit/live/printable.ts";
import { pageOf } from "../../../adapters/kit/twin/page.ts";
import { runTwin } from "../../../adapters/kit/twin.ts";
import { brokerGiven, numberGiven, untilTold, withBroker } from "./mqtt-option.ts";
import { recordingIn } from "./recording-file.ts";

interface Given {
  readonly mqtt: string;
  readonly speed: string;
  readonly drift?: string | true;
}

const LONGEST = 120;
const short = (text: string): string => printable(text, LONGEST);

/** `inglenook kit twin FILE`: a simulated device made of a recording. */
export function addKitTwin(kit: Command): void {
  withBroker(kit.command("twin <file>").description("make a simulated device of a recording, which also obeys"))
    .option("--speed <k>", "times faster than recorded, 0.01 to 1000", "1")
    .option("--drift [seed]", "let measurements wander within the range that was seen, instead of repeating them")
    .action(async (file: string, given: Given) => {
      const broker = brokerGiven(given.mqtt);
      const speed = numberGiven("--speed", given.speed, 0.01, 1000);
      const drift =
        given.drift === undefined
          ? undefined
          : given.drift === true
            ? 1
            : numberGiven("--drift", given.drift, 0, 2 ** 31);
      await runTwin(recordingIn(file), {
        broker,
        signal: untilTold(),
        speed,
        ...(drift === undefined ? {} : { drift }),
        onReady: (plan) => console.log(`${pageOf(plan)}\n\nOn ${broker.url}. Ctrl-C ends.`),
        onOrder: (topic, payload, way) =>
          console.log(`← ${short(topic)} ${short(payload)}  ${way ? `answered ${way}` : "no answer is known"}`),
      });
    });
}
