/** Why the broker cannot start. `fix` says what a person can do about it. */
export class BrokerError extends Error {
  readonly code: "port-taken" | "port-forbidden" | "no-such-address" | "failed";
  readonly fix: string;

  constructor(code: BrokerError["code"], message: string, fix: string, cause?: unknown) {
    super(message, { cause });
    this.name = "BrokerError";
    this.code = code;
    this.fix = fix;
  }
}

/** Puts a refused listen into words with a fix. */
export function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): BrokerError {
  const place = `${host}:${port}`;
  if (error.code === "EADDRINUSE")
    return new BrokerError(
      "port-taken",
      `the MQTT port ${place} is taken by another program`,
      "stop that program (another broker or hub), or choose another port with --mqtt-port",
      error,
    );
  if (error.code === "EACCES")
    return new BrokerError(
      "port-forbidden",
      `the hub may not listen on ${place}`,
      "choose a port above 1023 with --mqtt-port",
      error,
    );
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND")
    return new BrokerError(
      "no-such-address",
      `this machine has no address ${host}`,
      "listen on 127.0.0.1, or on an address that this machine has",
      error,
    );
  return new BrokerError("failed", `the broker can not listen on ${place}: ${error.message}`, "see the message", error);
}
