import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultLimits } from "../../hub/broker/limits.ts";
import { misfitOfPacket } from "../../hub/broker/packet-check.ts";
import { temporaryFolder } from "../storage/support.ts";
import { connectPacket, packet, text } from "./packets.ts";
import { brokerIn } from "./support.ts";
import { play, type Step, type Vector } from "./vectors.ts";

const send = (...packets: Buffer[]): Step => ({ kind: "send", bytes: Buffer.concat(packets) });
const expects = (...bytes: number[]): Step => ({ kind: "expect", bytes: Buffer.from(bytes) });
const answers = (...packets: Buffer[]): Step => ({ kind: "expect", bytes: Buffer.concat(packets) });
const somebodySends = (qos: 0 | 1 | 2): Step => ({ kind: "publish", topic: "t", payload: "x", qos });

const id = (n: number) => [n >> 8, n & 255];
const message = (flags: number, n: number) => packet(0x30 | flags, text("t"), flags & 6 ? id(n) : [], Buffer.from("x"));
const subscribe = (qos: number) => [
  send(packet(0x82, id(7), text("t"), qos)),
  answers(packet(0x90, id(7), qos)),
  somebodySends(2),
];
const ack = (first: number, n = 1) => packet(first, id(n));
const [PUBACK, PUBREC, PUBREL, PUBCOMP] = [0x40, 0x50, 0x62, 0x70];

const opening = (name: string, hello: Buffer, answer: number[] | undefined): Vector => ({
  name,
  hello: undefined,
  steps: [send(hello), ...(answer ? [expects(...answer)] : [])],
  closes: answer?.[3] !== 0,
});
const [WELCOME, OTHER_VERSION, NO_ID] = [
  [0x20, 2, 0, 0],
  [0x20, 2, 0, 1],
  [0x20, 2, 0, 2],
];

/** A CONNECT with another protocol name. */
const named = (name: string, level: number) => packet(0x10, text(name), level, 2, [0, 60], text("c"));
const withFlags = (first: number, hello: Buffer) => Buffer.concat([Buffer.from([first]), hello.subarray(1)]);

const openings = [
  opening("3.1.1", connectPacket("c"), WELCOME),
  opening("3.1", connectPacket("c", { level: 3 }), WELCOME),
  opening(
    "3.1 with bits that mean nothing there",
    withFlags(0x14, connectPacket("c", { level: 3, flags: 3 })),
    WELCOME,
  ),
  opening("3.1.1 with reserved bits in the header", withFlags(0x14, connectPacket("c")), undefined),
  opening("3.1.1 with the reserved connect flag", connectPacket("c", { flags: 3 }), undefined),
  opening("MQTT 5", connectPacket("c", { level: 5 }), OTHER_VERSION),
  opening("level 2", named("MQTT", 2), OTHER_VERSION),
  opening("level 6", named("MQTT", 6), OTHER_VERSION),
  opening("the name of 3.1.1 at the level of 3.1", named("MQTT", 3), OTHER_VERSION),
  opening("the name of 3.1 at the level of 3.1.1", named("MQIsdp", 4), OTHER_VERSION),
  opening("another protocol", named("HTTP", 4), undefined),
  opening("no name at all", packet(0x10), undefined),
  opening("3.1.1 without an id", connectPacket(""), WELCOME),
  opening("3.1.1 without an id, to be remembered", connectPacket("", { flags: 0 }), NO_ID),
  opening("3.1 without an id", connectPacket("", { level: 3 }), NO_ID),
  opening("signs of filters in the id", connectPacket("a+b/#"), WELCOME),
  opening("a user without a password", connectPacket("c", { flags: 0x82, tail: text("u") }), WELCOME),
  opening("a last will", connectPacket("c", { flags: 6, tail: Buffer.concat([text("t"), text("x")]) }), WELCOME),
  opening(
    "a last will of QoS 3",
    connectPacket("c", { flags: 0x1e, tail: Buffer.concat([text("t"), text("x")]) }),
    undefined,
  ),
  opening("the QoS of a last will that is none", connectPacket("c", { flags: 0x0a }), undefined),
  opening("bytes after the end", connectPacket("c", { tail: Buffer.from("x") }), undefined),
];

const flow = (name: string, closes: boolean, ...steps: Step[]): Vector => ({ name, hello: 4, steps, closes });

const flows = [
  flow("QoS 1 to a client", false, ...subscribe(1), answers(message(2, 1)), send(ack(PUBACK))),
  flow(
    "QoS 2 to a client",
    false,
    ...[...subscribe(2), answers(message(4, 1)), send(ack(PUBREC)), answers(ack(PUBREL)), send(ack(PUBCOMP))],
  ),
  flow(
    "a doubtful client repeats its PUBREC",
    false,
    ...[...subscribe(2), answers(message(4, 1)), send(ack(PUBREC)), answers(ack(PUBREL))],
    ...[send(ack(PUBREC)), answers(ack(PUBREL))],
  ),
  flow("QoS 1 answered as QoS 2", true, ...subscribe(1), answers(message(2, 1)), send(ack(PUBREC))),
  flow("QoS 1 answered as the end of QoS 2", true, ...subscribe(1), answers(message(2, 1)), send(ack(PUBCOMP))),
  flow("QoS 2 answered as QoS 1", true, ...subscribe(2), answers(message(4, 1)), send(ack(PUBACK))),
  flow("QoS 2 ended before its PUBREL", true, ...subscribe(2), answers(message(4, 1)), send(ack(PUBCOMP))),
  flow("an acknowledgement of nothing", false, send(ack(PUBACK, 9))),
  flow("QoS 1 from a client", false, send(message(2, 5)), answers(ack(PUBACK, 5))),
  flow(
    "QoS 2 from a client, sent twice",
    false,
    ...[send(message(4, 5)), answers(ack(PUBREC, 5)), send(message(12, 5)), answers(ack(PUBREC, 5))],
    ...[send(ack(PUBREL, 5)), answers(ack(PUBCOMP, 5))],
  ),
  flow(
    "a repeated message is new to who listens",
    false,
    ...[send(packet(0x82, id(7), text("t"), 0)), answers(packet(0x90, id(7), 0))],
    ...[send(message(10, 5)), answers(message(0, 0), ack(PUBACK, 5))],
  ),
  flow(
    "a topic that is forbidden",
    false,
    send(packet(0x82, id(7), text("test/nosubscribe"), 1, text("#"), 1)),
    answers(packet(0x90, id(7), [0x80, 1])),
  ),
  flow("a second CONNECT", true, send(connectPacket("c"))),
  flow("SUBSCRIBE without a QoS", true, send(packet(0x82, id(7), text("t")))),
  flow("SUBSCRIBE of QoS 3", true, send(packet(0x82, id(7), text("t"), 3))),
  flow("UNSUBSCRIBE from nothing", true, send(packet(0xa2, id(7)))),
  flow("PUBREL without its flags", true, send(packet(0x60, id(7)))),
  flow("the topic under which the broker speaks of itself", true, send(packet(0x30, text("$SYS/x"), Buffer.from("x")))),
  flow("AUTH of MQTT 5", true, send(packet(0xf0))),
];

describe("a connection", () => {
  test.each(openings)("that begins with $name is answered as the standard says", async (vector) => {
    const broker = await brokerIn(temporaryFolder());
    expect(await play(broker.port, vector)).toBeUndefined();
  });

  test.each(flows)("with $name goes as the standard says", async (vector) => {
    const broker = await brokerIn(temporaryFolder());
    expect(await play(broker.port, vector)).toBeUndefined();
  });

  test("is judged without a throw, whatever its packets hold", () => {
    const good = [
      connectPacket("c"),
      connectPacket("c", { level: 5 }),
      message(2, 1),
      packet(0x82, id(7), text("t"), 1),
    ];
    const mutated = fc
      .tuple(fc.constantFrom(...good), fc.array(fc.tuple(fc.nat(30), fc.nat(255)), { minLength: 1, maxLength: 4 }))
      .map(([bytes, changes]) => {
        const copy = Buffer.from(bytes);
        for (const [at, value] of changes) copy[at % copy.length] = value;
        return copy;
      });
    const random = fc.uint8Array({ minLength: 2, maxLength: 40 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.oneof(mutated, random), (bytes) => {
        const misfit = misfitOfPacket(bytes, defaultLimits);
        expect(misfit === undefined || misfit.reason.length > 0).toBe(true);
      }),
      { numRuns: 10_000 },
    );
  });
});
