/** What the hub is told at its start. */
export interface HubSettings {
  readonly demo: boolean;
  /** Folder of everything the hub keeps. */
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly mqttHost: string;
  readonly mqttPort: number;
  readonly mqttUser?: string | undefined;
  readonly mqttPassword?: string | undefined;
  /** False: no embedded broker, only others. */
  readonly broker: boolean;
  /** Other brokers to listen to, as addresses that may carry a name and a password. */
  readonly brokers: readonly string[];
  /** Makers' adapters: folders, files or names of installed packages. */
  readonly adapters: readonly string[];
  /** Folder of JSON files, each of which describes a device for MQTT that no dialect reads. */
  readonly mappings?: string | undefined;
  readonly matter: boolean;
  /** Folder of model files; undefined: the one all homes of this machine share. */
  readonly models?: string | undefined;
  readonly fetchModel: boolean;
  /** How many times faster than the machine's the hub's time runs; 1 but for a simulated home. */
  readonly speed: number;
  /** Days of past of a simulated home. */
  readonly days: number;
  readonly seed: number;
}
