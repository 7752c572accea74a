import { Cursor, Malformed } from "./cursor.ts";
import type { BrokerLimits } from "./limits.ts";

const UNACCEPTABLE_PROTOCOL_VERSION = 1;
const IDENTIFIER_REJECTED = 2;

/** A CONNECT that is answered with a code before its connection is closed (MQTT 3.1.1, section 3.2.2.3). */
export class RefusedConnect extends Malformed {
  readonly answer: Buffer;

  constructor(code: number, message: string) {
    super(message);
    this.answer = Buffer.from([0x20, 2, 0, code]);
  }
}

/**
 * Looks at a CONNECT whose body begins at `body`. Throws Malformed or RefusedConnect.
 * The one packet that is mended: MQTT 3.1 (sections 2.1 and 3.1) gives the low bits of the header and bit 0 of the connect
 * flags no meaning, so that a client may set them; aedes would refuse what 3.1.1 reserves, therefore they are cleared.
 */
export function lookAtConnect(packet: Buffer, body: number, limits: BrokerLimits): void {
  const at = new Cursor(packet, body);
  const protocol = at.text();
  if (protocol !== "MQTT" && protocol !== "MQIsdp") throw new Malformed("the protocol is not MQTT");
  // A bridge of Mosquitto sets the highest bit.
  const level = at.byte() & 127;
  if (level !== (protocol === "MQTT" ? 4 : 3)) throw otherVersion(protocol, level, at);
  const old = level === 3;
  if (!old && (packet[0] ?? 0) & 15) throw new Malformed("reserved flags are set");
  const flags = at.byte();
  if (!old && flags & 1) throw new Malformed("the connect flags are wrong");
  if (old) {
    packet[0] = (packet[0] ?? 0) & 0xf0;
    packet[body + 9] = flags & 0xfe;
  }
  at.byte();
  at.byte();
  lookAtPayload(at, flags, old, limits);
}

function lookAtPayload(at: Cursor, flags: number, old: boolean, limits: BrokerLimits): void {
  const will = flags & 4;
  if (((flags >> 3) & 3) === 3 || (!will && flags & 0x38)) throw new Malformed("the connect flags are wrong");
  if (flags & 0x40 && !(flags & 0x80)) throw new Malformed("a password without a user name");
  const id = at.text();
  if (id.length > limits.clientIdLength) throw new Malformed("the client id is too long");
  if (will) {
    const topic = at.text();
    if (topic === "" || topic.length > limits.topicLength || /[+#]/.test(topic))
      throw new Malformed("the last will's topic is empty, too long or has wildcards");
    at.bytes();
  }
  if (flags & 0x80) at.text();
  if (flags & 0x40) at.bytes();
  if (at.more) throw new Malformed("the packet is too long");
  // MQTT 3.1, section 3.1: an id has at least one character. 3.1.1, section 3.1.3.1: without one nothing is remembered.
  if (id === "" && (old || !(flags & 2)))
    throw new RefusedConnect(IDENTIFIER_REJECTED, "an empty client id needs MQTT 3.1.1 and a clean session");
}

/** MQTT 3.1.1, section 3.1.2.2; clients of MQTT 5 understand this answer, too. */
function otherVersion(protocol: string, level: number, at: Cursor): RefusedConnect {
  const code = UNACCEPTABLE_PROTOCOL_VERSION;
  if (protocol !== "MQTT" || level !== 5)
    return new RefusedConnect(code, `${protocol} of level ${level} is not known here: use MQTT 3.1.1`);
  at.byte();
  at.byte();
  at.byte();
  at.skip(at.variable());
  return new RefusedConnect(
    code,
    `the client "${at.text()}" speaks MQTT 5, the built-in broker 3.1.1: set the client to 3.1.1, or use an external broker`,
  );
}
