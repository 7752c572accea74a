"""The C++ CHIP controller as a judge: one JSON request a line on standard input, one JSON answer a line on standard output.

A request is {"id": 1, "do": "commission", ...}; its answer {"id": 1, "ok": true, ...} or {"id": 1, "ok": false, "error": "..."}.
Nothing of the hub is used here: what this controller sees is what another maker's controller sees.
"""

import asyncio
import json
import logging
import os
import sys
import time

# The library writes its log to standard output: the answers keep the real one for themselves.
ANSWERS = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)

import chip.native  # noqa: E402
from chip import CertificateAuthority, ChipStack  # noqa: E402
from chip.clusters import Objects as Clusters  # noqa: E402
from chip.clusters.Attribute import AttributePath  # noqa: E402
from dmv_tool import validate_device_conformance  # noqa: E402

logging.disable(logging.CRITICAL)

GLOBALS = {
    0xFFFC: ("features", "FeatureMap"),
    0xFFFD: ("revisions", "ClusterRevision"),
    0xFFF8: ("commands", "GeneratedCommandList"),
    0xFFF9: ("commands", "AcceptedCommandList"),
    0xFFFB: ("attributes", "AttributeList"),
}
ON_OFF = 6


def hexed(number):
    return f"0x{number:04X}"


class Judge:
    """One process holds up to two fabrics, as two homes' controllers would."""

    def __init__(self, storage, paa):
        chip.native.Init()
        self.stack = ChipStack.ChipStack(persistentStoragePath=storage)
        self.authorities = CertificateAuthority.CertificateAuthorityManager(chipStack=self.stack)
        self.paa = paa
        self.controllers = {}
        self.subscriptions = {}
        self.seen = {}
        self.waiting = []

    def controller(self, fabric):
        if fabric not in self.controllers:
            authority = self.authorities.NewCertificateAuthority()
            admin = authority.NewFabricAdmin(vendorId=0xFFF1, fabricId=fabric)
            self.controllers[fabric] = admin.NewController(nodeId=112233 + fabric, paaTrustStorePath=self.paa)
        return self.controllers[fabric]

    async def commission(self, code, node, fabric=1):
        began = time.monotonic()
        await self.controller(fabric).CommissionWithCode(code, node)
        return {"ms": ms(began)}

    async def read(self, node, fabric=1):
        """The whole node by a wildcard read, as {endpoint: {cluster: {attribute: value}}} with numbers for names."""
        result = await self.controller(fabric).Read(node, attributes=["*"], fabricFiltered=False)
        return result.tlvAttributes

    async def structure(self, node, fabric=1):
        began = time.monotonic()
        tlv = await self.read(node, fabric)
        took = ms(began)
        endpoints = []
        for number, clusters in sorted(tlv.items()):
            descriptor = clusters.get(0x1D, {})
            basic = clusters.get(0x39, {})
            endpoints.append(
                {
                    "endpoint": number,
                    "types": [entry.get(0) for entry in descriptor.get(0, [])],
                    "parts": descriptor.get(3, []),
                    "clusters": sorted(clusters),
                    "label": basic.get(5),
                    "uniqueId": basic.get(18),
                    "reachable": basic.get(17),
                    "onOff": clusters.get(ON_OFF, {}).get(0),
                }
            )
        attributes = sum(len(cluster) for clusters in tlv.values() for cluster in clusters.values())
        return {"ms": took, "endpoints": endpoints, "attributes": attributes}

    async def conformance(self, node, version, fabric=1):
        """What esp-matter-dm-validator finds missing. Revisions are not counted: its tables are older than the device's."""
        tlv = await self.read(node, fabric)
        verdict = validate_device_conformance(parsed(tlv), version)
        gaps = [
            f"endpoint {entry['endpoint']}: {gap.get('message') or gap}"
            for entry in verdict["endpoints"]
            for gap in entry["missing_elements"]
        ]
        checked = sum(1 for entry in verdict["endpoints"] for kind in entry["device_types"] if "error" not in kind)
        unknown = [str(kind["error"]) for entry in verdict["endpoints"] for kind in entry["device_types"] if "error" in kind]
        return {"gaps": gaps, "checked": checked, "unknown": unknown}

    async def subscribe(self, node, fabric=1):
        """Subscribes to everything; later changes are remembered with their time."""
        began = time.monotonic()
        controller = self.controller(fabric)
        result = await controller.Read(node, attributes=["*"], reportInterval=(0, 30), autoResubscribe=True)
        seen = self.seen.setdefault((node, fabric), {})

        def changed(path, transaction):
            value = transaction.GetTLVAttribute(path)
            key = (path.EndpointId, path.ClusterId, path.AttributeId)
            seen[key] = (value, time.time())
            for waiter in list(self.waiting):
                waiter()

        result.SetRawAttributeUpdateCallback(changed)
        self.subscriptions[(node, fabric)] = result
        return {"ms": ms(began)}

    async def wait(self, node, changes, seconds, fabric=1):
        """Waits until each [endpoint, cluster, attribute, value] was reported; says when (epoch ms) each was, null for never."""
        seen = self.seen.setdefault((node, fabric), {})
        loop = asyncio.get_running_loop()
        woken = asyncio.Event()

        def wake():
            loop.call_soon_threadsafe(woken.set)

        self.waiting.append(wake)
        until = time.monotonic() + seconds
        try:
            while True:
                woken.clear()
                found = [self.when(seen, change) for change in changes]
                left = until - time.monotonic()
                if None not in found or left <= 0:
                    return {"at": found}
                try:
                    await asyncio.wait_for(woken.wait(), left)
                except asyncio.TimeoutError:
                    pass
        finally:
            self.waiting.remove(wake)

    def when(self, seen, change):
        value, at = seen.get(tuple(change[:3]), (None, None))
        return at * 1000 if at is not None and value == change[3] else None

    async def forget(self, node, fabric=1):
        """Forgets what was reported, so that a later wait can't be met by an old report."""
        self.seen.setdefault((node, fabric), {}).clear()
        return {}

    async def toggle(self, node, endpoint, on, fabric=1):
        began = time.monotonic()
        command = Clusters.OnOff.Commands.On() if on else Clusters.OnOff.Commands.Off()
        await self.controller(fabric).SendCommand(node, endpoint, command)
        return {"ms": ms(began), "at": time.time() * 1000}

    async def onoff(self, node, endpoint, fabric=1):
        path = AttributePath(EndpointId=endpoint, ClusterId=ON_OFF, AttributeId=0)
        result = await self.controller(fabric).Read(node, attributes=[path])
        return {"value": result.tlvAttributes[endpoint][ON_OFF][0]}

    async def window(self, node, fabric=1):
        """Opens a window for another home's controller; gives the manual code to pair with."""
        opened = await self.controller(fabric).OpenCommissioningWindow(node, 180, 1000, 3840, 1)
        return {"code": opened.setupManualCode}

    async def reconnect(self, node, seconds, fabric=1):
        """A fresh session to the node and one read of its own name, tried again until it answers or the time is over."""
        began = time.monotonic()
        controller = self.controller(fabric)
        while True:
            try:
                controller.ExpireSessions(node)
                path = AttributePath(EndpointId=0, ClusterId=0x28, AttributeId=5)
                await asyncio.wait_for(controller.Read(node, attributes=[path]), 10)
                return {"ms": ms(began)}
            except Exception:
                if time.monotonic() - began > seconds:
                    raise
                await asyncio.sleep(0.2)


def ms(began):
    return round((time.monotonic() - began) * 1000)


def parsed(tlv):
    """A wildcard read in the shape that the validator takes."""
    endpoints = []
    for number, clusters in sorted(tlv.items()):
        out = {}
        for cluster, attributes in clusters.items():
            entry = {"attributes": {}, "events": {}, "commands": {}, "features": {}, "revisions": {}}
            for attribute, value in attributes.items():
                if attribute in GLOBALS:
                    where, name = GLOBALS[attribute]
                    entry[where][name] = {name: listed(name, value)}
                elif cluster == 0x1D and attribute == 0:
                    kinds = [{"DeviceType": hexed(kind[0]), "Revision": kind[1]} for kind in value]
                    entry["attributes"][hexed(0)] = {"DeviceTypeList": kinds}
                elif cluster == 0x1D and attribute in (1, 2):
                    name = "ServerList" if attribute == 1 else "ClientList"
                    entry["attributes"][hexed(attribute)] = {name: [{"id": hexed(one)} for one in value]}
                else:
                    entry["attributes"][hexed(attribute)] = {"value": str(value)}
            out[hexed(cluster)] = entry
        endpoints.append({"id": number, "clusters": out})
    return {"endpoints": endpoints}


def listed(name, value):
    return [hexed(one) for one in value] if isinstance(value, list) and name != "AcceptedCommandList" else value


async def serve():
    judge = None
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while True:
        line = await reader.readline()
        if not line:
            break
        request = json.loads(line)
        number, what = request.pop("id"), request.pop("do")
        try:
            if what == "start":
                judge = Judge(**request)
                answer = {}
            else:
                answer = await getattr(judge, what)(**request)
            ANSWERS.write(json.dumps({"id": number, "ok": True, **answer}, default=str) + "\n")
        except Exception as error:  # each failure is the other side's to judge
            ANSWERS.write(json.dumps({"id": number, "ok": False, "error": f"{type(error).__name__}: {error}"}) + "\n")
    # The library's own end waits for sessions that the other side may have left.
    os._exit(0)


asyncio.run(serve())
