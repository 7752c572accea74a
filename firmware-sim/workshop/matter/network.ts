/** The air between a simulated device and its hub: what faults do to packets. */
import { Network, type Transport, type UdpSocket, type UdpSocketOptions } from "@matter/main";

/** Packets that may wait in the air at one time; more are lost. */
const mostWaiting = 2000;

/** What becomes of packets, both ways. */
export class Air {
  /** Nothing goes out and nothing comes in. */
  silent = false;
  /** ms until what came in is heard. */
  delay = 0;
  /** Of the packets that are lost, 0 to 1. */
  loss = 0;
  private readonly chance: () => number;
  private waiting = 0;

  constructor(chance: () => number) {
    this.chance = chance;
  }

  /** Whether a packet gets through. */
  passes(): boolean {
    return !this.silent && (this.loss === 0 || this.chance() >= this.loss);
  }

  /** Hears a packet now or later, or never. */
  arrive(hear: () => void): void {
    if (!this.passes()) return;
    if (this.delay === 0) {
      hear();
      return;
    }
    if (this.waiting >= mostWaiting) return;
    this.waiting += 1;
    setTimeout(() => {
      this.waiting -= 1;
      if (!this.silent) hear();
    }, this.delay);
  }
}

/** A socket whose packets go through the air, and that can be moved to another port while it is in use. */
class AirSocket implements UdpSocket {
  private readonly air: Air;
  private socket: UdpSocket;
  private readonly listeners = new Map<UdpSocket.Callback, Transport.Listener>();
  private readonly closed: () => void;

  constructor(air: Air, socket: UdpSocket, closed: () => void) {
    this.air = air;
    this.socket = socket;
    this.closed = closed;
  }

  get maxPayloadSize(): number {
    return this.socket.maxPayloadSize;
  }

  get port(): number {
    return this.socket.port;
  }

  addMembership(address: string) {
    return this.socket.addMembership(address);
  }

  dropMembership(address: string) {
    return this.socket.dropMembership(address);
  }

  supports: UdpSocket["supports"] = (type, address) => this.socket.supports(type, address);

  onData(listener: UdpSocket.Callback): Transport.Listener {
    this.listen(listener);
    return {
      close: async () => {
        const listening = this.listeners.get(listener);
        this.listeners.delete(listener);
        await listening?.close();
      },
    };
  }

  async send(...packet: Parameters<UdpSocket["send"]>): Promise<void> {
    if (this.air.passes()) await this.socket.send(...packet);
  }

  async close(): Promise<void> {
    this.closed();
    await this.socket.close();
  }

  /** From now on everything goes through the socket that is opened. */
  async move(open: () => Promise<UdpSocket>): Promise<void> {
    await this.socket.close();
    this.socket = await open();
    for (const listener of this.listeners.keys()) this.listen(listener);
  }

  private listen(listener: UdpSocket.Callback): void {
    const heard: UdpSocket.Callback = (...packet) => this.air.arrive(() => listener(...packet));
    this.listeners.set(listener, this.socket.onData(heard));
  }
}

/** The machine's network, with faults in the air. */
export class AirNetwork extends Network {
  private readonly air: Air;
  private readonly real: Network;
  private readonly sockets = new Map<AirSocket, UdpSocketOptions>();

  constructor(air: Air, real: Network) {
    super();
    this.air = air;
    this.real = real;
  }

  /** The only one of the machine's addresses at which it is; all of them where there is none. */
  private address: string | undefined;

  getNetInterfaces: Network["getNetInterfaces"] = (configuration) => this.real.getNetInterfaces(configuration);
  getIpMac: Network["getIpMac"] = (name) => {
    const { address } = this;
    return address === undefined ? this.real.getIpMac(name) : this.only(name, address);
  };

  override async createUdpSocket(options: UdpSocketOptions): Promise<UdpSocket> {
    const real = await this.real.createUdpSocket(options);
    const socket: AirSocket = new AirSocket(this.air, real, () => this.sockets.delete(socket));
    this.sockets.set(socket, options);
    return socket;
  }

  get isAtOne(): boolean {
    return this.address !== undefined;
  }

  /** Goes on with the sockets of `port` at one of the machine's addresses alone; undefined: at all of them. */
  async stayAt(address: string | undefined, port: number): Promise<void> {
    if (address !== undefined && !(await this.has(address)))
      throw new RangeError(`this machine has no address ${address}`);
    this.address = address;
    for (const [socket, { listeningAddress: _before, ...options }] of this.sockets) {
      if (socket.port !== port) continue;
      const at = address === undefined ? {} : { listeningAddress: address };
      // One port has one socket at a time.
      await socket.move(() => this.real.createUdpSocket({ ...options, ...at, listeningPort: port }));
    }
  }

  private async only(name: string, address: string) {
    const all = await this.real.getIpMac(name);
    return all && { ...all, ipV4: [], ipV6: all.ipV6.filter((ip) => ip === address) };
  }

  private async has(address: string): Promise<boolean> {
    for (const { name } of await this.real.getNetInterfaces())
      if ((await this.only(name, address))?.ipV6.length) return true;
    return false;
  }

  /** Moves the sockets of `from` to another port (0: any free one) and tells it; undefined where there is none. */
  async move(from: number, port: number): Promise<number | undefined> {
    let to: number | undefined;
    for (const [socket, options] of this.sockets) {
      if (socket.port !== from) continue;
      const { listeningPort: _before, ...same } = options;
      const wanted = to ?? port;
      await socket.move(() => this.real.createUdpSocket(wanted === 0 ? same : { ...same, listeningPort: wanted }));
      to = socket.port;
    }
    return to;
  }
}
