import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";

const GROUP = "224.0.0.251";
const PORT = 5353;
const WAIT_MS = 1500;

/** A DNS query for one name (RFC 1035 section 4.1), asked by multicast (RFC 6762 section 5). */
function question(name: string): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  const labels = name.split(".").flatMap((label) => [label.length, ...Buffer.from(label)]);
  return Buffer.concat([header, Buffer.from([...labels, 0, 0, 12, 0, 1])]);
}

/** Sends a question to the mDNS group and waits to hear it again. Undefined: heard; else what went wrong. */
export function mdnsEcho(): Promise<string | undefined> {
  const packet = question(`inglenook-${randomBytes(4).toString("hex")}.local`);
  return new Promise((resolve) => {
    const socket = createSocket({ type: "udp4", reuseAddr: true });
    const end = (problem: string | undefined) => {
      clearTimeout(timer);
      socket.close();
      resolve(problem);
    };
    const timer = setTimeout(() => end("the machine does not hear its own multicast"), WAIT_MS);
    socket.once("error", (error) => end(`multicast failed: ${error.message}`));
    socket.on("message", (message) => {
      if (message.equals(packet)) end(undefined);
    });
    socket.bind(PORT, () => {
      try {
        socket.addMembership(GROUP);
        socket.setMulticastLoopback(true);
        socket.send(packet, PORT, GROUP, (error) => {
          if (error) end(`multicast can't be sent: ${error.message}`);
        });
      } catch (error) {
        end(`multicast can't be joined: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
  });
}
