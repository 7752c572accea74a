import type { Command } from "commander";
import { replay } from "../../../adapters/kit/replay.ts";
import { brokerGiven, numberGiven, progress, untilTold, withBroker } from "./mqtt-option.ts";
import { recordingIn } from "./recording-file.ts";

interface Given {
  readonly mqtt: string;
  readonly speed: string;
  readonly loop?: true;
  readonly rebase?: true;
  readonly orders?: true;
}

/** `inglenook kit replay FILE`: a recording on a broker, at any speed. */
export function addKitReplay(kit: Command): void {
  withBroker(kit.command("replay <file>").description("play a recording to a broker, for the hub that listens there"))
    .option("--speed <k>", "times faster than it was, 0.01 to 10000, or max", "1")
    .option("--loop", "again and again, until Ctrl-C")
    .option("--rebase", "move dates within payloads to now")
    .option("--orders", "also what was said to the device; real devices on this broker would obey")
    .action(async (file: string, given: Given) => {
      const speed =
        given.speed === "max" ? Number.POSITIVE_INFINITY : numberGiven("--speed", given.speed, 0.01, 10_000);
      const broker = brokerGiven(given.mqtt);
      const recording = recordingIn(file);
      const { messages, rounds, whole } = await replay(recording, {
        broker,
        speed,
        signal: untilTold(),
        loop: given.loop === true,
        rebase: given.rebase === true,
        orders: given.orders === true,
        onProgress: (played, of, round) =>
          progress(`${played} of ${of} messages${given.loop ? `, round ${round}` : ""}; Ctrl-C ends`),
      });
      progress("", true);
      console.log(
        `Played ${messages} messages${rounds > 1 ? ` in ${rounds} rounds` : ""}${whole ? "" : "; ended before the last"}.`,
      );
    });
}
