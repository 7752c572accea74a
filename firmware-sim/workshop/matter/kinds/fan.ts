import { Endpoint } from "@matter/main";
import { FanControlServer } from "@matter/main/behaviors/fan-control";
import { FanControl } from "@matter/main/clusters/fan-control";
import { FanDevice } from "@matter/main/devices/fan";
import {
  AcPower,
  bornImported,
  bornPower,
  Counter,
  ImportedEnergy,
  showEnergy,
  showPower,
  TreePower,
} from "../parts/electrical.ts";
import { type Birth, numberIn, type Product } from "../product.ts";
import type { OptionsOf } from "../sheets.ts";

const { FanMode } = FanControl;

/** Mode and percent follow each other (Matter Application Clusters, Fan Control, 4.4.6.1). */
class PercentServer extends FanControlServer {
  override initialize(): void {
    super.initialize();
    this.reactTo(this.events.fanMode$Changed, this.#byMode);
    this.reactTo(this.events.percentSetting$Changed, this.#byPercent);
  }

  #byMode(mode: FanControl.FanMode): void {
    const percent = { [FanMode.Off]: 0, [FanMode.Low]: 33, [FanMode.Medium]: 66, [FanMode.High]: 100 }[Number(mode)];
    if (percent !== undefined && modeOf(this.state.percentSetting ?? 0) !== mode) this.state.percentSetting = percent;
  }

  #byPercent(percent: number | null): void {
    if (percent !== null) this.state.fanMode = modeOf(percent);
  }
}

const modeOf = (percent: number) =>
  percent === 0 ? FanMode.Off : percent <= 33 ? FanMode.Low : percent <= 66 ? FanMode.Medium : FanMode.High;

const Type = FanDevice.with(PercentServer, TreePower, AcPower, ImportedEnergy);

/** A fan that takes seconds to change its speed, and measures what it draws. */
export function fan({ memory }: Birth, { watts }: OptionsOf<"fan">): Product {
  const endpoint = new Endpoint(Type, {
    id: "fan",
    fanControl: {
      fanMode: FanMode.Off,
      fanModeSequence: FanControl.FanModeSequence.OffLowMedHigh,
      percentSetting: 0,
      percentCurrent: 0,
    },
    electricalPowerMeasurement: bornPower(500),
    electricalEnergyMeasurement: bornImported,
  });
  const counter = new Counter(memory.imported);
  let speed = 0;
  const drawn = (): number => (speed > 0 ? 2 + watts * (speed / 100) ** 2 : 0.4);
  return {
    endpoints: [endpoint],
    state: () => ({ percent: endpoint.state.fanControl.percentCurrent }),
    async set(values) {
      const percent = numberIn(values, "percent");
      if (percent !== undefined)
        await endpoint.set({ fanControl: { percentSetting: Math.round(Math.max(0, Math.min(100, percent))) } });
    },
    step(seconds) {
      const wanted = endpoint.state.fanControl.percentSetting ?? 0;
      speed += Math.max(-25 * seconds, Math.min(25 * seconds, wanted - speed));
      counter.add(drawn(), seconds);
    },
    async show(now) {
      await endpoint.set({ fanControl: { percentCurrent: Math.round(speed) } });
      await showPower(endpoint, drawn(), 230);
      await showEnergy(endpoint, counter, now);
    },
    memory: () => ({ imported: counter.imported }),
  };
}
