/** One simulated Matter device: a process of its own, as a real device is a computer of its own. */
import { parseArgs } from "node:util";
import { DeviceTypeId, Environment, Logger, LogLevel, ServerNode, VendorId } from "@matter/main";
import type { ProductEndpoint, Values } from "./wire/matter-endpoint.ts";
import { createPlug } from "./wire/matter-plug.ts";
import { type MatterKind, matterProducts } from "./wire/matter-products.ts";
import { createThermostat } from "./wire/matter-thermostat.ts";

interface Options {
  readonly kind: MatterKind;
  readonly name: string;
  readonly serial: string;
  readonly port: number;
  readonly storage: string;
  readonly passcode: number;
  readonly discriminator: number;
}

function readOptions(argv: readonly string[]): Options {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: { kind: text, name: text, serial: text, port: text, storage: text, passcode: text, discriminator: text },
  });
  const whole = (field: "port" | "passcode" | "discriminator", max: number): number => {
    const value = Number(values[field]);
    if (!Number.isInteger(value) || value < 0 || value > max) throw new RangeError(`--${field} must be 0 to ${max}`);
    return value;
  };
  const { kind, name, serial, storage } = values;
  if (kind !== "plug" && kind !== "thermostat") throw new RangeError("--kind must be plug or thermostat");
  if (!name || !serial || !storage) throw new RangeError("--name, --serial and --storage are needed");
  return {
    kind,
    name: name.slice(0, 32),
    serial: serial.slice(0, 32),
    storage,
    port: whole("port", 65535),
    passcode: whole("passcode", 99_999_998),
    discriminator: whole("discriminator", 4095),
  };
}

async function createNode(options: Options, product: ProductEndpoint) {
  const { vendorId, productId, vendorName, productName, deviceTypes } = matterProducts[options.kind];
  const node = await ServerNode.create({
    id: options.serial,
    network: { port: options.port },
    commissioning: { passcode: options.passcode, discriminator: options.discriminator },
    productDescription: { name: options.name, deviceType: DeviceTypeId(deviceTypes[0] ?? 0) },
    basicInformation: {
      vendorId: VendorId(vendorId),
      vendorName,
      productId,
      productName,
      productLabel: productName,
      nodeLabel: options.name,
      serialNumber: options.serial,
      uniqueId: `sim-${options.serial}`.slice(0, 32),
      softwareVersion: 1,
      softwareVersionString: "1.0.0",
    },
  });
  await node.add(product.endpoint);
  return node;
}

const tell = (message: object): void => {
  if (process.connected) process.send?.(message);
};

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  Logger.level = LogLevel.ERROR;
  Logger.format = "plain";
  const { vars } = Environment.default;
  // Set whole: matter.js has by now read this process's arguments into the same variables.
  vars.set("storage", { driver: "file", path: options.storage });
  vars.set("runtime", { signals: false, exitcode: false, unhandlederrors: false });
  const interfaceName = process.env.INGLENOOK_MDNS_INTERFACE;
  if (interfaceName) vars.set("mdns", { networkinterface: interfaceName });
  const product = options.kind === "plug" ? createPlug() : createThermostat();
  const node = await createNode(options, product);
  product.onState((state) => tell({ state }));
  process.on("message", (message: { set?: Values }) => {
    const values = message?.set;
    if (values && typeof values === "object")
      product.set(values).catch((error: unknown) => console.error(`${options.name}: cannot set: ${String(error)}`));
  });
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    // A parent that is gone cannot wait: no longer than 5 s for goodbyes.
    setTimeout(() => process.exit(0), 5000).unref();
    node.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once("disconnect", end);
  // The parent may have gone while the node was made.
  if (process.connected === false) return end();
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  await node.start();
  tell({ ready: true, manualPairingCode: node.state.commissioning.pairingCodes.manualPairingCode });
  tell({ state: product.state() });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
