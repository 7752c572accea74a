import type { Use } from "./recipe.ts";
import { type Ask, type Asks, type Fields, type Held, isAsks } from "./table.ts";

/** What a scene keeps of an endpoint: by the cluster's name with a small first letter, its attributes in wire scale. */
export type SceneValues = Readonly<Record<string, Fields>>;

const keyOf = ({ cluster }: Use): string => cluster.cluster.charAt(0).toLowerCase() + cluster.cluster.slice(1);
const isOff = (values: SceneValues): boolean => values.onOff?.onOff === false;

/**
 * The commands that a recalled scene comes down to, in their order: on, level, colour. A scene in which the device is off
 * asks for nothing else: many lamps switch on when they are told a level.
 */
export function sceneAsks(
  uses: readonly Use[],
  values: SceneValues,
  seconds: number,
  heldOf: (use: Use) => Held,
): Asks {
  const all: Ask[] = [];
  for (const use of uses) {
    const own = values[keyOf(use)];
    if (!own || (isOff(values) && keyOf(use) !== "onOff")) continue;
    const asks = use.cluster.recall?.(own, seconds, heldOf(use), use.source) ?? [];
    if (!isAsks(asks)) return asks;
    all.push(...asks);
  }
  return all;
}

const TEMPERATURE = 2;
/** Levels and colours pass through the makers' own scales: this share of the value, or this many steps, is the same. */
const SHARE = 0.02;
const STEPS = 3;

const near = (a: unknown, b: unknown): boolean =>
  typeof a === "number" && typeof b === "number"
    ? Math.abs(a - b) <= Math.max(STEPS, Math.max(a, b) * SHARE)
    : a === b || a === null || a === undefined;

/** Whether the endpoint still is as the scene has it (1.4.8.3, SceneValid). */
export function sceneHolds(scene: SceneValues, now: SceneValues): boolean {
  const { onOff, levelControl, colorControl } = scene;
  if (onOff && onOff.onOff !== now.onOff?.onOff) return false;
  if (isOff(scene)) return true;
  if (levelControl && !near(levelControl.currentLevel, now.levelControl?.currentLevel)) return false;
  if (!colorControl) return true;
  const of = colorControl.enhancedColorMode === TEMPERATURE ? ["colorTemperatureMireds"] : ["currentX", "currentY"];
  return of.every((name) => near(colorControl[name], now.colorControl?.[name]));
}
