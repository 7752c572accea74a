import type { ClassExtends } from "@matter/main";
import { GeneralCommissioning } from "@matter/main/clusters/general-commissioning";
import { CommissioningError, ControllerCommissioningFlow, Invoke, type PeerAddress } from "@matter/main/protocol";
import { EndpointNumber } from "@matter/main/types";

/** While a person thinks, the device's fail-safe is wound up this often, for so long. */
const REARM_MS = 20_000;
const ARM_S = 60;

export interface FlowHooks {
  /** matter.js's name of the step that begins. */
  readonly begins: (step: string) => void;
  readonly cancelled: () => boolean;
  /** The device is about to be given its key to this home, under that address. */
  readonly given: (address: PeerAddress) => Promise<void>;
}

/** matter.js's name of the step that gives it. */
const KEY = "OperationalCredentials.Certificates";

/** Keeps the device in its half-made pairing as long as `work` takes; set while a pairing runs. */
export type WaitWithDevice = <T>(work: Promise<T>) => Promise<T>;

/** matter.js's own flow that tells of its steps, can be cancelled between two of them, and can wait for a person. */
export function watchedFlow(
  hooks: FlowHooks,
  ready: (wait: WaitWithDevice) => void,
): ClassExtends<ControllerCommissioningFlow> {
  return class extends ControllerCommissioningFlow {
    override async executeCommissioning(): Promise<void> {
      ready((work) => this.waitFor(work));
      for (const step of this.commissioningSteps) {
        const { name, stepLogic } = step;
        step.stepLogic = async () => {
          // An error of this kind makes matter.js expire the fail-safe: the device forgets all of it at once.
          if (hooks.cancelled()) throw new CommissioningError("cancelled by a person");
          hooks.begins(name);
          if (name === KEY) await hooks.given(this.interaction.address);
          return stepLogic();
        };
      }
      await super.executeCommissioning();
    }

    /** The device undoes what it was given when its fail-safe ends (Matter core specification 11.10.7.2). */
    protected async waitFor<T>(work: Promise<T>): Promise<T> {
      const timer = setInterval(() => void this.rearm().catch(() => undefined), REARM_MS);
      try {
        const result = await work;
        await this.rearm();
        return result;
      } finally {
        clearInterval(timer);
      }
    }

    protected async rearm(): Promise<void> {
      const fields = { expiryLengthSeconds: ARM_S, breadcrumb: this.lastBreadcrumb };
      const command = {
        endpoint: EndpointNumber(0),
        cluster: GeneralCommissioning,
        command: "armFailSafe",
        fields,
      } as const;
      for await (const _ of this.interaction.invoke(Invoke({ commands: [command] })));
    }
  };
}
