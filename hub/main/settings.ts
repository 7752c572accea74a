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
