import { createSocket, type Socket } from "node:dgram";
import { networkInterfaces } from "node:os";

const PORT = 5353;
const GROUPS = { udp4: "224.0.0.251", udp6: "ff02::fb" } as const;

/** What the network let through while a device was sought. */
export interface Heard {
  /** This machine has an IPv6 address of its own on some network. */
  readonly ipv6: boolean;
  /** Any mDNS message at all, this machine's own questions among them. */
  readonly any: boolean;
  /** From another machine. */
  readonly others: boolean;
}

interface Ear {
  /** Stops listening and tells. */
  stop(): Heard;
}

/** Listens for mDNS beside matter.js, so that a search that finds nothing can say why. Never fails; hears nothing at worst. */
export function listenToMdns(): Ear {
  const sources = new Set<string>();
  const sockets = [ear("udp4", sources), ear("udp6", sources)];
  return {
    stop() {
      for (const socket of sockets) close(socket);
      const own = new Set(addresses().map(({ address }) => address));
      const from = [...sources].map((address) => address.replace(/%.*$/, ""));
      return { ipv6: hasIpv6(), any: from.length > 0, others: from.some((address) => !own.has(address)) };
    },
  };
}

const addresses = () =>
  Object.values(networkInterfaces()).flatMap((list) => (list ?? []).filter((address) => !address.internal));

const hasIpv6 = (): boolean => addresses().some((address) => address.family === "IPv6");

function close(socket: Socket | undefined): void {
  try {
    socket?.close();
  } catch {
    // It never opened.
  }
}

function ear(type: "udp4" | "udp6", sources: Set<string>): Socket {
  const socket = createSocket({ type, reuseAddr: true });
  socket.on("error", () => undefined);
  socket.on("message", (_, { address }) => {
    if (sources.size < 200) sources.add(address);
  });
  socket.bind(PORT, () => {
    for (const [name, list] of Object.entries(networkInterfaces())) {
      const address = list?.find(({ family, internal }) => !internal && family === (type === "udp4" ? "IPv4" : "IPv6"));
      if (!address) continue;
      try {
        socket.addMembership(GROUPS[type], type === "udp4" ? address.address : `::%${name}`);
      } catch {
        // An interface without multicast.
      }
    }
  });
  return socket;
}
