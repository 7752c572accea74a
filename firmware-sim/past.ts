import { type Message, pastCadence } from "./devices/device.ts";
import { buildDevices } from "./devices/index.ts";
import type { HomeData } from "./homes/demo.ts";
import type { LineOutlet } from "./wire/past.ts";
import { maxStepSeconds, World } from "./world.ts";

export interface PastOptions {
  readonly home: HomeData;
  readonly seed: number;
  /** Epoch ms. */
  readonly since: number;
  readonly until: number;
  /** The hub whose questions to Shelly devices the recording answers. */
  readonly hub: string;
}

/**
 * Prints everything the home's devices would have sent between two moments: discovery first, then message by message,
 * Matter attribute reports among them. The same seed and times give the same bytes.
 */
export async function runPast(options: PastOptions, out: LineOutlet): Promise<void> {
  const { since, until } = options;
  const world = new World(options.seed, options.home.params, since);
  const devices = buildDevices(options.home.devices, pastCadence);
  const say = ({ topic, payload, retain }: Message): void => out.add({ at: world.at, topic, payload, retain });
  for (const device of devices.mqtt) device.announce(world).forEach(say);
  for (const device of devices.shelly) device.introduce(options.hub, world).forEach(say);
  let told = 0;
  while (world.at < until) {
    const seconds = Math.min(maxStepSeconds, (until - world.at) / 1000);
    world.step(seconds);
    for (const device of devices.mqtt) for (const message of device.step(seconds, world)) say(message);
    for (const device of devices.matter) {
      for (const report of device.reports(world)) out.add({ at: world.at, matter: device.identity, ...report });
    }
    const done = Math.floor(((world.at - since) / (until - since)) * 100);
    if (done > told) {
      told = done;
      out.add({ progress: done / 100 });
    }
    await out.breathe();
  }
  out.add({ end: true });
  await out.flush();
}
