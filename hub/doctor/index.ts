import type { Diagnosis } from "../ports/doctor.ts";
import { interfaces, ipv6 } from "./interfaces.ts";
import { clock, dataFolder, disk, memory } from "./machine.ts";
import { mdns } from "./mdns.ts";
import { door, matterDoor } from "./ports.ts";

/** What the checks need to know of the hub. */
export interface Patient {
  /** Folder of everything the hub keeps. */
  readonly data: string;
  /** The newest time (epoch ms) that the hub has written down, where it is known. */
  readonly lastWrittenAt?: number | undefined;
}

/** Where the hub would listen. */
export interface Doors {
  readonly host: string;
  readonly port: number;
  readonly mqttHost: string;
  readonly mqttPort: number;
}

type Check = (patient: Patient) => Promise<Diagnosis[]> | Diagnosis[];

/** A new check is one function and one place in this list. */
const checks: readonly Check[] = [dataFolder, disk, memory, clock, interfaces, ipv6, mdns, matterDoor];

/** Everything but the doors that a running hub itself stands in. */
export async function examine(patient: Patient): Promise<Diagnosis[]> {
  const found = await Promise.all(checks.map((check) => check(patient)));
  return found.flat();
}

/** Whether a hub that is not running yet could listen where it is told to. */
export const examineDoors = ({ host, port, mqttHost, mqttPort }: Doors): Promise<Diagnosis[]> =>
  Promise.all([door({ host, port, flag: "--port" }), door({ host: mqttHost, port: mqttPort, flag: "--mqtt-port" })]);
