import Netlink
import Network
import Platform
import TestSupport
import Testing

@testable import CNI

@Suite("ADD, DEL, CHECK and GC of a pod's link in routed mode", .requiresRoot)
struct RoutedVerbsTests {
    private func given(_ last: Int) throws -> NetworkResult {
        try .given([
            "10.244.1.\(last)/24 10.244.1.1", "fd00:244:1::\(last)/64 fd00:244:1::1",
        ])
    }

    @Test("without a key of its own the packet size is what the node's agent says")
    func agentsMTU() throws {
        try withLab { lab in
            try withTemporaryDirectory { directory in
                let file = "\(directory)/subnet.env"
                let text = Array("FLANNEL_SUBNET=10.244.1.1/24\nFLANNEL_MTU=1350\n".utf8)
                try File.replace(file, with: text.span)
                let node = try LinkedNode(lab, mtu: 1400)
                let pod = try LinkedPod(lab, "one")
                let ipam = "\"ipam\":{\"rangeFile\":\"\(file)\"}"
                let result = try node.add(pod, RoutedPart.self, ipam, given(5))
                #expect(result.interfaces.map(\.mtu) == [1350, 1350])
                let other = try LinkedPod(lab, "other")
                let own = try node.add(other, RoutedPart.self, "\(ipam),\"mtu\":1300", given(6))
                #expect(own.interfaces.map(\.mtu) == [1300, 1300])
            }
        }
    }

    @Test("C21: the result lists the host's end, then the container's, and the gateways used")
    func result() throws {
        try withLab { lab in
            let node = try LinkedNode(lab, mtu: 1400)
            let pod = try LinkedPod(lab, "one")
            let result = try node.add(pod, RoutedPart.self, "", given(5))
            let name = try #require(pod.call.attachment.linkName(prefix: "weft"))
            let host = try #require(try node.host.link(named: "\(name)"))
            let container = try #require(try pod.host.link(named: "eth0"))
            #expect(
                result.interfaces == [
                    .init("\(name)", mac: "\(host.address ?? .zero)", mtu: 1400),
                    .init(
                        "eth0", mac: "\(container.address ?? .zero)", mtu: 1400,
                        sandbox: pod.host.path),
                ])
            #expect(
                result.addresses.map { "\($0.address)" } == ["10.244.1.5/32", "fd00:244:1::5/128"])
            #expect(result.addresses.map(\.interface) == [1, 1])
            #expect(
                result.addresses.map { $0.gateway.map { "\($0)" } } == ["169.254.1.1", "fe80::1"])
            #expect(result.routes.map { "\($0.destination)" } == ["0.0.0.0/0", "::/0"])
        }
    }

    @Test("C23: an interface that is taken stays as it is, and nothing is left on the host")
    func interfaceExists() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            try pod.host.ip("link add eth0 type veth peer name other")
            let before = try (pod.host.links.map(\.name), node.host.links.map(\.name))
            let error = #expect(throws: CNIError.self) {
                try node.add(pod, RoutedPart.self, "", given(5))
            }
            #expect(error?.code == .interfaceExists)
            #expect(try pod.host.links.map(\.name) == before.0)
            #expect(try node.host.links.map(\.name) == before.1)
        }
    }

    @Test("C23: a second ADD is refused, and the first one's link works on")
    func addTwice() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            let result = try node.add(pod, RoutedPart.self, "", given(5))
            let error = #expect(throws: CNIError.self) {
                try node.add(pod, RoutedPart.self, "", given(5))
            }
            #expect(error?.code == .interfaceExists)
            try node.check(pod, RoutedPart.self, "", result)
        }
    }

    @Test("C18: the link of an ADD that was killed does not stand in the way of the next")
    func leftover() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let (killed, pod) = (try LinkedPod(lab, "one"), try LinkedPod(lab, "one"))
            try node.add(killed, RoutedPart.self, "", given(5))
            let result = try node.add(pod, RoutedPart.self, "", given(5))
            try node.check(pod, RoutedPart.self, "", result)
            #expect(try killed.host.link(named: "eth0") == nil)
            #expect(try node.podLinks.count == 1)
        }
    }

    @Test("C25: DEL removes the link, its routes and addresses, any number of times")
    func removal() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            try node.add(pod, RoutedPart.self, "", given(5))
            for _ in 0..<2 { try node.remove(pod.call, RoutedPart.self) }
            #expect(try node.podLinks == [])
            #expect(try pod.host.link(named: "eth0") == nil)
            for text in ["weft", "169.254.", "10.244.1.5", "fd00:244:1::5"] {
                #expect(!node.host.state.contains(text))
            }
        }
    }

    @Test(
        "C25: DEL removes the link whatever CNI_NETNS says",
        arguments: [nil, "/run/netns/never-was", "/etc/hostname", "/", ""])
    func removalWithoutNamespace(path: String?) throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(lab, "one")
            try node.add(pod, RoutedPart.self, "", given(5))
            let call = PodCall(pod.call.attachment, namespacePath: path)
            for _ in 0..<2 { try node.remove(call, RoutedPart.self) }
            #expect(try node.podLinks == [])
        }
    }

    @Test("The host's end is marked with the attachment and the pod")
    func alias() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let pod = try LinkedPod(
                lab, "one", arguments: "K8S_POD_NAMESPACE=kube-system;K8S_POD_NAME=dns-1")
            try node.add(pod, RoutedPart.self, "", given(5))
            let link = try #require(try node.host.links.first { $0.name.hasPrefix("weft") })
            #expect(link.alias == "weft:net/one/eth0 kube-system/dns-1")
        }
    }

    @Test("C28: GC removes the network's links that are not listed, and no others")
    func garbage() throws {
        try withLab { lab in
            let node = try LinkedNode(lab)
            let (kept, stale) = (try LinkedPod(lab, "kept"), try LinkedPod(lab, "stale"))
            let other = try LinkedPod(lab, "other", network: "net2")
            for (index, pod) in [kept, stale, other].enumerated() {
                try node.add(pod, RoutedPart.self, "", given(5 + index))
            }
            let own = try NodeEnd(LinkedPod(lab, "killed").call.attachment)
            try node.host.ip(
                "link add \(own.name) group \(own.group.rawValue) type veth peer name k0")
            try node.host.ip("link add weft00000000000 type veth peer name f0")
            for _ in 0..<2 { try node.collectGarbage(RoutedPart.self, keeping: [kept]) }
            let names = try [kept, other].map { try NodeEnd($0.call.attachment).name.rawValue }
            #expect(try Set(node.podLinks) == Set(names + ["weft00000000000"]))
            try node.collectGarbage(RoutedPart.self, keeping: [])
            #expect(try Set(node.podLinks) == [names[1], "weft00000000000"])
        }
    }
}
