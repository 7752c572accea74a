/** What `Status <n>` answers (tasmota documentation, Commands: Status). */

export interface Status {
  readonly topic: string;
  readonly name: string;
  readonly ip: string;
  readonly mac: string;
  readonly firmware: string;
  readonly model: string;
  readonly relay: boolean;
  readonly clientId: string;
  readonly time: string;
  readonly sensors: object;
  readonly state: object;
}

type Answer = readonly [name: string, body: object];

function summary(s: Status): Answer {
  return [
    "STATUS",
    {
      Status: {
        Module: 0,
        DeviceName: s.name,
        FriendlyName: [s.name],
        Topic: s.topic,
        ButtonTopic: "0",
        Power: s.relay ? "1" : "0",
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
      },
    },
  ];
}

function network(s: Status): Answer {
  const mac = s.mac.match(/../g)?.join(":") ?? s.mac;
  return [
    "STATUS5",
    {
      StatusNET: {
        Hostname: s.topic,
        IPAddress: s.ip,
        Gateway: "192.168.1.1",
        Subnetmask: "255.255.255.0",
        DNSServer1: "192.168.1.1",
        Mac: mac,
        Webserver: 2,
        HTTP_API: 1,
        WifiConfig: 4,
        WifiPower: 17,
      },
    },
  ];
}

/** `Status` without a number gives the summary, 0 gives everything, others one part; unknown numbers the summary. */
export function statusAnswers(which: number, s: Status): readonly Answer[] {
  const parts: ReadonlyMap<number, Answer> = new Map<number, Answer>([
    [
      1,
      ["STATUS1", { StatusPRM: { Baudrate: 115200, GroupTopic: "tasmotas", RestartReason: "Power On", BootCount: 4 } }],
    ],
    [2, ["STATUS2", { StatusFWR: { Version: `${s.firmware}(release-tasmota)`, Hardware: s.model, Core: "2_7_8" } }]],
    [5, network(s)],
    [6, ["STATUS6", { StatusMQT: { MqttHost: "hub.local", MqttPort: 1883, MqttClient: s.clientId, MqttCount: 1 } }]],
    [7, ["STATUS7", { StatusTIM: { Local: s.time, Timezone: 99 } }]],
    // Status 8 is the older name of 10; both give the sensors under the same key.
    [8, ["STATUS8", { StatusSNS: s.sensors }]],
    [10, ["STATUS10", { StatusSNS: s.sensors }]],
    [11, ["STATUS11", { StatusSTS: s.state }]],
  ]);
  if (which === 0) return [summary(s), ...[...parts].filter(([n]) => n !== 8).map(([, answer]) => answer)];
  const part = parts.get(which);
  return part ? [part] : [summary(s)];
}
