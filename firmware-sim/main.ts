import { Command, InvalidArgumentError } from "commander";
import type { HomeData } from "./homes/demo.ts";
import { homes } from "./homes/index.ts";
import { runLive } from "./live.ts";
import { runPast } from "./past.ts";
import { LineOutlet } from "./wire/past.ts";
import { addSim } from "./workshop/command.ts";

function home(name: string): HomeData {
  const found = homes.get(name);
  if (!found) throw new InvalidArgumentError(`Known homes: ${[...homes.keys()].join(", ")}.`);
  return found;
}

function moment(text: string): number {
  const at = Date.parse(text);
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text) || Number.isNaN(at)) {
    throw new InvalidArgumentError("Give a moment such as 2026-01-31T00:00:00Z.");
  }
  return at;
}

const whole =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < min || value > max) {
      throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
    }
    return value;
  };

const program = new Command("firmware-sim").description("A simulated home that speaks as its real devices do");

program
  .command("past")
  .description("print what the home's devices would have sent between two moments")
  .requiredOption("--home <name>", "which home", home)
  .requiredOption("--seed <n>", "the world's seed", whole(0, 2 ** 31))
  .requiredOption("--since <moment>", "ISO moment of the first message", moment)
  .requiredOption("--until <moment>", "ISO moment of the last message", moment)
  .option("--hub <id>", "name of the hub whose questions the Shelly devices answer", "inglenook")
  .action(async (options) => {
    if (options.until <= options.since) program.error("error: --until must be after --since");
    await runPast(options, new LineOutlet(process.stdout));
  });

const several = (text: string, before: readonly string[]): readonly string[] => [...before, text];

program
  .command("live")
  .description("be the home: connect every device and let time run")
  .requiredOption("--home <name>", "which home", home)
  .requiredOption("--mqtt <url>", "the broker, mqtt://host:port")
  .requiredOption("--seed <n>", "the world's seed", whole(0, 2 ** 31))
  .requiredOption("--since <moment>", "ISO moment when the world begins, unless the state file knows better", moment)
  .option("--state <file>", "where the world is remembered")
  .option("--speed <k>", "times faster than real time", whole(1, 3600), 1)
  .option("--now <moment>", "ISO moment that the home's clock showed when this was started; else the machine's", moment)
  .option("--no-matter", "leave the Matter nodes out")
  .option("--matter-storage <dir>", "where the Matter nodes keep their fabrics", ".data/matter-devices")
  .option("--matter-port <port>", "UDP port of the first Matter node", whole(1024, 65_000), 5540)
  .option(
    "--fault <device:kind>",
    "late, lost, repeated, absurd, drop, or counter-zero, -reset, -jump, -unit, -rollover, -yesterday; may be given again",
    several,
    [],
  )
  .action(async (options) => {
    const say = (line: object): void => {
      process.stdout.write(`${JSON.stringify(line)}\n`);
    };
    const homeName = String([...homes].find(([, data]) => data === options.home)?.[0]);
    const started = Math.round((Date.now() - performance.timeOrigin) * options.speed);
    const clock = options.now === undefined ? {} : { now: options.now + started };
    const running = runLive({ ...options, ...clock, homeName, faults: options.fault }, (error) => say({ error }));
    let ending = false;
    const end = (): void => {
      if (ending) return;
      ending = true;
      running
        .then((live) => live.end())
        .then(
          () => process.exit(0),
          () => process.exit(1),
        );
    };
    process.once("SIGTERM", end);
    process.once("SIGINT", end);
    // Whoever started the home has gone when its pipe closes.
    process.stdin.once("close", end).once("end", end).resume();
    const { matter } = await running;
    say({ ready: true, matter });
  });

addSim(program);

// A reader that has enough closes the pipe; that is no fault.
process.stdout.on("error", () => process.exit(0));
program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
