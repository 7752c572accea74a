/** How a known native program speaks through discovery: its own words, so that both roads to a device mean the same. */
import type { MakerType } from "../../codec.ts";
import type { Entity } from "./config.ts";
import type { Part, Slot } from "./reader.ts";
import type { Template } from "./template/compile.ts";

export interface Place {
  readonly endpoint: number;
  readonly word: string | undefined;
  readonly label?: string | undefined;
  /** The program's own form of the value where the config says less. */
  readonly maker?: MakerType | undefined;
}

export interface Speech {
  /** Endpoint of an entity as a whole; undefined: the usual way. */
  endpointOf(entity: Entity): number | undefined;
  /** Where a value belongs. */
  place(entity: Entity, slot: Slot, part: Part): Place | undefined;
  /** The plain path behind a template that only puts the program's word into other words. */
  raw(entity: Entity, template: Template | undefined): readonly string[] | undefined;
  /** Whether a switch component is what switches the device. */
  switches(entity: Entity): boolean;
  /** A fan's mode as the program has it, where the config splits it into speeds and presets. */
  fanMode(template: string | undefined, presets: readonly string[]): MakerType | undefined;
}
