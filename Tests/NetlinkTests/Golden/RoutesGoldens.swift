import Netlink
import Network

extension Golden {
    static let routes: [Golden] = [
        Golden(
            "ip route add 10.7.0.0/16 via 10.0.0.2 dev veth1 proto 87",
            .add(Route("10.7.0.0/16", via: "10.0.0.2", on: link(3), origin: .test)),
            """
            34000000 1800 0506 00000000 00000000  // RTM_NEWROUTE
            02100000fe57000100000000  // rtmsg
            0800 0100 0a070000  // RTA_DST
            0800 0500 0a000002  // RTA_GATEWAY
            0800 0400 03000000  // RTA_OIF
            """),
        Golden(
            "ip route replace 10.8.0.0/16 dev veth1 proto 87 src 10.0.0.1 metric 50 "
                + "mtu 1400 advmss 1300",
            .replace(
                Route(
                    "10.8.0.0/16", on: link(3), origin: .test, source: "10.0.0.1", metric: 50,
                    metrics: .init(mtu: 1400, advertisedMSS: 1300))),
            """
            50000000 1800 0505 00000000 00000000  // RTM_NEWROUTE
            02100000fe57fd0100000000  // rtmsg
            0800 0100 0a080000  // RTA_DST
            0800 0700 0a000001  // RTA_PREFSRC
            0800 0600 32000000  // RTA_PRIORITY
            0800 0400 03000000  // RTA_OIF
            1400 0800  // RTA_METRICS
              0800 0200 78050000  // RTAX_MTU
              0800 0800 14050000  // RTAX_ADVMSS
            """),
        Golden(
            "ip route add default via 192.0.2.1 dev veth1 onlink table 100000 proto 87",
            .add(
                Route(
                    "0.0.0.0/0", via: "192.0.2.1", on: link(3), flags: .onLink,
                    table: RouteTable(rawValue: 100_000), origin: .test)),
            """
            34000000 1800 0506 00000000 00000000  // RTM_NEWROUTE
            020000000057000104000000  // rtmsg
            0800 0500 c0000201  // RTA_GATEWAY
            0800 0f00 a0860100  // RTA_TABLE
            0800 0400 03000000  // RTA_OIF
            """),
        Golden(
            "ip route append 10.9.0.0/16 proto 87 nexthop via 10.0.0.3 dev veth1 "
                + "weight 1 nexthop via 10.0.0.4 dev veth1 weight 9",
            .append(
                Route(
                    "10.9.0.0/16",
                    [
                        NextHop("10.0.0.3", on: link(3)),
                        NextHop("10.0.0.4", on: link(3), weight: 9),
                    ],
                    origin: .test)),
            """
            48000000 1800 050c 00000000 00000000  // RTM_NEWROUTE
            02100000fe57000100000000  // rtmsg
            0800 0100 0a090000  // RTA_DST
            2400 0900 1000000003000000080005000a0000031000000803000000080005000a0000\
            04  // RTA_MULTIPATH
            """),
        Golden(
            "ip route add 10.10.0.0/16 via inet6 fd01::2 dev veth1 proto 87",
            .add(Route("10.10.0.0/16", via: "fd01::2", on: link(3), origin: .test)),
            """
            44000000 1800 0506 00000000 00000000  // RTM_NEWROUTE
            02100000fe57000100000000  // rtmsg
            0800 0100 0a0a0000  // RTA_DST
            1600 1200 0a00fd0100000000000000000000000000020000  // RTA_VIA
            0800 0400 03000000  // RTA_OIF
            """),
        Golden(
            "ip route add blackhole 10.11.0.0/16 proto 87",
            .add(Route("10.11.0.0/16", [], type: .blackhole, origin: .test)),
            """
            24000000 1800 0506 00000000 00000000  // RTM_NEWROUTE
            02100000fe57000600000000  // rtmsg
            0800 0100 0a0b0000  // RTA_DST
            """),
        Golden(
            "ip -6 route add fd07::/64 via fd01::2 dev veth1 proto 87 metric 1024",
            .add(
                Route("fd07::/64", via: "fd01::2", on: link(3), origin: .test, metric: 1024)),
            """
            54000000 1800 0506 00000000 00000000  // RTM_NEWROUTE
            0a400000fe57000100000000  // rtmsg
            1400 0100 fd070000000000000000000000000000  // RTA_DST
            1400 0500 fd010000000000000000000000000002  // RTA_GATEWAY
            0800 0600 00040000  // RTA_PRIORITY
            0800 0400 03000000  // RTA_OIF
            """),
        Golden(
            "ip rule add from 10.1.0.0/16 to 10.2.0.0/24 fwmark 0x10/0xf0 iif lo "
                + "priority 100 lookup 100000 protocol 87",
            .add(
                RoutingRule(
                    .v4, priority: 100, .lookUp(RouteTable(rawValue: 100_000)), from: "10.1.0.0/16",
                    to: "10.2.0.0/24", mark: .init(0x10, mask: 0xF0), input: "lo", origin: .test)),
            """
            5c000000 2000 0506 00000000 00000000  // RTM_NEWRULE
            021810000000000100000000  // fib_rule_hdr
            0800 0200 0a010000  // FRA_SRC
            0800 0100 0a020000  // FRA_DST
            0800 0a00 10000000  // FRA_FWMARK
            0800 1000 f0000000  // FRA_FWMASK
            0700 0300 6c6f0000  // FRA_IIFNAME "lo"
            0800 0600 64000000  // FRA_PRIORITY
            0800 0f00 a0860100  // FRA_TABLE
            0500 1500 57000000  // FRA_PROTOCOL
            """),
        Golden(
            "ip rule add not oif none0 priority 101 lookup main suppress_prefixlength "
                + "0 protocol 87",
            .add(
                RoutingRule(
                    .v4, priority: 101, .lookUp(.main), output: "none0", origin: .test,
                    isInverted: true, suppressedPrefixLength: 0)),
            """
            40000000 2000 0506 00000000 00000000  // RTM_NEWRULE
            02000000fe00000102000000  // fib_rule_hdr
            0a00 1100 6e6f6e6530000000  // FRA_OIFNAME "none0"
            0800 0600 65000000  // FRA_PRIORITY
            0800 0e00 00000000  // FRA_SUPPRESS_PREFIXLEN
            0500 1500 57000000  // FRA_PROTOCOL
            """),
    ]
}
