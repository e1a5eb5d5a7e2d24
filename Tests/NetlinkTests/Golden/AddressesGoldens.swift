import Netlink
import Network

extension Golden {
    static let addresses: [Golden] = [
        Golden(
            "ip addr add 10.0.0.1/24 brd 10.0.0.255 dev veth1 label veth1:1",
            .add(
                InterfaceAddress(
                    "10.0.0.1/24", on: link(3), broadcast: IPv4Address(10, 0, 0, 255),
                    label: try? AddressLabel("veth1:1"))),
            """
            3c000000 1400 0506 00000000 00000000  // RTM_NEWADDR
            0218000003000000  // ifaddrmsg
            0800 0200 0a000001  // IFA_LOCAL
            0800 0400 0a0000ff  // IFA_BROADCAST
            0c00 0300 76657468313a3100  // IFA_LABEL "veth1:1"
            0800 0100 0a000001  // IFA_ADDRESS
            """),
        Golden(
            "ip addr add fd00::1/64 dev veth1 nodad noprefixroute",
            .add(
                InterfaceAddress(
                    "fd00::1/64", on: link(3), flags: [.noDuplicateDetection, .noPrefixRoute])),
            """
            48000000 1400 0506 00000000 00000000  // RTM_NEWADDR
            0a40000003000000  // ifaddrmsg
            1400 0200 fd000000000000000000000000000001  // IFA_LOCAL
            0800 0800 02020000  // IFA_FLAGS
            1400 0100 fd000000000000000000000000000001  // IFA_ADDRESS
            """),
        Golden(
            "ip addr add 10.1.0.1/32 peer 10.1.0.2 dev veth1 scope link valid_lft 600 "
                + "preferred_lft 300",
            .add(
                InterfaceAddress(
                    "10.1.0.1/32", on: link(3), peer: "10.1.0.2", scope: .link,
                    lifetime: AddressLifetime(preferred: 300, valid: 600))),
            """
            3c000000 1400 0506 00000000 00000000  // RTM_NEWADDR
            022000fd03000000  // ifaddrmsg
            0800 0200 0a010001  // IFA_LOCAL
            0800 0100 0a010002  // IFA_ADDRESS
            1400 0600 2c010000580200000000000000000000  // IFA_CACHEINFO
            """),
        Golden(
            "ip neigh add 10.0.0.7 lladdr 02:00:00:00:00:07 dev veth1 nud permanent",
            .add(Neighbour("10.0.0.7", at: "02:00:00:00:00:07", on: link(3))),
            """
            30000000 1c00 0506 00000000 00000000  // RTM_NEWNEIGH
            020000000300000080000000  // ndmsg
            0800 0100 0a000007  // NDA_DST
            0a00 0200 0200000000070000  // NDA_LLADDR
            """),
        Golden(
            "ip neigh add proxy 10.0.0.9 dev veth1",
            .add(Neighbour.proxy("10.0.0.9", on: link(3))),
            """
            24000000 1c00 0506 00000000 00000000  // RTM_NEWNEIGH
            020000000300000080000800  // ndmsg
            0800 0100 0a000009  // NDA_DST
            """),
        Golden(
            "bridge fdb add 02:00:00:00:00:42 dev vx0 dst 10.0.0.3 port 8472 vni 77 "
                + "self permanent",
            .add(
                ForwardingEntry(
                    "02:00:00:00:00:42", on: link(5), remote: "10.0.0.3", port: 8472, network: 77,
                    state: [.permanent, .noARP])),
            """
            40000000 1c00 0506 00000000 00000000  // RTM_NEWNEIGH
            0700000005000000c0000200  // ndmsg
            0a00 0200 0200000000420000  // NDA_LLADDR
            0800 0100 0a000003  // NDA_DST
            0600 0600 21180000  // NDA_PORT
            0800 0700 4d000000  // NDA_VNI
            """),
        Golden(
            "bridge fdb append 00:00:00:00:00:00 dev vx0 dst 10.0.0.4 self permanent",
            .append(
                ForwardingEntry(
                    "00:00:00:00:00:00", on: link(5), remote: "10.0.0.4",
                    state: [.permanent, .noARP])),
            """
            30000000 1c00 050c 00000000 00000000  // RTM_NEWNEIGH
            0700000005000000c0000200  // ndmsg
            0a00 0200 0000000000000000  // NDA_LLADDR
            0800 0100 0a000004  // NDA_DST
            """),
    ]
}
