/** What the hub says of its own devices to others on its MQTT brokers. Implemented by shells; nothing here does anything. */
export interface AnnounceSettings {
  /** As Homie 5 devices, under the hub's own domain. */
  readonly homie: boolean;
  /** By Home Assistant's discovery; devices that Home Assistant hears from itself are left out. */
  readonly homeAssistant: boolean;
}

export interface Announcements {
  settings(): AnnounceSettings;
  set(settings: AnnounceSettings, by: string): void;
}
