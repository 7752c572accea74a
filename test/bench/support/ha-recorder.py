"""The same stream of readings through Home Assistant's own recorder: bytes written, speed, file size.

PYTHON ha-recorder.py FOLDER HOURS   (PYTHON has the packages homeassistant, fnv-hash-fast, psutil-home-assistant)
50 sensors, 5 states a second; time is compressed, and the recorder is told to commit where its interval would end.
"""

import asyncio
import datetime as dt
import math
import os
import re
import sys
import time

# The core first: its modules import each other in a circle.
from homeassistant.core import CoreState, HomeAssistant
from homeassistant import loader
from homeassistant.components.recorder import get_instance
from homeassistant.components.recorder.tasks import CommitTask, StatisticsTask
from homeassistant.config_entries import ConfigEntries
from homeassistant.helpers import area_registry, device_registry, entity, entity_registry, floor_registry
from homeassistant.helpers import issue_registry, label_registry, recorder as recorder_helper, translation
from homeassistant.setup import async_setup_component
import homeassistant.util.dt as dt_util

SENSORS = 50
PER_S = 5
START = dt.datetime(2024, 3, 1, tzinfo=dt.UTC)


def written() -> int:
    with open("/proc/self/io", encoding="ascii") as io:
        return int(re.search(r"^write_bytes: (\d+)", io.read(), re.M).group(1))


async def run(folder: str, hours: float, commit_s: int) -> None:
    os.makedirs(folder, exist_ok=True)
    hass = HomeAssistant(folder)
    hass.config.skip_pip = True
    loader.async_setup(hass)
    hass.set_state(CoreState.running)
    now = START
    dt_util.utcnow = lambda: now
    # Its own timer does not run in compressed time.
    config = {"recorder": {"commit_interval": 86_400, "db_url": f"sqlite:///{folder}/ha.db"}}
    hass.config_entries = ConfigEntries(hass, {})
    await hass.config_entries.async_initialize()
    translation.async_setup(hass)
    entity.async_setup(hass)
    for registry in (area_registry, device_registry, entity_registry, issue_registry, label_registry, floor_registry):
        await registry.async_load(hass)
    recorder_helper.async_initialize_recorder(hass)
    if not await async_setup_component(hass, "recorder", config):
        raise SystemExit("the recorder could not be set up")
    await async_setup_component(hass, "sensor", {})
    await hass.async_block_till_done()
    recorder = get_instance(hass)
    await recorder.async_db_ready
    await recorder.async_block_till_done()
    about = [
        {"unit_of_measurement": "W", "device_class": "power", "state_class": "measurement", "friendly_name": f"Device {n} power"}
        for n in range(SENSORS)
    ]
    count = int(hours * 3600 * PER_S)
    before, begin = written(), time.monotonic()
    for i in range(count):
        now = START + dt.timedelta(milliseconds=i * 1000 / PER_S)
        value = round(1000 * math.sin(i / 500) * (i % SENSORS)) / 10
        hass.states.async_set(f"sensor.device_{i % SENSORS}", str(value), about[i % SENSORS])
        if i % (PER_S * commit_s) == PER_S * commit_s - 1:
            await asyncio.sleep(0)
            recorder.queue_task(CommitTask())
        if i % (PER_S * 300) == PER_S * 300 - 1:
            recorder.queue_task(StatisticsTask(now.replace(second=0, microsecond=0) - dt.timedelta(minutes=now.minute % 5), False))
            await recorder.async_block_till_done()
    recorder.queue_task(CommitTask())
    await recorder.async_block_till_done()
    took = time.monotonic() - begin
    await hass.async_stop(force=True)
    size = sum(os.path.getsize(f"{folder}/{f}") for f in os.listdir(folder) if f.startswith("ha.db"))
    day = 24 / hours
    print(
        f"commits every {commit_s} s: {(written() - before) * day / 1e6:.0f} MB written a day, "
        f"{count / took:.0f} states/s, file {size * day / 1e6:.0f} MB a day ({hours:g} h measured)",
        flush=True,
    )


if __name__ == "__main__":
    # One after the other, each in a process of its own: the clock is patched.
    if len(sys.argv) > 3:
        asyncio.run(run(f"{sys.argv[1]}-{sys.argv[3]}", float(sys.argv[2]), int(sys.argv[3])))
    else:
        import subprocess

        for interval in ("5", "30"):
            subprocess.run([sys.executable, __file__, sys.argv[1], sys.argv[2], interval], check=True)
