import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";

/** Where a program is, or undefined. Servers often lie where an ordinary path does not look. */
export function programOf(name: string): string | undefined {
  const path = `${process.env.PATH ?? ""}:/usr/sbin:/usr/local/sbin:/usr/local/bin:${process.env.HOME ?? ""}/go/bin`;
  try {
    return execFileSync("sh", ["-c", 'command -v "$0"', name], { env: { PATH: path }, encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("no free port");
  return address.port;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket: Socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

export interface ForeignBroker {
  readonly port: number;
  stop(): Promise<void>;
}

async function run(program: string, args: readonly string[], port: number): Promise<ForeignBroker> {
  const child: ChildProcess = spawn(program, args, { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let gone = false;
  void ended.then(() => {
    gone = true;
  });
  for (let tries = 0; tries < 200 && !(await answers(port)); tries += 1) {
    if (gone) throw new Error(`${program} ended at once`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

export interface Secured {
  /** PEM text of the authority. */
  readonly ca: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/** A certificate for 127.0.0.1 that signs itself, made for this run alone. */
export function makeCertificate(folder: string): Secured {
  mkdirSync(folder, { recursive: true });
  const [certFile, keyFile] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  execFileSync("openssl", ["req", "-x509", ...kind, ...subject, "-keyout", keyFile, "-out", certFile], {
    stdio: "ignore",
  });
  return { ca: execFileSync("cat", [certFile], { encoding: "utf8" }), certFile, keyFile };
}

/** Mosquitto with a name and a password, and TLS where a certificate is given. */
export function startMosquitto(
  program: string,
  folder: string,
  port: number,
  who: { readonly username: string; readonly password: string },
  tls?: Secured,
): Promise<ForeignBroker> {
  const passwords = join(folder, "passwords");
  writeFileSync(passwords, "", { mode: 0o600 });
  execFileSync(programOf("mosquitto_passwd") ?? "mosquitto_passwd", ["-b", passwords, who.username, who.password], {
    stdio: "ignore",
  });
  const lines = [
    `listener ${port} 127.0.0.1`,
    "allow_anonymous false",
    `password_file ${passwords}`,
    "user root",
    "persistence false",
    ...(tls ? [`certfile ${tls.certFile}`, `keyfile ${tls.keyFile}`] : []),
  ];
  const config = join(folder, "mosquitto.conf");
  writeFileSync(config, `${lines.join("\n")}\n`);
  return run(program, ["-c", config], port);
}

/** A NATS server that speaks MQTT. */
export async function startNats(program: string, folder: string, port: number): Promise<ForeignBroker> {
  const config = join(folder, "nats.conf");
  const own = await freePort();
  const text = `listen: 127.0.0.1:${own}
server_name: home
jetstream { store_dir: "${join(folder, "jetstream")}" }
mqtt { listen: "127.0.0.1:${port}" }
`;
  writeFileSync(config, text);
  return run(program, ["-c", config], port);
}
