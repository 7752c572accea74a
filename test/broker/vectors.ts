import { connectAsync } from "mqtt";
import { Line } from "./line.ts";
import { connectPacket } from "./packets.ts";

export type Step =
  | { readonly kind: "send"; readonly bytes: Buffer }
  | { readonly kind: "expect"; readonly bytes: Buffer }
  | { readonly kind: "publish"; readonly topic: string; readonly payload: string; readonly qos: 0 | 1 | 2 };

/** What a client sends on one connection, what the broker must answer byte for byte, and how the connection ends. */
export interface Vector {
  readonly name: string;
  /** Protocol level of the CONNECT that comes first; undefined when the steps bring their own. */
  readonly hello: number | undefined;
  readonly steps: readonly Step[];
  /** The broker must close the connection; otherwise it must answer a ping. */
  readonly closes: boolean;
}

async function step(port: number, line: Line, todo: Step): Promise<string | undefined> {
  if (todo.kind === "send") {
    line.send(todo.bytes);
    return undefined;
  }
  if (todo.kind === "expect") {
    const { bytes } = await line.take(todo.bytes.length);
    return bytes.equals(todo.bytes)
      ? undefined
      : `answered ${bytes.toString("hex") || "nothing"}, not ${todo.bytes.toString("hex")}`;
  }
  const helper = await connectAsync(`mqtt://127.0.0.1:${port}`, { clientId: "helper", reconnectPeriod: 0 });
  await helper.publishAsync(todo.topic, todo.payload, { qos: todo.qos });
  await helper.endAsync();
  return undefined;
}

/** Plays a vector against a broker on this machine; says what was wrong, undefined when nothing was. */
export async function play(port: number, { name, hello, steps, closes }: Vector): Promise<string | undefined> {
  const line = Line.to(port);
  const before: Step[] =
    hello === undefined
      ? []
      : [
          { kind: "send", bytes: connectPacket(name, { level: hello }) },
          { kind: "expect", bytes: Buffer.from([0x20, 2, 0, 0]) },
        ];
  try {
    for (const todo of [...before, ...steps]) {
      const wrong = await step(port, line, todo);
      if (wrong) return wrong;
    }
    if (closes) {
      const { bytes, ended } = await line.take(1);
      return ended ? undefined : `still connected${bytes.length > 0 ? `, answered ${bytes.toString("hex")}` : ""}`;
    }
    line.send(Buffer.from([0xc0, 0]));
    const { bytes } = await line.take(2);
    return bytes.equals(Buffer.from([0xd0, 0])) ? undefined : `no answer to a ping, but ${bytes.toString("hex")}`;
  } finally {
    line.close();
  }
}
