import { Endpoint } from "@matter/main";
import { ValveConfigurationAndControlServer } from "@matter/main/behaviors/valve-configuration-and-control";
import { ValveConfigurationAndControl } from "@matter/main/clusters/valve-configuration-and-control";
import { WaterValveDevice } from "@matter/main/devices/water-valve";
import { type Product, truthIn } from "../product.ts";

const { ValveState } = ValveConfigurationAndControl;
/** Seconds from closed to open. */
const travel = 4;

/** Opens for a time or until it is told to close (Matter Application Clusters, Valve Configuration and Control). */
class ValveServer extends ValveConfigurationAndControlServer {
  override open({ openDuration }: ValveConfigurationAndControl.OpenRequest): void {
    const duration = openDuration === undefined ? this.state.defaultOpenDuration : openDuration;
    this.state.openDuration = duration;
    this.state.remainingDuration = duration;
    this.state.targetState = ValveState.Open;
    this.state.currentState = ValveState.Transitioning;
  }

  override close(): void {
    this.state.openDuration = null;
    this.state.remainingDuration = null;
    this.state.targetState = ValveState.Closed;
    this.state.currentState = ValveState.Transitioning;
  }
}

const Type = WaterValveDevice.with(ValveServer);

/** A water valve that needs four seconds to turn. */
export function waterValve(): Product {
  const endpoint = new Endpoint(Type, {
    id: "valve",
    valveConfigurationAndControl: {
      ...{ openDuration: null, defaultOpenDuration: null, remainingDuration: null },
      ...{ currentState: ValveState.Closed, targetState: null },
    },
  });
  let turned = 0;
  let opened = 0;
  const at = () => endpoint.state.valveConfigurationAndControl;
  return {
    endpoints: [endpoint],
    state: () => ({
      open: at().currentState === ValveState.Open,
      turning: at().currentState === ValveState.Transitioning,
    }),
    async set(values) {
      const open = truthIn(values, "open");
      if (open !== undefined)
        await endpoint.act((agent) => {
          const valve = agent.get(ValveServer);
          if (open) valve.open({});
          else valve.close();
        });
    },
    step(seconds) {
      const { currentState } = at();
      turned = currentState === ValveState.Transitioning ? turned + seconds : 0;
      opened = currentState === ValveState.Open ? opened + seconds : 0;
    },
    async show() {
      const { currentState, targetState, openDuration } = at();
      if (currentState === ValveState.Transitioning && turned >= travel)
        await endpoint.set({ valveConfigurationAndControl: { currentState: targetState, targetState: null } });
      if (currentState !== ValveState.Open || openDuration === null) return;
      const left = Math.ceil(openDuration - opened);
      if (left > 0) await endpoint.set({ valveConfigurationAndControl: { remainingDuration: left } });
      else await endpoint.act((agent) => agent.get(ValveServer).close());
    },
  };
}
