import Netlink
import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite("C27: CHECK finds what is not as ADD left it", .requiresRoot)
struct LinkCheckTests {
    @Test(
        "In routed mode, in the container",
        arguments: [
            "link set eth0 down", "addr del 10.244.1.5/32 dev eth0",
            "addr del fd00:244:1::5/128 dev eth0", "route del default", "-6 route del default",
            "link set eth0 address 02:00:00:00:00:99", "link del eth0",
        ])
    func container(command: String) throws {
        try check { _, pod in try pod.host.ip(command) }
    }

    @Test(
        "In routed mode, on the node",
        arguments: [
            "link set LINK down", "route del 10.244.1.5/32", "-6 route del fd00:244:1::5/128",
            "addr del 169.254.1.1/32 dev LINK", "link set LINK alias other", "link del LINK",
        ])
    func host(command: String) throws {
        try check { node, _ in
            let name = try #require(try node.podLinks.first)
            try node.host.ip(command.replacing("LINK", with: name))
        }
    }

    private func check(_ damage: (LinkedNode, LinkedPod) throws -> Void) throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            let result = try node.add(
                pod, RoutedPart.self, "",
                .given(["10.244.1.5/24 10.244.1.1", "fd00:244:1::5/64 fd00:244:1::1"]))
            for _ in 0..<2 { try node.check(pod, RoutedPart.self, "", result) }
            try damage(node, pod)
            let error = #expect(throws: CNIError.self) {
                try node.check(pod, RoutedPart.self, "", result)
            }
            #expect(error?.code == .checkFailed)
        }
    }

    @Test("What later plugins added is not looked at")
    func additions() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            var result = try node.add(
                pod, RoutedPart.self, "", .given(["10.244.1.5/24 10.244.1.1"]))
            result.interfaces.append(.init("ifb7"))
            result.addresses.append(
                .init(try CIDR(validating: "10.99.0.1/24"), interface: result.interfaces.count - 1))
            try pod.host.ip("addr add 10.98.0.1/24 dev eth0")
            try node.check(pod, RoutedPart.self, "", result)
        }
    }

    @Test("C29: STATUS is content where links can be made")
    func status() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            try node.host.run {
                try RoutedPart(NetworkConfiguration(members: "")).status()
            }
        }
    }

    @Test("Routes of a result keep their size, priority and table")
    func routeAttributes() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            var route = NetworkResult.Route(try CIDR(validating: "10.50.0.0/16"))
            (route.mtu, route.advertisedMSS, route.priority, route.table) = (1300, 1260, 7, 200)
            let result = try node.add(
                pod, RoutedPart.self, "", .given(["10.244.1.5/24 10.244.1.1"], routes: [route]))
            let text = try pod.host.ip("route show table 200")
            for words in ["10.50.0.0/16 via 169.254.1.1", "metric 7", "mtu 1300", "advmss 1260"] {
                #expect(text.contains(words))
            }
            try node.check(pod, RoutedPart.self, "", result)
        }
    }

    @Test("IPv6 is switched on in a container that had it off, and usable at once")
    func withoutIPv6() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            try pod.host.run {
                for name in ["all", "default"] {
                    try Sysctl("net.ipv6.conf.\(name).disable_ipv6").write("1")
                }
            }
            try node.add(
                pod, RoutedPart.self, "", .given(["fd00:244:1::5/64 fd00:244:1::1"]))
            let text = try pod.host.ip("addr show dev eth0")
            #expect(text.contains("fd00:244:1::5/128") && !text.contains("tentative"))
            #expect(text.contains("fe80::"))
        }
    }
}
