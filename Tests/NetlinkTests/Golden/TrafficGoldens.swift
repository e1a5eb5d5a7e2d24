import Netlink
import Network

extension Golden {
    static let traffic: [Golden] = [
        Golden(
            "tc qdisc add dev veth1 clsact",
            .add(Qdisc(.clsact, on: link(3))),
            """
            30000000 2400 0506 00000000 00000000  // RTM_NEWQDISC
            00000000030000000000fffff1ffffff00000000  // tcmsg
            0b00 0100 636c736163740000  // TCA_KIND "clsact"
            """),
        Golden(
            "tc qdisc add dev eth0 handle ffff: ingress",
            .add(Qdisc(.ingress, on: link(2))),
            """
            30000000 2400 0506 00000000 00000000  // RTM_NEWQDISC
            00000000020000000000fffff1ffffff00000000  // tcmsg
            0c00 0100 696e677265737300  // TCA_KIND "ingress"
            """),
        Golden(
            "tc filter add dev veth1 ingress prio 1 protocol all u32 match u32 0 0 "
                + "action mirred egress redirect dev vx0",
            .add(TrafficFilter(.u32, .redirect(to: link(5)), on: link(3))),
            """
            8c000000 2c00 0506 00000000 00000000  // RTM_NEWTFILTER
            000000000300000000000000f2ffffff00030100  // tcmsg
            0800 0100 75333200  // TCA_KIND "u32"
            6000 0200  // TCA_OPTIONS
              3800 0700  // TCA_U32_ACT
                3400 0100  // action 1
                  0b00 0100 6d69727265640000  // TCA_ACT_KIND "mirred"
                  2400 0280  // TCA_ACT_OPTIONS
                    2000 0200 00000000000000000400000000000000000000000100000005000000\
                      // TCA_MIRRED_PARMS
              2400 0500 01000100000000000000000000000000000000000000000000000000000000\
              00  // TCA_U32_SEL
            """),
        Golden(
            "conntrack -I -p udp -s 10.0.0.1 -d 10.0.0.9 --sport 5353 --dport 53 -t "
                + "100 -m 1",
            .create(
                ConntrackEntry(
                    .init(
                        .udp, from: AddressAndPort("10.0.0.1", 5353),
                        to: AddressAndPort("10.0.0.9", 53)),
                    mark: 1, timeout: 100)),
            """
            8c000000 0001 0506 00000000 00000000  // ctnetlink 0
            02000000  // nfgenmsg
            3400 0180  // CTA_TUPLE_ORIG
              1400 0180  // CTA_TUPLE_IP
                0800 0100 0a000001  // CTA_IP_V4_SRC
                0800 0200 0a000009  // CTA_IP_V4_DST
              1c00 0280  // CTA_TUPLE_PROTO
                0500 0100 11000000  // CTA_PROTO_NUM
                0600 0200 14e90000  // CTA_PROTO_SRC_PORT
                0600 0300 00350000  // CTA_PROTO_DST_PORT
            3400 0280  // CTA_TUPLE_REPLY
              1400 0180  // CTA_TUPLE_IP
                0800 0100 0a000009  // CTA_IP_V4_SRC
                0800 0200 0a000001  // CTA_IP_V4_DST
              1c00 0280  // CTA_TUPLE_PROTO
                0500 0100 11100000  // CTA_PROTO_NUM
                0600 0200 00350000  // CTA_PROTO_SRC_PORT
                0600 0300 14e90000  // CTA_PROTO_DST_PORT
            0800 0700 00000064  // CTA_TIMEOUT
            0800 0800 00000001  // CTA_MARK
            """),
    ]
}
