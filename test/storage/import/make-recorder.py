"""Has a real Home Assistant's recorder make a database: python make-recorder.py CONFIG_DIR DB_FILE.

90 days of hourly statistics to the end of 2025-12-31 UTC: a meter in Wh that was replaced once (its stand falls, `sum` goes on),
a steady meter in kWh, a temperature in Fahrenheit, a power in kW. Then a day of states, out of which Home Assistant itself makes its
five-minute and hourly statistics: a meter that is replaced at noon, a power that is unavailable for an hour, the same power without a
class, of which only the states are kept. Needs the package
`homeassistant`.
"""
import asyncio
import sys
import time
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

from homeassistant import config_entries, core, loader
from homeassistant.components import recorder
from homeassistant.components.recorder.statistics import async_import_statistics
from homeassistant.components.recorder.tasks import StatisticsTask
from homeassistant.helpers import recorder as recorder_helper, translation
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

END = datetime(2026, 1, 1, tzinfo=timezone.utc)
HOURS = 90 * 24
UTCNOW = core.dt_util.utcnow


def meta(statistic_id, unit, has_sum):
    return {"statistic_id": statistic_id, "source": "recorder", "name": None, "unit_of_measurement": unit,
            "has_mean": not has_sum, "has_sum": has_sum}


def shown(name, unit, state_class, device_class):
    found = {"friendly_name": name, "unit_of_measurement": unit, "device_class": device_class}
    return {**found, "state_class": state_class} if state_class else found


async def live(hass, instance):
    meter = shown("Live energy", "kWh", "total_increasing", "energy")
    power = shown("Live power", "W", "measurement", "power")
    plain = shown("Plain power", "W", None, "power")
    stand = 100.0
    for minute in range(24 * 60):
        now = END + timedelta(minutes=minute, seconds=10)
        # The core's clock alone: everything else waits by the real one.
        core.time = SimpleNamespace(time=now.timestamp, monotonic=time.monotonic, perf_counter=time.perf_counter)
        core.dt_util.utcnow = lambda at=now: at
        stand = 0.0 if minute == 12 * 60 else stand + 0.01
        gone = 3 * 60 <= minute < 4 * 60
        hass.states.async_set("sensor.live_energy", f"{stand:.2f}", meter)
        watts = "unavailable" if gone else str(600 + minute % 2 * 20)
        hass.states.async_set("sensor.live_power", watts, power)
        hass.states.async_set("sensor.plain_power", watts, plain)
        if minute % 5 == 4:
            await hass.async_block_till_done()
            instance.queue_task(StatisticsTask(END + timedelta(minutes=minute - 4), False))
            await instance.async_block_till_done()
    core.time = time
    core.dt_util.utcnow = UTCNOW


async def main(config, db):
    hass = core.HomeAssistant(config)
    hass.config.skip_pip = True
    loader.async_setup(hass)
    if hasattr(translation, "async_setup"):
        translation.async_setup(hass)
    hass.config_entries = config_entries.ConfigEntries(hass, {})
    recorder_helper.async_initialize_recorder(hass)
    hass.config.components.add("sensor")
    # Every five minutes by the real clock it would make statistics of its own beside these.
    recorder.core.Recorder.async_periodic_statistics = lambda self: None
    assert await async_setup_component(hass, "recorder", {"recorder": {"db_url": f"sqlite:///{db}"}})
    await hass.async_start()
    instance = recorder.get_instance(hass)
    await instance.async_db_ready
    starts = [END - timedelta(hours=HOURS - i) for i in range(HOURS)]
    hass.states.async_set("sensor.house_energy", "1", {"friendly_name": "House energy", "unit_of_measurement": "kWh"})
    async_import_statistics(hass, meta("sensor.house_energy", "kWh", True), [
        {"start": at, "state": 500 + (i + 1) * 0.25, "sum": (i + 1) * 0.25} for i, at in enumerate(starts)])
    async_import_statistics(hass, meta("sensor.replaced_energy", "Wh", True), [
        {"start": at, "state": (i + 1) * 100.0 if i < 1000 else (i - 999) * 100.0, "sum": (i + 1) * 100.0}
        for i, at in enumerate(starts)])
    async_import_statistics(hass, meta("sensor.outside", "°F", False), [
        {"start": at, "min": 41.0, "mean": 50.0, "max": 59.0} for at in starts])
    async_import_statistics(hass, meta("sensor.house_power", "kW", False), [
        {"start": at, "min": 0.0, "mean": 0.25, "max": 2.0} for at in starts])
    await instance.async_block_till_done()
    await live(hass, instance)
    await hass.async_block_till_done()
    await hass.async_stop(force=True)


asyncio.run(main(sys.argv[1], sys.argv[2]))
