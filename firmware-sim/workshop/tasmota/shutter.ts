import { z } from "zod";
import { numberOf } from "../firmware.ts";
import { kind } from "../kind.ts";
import { Shutter } from "../things/shutter.ts";
import { type Outcome, Tasmota } from "./tasmota.ts";

const options = z.strictObject({ seconds: z.number().min(1).max(300).default(20).describe("from end to end, s") });

/** Two relays set up as one shutter; 100 is open. */
export const shutter = kind(
  "shutter",
  "shutter on two relays, tells its way every second",
  options,
  (entry, { seconds: travel }) => {
    const blind = new Shutter(travel);
    let told = 0;
    let direction = 0;
    const body = () => ({
      Shutter1: {
        Position: Math.round(blind.position),
        Direction: blind.moving === undefined ? 0 : blind.moving === "opening" ? 1 : -1,
        Target: Math.round(blind.target),
        Tilt: 0,
      },
    });
    const relays = (): readonly (readonly [string, string])[] => [
      ["POWER1", blind.moving === "opening" ? "ON" : "OFF"],
      ["POWER2", blind.moving === "closing" ? "ON" : "OFF"],
    ];
    const outcome = (): Outcome => ({ result: body(), power: relays() });
    const commands: Readonly<Record<string, () => void>> = {
      SHUTTEROPEN: () => blind.go(100),
      SHUTTERCLOSE: () => blind.go(0),
      SHUTTERSTOP: () => blind.stop(),
    };
    return new Tasmota(entry, {
      model: "Shelly 2.5",
      relays: [3, 3],
      friendly: [entry.name, `${entry.name} 2`],
      shutters: [0],
      options: { 80: 1 } as Record<number, number>,
      state: () => ({ ...Object.fromEntries(relays()), ...body() }),
      sensors: () => body(),
      step(seconds, now) {
        const arrived = blind.step(seconds);
        const heading = body().Shutter1.Direction;
        const turned = heading !== direction;
        direction = heading;
        if (arrived || turned) return [outcome()];
        if (heading === 0 || now.elapsed - told < 1) return [];
        told = now.elapsed;
        return [{ result: body() }];
      },
      command(name, index, payload) {
        if (!name.startsWith("SHUTTER") || index !== 1) return undefined;
        if (name === "SHUTTERPOSITION") {
          const wanted = numberOf(payload);
          if (payload !== "" && (wanted === undefined || wanted < 0 || wanted > 100)) return "error";
          if (wanted !== undefined) blind.go(Math.round(wanted));
          return { result: body() };
        }
        const move = Object.hasOwn(commands, name) ? commands[name] : undefined;
        if (!move) return undefined;
        move();
        return {
          result: {
            [`Shutter${name.slice(7, 8)}${name.slice(8).toLowerCase()}1`]: Math.round(blind.target),
            ...body(),
          },
        };
      },
    });
  },
);
