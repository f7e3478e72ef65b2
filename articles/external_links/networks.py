"""Which network addresses are of the open Internet, by IANA's registries of special addresses. Pure.

Python's own `is_global` differs between the versions we run on, and knows little of addresses within others.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

IPAddress = IPv4Address | IPv6Address

# https://www.iana.org/assignments/iana-ipv4-special-registry/
SPECIAL_4 = [
    ip_network(each)
    for each in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by a provider's customers
        "127.0.0.0/8",  # this machine
        "169.254.0.0/16",  # this link; also where clouds keep their secrets
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocols
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # measuring
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
]
# Of IPv6, only this much is in use. What maps or wraps an address of IPv4 (::ffff:0:0/96, NAT64's
# 64:ff9b::/96) lies outside of it, as do private, link-local and multicast addresses.
UNICAST_6 = ip_network("2000::/3")
# https://www.iana.org/assignments/iana-ipv6-special-registry/
SPECIAL_6 = [
    ip_network(each)
    for each in (
        "2001::/23",  # protocols: Teredo, measuring, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which wraps an address of IPv4
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
]


def is_public(address: IPAddress) -> bool:
    """Whether everybody reaches the same machine at this address."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in SPECIAL_4)
    return address in UNICAST_6 and not any(address in network for network in SPECIAL_6)


def parsed(text: str) -> IPAddress:
    """A resolver's answer, which may name the interface: `fe80::1%eth0`."""
    return ip_address(text.partition("%")[0])
