/** Questions to devices whose answers may still come: an answer names the device, not its prefix nor what was asked. */
import type { MqttPublish } from "../../dialect.ts";
import type { ShellyWrite } from "./components.ts";

/** The oldest is forgotten; its answer is then read as one to another hub. */
const MAX_QUESTIONS = 1024;

export interface Question {
  readonly prefix: string;
  readonly method: string;
}

export class Questions {
  readonly hubId: string;
  readonly #open = new Map<number, Question>();
  #last = 0;

  constructor(hubId: string) {
    this.hubId = hubId;
  }

  /** A request frame (https://shelly-api-docs.shelly.cloud/gen2/General/RPCProtocol): the answer comes on `<hubId>/rpc`. */
  ask(prefix: string, method: string, params?: ShellyWrite["params"]): MqttPublish {
    this.#last += 1;
    const id = this.#last;
    this.#open.set(id, { prefix, method });
    if (this.#open.size > MAX_QUESTIONS) this.#open.delete(id - MAX_QUESTIONS);
    const payload = JSON.stringify({ id, src: this.hubId, method, ...(params ? { params } : {}) });
    return { topic: `${prefix}/rpc`, payload, qos: 1 };
  }

  /** The values that persons and scripts made, and BLU devices: not in the other lists; a long list comes in pages. */
  components(prefix: string, offset = 0): MqttPublish {
    const page = offset > 0 ? { offset } : {};
    return this.ask(prefix, "Shelly.GetComponents", { dynamic_only: true, include: ["config", "status"], ...page });
  }

  /** Who it is, how it is set up, and how it stands: statuses are not retained. */
  all(prefix: string): MqttPublish[] {
    const methods = ["Shelly.GetDeviceInfo", "Shelly.GetConfig", "Shelly.GetStatus"];
    return [...methods.map((method) => this.ask(prefix, method)), this.components(prefix)];
  }

  /** The question that an answer belongs to, once. */
  take(id: number): Question | undefined {
    const question = this.#open.get(id);
    this.#open.delete(id);
    return question;
  }
}
