import Netlink

extension Golden {
    static let bridgePorts: [Golden] = [
        Golden(
            "bridge vlan add dev veth1 vid 100 pvid untagged",
            .add([BridgeVLAN(100, isPortDefault: true, isUntagged: true)], to: link(3)),
            """
            2c000000 1300 0500 00000000 00000000  // RTM_SETLINK
            07000000030000000000000000000000  // ifinfomsg, AF_BRIDGE
            0c00 1a00  // IFLA_AF_SPEC
              0800 0200 06006400  // IFLA_BRIDGE_VLAN_INFO
            """),
        Golden(
            "bridge vlan add dev veth1 vid 5-9",
            .add([BridgeVLAN(5...9)], to: link(3)),
            """
            34000000 1300 0500 00000000 00000000  // RTM_SETLINK
            07000000030000000000000000000000  // ifinfomsg, AF_BRIDGE
            1400 1a00  // IFLA_AF_SPEC
              0800 0200 08000500  // IFLA_BRIDGE_VLAN_INFO, the range's begin
              0800 0200 10000900  // IFLA_BRIDGE_VLAN_INFO, the range's end
            """),
        Golden(
            "bridge vlan del dev veth1 vid 1-4094",
            .delete([BridgeVLAN(1...4094)], of: link(3)),
            """
            34000000 1100 0500 00000000 00000000  // RTM_DELLINK
            07000000030000000000000000000000  // ifinfomsg, AF_BRIDGE
            1400 1a00  // IFLA_AF_SPEC
              0800 0200 08000100  // IFLA_BRIDGE_VLAN_INFO, the range's begin
              0800 0200 1000fe0f  // IFLA_BRIDGE_VLAN_INFO, the range's end
            """),
        Golden(
            "ip link set dev veth1 addrgenmode none",
            .change(.index(link(3)), .linkLocalAddress(false)),
            """
            30000000 1000 0500 00000000 00000000  // RTM_NEWLINK
            00000000030000000000000000000000  // ifinfomsg
            1000 1a00  // IFLA_AF_SPEC
              0c00 0a00  // AF_INET6
                0500 0800 01000000  // IFLA_INET6_ADDR_GEN_MODE
            """),
    ]
}
