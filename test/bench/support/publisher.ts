/** Devices of a bench: 200 plugs as Zigbee2MQTT tells them, on a bare socket, so that the publisher is never what is measured. */
import { once } from "node:events";
import { createConnection, type Socket } from "node:net";

export const DEVICES = 200;
const FIELDS = [
  ["power", "W"],
  ["voltage", "V"],
  ["current", "A"],
  ["energy", "kWh"],
  ["temperature", "°C"],
  ["humidity", "%"],
  ["pressure", "hPa"],
  ["ac_frequency", "Hz"],
  ["illuminance", "lx"],
  ["co2", "ppm"],
] as const;

/** Five to ten numbers a device. */
const fieldsOf = (n: number): typeof FIELDS | readonly (typeof FIELDS)[number][] => FIELDS.slice(0, 5 + (n % 6));

/** Readings in a message of device n. */
export const readingsOf = (n: number): number => fieldsOf(n).length;

/** Milliseconds of the machine's own clock, the same in every process. */
export const monotonic = (): number => Number(process.hrtime.bigint() / 1000n) / 1000;

const remaining = (length: number): number[] => {
  const bytes: number[] = [];
  for (let left = length; ; left >>= 7) {
    if (left < 128) return [...bytes, left];
    bytes.push((left & 127) | 128);
  }
};
const text = (words: string): Buffer => {
  const bytes = Buffer.from(words);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
};
const packet = (type: number, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from([type, ...remaining(body.length)]), body]);

/** MQTT 3.1.1, section 3.3: QoS 0. */
export const publishPacket = (topic: string, payload: string, retain = false): Buffer =>
  packet(retain ? 0x31 : 0x30, Buffer.concat([text(topic), Buffer.from(payload)]));

/** MQTT 3.1.1, section 3.1: a clean session without a keep-alive. Resolves when the broker took it. */
export async function connected(port: number): Promise<Socket> {
  const socket = createConnection({ host: "127.0.0.1", port });
  await once(socket, "connect");
  const id = text(`bench-${process.pid}-${Math.random().toString(36).slice(2, 8)}`);
  socket.write(packet(0x10, Buffer.concat([text("MQTT"), Buffer.from([4, 2, 0, 0]), id])));
  await once(socket, "data");
  return socket;
}

/** The list by which a Zigbee2MQTT bridge tells its devices. */
export const deviceList = (): string =>
  JSON.stringify(
    Array.from({ length: DEVICES }, (_, n) => ({
      ...{ ieee_address: `0x00158d00ab${String(n).padStart(6, "0")}`, friendly_name: `plug ${n}`, type: "Router" },
      ...{ supported: true, interview_completed: true, interview_state: "SUCCESSFUL" },
      definition: {
        ...{ vendor: "Bench", model: "B-1", description: "plug" },
        exposes: fieldsOf(n).map(([name, unit]) => ({
          ...{ type: "numeric", name, property: name, access: 1, label: name },
          unit,
        })),
      },
    })),
  );

/** A body whose power is `at`: a listener knows by it when the message went out. */
function bodyOf(n: number, at: number, turn: number): string {
  const body: Record<string, number> = {};
  for (const [name] of fieldsOf(n)) body[name] = 20 + ((turn * 7 + n) % 1000) / 100;
  body.power = at;
  return JSON.stringify(body);
}

/** The same sequence in each run, in no order that a device keeps. */
function randomDevices(): () => number {
  let seed = 1;
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * DEVICES);
  };
}

export interface Sent {
  readonly messages: number;
  readonly readings: number;
  readonly ms: number;
}

/** As fast as the socket takes them. */
export async function flood(port: number, messages: number): Promise<Sent> {
  const socket = await connected(port);
  const next = randomDevices();
  const from = monotonic();
  let readings = 0;
  for (let i = 0; i < messages; ) {
    const batch: Buffer[] = [];
    for (; batch.length < 100 && i < messages; i += 1) {
      const n = next();
      readings += readingsOf(n);
      batch.push(publishPacket(`bench/plug ${n}`, bodyOf(n, i % 1000, i)));
    }
    if (!socket.write(Buffer.concat(batch))) await once(socket, "drain");
  }
  // A broker may drop what it has not read of a connection that ended: a ping (MQTT 3.1.1, section 3.12) is answered after it.
  const answered = once(socket, "data");
  socket.write(Buffer.from([0xc0, 0]));
  await answered;
  socket.end();
  await once(socket, "close");
  return { messages, readings, ms: monotonic() - from };
}

/** `rate` messages a second for `seconds`; their power is the time since `zero` in ms. */
export async function paced(port: number, rate: number, seconds: number, zero: number): Promise<Sent> {
  const socket = await connected(port);
  socket.setNoDelay(true);
  const next = randomDevices();
  const total = rate * seconds;
  const from = monotonic();
  let readings = 0;
  for (let i = 0; i < total; ) {
    const due = Math.min(total, Math.floor(((monotonic() - from) / 1000) * rate));
    for (; i < due; i += 1) {
      const n = next();
      readings += readingsOf(n);
      const at = Math.round((monotonic() - zero) * 1000) / 1000;
      socket.write(publishPacket(`bench/plug ${n}`, bodyOf(n, at, i)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const ms = monotonic() - from;
  socket.end();
  return { messages: total, readings, ms };
}

/** Describes the devices, retained. */
export async function describeDevices(port: number): Promise<void> {
  const socket = await connected(port);
  socket.end(publishPacket("bench/bridge/devices", deviceList(), true));
  await once(socket, "close");
}
