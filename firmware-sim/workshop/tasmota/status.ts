/** What `Status <n>` answers (tasmota documentation, Commands: Status). */
interface Parts {
  readonly name: string;
  readonly friendly: readonly string[];
  readonly topic: string;
  readonly mac: string;
  readonly ip: string;
  readonly model: string;
  readonly clientId: string;
  readonly time: string;
  readonly power: readonly boolean[];
  readonly sensors: object;
  readonly state: object;
}

type Answer = readonly [name: string, body: object];

const summary = (p: Parts): Answer => [
  "STATUS",
  {
    Status: {
      Module: 0,
      DeviceName: p.name,
      FriendlyName: p.friendly,
      Topic: p.topic,
      ButtonTopic: "0",
      Power: p.power.map((on) => (on ? "1" : "0")).join(""),
      PowerLock: "0",
      PowerOnState: 3,
      LedState: 1,
      LedMask: "FFFF",
      SaveData: 1,
      SaveState: 1,
      SwitchTopic: "0",
      SwitchMode: [0],
      ButtonRetain: 0,
      SwitchRetain: 0,
      SensorRetain: 0,
      PowerRetain: 0,
      InfoRetain: 0,
      StateRetain: 0,
      StatusRetain: 0,
    },
  },
];

/** `Status 0` gives everything, a number one part, none or an unknown one the summary. */
export function statusAnswers(which: number, p: Parts): readonly Answer[] {
  const mac = p.mac.match(/../g)?.join(":") ?? p.mac;
  const parts = new Map<number, Answer>([
    [
      1,
      [
        "STATUS1",
        {
          StatusPRM: { Baudrate: 115200, GroupTopic: "tasmotas", OtaUrl: "", RestartReason: "Power On", BootCount: 4 },
        },
      ],
    ],
    [2, ["STATUS2", { StatusFWR: { Version: "15.1.0(release-tasmota)", Hardware: "ESP8266EX", Core: "2_7_8" } }]],
    [
      5,
      ["STATUS5", { StatusNET: { Hostname: p.topic, IPAddress: p.ip, Gateway: "192.168.1.1", Mac: mac, HTTP_API: 1 } }],
    ],
    [
      6,
      [
        "STATUS6",
        {
          StatusMQT: {
            MqttHost: "broker",
            MqttPort: 1883,
            MqttClient: p.clientId,
            MqttUser: "DVES_USER",
            MqttCount: 1,
          },
        },
      ],
    ],
    [7, ["STATUS7", { StatusTIM: { UTC: p.time, Local: p.time, Timezone: 99 } }]],
    // 8 is the older name of 10; both give the sensors under the same key.
    [8, ["STATUS8", { StatusSNS: p.sensors }]],
    [10, ["STATUS10", { StatusSNS: p.sensors }]],
    [11, ["STATUS11", { StatusSTS: p.state }]],
  ]);
  if (which === 0) return [summary(p), ...[...parts].filter(([n]) => n !== 8).map(([, answer]) => answer)];
  return [parts.get(which) ?? summary(p)];
}
