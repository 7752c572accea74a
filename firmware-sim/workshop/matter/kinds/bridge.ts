import { Endpoint } from "@matter/main";
import { BridgedDeviceBasicInformationServer } from "@matter/main/behaviors/bridged-device-basic-information";
import { DimmableLightDevice } from "@matter/main/devices/dimmable-light";
import { OnOffLightDevice } from "@matter/main/devices/on-off-light";
import { OnOffPlugInUnitDevice } from "@matter/main/devices/on-off-plug-in-unit";
import { AggregatorEndpoint } from "@matter/main/endpoints/aggregator";
import { type Birth, type Product, truthIn } from "../product.ts";
import type { OptionsOf } from "../sheets.ts";

const mostBehind = 250;
const Lamp = OnOffLightDevice.with(BridgedDeviceBasicInformationServer);
const Dimmer = DimmableLightDevice.with(BridgedDeviceBasicInformationServer);
const Plug = OnOffPlugInUnitDevice.with(BridgedDeviceBasicInformationServer);

/** What the device behind the bridge says of itself; its unique id never changes, its name may. */
const born = (serial: string, number: number, nodeLabel: string) => ({
  ...{ vendorName: "Behind the Bridge", productName: "Thing", nodeLabel, reachable: true },
  ...{ serialNumber: `${serial}-${number}`.slice(-32), uniqueId: `${serial}-b${number}`.slice(-32) },
});

/** The kinds take turns: lamp, dimmer, plug. */
function thing(serial: string, number: number, name: string) {
  const config = { id: `thing-${number}`, bridgedDeviceBasicInformation: born(serial, number, name) };
  if (number % 3 === 0) return new Endpoint(Plug, config);
  return number % 3 === 2 ? new Endpoint(Dimmer, config) : new Endpoint(Lamp, config);
}

type Thing = ReturnType<typeof thing>;

/**
 * An aggregator with lights and plugs behind it. Set `add` (a name), `remove` (a name), `rename` ({ name, to }), `reachable`
 * ({ name, is }) or `onOff` ({ name, is }).
 */
export function bridge({ serial, memory }: Birth, { devices }: OptionsOf<"bridge">): Product {
  const things = new Map<number, Thing>();
  let count = memory.count ?? devices;
  // Those that were removed before a restart stay away.
  const first = Array.from({ length: count }, (_, i) => i + 1).filter((number) => memory[`gone${number}`] !== 1);
  for (const number of first) things.set(number, thing(serial, number, `Thing ${number}`));
  const parts = [...things.values()];
  const whole = new Endpoint(AggregatorEndpoint, { id: "bridge", parts });
  const named = (name: unknown): readonly [number, Thing] | undefined =>
    [...things].find(([, { state }]) => state.bridgedDeviceBasicInformation.nodeLabel === name);
  return {
    endpoints: [whole],
    state: () => ({
      names: [...things.values()].map(({ state }) => state.bridgedDeviceBasicInformation.nodeLabel),
      on: [...things.values()].filter(({ state }) => state.onOff.onOff).length,
    }),
    async set(values) {
      const { add, remove } = values;
      if (typeof add === "string" && things.size < mostBehind) {
        count += 1;
        const made = thing(serial, count, add.slice(0, 32));
        things.set(count, made);
        await whole.add(made);
      }
      const gone = named(remove);
      if (gone) {
        things.delete(gone[0]);
        await gone[1].delete();
      }
      await change(values, named);
    },
    memory: () => {
      const gone = Array.from({ length: count }, (_, i) => i + 1).filter((number) => !things.has(number));
      return { count, ...Object.fromEntries(gone.map((number) => [`gone${number}`, 1])) };
    },
  };
}

async function change(
  { rename, reachable, onOff }: Readonly<Record<string, unknown>>,
  named: (name: unknown) => readonly [number, Thing] | undefined,
): Promise<void> {
  const about = (what: unknown) => Object(what);
  const renamed = named(about(rename).name)?.[1];
  if (renamed && typeof about(rename).to === "string")
    await renamed.set({ bridgedDeviceBasicInformation: { nodeLabel: about(rename).to.slice(0, 32) } });
  const reached = truthIn(about(reachable), "is");
  if (reached !== undefined)
    await named(about(reachable).name)?.[1].set({ bridgedDeviceBasicInformation: { reachable: reached } });
  const on = truthIn(about(onOff), "is");
  if (on !== undefined) await named(about(onOff).name)?.[1].set({ onOff: { onOff: on } });
}
