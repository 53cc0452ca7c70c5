"""Time zones that a list offers: one menu holds a hundred options."""

_NAMES = """
Africa/Accra Africa/Algiers Africa/Cairo Africa/Casablanca Africa/Johannesburg Africa/Lagos Africa/Nairobi
Africa/Tunis America/Anchorage America/Argentina/Buenos_Aires America/Bogota America/Caracas America/Chicago
America/Denver America/Edmonton America/Guatemala America/Halifax America/Lima America/Los_Angeles America/Mexico_City
America/Montevideo America/New_York America/Panama America/Phoenix America/Puerto_Rico America/Santiago
America/Sao_Paulo America/St_Johns America/Toronto America/Vancouver America/Winnipeg Asia/Almaty Asia/Amman
Asia/Baghdad Asia/Bahrain Asia/Baku Asia/Bangkok Asia/Beirut Asia/Colombo Asia/Dhaka Asia/Dubai Asia/Ho_Chi_Minh
Asia/Hong_Kong Asia/Jakarta Asia/Jerusalem Asia/Karachi Asia/Kathmandu Asia/Kolkata Asia/Kuala_Lumpur Asia/Kuwait
Asia/Manila Asia/Qatar Asia/Riyadh Asia/Seoul Asia/Shanghai Asia/Singapore Asia/Taipei Asia/Tashkent Asia/Tbilisi
Asia/Tokyo Asia/Yangon Atlantic/Azores Atlantic/Canary Atlantic/Reykjavik Australia/Adelaide Australia/Brisbane
Australia/Darwin Australia/Melbourne Australia/Perth Australia/Sydney Europe/Amsterdam Europe/Athens Europe/Belgrade
Europe/Berlin Europe/Brussels Europe/Bucharest Europe/Budapest Europe/Copenhagen Europe/Dublin Europe/Helsinki
Europe/Istanbul Europe/Kyiv Europe/Lisbon Europe/London Europe/Madrid Europe/Oslo Europe/Paris Europe/Prague
Europe/Riga Europe/Rome Europe/Sofia Europe/Stockholm Europe/Vienna Europe/Vilnius Europe/Warsaw Europe/Zurich
Pacific/Auckland Pacific/Honolulu UTC
"""

OFFERED = tuple(sorted(_NAMES.split(), key=lambda name: name.rpartition("/")[2]))
"""IANA names, by city."""
MOST = 100


def offered(own: str) -> tuple[str, ...]:
    """The list with somebody's own zone in it, at its head when it is none of the others."""
    return OFFERED if own in OFFERED else (own, *OFFERED)[:MOST]


def city(zone: str) -> str:
    """Such as "Lisbon" for Europe/Lisbon."""
    return zone.rpartition("/")[2].replace("_", " ")
