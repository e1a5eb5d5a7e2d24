import Netlink
import Network

extension Golden {
    static let links: [Golden] = [
        Golden(
            "ip link add veth1 mtu 1400 type veth peer name eth0 address "
                + "02:00:00:00:0a:01 mtu 1400",
            .create(
                NewLink(
                    .init("veth1", mtu: 1400),
                    .veth(.init("eth0", address: "02:00:00:00:0a:01", mtu: 1400)))),
            """
            78000000 1000 0506 00000000 00000000  // RTM_NEWLINK
            00000000000000000000000000000000  // ifinfomsg
            0800 0400 78050000  // IFLA_MTU
            0a00 0300 7665746831000000  // IFLA_IFNAME "veth1"
            4400 1200  // IFLA_LINKINFO
              0800 0100 76657468  // IFLA_INFO_KIND
              3800 0200  // IFLA_INFO_DATA
                3400 0100  // VETH_INFO_PEER
                  00000000000000000000000000000000  // ifinfomsg
                  0a00 0100 020000000a010000  // IFLA_ADDRESS
                  0800 0400 78050000  // IFLA_MTU
                  0900 0300 6574683000000000  // IFLA_IFNAME "eth0"
            """),
        Golden(
            "ip link add br0 up type bridge ageing_time 12000 stp_state 0 priority "
                + "4096 mcast_snooping 0",
            .create(
                NewLink(
                    .init("br0", isUp: true),
                    .bridge(
                        Bridge(
                            spanningTree: false, ageing: .seconds(120), priority: 4096,
                            multicastSnooping: false)))),
            """
            5c000000 1000 0506 00000000 00000000  // RTM_NEWLINK
            00000000000000000100000001000000  // ifinfomsg
            0800 0300 62723000  // IFLA_IFNAME "br0"
            3400 1200  // IFLA_LINKINFO
              0a00 0100 6272696467650000  // IFLA_INFO_KIND
              2400 0200  // IFLA_INFO_DATA
                0800 0400 e02e0000  // IFLA_BR_AGEING_TIME
                0800 0500 00000000  // IFLA_BR_STP_STATE
                0600 0600 00100000  // IFLA_BR_PRIORITY
                0500 1700 00000000  // IFLA_BR_MCAST_SNOOPING
            """),
        Golden(
            "ip link add vx0 type vxlan id 42 local 10.0.0.1 remote 10.0.0.2 dev veth1 "
                + "dstport 8472 nolearning df set ttl 7 udpcsum",
            .create(
                NewLink(
                    .init("vx0"),
                    .vxlan(
                        VXLAN(
                            id: 42, local: "10.0.0.1", remote: "10.0.0.2", lower: link(3),
                            port: 8472,
                            isLearning: false, fragmentation: .forbidden, timeToLive: 7,
                            checksum: true)))),
            """
            84000000 1000 0506 00000000 00000000  // RTM_NEWLINK
            00000000000000000000000000000000  // ifinfomsg
            0800 0300 76783000  // IFLA_IFNAME "vx0"
            5c00 1200  // IFLA_LINKINFO
              0900 0100 76786c616e000000  // IFLA_INFO_KIND
              4c00 0200  // IFLA_INFO_DATA
                0800 0300 03000000  // IFLA_VXLAN_LINK
                0500 1d00 01000000  // IFLA_VXLAN_DF
                0500 0500 07000000  // IFLA_VXLAN_TTL
                0500 1200 01000000  // IFLA_VXLAN_UDP_CSUM
                0800 0100 2a000000  // IFLA_VXLAN_ID
                0800 0400 0a000001  // IFLA_VXLAN_LOCAL
                0800 0200 0a000002  // IFLA_VXLAN_GROUP
                0500 0700 00000000  // IFLA_VXLAN_LEARNING
                0600 0f00 21180000  // IFLA_VXLAN_PORT
            """),
        Golden(
            "ip link add ifb0 type ifb",
            .create(NewLink(.init("ifb0"), .ifb)),
            """
            38000000 1000 0506 00000000 00000000  // RTM_NEWLINK
            00000000000000000000000000000000  // ifinfomsg
            0900 0300 6966623000000000  // IFLA_IFNAME "ifb0"
            0c00 1200  // IFLA_LINKINFO
              0700 0100 69666200  // IFLA_INFO_KIND
            """),
        Golden(
            "ip link set veth1 master br0",
            .change(.index(link(3)), .master(link(4))),
            """
            28000000 1000 0500 00000000 00000000  // RTM_NEWLINK
            00000000030000000000000000000000  // ifinfomsg
            0800 0a00 04000000  // IFLA_MASTER
            """),
        Golden(
            "ip link set veth1 up mtu 1300",
            .change(.index(link(3)), .up, .mtu(1300)),
            """
            28000000 1000 0500 00000000 00000000  // RTM_NEWLINK
            00000000030000000100000001000000  // ifinfomsg
            0800 0400 14050000  // IFLA_MTU
            """),
        Golden(
            "ip link set veth1 nomaster",
            .change(.index(link(3)), .noMaster),
            """
            28000000 1000 0500 00000000 00000000  // RTM_NEWLINK
            00000000030000000000000000000000  // ifinfomsg
            0800 0a00 00000000  // IFLA_MASTER
            """),
        Golden(
            "ip link set veth1 promisc on",
            .change(.index(link(3)), .promiscuous(true)),
            """
            20000000 1000 0500 00000000 00000000  // RTM_NEWLINK
            00000000030000000001000000010000  // ifinfomsg
            """),
        Golden(
            "ip link del ifb0",
            .delete(.index(link(6))),
            """
            20000000 1100 0500 00000000 00000000  // RTM_DELLINK
            00000000060000000000000000000000  // ifinfomsg
            """),
    ]
}
