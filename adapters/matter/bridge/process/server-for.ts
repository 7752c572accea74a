import type { ActionContext, ClusterBehavior, Endpoint, Observable } from "@matter/main";
import type { Use } from "../recipe.ts";
import type { Fields } from "../table.ts";
import { servedBy } from "./doers.ts";
import { BridgedScenes, globalScene, keepsScenes } from "./scenes.ts";
import { bases } from "./servers.ts";

const made = new Map<string, ClusterBehavior.Type>();

const fieldsOf = (request: unknown): Fields => (typeof request === "object" && request ? { ...request } : {});

/** Only a controller's own write asks anything of a device; what the bridge sets itself is already so. */
const isFromOutside = (context: unknown): context is ActionContext =>
  typeof context === "object" && context !== null && Reflect.get(context, "fabric") !== undefined;

/** matter.js's server class for one bridged cluster. The same class serves all devices of the same shape: classes are costly. */
export function serverFor({ cluster, source, type }: Use): ClusterBehavior.Type {
  const base = bases.get(cluster.cluster);
  if (!base) throw new Error(`there is no server for ${cluster.cluster}`);
  const features = [...(cluster.features?.(source, type) ?? [])].sort();
  const commands = Object.keys(cluster.commands ?? {}).filter((c) => cluster.accepts?.(c, source, type) ?? true);
  const writes = Object.keys(cluster.writes ?? {});
  const key = [cluster.cluster, features, commands, writes].join("|");
  const known = made.get(key);
  if (known) return known;
  const featured: ClusterBehavior.Type = features.length > 0 ? base.with(...(features as never[])) : base;
  const server = commands.length + writes.length > 0 ? acting(featured, cluster, commands, writes) : featured;
  made.set(key, server);
  return server;
}

function acting(
  base: ClusterBehavior.Type,
  { cluster: name, recall }: Use["cluster"],
  commands: readonly string[],
  writes: readonly string[],
): ClusterBehavior.Type {
  class Bridged extends base {
    override initialize() {
      for (const attribute of writes) {
        const changing: unknown = Reflect.get(this.events, `${attribute}$Changing`);
        if (!isObservable(changing)) continue;
        // The write waits for the hub's word: it fails where the hub or the device refuses.
        changing.isAsync = true;
        this.reactTo(changing, (wire: unknown, _: unknown, context: unknown) =>
          isFromOutside(context) ? owner(this.endpoint).write(name, attribute, wire, context) : undefined,
        );
      }
      if (recall) keepsScenes(this);
      return super.initialize();
    }
  }
  for (const command of commands)
    Object.defineProperty(Bridged.prototype, command, {
      configurable: true,
      writable: true,
      value(this: ClusterBehavior, request: unknown) {
        const act = () => owner(this.endpoint).invoke(name, command, fieldsOf(request), this.context);
        const around = name === "OnOff" ? globalScene[command] : undefined;
        return around && this.agent.has(BridgedScenes) ? around(this, act) : act();
      },
    });
  return Bridged;
}

const isObservable = (value: unknown): value is Observable<unknown[]> =>
  typeof value === "object" && value !== null && "on" in value && "emit" in value;

function owner(endpoint: Endpoint) {
  const found = servedBy(endpoint);
  const use = (cluster: string): Use => {
    const own = found?.uses.get(cluster);
    if (!own) throw new Error(`nobody serves ${cluster}`);
    return own;
  };
  return {
    invoke: async (cluster: string, command: string, fields: Fields, context: ActionContext) =>
      found?.doer.invoke(use(cluster), command, fields, context),
    write: async (cluster: string, attribute: string, wire: unknown, context: ActionContext) =>
      found?.doer.write(use(cluster), attribute, wire, context),
  };
}
