import type { ActionContext, Behavior, Endpoint } from "@matter/main";
import { ScenesManagementServer } from "@matter/main/behaviors/scenes-management";
import { assertRemoteActor } from "@matter/main/protocol";
import { Status } from "@matter/main/types";
import { type SceneValues, sceneHolds } from "../scene.ts";
import type { Fields } from "../table.ts";
import { servedBy } from "./doers.ts";

const SCENIC = ["onOff", "levelControl", "colorControl"];
/** The global scene of the cluster On/Off (1.5.7.4): what was before it was switched off with an effect. */
const GLOBAL = { group: 0, scene: 0 };

/**
 * Scenes of a bridged endpoint. matter.js keeps the table; to recall one is to ask the device for it through the hub, and a
 * scene counts as holding only as long as the device is as the scene has it.
 */
export class BridgedScenes extends ScenesManagementServer {
  override async recallScene(request: Parameters<ScenesManagementServer["recallScene"]>[0]): Promise<void> {
    const { groupId, sceneId, transitionTime } = request;
    const scene = this.#find(fabricOf(this.context), groupId, sceneId);
    if (scene) await this.#ask(scene.sceneValues, transitionTime ?? scene.sceneTransitionTime);
    await super.recallScene(request);
  }

  /** What is out of reach has no state to keep. */
  override storeScene(
    request: Parameters<ScenesManagementServer["storeScene"]>[0],
  ): ReturnType<ScenesManagementServer["storeScene"]> {
    const { groupId, sceneId } = request;
    if (servedBy(this.endpoint)?.doer.isHere !== true) return { status: Status.Failure, groupId, sceneId };
    return super.storeScene(request);
  }

  /** False when there is no global scene. */
  async recallGlobal(): Promise<boolean> {
    const fabric = fabricOf(this.context);
    const scene = this.#find(fabric, GLOBAL.group, GLOBAL.scene);
    if (!scene) return false;
    await this.#ask(scene.sceneValues, scene.sceneTransitionTime);
    await super.recallGlobalScene(fabric);
    return true;
  }

  /** Ends the scene that counts as holding, if the device has become another. */
  check(): void {
    const { monitorSceneAttributesForFabric: fabric } = this.internal;
    if (fabric === null || servedBy(this.endpoint)?.doer.isMoving(this.endpoint)) return;
    const info = this.state.fabricSceneInfo.find((i) => i.fabricIndex === fabric && i.sceneValid);
    const scene = info && this.#find(fabric, info.currentGroup, info.currentScene);
    const now = Object.fromEntries(SCENIC.map((name) => [name, { ...this.endpoint.maybeStateOf(name) }]));
    if (scene && !sceneHolds(scene.sceneValues, now)) this.makeAllFabricSceneInfoEntriesInvalid();
  }

  async #ask(values: SceneValues, ms: number): Promise<void> {
    await servedBy(this.endpoint)?.doer.recall(this.endpoint, values, ms / 1000, this.context);
  }

  #find(fabric: number, group: number, scene: number) {
    return this.state.sceneTable.find(
      (s) => s.fabricIndex === fabric && s.sceneGroupId === group && s.sceneId === scene,
    );
  }
}

function fabricOf(context: ActionContext) {
  assertRemoteActor(context);
  return context.session.associatedFabric.fabricIndex;
}

/** Makes the cluster one that scenes keep; to be called while it begins. */
export function keepsScenes(behavior: Parameters<ScenesManagementServer["implementScenes"]>[0]): void {
  const { agent } = behavior;
  // Recalling is done for all clusters of the endpoint at once, in their order.
  if (agent.has(BridgedScenes)) agent.get(BridgedScenes).implementScenes(behavior, () => undefined);
}

/** After a change of the device: a scene that it has left behind is over. */
export async function checkScenes(endpoint: Endpoint): Promise<void> {
  if (endpoint.behaviors.supported.scenesManagement === undefined) return;
  await endpoint.act((agent) => agent.get(BridgedScenes).check());
}

type Act = () => Promise<Fields | undefined>;
type OnOff = Behavior & { readonly state: { globalSceneControl?: boolean } };

/** The commands of On/Off that keep and bring back the global scene (1.5.7.4, 1.5.7.5), around what they ask of the device. */
export const globalScene: Readonly<Record<string, (self: OnOff, act: Act) => Promise<Fields | undefined>>> = {
  on: async (self, act) => {
    const answer = await act();
    self.state.globalSceneControl = true;
    return answer;
  },
  offWithEffect: async (self, act) => {
    if (self.state.globalSceneControl && self.agent.has(BridgedScenes))
      self.agent.get(BridgedScenes).storeGlobalScene(fabricOf(self.context));
    const answer = await act();
    self.state.globalSceneControl = false;
    return answer;
  },
  onWithRecallGlobalScene: async (self, act) => {
    if (self.state.globalSceneControl) return undefined;
    const isBack = self.agent.has(BridgedScenes) && (await self.agent.get(BridgedScenes).recallGlobal());
    const answer = isBack ? undefined : await act();
    self.state.globalSceneControl = true;
    return answer;
  },
};
